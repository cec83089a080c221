// copperplate runtime: copied unchanged into every generated crate.
//! The error of a call.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::printing::{BodySummary, Cut};
use crate::runtime::response::received::ReceivedResponse;
use crate::runtime::validation::violation::Violations;

/// The value of [`Error::operation`] if a [`Builder`](crate::runtime::Builder) returns the error.
pub(crate) const BUILDER: &str = "builder";

/// The error of a call. The methods `is_…` tell which error it is: [`Error::is_timeout`], for example. The other
/// methods return the details.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    operation: &'static str,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    InvalidRequest(Violations),
    Transport(TransportError),
    Service(ServiceFailure),
    InvalidResponse(Violations, ReceivedResponse),
    Decode(DecodeError, ReceivedResponse),
}

/// A response that reports a failure, or whose status the OpenAPI document does not describe.
pub(crate) struct ServiceFailure {
    pub received: ReceivedResponse,
    pub code: Option<String>,
    /// The error message, from one of the JSON Pointers in [`ErrorFields`](crate::runtime::ErrorFields).
    pub message: Option<String>,
    /// The body as a string, if the body has no error message. The body is not printed.
    pub body_text: Option<String>,
    pub request_id: Option<String>,
    /// The decoded body: a value of the operation's `Failure` type. `None` if the body does not decode.
    pub failure: Option<Box<dyn Any + Send + Sync>>,
    /// Whether the OpenAPI document describes the status of the response.
    pub is_documented: bool,
}

impl fmt::Debug for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceFailure")
            .field("received", &self.received)
            .field("code", &self.code.as_deref().map(Cut::new))
            .field("message", &self.message.as_deref().map(Cut::new))
            .field("request_id", &self.request_id.as_deref().map(Cut::new))
            .field("has_typed_failure", &self.failure.is_some())
            .field("is_documented", &self.is_documented)
            .finish()
    }
}

impl Error {
    pub(crate) fn invalid_request(operation: &'static str, violations: Violations) -> Self {
        Self::new(operation, Kind::InvalidRequest(violations))
    }

    pub(crate) fn transport(operation: &'static str, error: TransportError) -> Self {
        Self::new(operation, Kind::Transport(error))
    }

    pub(crate) fn service(operation: &'static str, failure: ServiceFailure) -> Self {
        Self::new(operation, Kind::Service(failure))
    }

    pub(crate) fn invalid_response(
        operation: &'static str,
        violations: Violations,
        received: ReceivedResponse,
    ) -> Self {
        Self::new(operation, Kind::InvalidResponse(violations, received))
    }

    pub(crate) fn decode(operation: &'static str, error: DecodeError, received: ReceivedResponse) -> Self {
        Self::new(operation, Kind::Decode(error, received))
    }

    fn new(operation: &'static str, kind: Kind) -> Self {
        Self(Box::new(Inner { operation, kind }))
    }

