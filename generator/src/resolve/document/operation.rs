//! Operations, their parameters, bodies and responses.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::{
    FailureCondition, Location, OperationExample, Overload, Requirement, SchemaRef, Server,
};

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it stands: `/paths/~1pets/get`.
    pub pointer: Pointer,
    /// `operationId`, where there is one.
    pub id: Option<String>,
    /// The method in upper case.
    pub method: String,
    /// The path template as written.
    pub path: String,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The parameters of the path item and of the operation, the operation's own replacing the path item's.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub body: Option<Body>,
    /// `responses`, in document order.
    pub responses: Vec<Response>,
    /// The alternatives that satisfy the operation's security: its own, or else the document's. Empty: none is asked for.
    pub security: Vec<Requirement>,
    /// The servers of the operation, or else of its path item; empty where it has those of the document.
    pub servers: Vec<Server>,
    /// `x-source`.
    pub source: Option<String>,
    /// `x-overload`.
    pub overload: Option<Overload>,
    /// `x-fixed-headers`, in order.
    pub fixed_headers: Vec<(String, String)>,
    /// `x-examples`, in order.
    pub examples: Vec<OperationExample>,
}

impl Operation {
    /// Whether a fault at `place` is a fault of this operation: it lies in it, or in what its path item says for all of them.
    pub fn is_at_fault(&self, place: &Pointer) -> bool {
        let item = self.pointer.parent().unwrap_or_default();
        let shared = [item.join("parameters"), item.join("servers")];
        place.is_within(&self.pointer) || *place == item || shared.iter().any(|shared| place.is_within(shared))
    }
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it is declared, after references were followed.
    pub pointer: Pointer,
    /// Where the operation or its path item lists it, which is the same unless that is a reference.
    pub site: Pointer,
    /// The component's name, where the parameter was reached by a reference.
    pub component: Option<String>,
    /// `name`.
    pub name: String,
    /// `in`.
    pub location: Location,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `style`, or the default of the location.
    pub style: Style,
    /// `explode`, or the default of the style.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`.
    pub allow_empty_value: bool,
    /// The schema, or the single media type of `content`.
    pub value: ParameterValue,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// `x-odata-literal`.
    pub odata_literal: bool,
    /// `x-repeat-header`.
    pub repeat_header: bool,
}

/// What a parameter holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// `schema`.
    Schema(SchemaRef),
    /// `content` with its one media type.
    Content(MediaType),
}

/// `style` of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Where it is declared, after references were followed.
    pub pointer: Pointer,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`, in document order.
    pub content: Vec<MediaType>,
}

/// One entry of `content`.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaType {
    /// Where it stands.
    pub pointer: Pointer,
    /// The key, exactly as written: `application/json;charset=UTF-8`.
    pub name: String,
    /// `schema`.
    pub schema: Option<SchemaRef>,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// `encoding`, in order.
    pub encoding: Vec<Encoding>,
}

/// How one property of a form or of a multipart body is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// Where it stands.
    pub pointer: Pointer,
    /// The property.
    pub property: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `headers`, in order.
    pub headers: Vec<Header>,
    /// `style`, where it is written.
    pub style: Option<Style>,
    /// `explode`, where it is written.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

impl MediaType {
    /// The media type without its parameters, in lower case.
    pub fn essence(&self) -> String {
        self.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether the media type is JSON, whatever its parameters.
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }
}

/// An example that the document carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Where the value stands.
    pub pointer: Pointer,
    /// Its key under `examples`; `example` for the single one.
    pub name: String,
    /// `summary`.
    pub summary: Option<String>,
    /// The value.
    pub value: Value,
    /// The reason under `x-acknowledge: {example-invalid: …}`, where the document admits that the value contradicts its schema.
    pub acknowledged: Option<String>,
}

/// One response of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Where it is declared, after references were followed.
    pub pointer: Pointer,
    /// The key.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// `headers`, in order.
    pub headers: Vec<Header>,
    /// `content`, in order; empty where the response has no body.
    pub content: Vec<MediaType>,
    /// `x-failure`: the condition under which this success is a failure.
    pub failure: Option<FailureCondition>,
}

/// The key of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `4XX`, as 4.
    Range(u8),
    /// `default`.
    Default,
}

/// A documented response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Where it is declared, after references were followed.
    pub pointer: Pointer,
    /// Its name as written.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `schema`; `None` where the header has `content` or nothing.
    pub schema: Option<SchemaRef>,
}
