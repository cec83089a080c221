// copperplate runtime: copied unchanged into every generated crate.
//! The asynchronous transport over `reqwest`.

use std::time::Duration;

use bytes::Bytes;

use crate::runtime::client::transport::{Timeout, Transport, TransportError};

/// The maximal time to establish a connection.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The user agent: the name and version of this crate.
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A transport over `reqwest`. It contains a `reqwest::Client`, which may be your own, with its own proxy, certificates
/// and limits.
#[derive(Debug, Clone)]
pub struct Reqwest(pub reqwest::Client);

impl Reqwest {
    /// A transport that connects within 10 seconds and follows no redirects. A redirect would send credentials to a
    /// server that the caller did not name.
    pub(crate) fn standard() -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).user_agent(USER_AGENT);
        builder.redirect(reqwest::redirect::Policy::none()).build().map(Self).map_err(transport_error)
    }
}

pub(crate) fn transport_error(error: reqwest::Error) -> TransportError {
    // The URL may have a credential as a query parameter.
    let error = error.without_url();
    match error.is_timeout() && !error.is_connect() {
        true => TransportError::Timeout(error.into()),
        false => TransportError::Connection(error.into()),
    }
}

/// Checks that `reqwest` did not change the path or the query when it parsed the URL again. It would otherwise send
/// another request.
pub(crate) fn check_target(uri: &http::Uri, url: &reqwest::Url) -> Result<(), TransportError> {
    let parsed = (url.path(), url.query());
    if (uri.path(), uri.query()) == parsed {
        return Ok(());
    }
    Err(TransportError::Connection(format!("the target {:?} would be sent as {parsed:?}", uri.path()).into()))
}

impl Transport for Reqwest {
    async fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let uri = request.uri().clone();
        let mut request = reqwest::Request::try_from(request).map_err(transport_error)?;
        check_target(&uri, request.url())?;
        *request.timeout_mut() = timeout.map(|timeout| timeout.0);
        let mut received = self.0.execute(request).await.map_err(transport_error)?;
        let (status, headers) = (received.status(), std::mem::take(received.headers_mut()));
        let mut response = http::Response::new(received.bytes().await.map_err(transport_error)?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
