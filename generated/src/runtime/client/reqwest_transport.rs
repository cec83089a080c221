// copperplate runtime: copied into each generated crate that uses it.
//! The asynchronous transport over `reqwest`.

use std::cell::RefCell;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::proxy::environment_proxies;
use crate::runtime::client::transport::{ResponseLimit, Transport, TransportError};

/// A transport over `reqwest`. Use `Reqwest(client)` to set your own proxy, certificates or connection limits.
#[derive(Debug, Clone)]
pub struct Reqwest(pub reqwest::Client);

impl Reqwest {
    /// Creates a transport that follows no redirects, because a redirect could send credentials to a server that the caller
    /// did not choose. Requests to this computer go through no proxy of the environment.
    pub(crate) fn standard(connect_timeout: Duration) -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder().connect_timeout(connect_timeout);
        let builder = environment_proxies().into_iter().fold(builder, |builder, proxy| builder.proxy(proxy));
        builder.redirect(reqwest::redirect::Policy::none()).build().map(Self).map_err(transport_error)
    }
}

pub(crate) fn transport_error(error: reqwest::Error) -> TransportError {
    // The error must not print the URL, because a query parameter can be a credential.
    let error = error.without_url();
    match () {
        () if error.is_connect() => TransportError::Connect(error.into()),
        () if error.is_timeout() => TransportError::Timeout(error.into()),
        () if error.is_builder() => TransportError::Other(error.into()),
        () => TransportError::Connection(error.into()),
    }
}

/// The scheme, host and port of a URL, as text and as a URL of `reqwest`.
struct Origin {
    scheme: http::uri::Scheme,
    authority: String,
    url: reqwest::Url,
}

thread_local! {
    /// The origin of the last request of the thread. Most requests of a program go to the same server, and parsing a host takes
    /// longer than parsing a path.
    static ORIGIN: RefCell<Option<Origin>> = const { RefCell::new(None) };
}

/// Parses the URL of a request. Checks that the URL parser of `reqwest` does not change it: if it did, `reqwest` could send the
/// request to a different host or path. The error names only the component that differs, because a path and a query can contain
/// credentials.
pub(crate) fn target(uri: &http::Uri) -> Result<reqwest::Url, TransportError> {
    let authority = uri.authority().map_or("", http::uri::Authority::as_str);
    let known = ORIGIN.with_borrow(|origin| {
        let is_same = |origin: &&Origin| origin.authority == authority && Some(&origin.scheme) == uri.scheme();
        origin.as_ref().filter(is_same).map(|origin| origin.url.clone())
    });
    if let Some(mut url) = known {
        url.set_path(uri.path());
        url.set_query(uri.query());
        if changed_path_or_query(uri, &url).is_none() {
            return Ok(url);
        }
    }
    let path_and_query = uri.path_and_query().map_or("", http::uri::PathAndQuery::as_str);
    let url = [uri.scheme_str().unwrap_or_default(), "://", authority, path_and_query].concat();
    // The error of the parser shows no part of the URL.
    let url = reqwest::Url::parse(&url).map_err(|error| TransportError::Other(error.into()))?;
    if let Some(part) = changed_origin(uri, &url).or_else(|| changed_path_or_query(uri, &url)) {
        return Err(TransportError::Other(format!("the URL parser of `reqwest` changes the {part} of the URL").into()));
    }
    // A user name can come with a password, which is not kept.
    if let Some(scheme) = uri.scheme().filter(|_| !authority.contains('@')) {
        let mut origin = url.clone();
        origin.set_path("");
        origin.set_query(None);
        ORIGIN.set(Some(Origin { scheme: scheme.clone(), authority: authority.to_owned(), url: origin }));
    }
    Ok(url)
}

