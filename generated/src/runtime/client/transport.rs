// copperplate runtime: copied into each generated crate that uses it.
//! Transports, which send requests. All I/O of a client is in its transport.

use std::error::Error;
use std::fmt;

use bytes::Bytes;

use crate::runtime::printing::Cut;

/// Sends requests and receives responses.
///
/// Implement this trait to change or record requests, or to replace the network in tests. Pass the transport to
/// [`Builder::build_with`](crate::runtime::Builder::build_with). A layer is a transport that contains another one, so layers
/// can be stacked. The client sends a request again by itself, so the transport sends each request once.
pub trait Transport {
    /// Sends a request and receives the whole response. The extensions of the request contain an
    /// [`Attempt`](crate::runtime::Attempt), whose timeouts and limit the transport should obey.
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;
}

/// Sends requests and receives responses. Blocks the thread until the response is complete.
pub trait BlockingTransport {
    /// Sends a request and receives the whole response. The extensions of the request contain an
    /// [`Attempt`](crate::runtime::Attempt), whose timeouts and limit the transport should obey.
    ///
    /// # Errors
    /// Returns an error if the complete response was not received.
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// The maximal length of the body of a response in bytes, after decompression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseLimit(pub usize);

impl Default for ResponseLimit {
    /// Returns the limit of 64 MiB.
    fn default() -> Self {
        Self(64 << 20)
    }
}

impl ResponseLimit {
    /// Checks the length of a body, or the number of bytes that were received so far.
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

/// The reason that the complete response was not received. A [`Transport`](crate::runtime::Transport) of your own wraps
/// any error in the variant that fits. [`Error::is_retryable`](crate::runtime::Error::is_retryable) depends on the
/// variant.
///
/// `Display` prints the kind of the error, and `source` returns the wrapped error.
#[non_exhaustive]
pub enum TransportError {
    /// The connection could not be established. The service has not received the request.
    Connect(Box<dyn Error + Send + Sync>),
    /// The connection failed before the response was complete. The service may have received the request.
    Connection(Box<dyn Error + Send + Sync>),
    /// The request timed out. The service may have received the request.
    Timeout(Box<dyn Error + Send + Sync>),
    /// The body of the response is longer than the limit.
    ResponseTooLarge(ResponseLimit),
    /// The transport cannot send this request, for example because it cannot be signed. The same request would fail
    /// again.
    Other(Box<dyn Error + Send + Sync>),
}

/// Prints the kind of the error.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect(_) => "the connection could not be established",
            Self::Connection(_) => "the connection failed before the response was complete",
            Self::Timeout(_) => "the request timed out",
            Self::Other(_) => "the transport could not send the request",
            Self::ResponseTooLarge(ResponseLimit(limit)) => {
                return write!(
                    f,
                    "the body of the response is longer than {limit} bytes; `max_response_bytes` sets this limit"
                );
            }
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, error) = match self {
            Self::Connect(error) => ("Connect", error),
            Self::Connection(error) => ("Connection", error),
            Self::Timeout(error) => ("Timeout", error),
            Self::Other(error) => ("Other", error),
            Self::ResponseTooLarge(limit) => return f.debug_tuple("ResponseTooLarge").field(&limit.0).finish(),
        };
        f.debug_tuple(name).field(&format_args!("{}", Cut(&format!("{error:?}"), 1000))).finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connect(error) | Self::Connection(error) | Self::Timeout(error) | Self::Other(error) => {
                Some(&**error)
            }
            Self::ResponseTooLarge(_) => None,
        }
    }
}

/// A transport that sends no requests.
///
/// Use `Detached` to send requests by other means. The method `request` of an operation builds the request. Its method `read`
/// reads the response that you received.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detached;
