//! The contents of copperplate's own `x-` extensions.

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;

/// `x-idempotency-key`: the header by which the service recognizes a request that it has already received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The JSON Pointer of the extension.
    pub pointer: Pointer,
    /// The name of the header.
    pub header: String,
}

/// `x-error`: where an error response has the error code, the message and the request id.
///
/// The JSON Pointers point into the response body. They are tried in order: the first pointer to an existing value wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// JSON Pointers to the error code.
    pub code: Vec<String>,
    /// JSON Pointers to the message.
    pub message: Vec<String>,
    /// The name of the response header with the request id. The header takes precedence over the body.
    pub request_id_header: Option<String>,
    /// JSON Pointers to the request id.
    pub request_id: Vec<String>,
}

/// `x-failure`: a condition on the body of a success response. If the body meets the condition, the call is a failure.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureCondition {
    /// `pointer`: the JSON Pointer of the value in the body to which the condition applies.
    pub pointer: String,
    /// `when` or `equals`: the condition that the value must meet for the call to fail.
    pub test: FailureTest,
}

/// The condition of an `x-failure` on a value in the response body. If the value meets the condition, the call returns an error.
#[derive(Debug, Clone, PartialEq)]
pub enum FailureTest {
    /// `when: non-empty`: the value is present, is not `null`, and is not the empty string, array or object.
    NonEmpty,
    /// `equals: VALUE`: the value is equal to `VALUE`.
    Equals(Value),
}

/// `x-overload`: the operation shares a Rust method with other operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overload {
    /// The JSON Pointer of the extension.
    pub pointer: Pointer,
    /// `method`: the name of the Rust method, written in camelCase like an `operationId`.
    pub method: String,
    /// `arguments` of the Rust method, in order.
    pub arguments: Vec<OverloadArgument>,
}

/// An argument of a Rust method that several operations share through `x-overload`. If the type of the argument is an enum, the
/// variant that the caller passes selects the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverloadArgument {
    /// `name` of the argument.
    pub name: String,
    /// `type`: the name of the argument's Rust type. `None` if the argument is a single path parameter.
    pub type_name: Option<String>,
    /// `variant`: the enum variant that the caller passes to call this operation. `None` if the Rust type of the argument is not
    /// an enum.
    pub variant: Option<String>,
    /// `parameters`: maps each field of the argument's Rust type to the name of a path parameter. The fields are sorted by the
    /// position of their parameter in the path.
    pub parameters: IndexMap<String, String>,
}

/// An item of `x-examples`: a complete request, copied from the documentation of the API.
#[derive(Debug, Clone)]
pub struct OperationExample {
    /// The JSON Pointer of the example.
    pub pointer: Pointer,
    /// `name` of the example, in kebab-case. It is unique within the operation.
    pub name: String,
    /// `source`: the section of the API's documentation that contains the example.
    pub source: Option<String>,
    /// `parameters`: values by parameter name. A credential is listed under the name of its header or query parameter.
    pub parameters: IndexMap<String, Value>,
    /// `body`: the JSON of the request body.
    pub body: Option<Value>,
    /// `request`: the HTTP method and request target that the client must send, such as `DELETE /v1/items/7?force=true`.
    pub request: String,
    /// `headers`: headers that the request must contain. The request may contain further headers.
    pub headers: IndexMap<String, String>,
    /// `REASON` in `x-acknowledge: {example-invalid: REASON}`: why the example may contradict the document. `None` if the example
    /// must match the document.
    pub acknowledgement: Option<String>,
}
