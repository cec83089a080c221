//! Examples of parameters and media types.

use serde_json::Value;

use crate::pointer::Pointer;

/// A value of `example` or `examples`.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The JSON Pointer of the value.
    pub pointer: Pointer,
    /// The key in `examples`. If the value is from the keyword `example`, the name is `example`.
    pub name: String,
    /// `summary`.
    pub summary: Option<String>,
    /// The value itself.
    pub value: Value,
    /// `REASON` in `x-acknowledge: {example-invalid: REASON}`: why the value may contradict its schema. `None` if the value must
    /// match its schema.
    pub acknowledgement: Option<String>,
}
