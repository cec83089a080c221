// copperplate runtime: copied unchanged into every generated crate.
//! The error of a call.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::printing::{Cut, Excerpt};
use crate::runtime::response::received::ReceivedResponse;
use crate::runtime::validation::violation::Violations;

/// The name of the operation in the errors of a [`Builder`](crate::runtime::Builder).
pub(crate) const BUILDER: &str = "builder";

/// The error of a call. The `is_…` methods identify the kind of error, and the other methods return the details.
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

/// A response that reports a failure or has an undocumented status.
pub(crate) struct ServiceFailure {
    pub received: ReceivedResponse,
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    /// The failure as a type of the API, if the body decodes.
    pub failure: Option<Box<dyn Any + Send + Sync>>,
    /// Whether the document describes the status.
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

    /// Whether the request was not sent because it is invalid. [`Error::violations`] lists the violations.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidRequest(_))
    }

    /// Whether no connection was possible, or the connection failed before the response was complete.
    pub fn is_connection(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Connection(_)))
    }

    /// Whether the request timed out. The service may have received it.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Timeout(_)))
    }

    /// Whether the body of the response is longer than the limit, which
    /// [`Builder::max_response_bytes`](crate::runtime::Builder::max_response_bytes) sets. The service received the
    /// request.
    pub fn is_response_too_large(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::ResponseTooLarge(_)))
    }

    /// Whether the response reports a failure or has an undocumented status. A response with a success status can
    /// report a failure in its body.
    pub fn is_service(&self) -> bool {
        matches!(self.0.kind, Kind::Service(_))
    }

    /// Whether the document does not describe the status of the response.
    pub fn is_undocumented(&self) -> bool {
        self.service_failure().is_some_and(|failure| !failure.is_documented)
    }

    /// Whether the call succeeded, but the body of the response does not decode. [`Error::decode_error`] returns the
    /// place and the reason.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(..))
    }

    /// Whether the call succeeded, but the response violates the document. Only the policy
    /// [`ResponsePolicy::Enforce`](crate::runtime::ResponsePolicy) causes this error.
    pub fn is_invalid_response(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidResponse(..))
    }

    /// The `operationId` of the call.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The violations of an invalid request or response.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.kind {
            Kind::InvalidRequest(violations) | Kind::InvalidResponse(violations, _) => Some(violations),
            _ => None,
        }
    }

    /// The reason that the body does not decode.
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

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.received().map(|received| received.status)
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.received().map(|received| &received.headers)
    }

    /// The body of the response, if there was one.
    pub fn body(&self) -> Option<&Bytes> {
        self.received().map(|received| &received.body)
    }

    /// The error code that the service reports.
    pub fn code(&self) -> Option<&str> {
        self.service_failure()?.code.as_deref()
    }

    /// The error message that the service reports. If the body has no message, the body as text.
    pub fn message(&self) -> Option<&str> {
        self.service_failure()?.message.as_deref()
    }

    /// The ID by which the service identifies the request.
    pub fn request_id(&self) -> Option<&str> {
        self.service_failure()?.request_id.as_deref()
    }

    /// The documented failure as the type `F`, an enum named after the operation, such as `DeleteServiceItemFailure`.
    /// `None` if `F` belongs to another operation, if the status is undocumented, or if the body does not decode.
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
                Excerpt(&received.body).fmt(f)
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
        f.write_str("; ")?;
        Excerpt(&self.received.body).fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            // `Display` already prints the error of the transport, so this returns the source of that error.
            Kind::Transport(TransportError::Connection(error) | TransportError::Timeout(error)) => error.source(),
            Kind::Transport(TransportError::ResponseTooLarge(_)) => None,
            Kind::InvalidRequest(_) | Kind::InvalidResponse(..) | Kind::Service(_) | Kind::Decode(..) => None,
        }
    }
}
