// copperplate runtime: copied into each generated crate that uses it.
//! The asynchronous transport over `reqwest`.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::runtime::client::proxy::environment_proxies;
use crate::runtime::client::transport::{IdleTimeout, ResponseLimit, Timeout, Transport, TransportError};

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

/// Checks that `url`, which `reqwest` parsed from `uri`, is the same URL. If not, `reqwest` could send the request to a
/// different host or path. The error names only the component that differs, because a path and a query can contain
/// credentials.
pub(crate) fn check_target(uri: &http::Uri, url: &reqwest::Url) -> Result<(), TransportError> {
    let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    let port = Some(uri.port_u16().unwrap_or(default_port));
    let part = match () {
        () if uri.scheme_str() != Some(url.scheme()) => "scheme",
        () if uri.host() != url.host_str() || port != url.port_or_known_default() => "host",
        () if uri.path() != url.path() => "path",
        () if uri.query() != url.query() => "query",
        () => return Ok(()),
    };
    Err(TransportError::Other(format!("the URL parser of `reqwest` changes the {part} of the URL").into()))
}

/// Reads the next chunk of a body.
async fn chunk(response: &mut reqwest::Response, idle: Option<IdleTimeout>) -> Result<Option<Bytes>, TransportError> {
    let chunk = response.chunk();
    let chunk = match idle {
        Some(IdleTimeout(time)) => tokio::time::timeout(time, chunk)
            .await
            .map_err(|_| TransportError::Timeout(format!("no byte of the body was received for {time:?}").into()))?,
        None => chunk.await,
    };
    chunk.map_err(transport_error)
}

/// Reads a body chunk by chunk. Stops with an error when the body exceeds the limit.
async fn read_body(
    response: &mut reqwest::Response,
    limit: ResponseLimit,
    idle: Option<IdleTimeout>,
) -> Result<Bytes, TransportError> {
    // If the header `Content-Length` exceeds the limit, the body is not read.
    limit.check(response.content_length().unwrap_or_default())?;
    let Some(first) = chunk(response, idle).await? else { return Ok(Bytes::new()) };
    limit.check(first.len() as u64)?;
    let Some(second) = chunk(response, idle).await? else { return Ok(first) };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(part) = next {
        limit.check(body.len() as u64 + part.len() as u64)?;
        body.extend_from_slice(&part);
        next = chunk(response, idle).await?;
    }
    Ok(body.freeze())
}

/// A request that was handed to `reqwest`, and the limits of its response.
struct Exchange<F> {
    response: F,
    limit: ResponseLimit,
    idle: Option<IdleTimeout>,
}

impl<F: Future<Output = Result<reqwest::Response, reqwest::Error>>> Exchange<F> {
    async fn receive(self) -> Result<http::Response<Bytes>, TransportError> {
        let mut received = self.response.await.map_err(transport_error)?;
        let body = read_body(&mut received, self.limit, self.idle).await?;
        let mut response = http::Response::new(body);
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        Ok(response)
    }
}

impl Reqwest {
    /// Hands a request to `reqwest`. This is a function of its own, so that a future does not keep what only this function needs:
    /// thousands of calls can wait at once.
    fn begin(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<Exchange<impl Future<Output = Result<reqwest::Response, reqwest::Error>> + use<>>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let idle = request.extensions().get::<IdleTimeout>().copied();
        let limit = request.extensions().get::<ResponseLimit>().copied().unwrap_or_default();
        let uri = request.uri().clone();
        let mut request = reqwest::Request::try_from(request).map_err(transport_error)?;
        check_target(&uri, request.url())?;
        *request.timeout_mut() = timeout.map(|timeout| timeout.0);
        Ok(Exchange { response: self.0.execute(request), limit, idle })
    }
}

impl Transport for Reqwest {
    async fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.begin(request)?.receive().await
    }
}