/// Returns the first of scheme and host in which `url` differs from `uri`. The port belongs to the host.
fn changed_origin(uri: &http::Uri, url: &reqwest::Url) -> Option<&'static str> {
    let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    let port = Some(uri.port_u16().unwrap_or(default_port));
    match () {
        () if uri.scheme_str() != Some(url.scheme()) => Some("scheme"),
        () if uri.host() != url.host_str() || port != url.port_or_known_default() => Some("host"),
        () => None,
    }
}

/// Returns the first of path and query in which `url` differs from `uri`.
fn changed_path_or_query(uri: &http::Uri, url: &reqwest::Url) -> Option<&'static str> {
    match () {
        () if uri.path() != url.path() => Some("path"),
        () if uri.query() != url.query() => Some("query"),
        () => None,
    }
}

/// Converts a request for `reqwest`. The conversion of `reqwest` itself would format the URL, which takes longer.
pub(crate) fn reqwest_request(request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let mut request = reqwest::Request::new(parts.method, target(&parts.uri)?);
    *request.headers_mut() = parts.headers;
    *request.version_mut() = parts.version;
    *request.body_mut() = Some(body.into());
    Ok(request)
}

/// Reads the next chunk of a body.
async fn chunk(response: &mut reqwest::Response, idle: Option<Duration>) -> Result<Option<Bytes>, TransportError> {
    let Some(time) = idle else { return response.chunk().await.map_err(transport_error) };
    // Few clients have this timeout, so its timer takes no space in other futures.
    let chunk = Box::pin(tokio::time::timeout(time, response.chunk())).await;
    let chunk =
        chunk.map_err(|_| TransportError::Timeout(format!("no byte of the body was received for {time:?}").into()))?;
    chunk.map_err(transport_error)
}

/// Reads a body chunk by chunk. Stops with an error when the body exceeds the limit.
async fn read_body(response: &mut reqwest::Response, limits: &Limits) -> Result<Bytes, TransportError> {
    // If the header `Content-Length` exceeds the limit, the body is not read.
    limits.response.check(response.content_length().unwrap_or_default())?;
    // Most bodies have one chunk, which is not copied.
    let (mut first, mut body) = (Bytes::new(), BytesMut::new());
    while let Some(next) = chunk(response, limits.idle).await? {
        limits.response.check((first.len() + body.len() + next.len()) as u64)?;
        if first.is_empty() && body.is_empty() {
            first = next;
            continue;
        }
        body.extend_from_slice(&std::mem::take(&mut first));
        body.extend_from_slice(&next);
    }
    Ok(if body.is_empty() { first } else { body.freeze() })
}

/// The limits of a response.
struct Limits {
    response: ResponseLimit,
    idle: Option<Duration>,
}

impl Reqwest {
    /// Hands a request to `reqwest`. This is a function of its own, so that a future does not keep what only this function needs:
    /// thousands of calls can wait at once.
    fn begin(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<(impl Future<Output = Result<reqwest::Response, reqwest::Error>> + use<>, Limits), TransportError> {
        let attempt = request.extensions().get::<Attempt>();
        let timeout = attempt.map(|attempt| attempt.timeout);
        let limits = Limits {
            response: attempt.map_or_else(ResponseLimit::default, |attempt| attempt.response_limit),
            idle: attempt.and_then(|attempt| attempt.idle_timeout),
        };
        let mut request = reqwest_request(request)?;
        *request.timeout_mut() = timeout;
        Ok((self.0.execute(request), limits))
    }
}

impl Transport for Reqwest {
    #[allow(clippy::manual_async_fn, reason = "the future of an `async fn` would keep the request")]
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send {
        let begun = self.begin(request);
        async move {
            let (response, limits) = begun?;
            let mut received = response.await.map_err(transport_error)?;
            // Most calls wait for the response, and not for its body, so this future takes no space while they do.
            let body = Box::pin(read_body(&mut received, &limits)).await?;
            let mut response = http::Response::new(body);
            *response.status_mut() = received.status();
            *response.headers_mut() = std::mem::take(received.headers_mut());
            Ok(response)
        }
    }
}
