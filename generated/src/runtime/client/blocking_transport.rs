// copperplate runtime: copied unchanged into every generated crate.
//! The blocking transport over `reqwest::blocking`.

use bytes::Bytes;

use crate::runtime::client::reqwest_transport::{CONNECT_TIMEOUT, USER_AGENT, check_target, transport_error};
use crate::runtime::client::transport::{BlockingTransport, Timeout, TransportError};

/// A transport over `reqwest::blocking`. It panics inside an async runtime.
#[derive(Debug, Clone)]
pub struct Blocking(pub reqwest::blocking::Client);

impl Blocking {
    /// A transport that connects within 10 seconds and follows no redirects.
    pub(crate) fn standard() -> Result<Self, TransportError> {
        let builder =
            reqwest::blocking::Client::builder().timeout(None).connect_timeout(CONNECT_TIMEOUT).user_agent(USER_AGENT);
        builder.redirect(reqwest::redirect::Policy::none()).build().map(Self).map_err(transport_error)
    }
}

impl BlockingTransport for Blocking {
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let uri = request.uri().clone();
        let mut request = reqwest::blocking::Request::try_from(request).map_err(transport_error)?;
        check_target(&uri, request.url())?;
        *request.timeout_mut() = timeout.map(|timeout| timeout.0);
        let mut received = self.0.execute(request).map_err(transport_error)?;
        let (status, headers) = (received.status(), std::mem::take(received.headers_mut()));
        let mut response = http::Response::new(received.bytes().map_err(transport_error)?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
