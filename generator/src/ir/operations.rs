//! Operations.

use crate::ir::arguments::Argument;
use crate::ir::docs::Docs;
use crate::ir::examples::RequestExample;
use crate::ir::paths::Path;
use crate::ir::responses::{ResponseHeaders, Responses};
use crate::ir::security::SecurityRequirement;
use crate::ir::values::Value;

/// An operation: a struct of arguments and a method of the client.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`, the method name of `x-overload`, or method and path.
    pub id: String,
    /// The locations of the operation in the document, as JSON Pointers: one, or one for each path of an overloaded method. Schema
    /// locations inside the operation are relative to the first.
    pub pointers: Vec<String>,
    /// The name of the struct of arguments.
    pub type_name: String,
    /// The name of the client's method.
    pub method_name: String,
    /// The documentation of the operation.
    pub docs: Docs,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The HTTP method.
    pub method: String,
    /// The operation's own server; `None` if the client's base URL applies.
    pub server: Option<String>,
    /// The path.
    pub path: Path,
    /// The arguments, in document order, with the body last.
    pub arguments: Vec<Argument>,
    /// The names and values of headers that every request has.
    pub fixed_headers: Vec<(String, String)>,
    /// The alternative combinations of credentials that the operation accepts.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// How responses are read.
    pub responses: Responses,
    /// The documented requests that become tests.
    pub examples: Vec<RequestExample>,
}

impl Operation {
    /// Whether structs of arguments are `#[non_exhaustive]`. They are: the client's method constructs them, so that a new optional
    /// argument breaks no caller.
    pub const IS_NON_EXHAUSTIVE: bool = true;

    /// The values that requests contain.
    pub fn sent_values(&self) -> impl Iterator<Item = &Value> {
        self.arguments.iter().flat_map(|argument| argument.location.values())
    }

    /// The values that responses contain: their bodies, and the documented headers of successes. `headers` are those of the API.
    pub fn received_values<'a>(&'a self, headers: &'a [ResponseHeaders]) -> impl Iterator<Item = &'a Value> {
        self.responses.body_values().chain(self.responses.header_values(headers))
    }

    /// Whether the struct of arguments borrows its body.
    pub fn borrows(&self) -> bool {
        self.arguments.iter().any(Argument::is_body)
    }
}
