//! Examples of parameters and media types.

use serde_json::Value;

use crate::pointer::Pointer;

/// A value of `example` or `examples`.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The place of the value.
    pub pointer: Pointer,
    /// The key in `examples`, or `example` if the value is that of `example`.
    pub name: String,
    /// `summary`.
    pub summary: Option<String>,
    /// The value itself.
    pub value: Value,
    /// The reason from `x-acknowledge: {example-invalid: …}`, if the document acknowledges that the value contradicts its schema.
    pub acknowledgement: Option<String>,
}