    /// Returns whether the request was not sent because it is invalid. [`Error::violations`] lists the violations.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidRequest(_))
    }

    /// Returns whether the connection could not be established, or failed before the response was complete.
    pub fn is_connection(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Connection(_)))
    }

    /// Returns whether the request timed out. The service may have received the request.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Timeout(_)))
    }

    /// Returns whether the body of the response is longer than the limit.
    /// [`Builder::max_response_bytes`](crate::runtime::Builder::max_response_bytes) sets the limit. The service has
    /// received the request.
    pub fn is_response_too_large(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::ResponseTooLarge(_)))
    }

    /// Returns whether the response reports a failure, or has a status that the OpenAPI document does not describe. A
    /// response with a success status can also report a failure, in its body.
    pub fn is_service(&self) -> bool {
        matches!(self.0.kind, Kind::Service(_))
    }

    /// Returns whether the response has a status that the OpenAPI document does not describe.
    pub fn is_undocumented(&self) -> bool {
        self.service_failure().is_some_and(|failure| !failure.is_documented)
    }

    /// Returns whether the response reports a success, but its body does not decode. [`Error::decode_error`] returns
    /// the JSON Pointer and the reason.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(..))
    }

    /// Returns whether the response reports a success, but violates its schema. Only the policy
    /// [`ResponsePolicy::Enforce`](crate::runtime::ResponsePolicy) causes this error.
    pub fn is_invalid_response(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidResponse(..))
    }

    /// Returns the `operationId` of the operation, or `"builder"` if a [`Builder`](crate::runtime::Builder) returned
    /// the error.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Returns the violations of an invalid request or response. Returns `None` for any other error.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.kind {
            Kind::InvalidRequest(violations) | Kind::InvalidResponse(violations, _) => Some(violations),
            _ => None,
        }
    }

    /// Returns the reason that the body of the response does not decode. Returns `None` if [`Error::is_decode`] is
    /// false.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.kind {
            Kind::Decode(error, _) => Some(error),
            _ => None,
        }
    }

    fn received(&self) -> Option<&ReceivedResponse> {
        match &self.0.kind {
            Kind::Service(failure) => Some(&failure.received),
            Kind::InvalidResponse(_, received) | Kind::Decode(_, received) => Some(received),
            Kind::InvalidRequest(_) | Kind::Transport(_) => None,
        }
    }

    fn service_failure(&self) -> Option<&ServiceFailure> {
        match &self.0.kind {
            Kind::Service(failure) => Some(failure),
            _ => None,
        }
    }

    /// Returns the status of the response. Returns `None` if the error has no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.received().map(|received| received.status)
    }

    /// Returns the headers of the response. Returns `None` if the error has no response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.received().map(|received| &received.headers)
    }

    /// Returns the body of the response. Returns `None` if the error has no response.
    pub fn body(&self) -> Option<&Bytes> {
        self.received().map(|received| &received.body)
    }

    /// Returns the error code that the service reports.
    pub fn code(&self) -> Option<&str> {
        self.service_failure()?.code.as_deref()
    }

    /// Returns the error message that the service reports. If the body has no error message, returns the whole body as
    /// a string.
    pub fn message(&self) -> Option<&str> {
        let failure = self.service_failure()?;
        failure.message.as_deref().or(failure.body_text.as_deref())
    }

    /// Returns the ID by which the service identifies the request.
    pub fn request_id(&self) -> Option<&str> {
        self.service_failure()?.request_id.as_deref()
    }

    /// Returns the decoded body of a failure that the OpenAPI document describes. `F` is the failure enum of the
    /// operation, such as `DeleteServiceItemFailure`.
    ///
    /// Returns `None` in these cases:
    /// - `F` is the failure enum of a different operation.
    /// - The OpenAPI document does not describe the status.
    /// - The body does not decode.
    pub fn failure<F: Any>(&self) -> Option<&F> {
        self.service_failure()?.failure.as_deref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, kind } = &*self.0;
        match kind {
            Kind::InvalidRequest(violations) if *operation == BUILDER => {
                write!(f, "{operation}: the client was not built: {violations}")
            }
            Kind::InvalidRequest(violations) => write!(f, "{operation}: the request was not sent: {violations}"),
            Kind::Transport(TransportError::Connection(error)) => {
                write!(f, "{operation}: the connection failed: {}", Cut(&error.to_string(), 1000))
            }
            Kind::Transport(TransportError::Timeout(error)) => {
                write!(f, "{operation}: the request timed out: {}", Cut(&error.to_string(), 1000))
            }
            Kind::Transport(TransportError::ResponseTooLarge(limit)) => write!(
                f,
                "{operation}: the body of the response is longer than {} bytes; `max_response_bytes` sets this limit",
                limit.0
            ),
            Kind::Service(failure) => write!(f, "{operation}: {failure}"),
            Kind::InvalidResponse(violations, received) => {
                write!(f, "{operation}: status {}, but the response is invalid: {violations}", received.status)
            }
            Kind::Decode(error, received) => {
                write!(f, "{operation}: status {}, but the body does not decode {error}; ", received.status)?;
                BodySummary(&received.body, &received.headers).fmt(f)
            }
        }
    }
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.received.status)?;
        if !self.is_documented {
            f.write_str(", which the document does not describe")?;
        }
        if let Some(code) = &self.code {
            write!(f, ", code {}", Cut::new(code))?;
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request ID {}", Cut::new(id))?;
        }
        if let Some(message) = &self.message {
            write!(f, ", message {:?}", Cut::new(message))?;
        }
        write!(f, "; {}", BodySummary(&self.received.body, &self.received.headers))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            // `Display` already prints the error of the transport. The source is therefore the next error in the chain.
            Kind::Transport(TransportError::Connection(error) | TransportError::Timeout(error)) => error.source(),
            Kind::Transport(TransportError::ResponseTooLarge(_)) => None,
            Kind::InvalidRequest(_) | Kind::InvalidResponse(..) | Kind::Service(_) | Kind::Decode(..) => None,
        }
    }
}
