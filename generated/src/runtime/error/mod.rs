// copperplate runtime: copied into each generated crate that uses it.
//! The error of a call.

mod display;
pub(crate) mod failed_request;
mod retry;

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::runtime::client::attempt::FailedAttempt;
use crate::runtime::client::credential_provider::{CredentialError, MissingCredential};
use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::printing::Cut;
use crate::runtime::response::received::ReceivedResponse;
use crate::runtime::validation::violation::Violations;

/// The value of [`Error::operation`] if a [`Builder`](crate::runtime::Builder) returns the error.
pub(crate) const BUILDER: &str = "builder";

/// The error of a call. The methods `is_…` tell which error it is: [`Error::is_timeout`], for example. The other
/// methods return the details.
///
/// `Display` prints the whole error on one line of at most 2,000 characters, without secrets. It starts with the
/// operation, the HTTP method and the URL without its query. Because `Display` also prints the cause, `source` returns
/// `None`: see [`Error::transport_error`] and [`Error::decode_error`].
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    request: FailedRequest,
    kind: Kind,
    earlier_attempts: Vec<FailedAttempt>,
}

#[derive(Debug)]
enum Kind {
    InvalidRequest(Violations),
    Credential(MissingCredential),
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
            .field("has_typed_failure", &self.failure.is_some())
            .field("is_documented", &self.is_documented)
            .finish()
    }
}

impl Error {
    pub(crate) fn invalid_request(request: FailedRequest, violations: Violations) -> Self {
        Self::new(request, Kind::InvalidRequest(violations))
    }

    pub(crate) fn credential(request: FailedRequest, missing: MissingCredential) -> Self {
        Self::new(request, Kind::Credential(missing))
    }

    pub(crate) fn transport(request: FailedRequest, error: TransportError) -> Self {
        Self::new(request, Kind::Transport(error))
    }

    pub(crate) fn service(request: FailedRequest, failure: ServiceFailure) -> Self {
        Self::new(request, Kind::Service(failure))
    }

    pub(crate) fn invalid_response(request: FailedRequest, violations: Violations, received: ReceivedResponse) -> Self {
        Self::new(request, Kind::InvalidResponse(violations, received))
    }

    pub(crate) fn decode(request: FailedRequest, error: DecodeError, received: ReceivedResponse) -> Self {
        Self::new(request, Kind::Decode(error, received))
    }

    fn new(request: FailedRequest, kind: Kind) -> Self {
        Self(Box::new(Inner { request, kind, earlier_attempts: Vec::new() }))
    }

    /// Adds the attempts that failed before the attempt that this error is about.
    pub(crate) fn with_earlier_attempts(mut self, attempts: Vec<FailedAttempt>) -> Self {
        self.0.earlier_attempts = attempts;
        self
    }

    /// Returns whether the request was not sent because it is invalid. [`Error::violations`] lists the violations.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidRequest(_))
    }

    /// Returns whether the request was not sent because a [`CredentialProvider`](crate::runtime::CredentialProvider) issued
    /// no credential. [`Error::credential_error`] returns the reason. If no credential is set, the request is invalid
    /// instead.
    pub fn is_credential(&self) -> bool {
        matches!(self.0.kind, Kind::Credential(_))
    }

    /// Returns the reason that a provider issued no credential. Its `source` is the error of the provider.
    pub fn credential_error(&self) -> Option<&CredentialError> {
        match &self.0.kind {
            Kind::Credential(MissingCredential::ProviderFailed(_, error)) => Some(error),
            _ => None,
        }
    }

    /// Returns whether the connection could not be established, or failed before the response was complete.
    pub fn is_connection(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Connect(_) | TransportError::Connection(_)))
    }

    /// Returns whether the connection could not be established. The service has not received the request. If this is
    /// true, [`Error::is_connection`] is true too.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(TransportError::Connect(_)))
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
        self.0.request.operation
    }

    /// Returns the HTTP method of the operation. Returns `None` if a [`Builder`](crate::runtime::Builder) returned the
    /// error.
    pub fn method(&self) -> Option<&Method> {
        self.0.request.method.as_ref()
    }

    /// Returns the URL of the request, without its query. An ellipsis replaces each secret parameter in the path.
    /// Returns `None` if the request was not sent because it is invalid.
    pub fn url(&self) -> Option<&str> {
        self.0.request.url.as_deref()
    }

    /// Returns the attempts that failed before the one that this error is about, in order. The list is empty if the request
    /// was sent once or not at all. See [`RetryPolicy`](crate::runtime::RetryPolicy).
    pub fn earlier_attempts(&self) -> &[FailedAttempt] {
        &self.0.earlier_attempts
    }

    /// Returns the error of the transport, if no complete response was received. Its `source` is the error that the
    /// transport wraps, such as a `reqwest::Error`.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error),
            _ => None,
        }
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
            Kind::Credential(_) => None,
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
    ///
    /// The OpenAPI document can say where the body has the code, the message and the request ID (`x-error`). If it does
    /// not, the usual places are tried, such as the members `code`, `error.code` and `error`, the members `message` and
    /// `error.message`, and the header `X-Request-Id`.
    pub fn code(&self) -> Option<&str> {
        self.service_failure()?.code.as_deref()
    }

    /// Returns the error message that the service reports. If the body has no error message, returns the whole body as
    /// a string.
    pub fn message(&self) -> Option<&str> {
        let failure = self.service_failure()?;
        failure.message.as_deref().or(failure.body_text.as_deref())
    }

    /// Returns the ID by which the service identifies the request. It is in the response, so an error without a response
    /// has none.
    pub fn request_id(&self) -> Option<&str> {
        self.received()?.request_id.as_deref()
    }

    /// Returns the decoded body of a failure that the OpenAPI document describes. `F` is the failure enum of the
    /// operation, such as `GetPetFailure`.
    ///
    /// Returns `None` in these cases:
    /// - `F` is the failure enum of a different operation.
    /// - The OpenAPI document does not describe the status.
    /// - The body does not decode.
    pub fn failure<F: Any>(&self) -> Option<&F> {
        self.service_failure()?.failure.as_deref()?.downcast_ref()
    }
}

/// Has no source, because `Display` prints the whole chain of errors.
impl std::error::Error for Error {}
