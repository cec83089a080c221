// copperplate runtime: copied unchanged into every generated crate.
//! What carries a request to the service: the operations themselves do no I/O.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;

/// Carries requests. Implement it to bring a transport of your own: retries, signing, recording, a test double.
pub trait Transport {
    /// Sends one request and waits for the whole answer. The request's [`Timeout`], where it has one, bounds the exchange.
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;
}

/// Carries requests and blocks the thread meanwhile.
pub trait BlockingTransport {
    /// Sends one request and waits for the whole answer. The request's [`Timeout`], where it has one, bounds the exchange.
    ///
    /// # Errors
    /// Where no complete answer came.
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// How long an exchange may take. It travels in the extensions of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// Why no answer came.
#[derive(Debug)]
pub enum TransportError {
    /// The request was not sent, or the connection broke.
    Connection(Box<dyn Error + Send + Sync>),
    /// No answer in time. The request may have reached the service.
    Timeout(Box<dyn Error + Send + Sync>),
}

/// Carries nothing: operations build requests and read answers, and the caller does the rest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detached;

/// What [`Builder::build`](crate::runtime::Builder::build) makes a client with.
#[cfg(feature = "reqwest")]
pub type DefaultTransport = crate::runtime::Reqwest;

/// Without the feature `reqwest` a client has no transport unless it is given one.
#[cfg(not(feature = "reqwest"))]
pub type DefaultTransport = Detached;
