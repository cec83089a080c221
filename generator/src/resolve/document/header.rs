//! Headers of responses and of the parts of multipart bodies.

use crate::pointer::Pointer;
use crate::resolve::document::example::Example;
use crate::resolve::document::schema::SchemaRef;

/// A header of a response, or of a part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The JSON Pointer of the Header Object, after all references are followed.
    pub pointer: Pointer,
    /// The key in `headers`, as it is written.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `schema`; `None` if the header has `content`.
    pub schema: Option<SchemaRef>,
    /// `example` and `examples` of a header of a webhook. Those of other headers are not read.
    pub examples: Vec<Example>,
}
