// copperplate runtime: copied into each generated crate that uses it.
//! The asynchronous transport over `reqwest`.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::runtime::client::transport::{ResponseLimit, Timeout, Transport, TransportError};

/// The maximal time to establish a connection.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A transport over `reqwest`. Use `Reqwest(client)` to set your own proxy, certificates or connection limits.
#[derive(Debug, Clone)]
pub struct Reqwest(pub reqwest::Client);

impl Reqwest {
    /// Creates a transport that connects within 10 seconds and follows no redirects. A redirect could send credentials
    /// to a server that the caller did not choose.
    pub(crate) fn standard() -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
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

/// Reads a body chunk by chunk. Stops with an error when the body exceeds the limit.
async fn read_body(response: &mut reqwest::Response, limit: ResponseLimit) -> Result<Bytes, TransportError> {
    // If the header `Content-Length` exceeds the limit, the body is not read.
    limit.check(response.content_length().unwrap_or_default())?;
    let Some(first) = response.chunk().await.map_err(transport_error)? else { return Ok(Bytes::new()) };
    limit.check(first.len() as u64)?;
    let Some(second) = response.chunk().await.map_err(transport_error)? else { return Ok(first) };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        limit.check(body.len() as u64 + chunk.len() as u64)?;
        body.extend_from_slice(&chunk);
        next = response.chunk().await.map_err(transport_error)?;
    }
    Ok(body.freeze())
}

impl Transport for Reqwest {
    async fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let limit = request.extensions().get::<ResponseLimit>().copied().unwrap_or_default();
        let uri = request.uri().clone();
        let mut request = reqwest::Request::try_from(request).map_err(transport_error)?;
        check_target(&uri, request.url())?;
        *request.timeout_mut() = timeout.map(|timeout| timeout.0);
        let mut received = self.0.execute(request).await.map_err(transport_error)?;
        let (status, headers) = (received.status(), std::mem::take(received.headers_mut()));
        let mut response = http::Response::new(read_body(&mut received, limit).await?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
