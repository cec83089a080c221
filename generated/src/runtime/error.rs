// copperplate runtime: copied unchanged into every generated crate.
//! What can go wrong with a call, as one small type.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::error_position::pointer_at;
use crate::runtime::validation::violation::Violations;

/// A call that did not succeed. Ask its predicates what happened and its accessors for the details.
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
    DecodeError(DecodeError, ReceivedResponse),
}

/// What came back, as it came.
#[derive(Debug)]
pub(crate) struct ReceivedResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// An answer by which the service says that the call failed.
#[derive(Debug)]
pub(crate) struct ServiceFailure {
    pub received: ReceivedResponse,
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    pub failure: Option<Box<dyn Any + Send + Sync>>,
    /// Whether the document gives the status.
    pub is_documented: bool,
}

/// A body that is not what the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// JSON Pointer of the value at fault.
    pub pointer: String,
    /// What was expected there, and where in the text.
    pub message: String,
}

impl DecodeError {
    /// What is wrong with `text`, and where.
    pub(crate) fn new(text: &[u8], error: &serde_json::Error) -> Self {
        Self { pointer: pointer_at(text, error.line(), error.column()), message: error.to_string() }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        write!(f, "at {pointer:?}: {message}")
    }
}

impl std::error::Error for DecodeError {}

impl Error {
    pub(crate) fn invalid_request(operation: &'static str, violations: Violations) -> Self {
        Self::new(operation, Kind::InvalidRequest(violations))
    }

    pub(crate) fn transport(operation: &'static str, error: TransportError) -> Self {
        Self::new(operation, Kind::Transport(error))
    }

    pub(crate) fn service(operation: &'static str, refusal: ServiceFailure) -> Self {
        Self::new(operation, Kind::Service(refusal))
    }

    pub(crate) fn invalid_response(
        operation: &'static str,
        violations: Violations,
        received: ReceivedResponse,
    ) -> Self {
        Self::new(operation, Kind::InvalidResponse(violations, received))
    }

    pub(crate) fn undecodable(operation: &'static str, error: DecodeError, received: ReceivedResponse) -> Self {
        Self::new(operation, Kind::DecodeError(error, received))
    }

    fn new(operation: &'static str, kind: Kind) -> Self {
        Self(Box::new(Inner { operation, kind }))
    }

    /// The request broke a rule of the document and was not sent; [`Error::violations`] says which.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidRequest(_))
    }

    /// No connection, or it broke before the whole answer had come.
    pub fn is_connection(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Connection(_)))
    }

    /// No answer in time. The request may have reached the service.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Timeout(_)))
    }

    /// The service answered that the call failed, by its status or inside a successful one, or answered with a status that the
    /// document does not give.
    pub fn is_service(&self) -> bool {
        matches!(self.0.kind, Kind::Service(_))
    }

    /// The service answered with a status that the document does not give.
    pub fn is_undocumented(&self) -> bool {
        self.refusal().is_some_and(|refusal| !refusal.is_documented)
    }

    /// The call succeeded, but the body is not what the document says; [`Error::decode_error`] says where.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::DecodeError(..))
    }

    /// The call succeeded, but the answer breaks a rule and [`ResponsePolicy::Enforce`](crate::runtime::ResponsePolicy) was asked for.
    pub fn is_invalid_response(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidResponse(..))
    }

    /// The `operationId` of the call.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The rules that the request or the answer breaks.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.kind {
            Kind::InvalidRequest(violations) | Kind::InvalidResponse(violations, _) => Some(violations),
            _ => None,
        }
    }

    /// Where and why the body could not be decoded.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.kind {
            Kind::DecodeError(error, _) => Some(error),
            _ => None,
        }
    }

    fn received(&self) -> Option<&ReceivedResponse> {
        match &self.0.kind {
            Kind::Service(refusal) => Some(&refusal.received),
            Kind::InvalidResponse(_, received) | Kind::DecodeError(_, received) => Some(received),
            Kind::InvalidRequest(_) | Kind::Transport(_) => None,
        }
    }

    fn refusal(&self) -> Option<&ServiceFailure> {
        match &self.0.kind {
            Kind::Service(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The status of the response, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.received().map(|received| received.status)
    }

    /// The headers of the response, where there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.received().map(|received| &received.headers)
    }

    /// The bytes of the response, where there was one.
    pub fn body(&self) -> Option<&Bytes> {
        self.received().map(|received| &received.body)
    }

    /// The service's own error code.
    pub fn code(&self) -> Option<&str> {
        self.refusal()?.code.as_deref()
    }

    /// The service's own message; the body as text where it has none.
    pub fn message(&self) -> Option<&str> {
        self.refusal()?.message.as_deref()
    }

    /// The id under which the service knows the call.
    pub fn request_id(&self) -> Option<&str> {
        self.refusal()?.request_id.as_deref()
    }

    /// The typed failure that the document gives this status: an enum named after the operation, such as
    /// `DeleteServiceItemFailure`. `None` for another operation's enum, an undocumented status, or a body of another shape.
    pub fn failure<F: Any>(&self) -> Option<&F> {
        self.refusal()?.failure.as_deref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, kind } = &*self.0;
        match kind {
            Kind::InvalidRequest(violations) => write!(f, "{operation}: not sent: {violations}"),
            Kind::Transport(TransportError::Connection(error)) => write!(f, "{operation}: no response: {error}"),
            Kind::Transport(TransportError::Timeout(error)) => write!(f, "{operation}: no answer in time: {error}"),
            Kind::Service(refusal) => write!(f, "{operation}: {refusal}"),
            Kind::InvalidResponse(violations, received) => {
                write!(f, "{operation}: status {}, but {violations}", received.status)
            }
            Kind::DecodeError(error, received) => {
                write!(f, "{operation}: status {}, but the body {error}; ", received.status)?;
                write_start(f, &received.body)
            }
        }
    }
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.received.status)?;
        if !self.is_documented {
            f.write_str(", which is not documented")?;
        }
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request id {id}")?;
        }
        f.write_str("; ")?;
        write_start(f, &self.received.body)
    }
}

/// The start of a body, enough to recognise it.
fn write_start(f: &mut fmt::Formatter<'_>, body: &[u8]) -> fmt::Result {
    const SHOWN: usize = 200;
    if body.is_empty() {
        return f.write_str("no body");
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(SHOWN)]);
    let ellipsis = if body.len() > SHOWN { "…" } else { "" };
    write!(f, "body: {}{ellipsis}", text.trim_end_matches(char::REPLACEMENT_CHARACTER))
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            // What this error says itself already is not its source.
            Kind::Transport(TransportError::Connection(error) | TransportError::Timeout(error)) => error.source(),
            Kind::InvalidRequest(_) | Kind::InvalidResponse(..) | Kind::Service(_) | Kind::DecodeError(..) => None,
        }
    }
}
