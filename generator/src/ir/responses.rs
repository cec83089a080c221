//! Responses, and the type that each status is decoded into.

use std::sync::Arc;

use crate::ir::bodies::Content;
use crate::ir::docs::Docs;
use crate::ir::ids::ResponseHeadersId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// How the responses of an operation are decoded.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The type that success responses are decoded into.
    pub success: Success,
    /// The documented headers of success responses.
    pub headers: Option<ResponseHeadersId>,
    /// The variants of the enum of failures. The list is empty if the document describes no failure.
    pub failures: Vec<FailureVariant>,
    /// The name of the enum of failures. It is empty if there is no such enum.
    pub failure_type: String,
    /// The items of a success response that is a series of items; `None` if there is no such response.
    pub stream: Option<ItemStream>,
    /// The arms of the generated `match` that decodes responses, in order. The first arm that accepts a response decodes it.
    pub arms: Vec<ResponseArm>,
}

impl Responses {
    /// Returns the types of the bodies of success responses, and of the items of a stream.
    pub fn success_values(&self) -> impl Iterator<Item = &Value> {
        let contents: Vec<&Content> = match &self.success {
            Success::One(body) => body.iter().collect(),
            Success::Several { variants, .. } => variants.iter().filter_map(|variant| variant.body.as_ref()).collect(),
        };
        contents.into_iter().map(|content| &content.value).chain(self.stream.as_ref().map(|stream| &stream.item))
    }

    /// Returns the types of the bodies of success and failure responses.
    pub fn body_values(&self) -> impl Iterator<Item = &Value> {
        let failures = self.failures.iter().filter_map(|failure| failure.body.as_ref());
        self.success_values().chain(failures.map(|content| &content.value))
    }

    /// Returns the types of the documented headers of success responses. Headers that are returned as a `String` are not
    /// included. `headers` is the list in [`Api::response_headers`](crate::ir::Api::response_headers).
    pub fn header_values<'h>(&self, headers: &'h [ResponseHeaders]) -> impl Iterator<Item = &'h Value> {
        let headers = self.headers.and_then(|ResponseHeadersId(id)| headers.get(id));
        headers.into_iter().flat_map(|headers| &headers.fields).filter_map(|field| field.value.as_ref())
    }
}

/// A success response that is a series of items. The caller receives each item as soon as it is complete.
#[derive(Debug, Clone)]
pub struct ItemStream {
    /// Whether the items are server-sent events. Otherwise, they are lines of JSON.
    pub has_events: bool,
    /// The media type, exactly as the document writes it.
    pub media_type: String,
    /// The type and validation rules of an item.
    pub item: Value,
    /// Whether items are text. Otherwise, items are JSON.
    pub is_text: bool,
}

/// The type that success responses are decoded into.
#[derive(Debug, Clone)]
pub enum Success {
    /// All success responses have this body. `None` means that no success response has a body.
    One(Option<Content>),
    /// Success responses have different bodies. The type is an enum.
    Several {
        /// The name of the enum.
        name: String,
        /// The variants of the enum.
        variants: Vec<SuccessVariant>,
    },
}

/// A variant of an enum of success responses.
#[derive(Debug, Clone)]
pub struct SuccessVariant {
    /// The name.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body; `None` if the response has no body.
    pub body: Option<Content>,
}

/// A variant of an enum of failure responses.
#[derive(Debug, Clone)]
pub struct FailureVariant {
    /// The name.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body; `None` if the response has no body.
    pub body: Option<Content>,
}

/// A struct of documented response headers.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeaders {
    /// The name of the struct.
    pub name: String,
    /// The name of the struct in snake case. If several operations return the struct and the code is split over several files,
    /// this name determines the file of the struct.
    pub module: String,
    /// The JSON Pointer of a response that has these headers.
    pub pointer: Pointer,
    /// The headers.
    pub fields: Vec<HeaderField>,
}

/// A documented response header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// The Rust identifier of the field.
    pub name: String,
    /// The name of the header.
    pub wire: String,
    /// The JSON Pointer of the header object in the document.
    pub pointer: Pointer,
    /// The documentation of the field.
    pub docs: Docs,
    /// Whether the value of the header is secret and must not be printed. Cookies and credentials are secret.
    pub secret: bool,
    /// The type and validation rules of the header; `None` if the header is returned as a `String`.
    pub value: Option<Value>,
}

/// An arm of the `match` that decodes responses: the responses that the arm accepts, and how it decodes them.
#[derive(Debug, Clone)]
pub struct ResponseArm {
    /// The statuses that the arm accepts.
    pub status: StatusMatch,
    /// The condition that a response must meet (`x-failure`); `None` if there is no condition. An arm with a condition decodes
    /// responses that have a success status but report a failure.
    pub condition: Option<FailureCondition>,
    /// The media types that the arm accepts; `None` if the media type does not matter.
    pub media_type: Option<MediaTypeMatch>,
    /// The variant that an accepted response is decoded into.
    pub kind: ResponseKind,
}

/// The media types that an arm of the generated `match` accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaTypeMatch {
    /// The media types of each body that the document declares for the response, one list per body. The list of the preferred
    /// body is first. All arms for the same response have the same lists.
    pub offered: Arc<Vec<Vec<String>>>,
    /// The index in `offered` of the body that this arm decodes.
    pub index: usize,
}

/// The HTTP statuses that an arm of the generated `match` accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMatch {
    /// One status.
    Code(u16),
    /// A range by its first digit: 4 for 400 to 499.
    Range(u8),
    /// Every status that no earlier arm accepts.
    Other,
}

/// The condition in `x-failure`: a response with a success status is a failure if a certain member of the body has a certain
/// value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCondition {
    /// The JSON Pointer, within the body, of the member that the condition examines.
    pub pointer: String,
    /// The JSON text of the value that makes the response a failure. `None` means any value except null, an empty string, an
    /// empty array and an empty object.
    pub equals: Option<String>,
}

/// The enum variant that holds a decoded response: a success or a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseKind {
    /// A success, with the index of its variant in [`Success::Several`]; 0 for [`Success::One`].
    Success(usize),
    /// A failure, with the index of its variant in [`Responses::failures`].
    Failure(usize),
}
