//! Responses: the typed result of each status.

use crate::ir::bodies::Content;
use crate::ir::docs::Docs;
use crate::ir::ids::ResponseHeadersId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// How the responses of an operation are read.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The type of a success.
    pub success: Success,
    /// The documented headers of successes.
    pub headers: Option<ResponseHeadersId>,
    /// The variants of the enum of failures; empty if the document describes no failure.
    pub failures: Vec<FailureVariant>,
    /// The name of the enum of failures; empty if there is none.
    pub failure_type: String,
    /// The results by status, in the order in which a response is compared with them.
    pub arms: Vec<ResponseArm>,
}

impl Responses {
    /// The bodies of successes.
    pub fn success_values(&self) -> impl Iterator<Item = &Value> {
        let contents: Vec<&Content> = match &self.success {
            Success::One(body) => body.iter().collect(),
            Success::Several { variants, .. } => variants.iter().filter_map(|variant| variant.body.as_ref()).collect(),
        };
        contents.into_iter().map(|content| &content.value)
    }

    /// The bodies of successes and failures.
    pub fn body_values(&self) -> impl Iterator<Item = &Value> {
        let failures = self.failures.iter().filter_map(|failure| failure.body.as_ref());
        self.success_values().chain(failures.map(|content| &content.value))
    }

    /// The documented headers of successes that are not read as text. `headers` are those of the API.
    pub fn header_values<'h>(&self, headers: &'h [ResponseHeaders]) -> impl Iterator<Item = &'h Value> {
        let headers = self.headers.and_then(|ResponseHeadersId(id)| headers.get(id));
        headers.into_iter().flat_map(|headers| &headers.fields).filter_map(|field| field.value.as_ref())
    }
}

/// The type of a success.
#[derive(Debug, Clone)]
pub enum Success {
    /// All successes have this body, or none has a body.
    One(Option<Content>),
    /// Successes differ: an enum.
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
    /// Whether the struct implements `Eq`. Headers that are read as text do; other values may be floating-point numbers.
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
    /// Its type and rules; `None` if it is read as text.
    pub value: Option<Value>,
}

/// The result of one status or range of statuses.
#[derive(Debug, Clone)]
pub struct ResponseArm {
    /// The statuses.
    pub status: StatusMatch,
    /// The condition under which a response with a success status is a failure.
    pub condition: Option<FailureCondition>,
    /// The media types of the response, if they decide between several results of the status.
    pub media_type: Option<MediaTypeMatch>,
    /// The result.
    pub kind: ResponseKind,
}

/// The media types that an arm accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaTypeMatch {
    /// The media types of every alternative of the status, the preferred alternative first.
    pub offered: Vec<Vec<String>>,
    /// The index of the alternative that the arm accepts.
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

/// A condition on the body under which a response with a success status is a failure (`x-failure`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCondition {
    /// The JSON Pointer of the member that decides.
    pub pointer: String,
    /// The JSON text that the member must equal. `None`: the member must not be empty.
    pub equals: Option<String>,
}

/// Whether a response is a success or a failure, and the variant that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseKind {
    /// A success, with the index of its variant in [`Success::Several`]; 0 for [`Success::One`].
    Success(usize),
    /// A failure, with the index of its variant in [`Responses::failures`].
    Failure(usize),
}
