//! Responses, and the type that each status is decoded into.

use crate::ir::bodies::Content;
use crate::ir::docs::Docs;
use crate::ir::ids::ResponseHeadersId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// How the responses of an operation are decoded.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The type of a success response.
    pub success: Success,
    /// The documented headers of success responses.
    pub headers: Option<ResponseHeadersId>,
    /// The variants of the enum of failures. The list is empty if the document describes no failure.
    pub failures: Vec<FailureVariant>,
    /// The name of the enum of failures. It is empty if there is no such enum.
    pub failure_type: String,
    /// The arms, in order. The first arm that accepts a response determines how the response is decoded.
    pub arms: Vec<ResponseArm>,
}

impl Responses {
    /// Returns the bodies of success responses.
    pub fn success_values(&self) -> impl Iterator<Item = &Value> {
        let contents: Vec<&Content> = match &self.success {
            Success::One(body) => body.iter().collect(),
            Success::Several { variants, .. } => variants.iter().filter_map(|variant| variant.body.as_ref()).collect(),
        };
        contents.into_iter().map(|content| &content.value)
    }

    /// Returns the bodies of success and failure responses.
    pub fn body_values(&self) -> impl Iterator<Item = &Value> {
        let failures = self.failures.iter().filter_map(|failure| failure.body.as_ref());
        self.success_values().chain(failures.map(|content| &content.value))
    }

    /// Returns the documented headers of success responses, except for those that are returned as text. `headers` is the list in
    /// [`Api::response_headers`](crate::ir::Api::response_headers).
    pub fn header_values<'h>(&self, headers: &'h [ResponseHeaders]) -> impl Iterator<Item = &'h Value> {
        let headers = self.headers.and_then(|ResponseHeadersId(id)| headers.get(id));
        headers.into_iter().flat_map(|headers| &headers.fields).filter_map(|field| field.value.as_ref())
    }
}

/// The type of a success response.
#[derive(Debug, Clone)]
pub enum Success {
    /// All success responses have this body, or none has a body.
    One(Option<Content>),
    /// Success responses have different bodies. The type is an enum.
    Several {
        /// The name of the enum.
        name: String,
        /// Its variants.
        variants: Vec<SuccessVariant>,
    },
}

/// A variant of an enum of successes.
#[derive(Debug, Clone)]
pub struct SuccessVariant {
    /// The name.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body.
    pub body: Option<Content>,
}

/// A variant of an enum of failures.
#[derive(Debug, Clone)]
pub struct FailureVariant {
    /// The name.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body.
    pub body: Option<Content>,
}

/// A struct of documented response headers.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeaders {
    /// The name of the struct.
    pub name: String,
    /// The name of the module that contains only this struct.
    pub module: String,
    /// The location in the document of the response that has the headers.
    pub pointer: Pointer,
    /// The headers.
    pub fields: Vec<HeaderField>,
}

impl ResponseHeaders {
    /// Whether the struct implements `Eq`. It does if all headers are returned as text. Other header values may be floating-point
    /// numbers, which do not implement `Eq`.
    pub fn has_eq(&self) -> bool {
        self.fields.iter().all(|field| field.value.is_none())
    }
}

/// A documented response header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// The name in Rust.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The location of the header object in the document.
    pub pointer: Pointer,
    /// The documentation of the field.
    pub docs: Docs,
    /// Whether the header is a cookie, a credential or another secret, which is not printed.
    pub secret: bool,
    /// The type and rules of the header; `None` if the header is returned as text.
    pub value: Option<Value>,
}

/// An arm: which responses of an operation it accepts, and how they are decoded.
#[derive(Debug, Clone)]
pub struct ResponseArm {
    /// The statuses that the arm accepts.
    pub status: StatusMatch,
    /// The condition for the arm. Under such a condition, a response with a success status is a failure.
    pub condition: Option<FailureCondition>,
    /// The media types that the arm accepts; `None` if the media type does not matter.
    pub media_type: Option<MediaTypeMatch>,
    /// Whether an accepted response is a success or a failure, and its variant.
    pub kind: ResponseKind,
}

/// The media types that an arm accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaTypeMatch {
    /// All media types that the document declares for the status, including those of other arms. The preferred one is first.
    pub offered: Vec<Vec<String>>,
    /// The index in `offered` of the alternative that the arm accepts.
    pub index: usize,
}

/// The statuses that an arm accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMatch {
    /// One status.
    Code(u16),
    /// A range by its first digit: 4 for 400 to 499.
    Range(u8),
    /// Every status that no earlier arm accepts.
    Other,
}

/// The condition in `x-failure`: a response with a success status is a failure if a member of the body has a certain value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCondition {
    /// The JSON Pointer of the member that the condition examines.
    pub pointer: String,
    /// The JSON text that the member must equal. If it is `None`, the condition holds if the member is not empty.
    pub equals: Option<String>,
}

/// Whether a response is a success or a failure, and the enum variant that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseKind {
    /// A success, with the index of its variant in [`Success::Several`]; 0 for [`Success::One`].
    Success(usize),
    /// A failure, with the index of its variant in [`Responses::failures`].
    Failure(usize),
}
