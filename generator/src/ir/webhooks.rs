//! Webhooks: requests that the service sends, and that a program decodes.

use crate::ir::docs::Docs;
use crate::ir::responses::ResponseHeaders;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// The name of the module with the functions of the webhooks.
pub const WEBHOOKS: &str = "webhooks";

/// A request that the service sends. It becomes a function that decodes and validates the request.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The name of the function.
    pub name: String,
    /// The JSON Pointer of the Operation Object.
    pub pointer: Pointer,
    /// The documentation of the function.
    pub docs: Docs,
    /// Whether the document marks the webhook as deprecated.
    pub deprecated: bool,
    /// The type and validation rules of the payload; `None` if the webhook has no body.
    pub body: Option<Value>,
    /// The struct of the documented headers; `None` if there are none.
    pub headers: Option<ResponseHeaders>,
    /// The names of the headers without which the webhook is invalid.
    pub required_headers: Vec<String>,
}

impl Webhook {
    /// Returns the types of the payload and of the headers. Headers that are returned as a `String` are not included.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let headers = self.headers.iter().flat_map(|headers| &headers.fields);
        self.body.iter().chain(headers.filter_map(|field| field.value.as_ref()))
    }
}
