// copperplate runtime: copied unchanged into every generated crate.
//! Transports, which send requests. Operations themselves do no I/O.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;

/// Sends requests and receives responses.
///
/// Implement this trait for a transport of your own: for retries, signing, recording or test doubles. Pass the
/// transport to [`Builder::build_with`](crate::runtime::Builder::build_with).
pub trait Transport {
    /// Sends a request and receives the whole response, within the [`Timeout`] of the request if it has one.
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;
}

/// Sends requests and blocks the thread until the response is complete.
pub trait BlockingTransport {
    /// Sends a request and receives the whole response, within the [`Timeout`] of the request if it has one.
    ///
    /// # Errors
    /// Returns an error if no complete response was received.
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// The maximal duration of an exchange, from sending the request to the last byte of the response. A transport finds
/// it in the extensions of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// The reason that no complete response was received.
#[derive(Debug)]
pub enum TransportError {
    /// The request was not sent, or the connection failed.
    Connection(Box<dyn Error + Send + Sync>),
    /// The request timed out. The service may have received it.
    Timeout(Box<dyn Error + Send + Sync>),
}

/// A transport that sends nothing.
///
/// [`Call::request`](crate::runtime::Call::request) builds the request, the caller sends it by other means, and
/// [`Call::read`](crate::runtime::Call::read) reads the response.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detached;
