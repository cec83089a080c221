// copperplate runtime: copied unchanged into every generated crate.
//! Transports, which send requests. Operations themselves do no I/O.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::runtime::printing::Cut;

/// Sends requests and receives responses.
///
/// Implement this trait for a transport of your own: for retries, signing, recording or test doubles. Pass the
/// transport to [`Builder::build_with`](crate::runtime::Builder::build_with).
pub trait Transport {
    /// Sends a request and receives the whole response, within the [`Timeout`] and the [`ResponseLimit`] of the request.
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;
}

/// Sends requests and blocks the thread until the response is complete.
pub trait BlockingTransport {
    /// Sends a request and receives the whole response, within the [`Timeout`] and the [`ResponseLimit`] of the request.
    ///
    /// # Errors
    /// Returns an error if no complete response was received.
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// The maximal duration of an exchange, from connecting to the last byte of the response. A transport finds it in the
/// extensions of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// The maximal length of the body of a response in bytes, after decompression. A transport finds it in the extensions
/// of the request.
///
/// The client checks the length of every response again. A transport that reads the body chunk by chunk can stop at the
/// limit, and so protects the memory of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseLimit(pub usize);

impl Default for ResponseLimit {
    /// 64 MiB.
    fn default() -> Self {
        Self(64 << 20)
    }
}

impl ResponseLimit {
    /// Checks the length of a body, or of the part that was received.
    ///
    /// # Errors
    /// Returns [`TransportError::ResponseTooLarge`] if the length exceeds the limit.
    pub fn check(self, length: u64) -> Result<(), TransportError> {
        if u64::try_from(self.0).is_ok_and(|limit| length > limit) {
            return Err(TransportError::ResponseTooLarge(self));
        }
        Ok(())
    }
}

/// The reason that no complete response was received.
pub enum TransportError {
    /// The request was not sent, or the connection failed.
    Connection(Box<dyn Error + Send + Sync>),
    /// The request timed out. The service may have received it.
    Timeout(Box<dyn Error + Send + Sync>),
    /// The body of the response is longer than the limit.
    ResponseTooLarge(ResponseLimit),
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, error) = match self {
            Self::Connection(error) => ("Connection", error),
            Self::Timeout(error) => ("Timeout", error),
            Self::ResponseTooLarge(limit) => return f.debug_tuple("ResponseTooLarge").field(&limit.0).finish(),
        };
        f.debug_tuple(name).field(&format_args!("{}", Cut(&format!("{error:?}"), 1000))).finish()
    }
}

/// A transport that sends nothing.
///
/// [`Call::request`](crate::runtime::Call::request) builds the request, the caller sends it by other means, and
/// [`Call::read`](crate::runtime::Call::read) reads the response.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detached;
