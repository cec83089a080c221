//! What copperplate's extensions say.

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;

/// `x-error`: JSON Pointers into an error body, tried in order, and the header of the request id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// Where the error code may stand.
    pub code: Vec<String>,
    /// Where the message may stand.
    pub message: Vec<String>,
    /// The header that carries the request id, asked first.
    pub request_id_header: Option<String>,
    /// Where the request id may stand in the body.
    pub request_id: Vec<String>,
}

/// `x-failure`: the condition on a success's body under which the call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureCondition {
    /// Where to look in the body.
    pub pointer: String,
    /// What makes it a failure.
    pub when: FailureWhen,
}

/// The test of `x-failure`.
#[derive(Debug, Clone, PartialEq)]
pub enum FailureWhen {
    /// `when: non-empty`: present, not null, and not the empty string, array or object.
    NonEmpty,
    /// `equals: VALUE`.
    Equals(Value),
}

/// `x-overload`: this operation is one spelling of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overload {
    /// Where it stands.
    pub pointer: Pointer,
    /// The operationId-like name of the method.
    pub method: String,
    /// The method's arguments, in order.
    pub arguments: Vec<OverloadArgument>,
}

/// One argument of an overloaded method, and the form it takes in this spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverloadArgument {
    /// The argument's name.
    pub name: String,
    /// The Rust type's name; `None` where the argument is one plain parameter.
    pub type_name: Option<String>,
    /// The form's name; `None` where the type has one form only.
    pub variant: Option<String>,
    /// Field name -> path parameter, in order.
    pub parameters: IndexMap<String, String>,
}

/// One entry of `x-examples`: a whole request that the page prints.
#[derive(Debug, Clone)]
pub struct OperationExample {
    /// Where it stands.
    pub pointer: Pointer,
    /// `name`, in kebab-case, unique within the operation.
    pub name: String,
    /// `source`.
    pub source: Option<String>,
    /// `parameters`: values by parameter name; a credential goes by the name of its header or query parameter.
    pub parameters: IndexMap<String, Value>,
    /// `body`.
    pub body: Option<Value>,
    /// `request`: the method and target that must result, such as `DELETE /v1/items/7?force=true`.
    pub request: String,
    /// `headers`: headers that must be among those sent.
    pub headers: IndexMap<String, String>,
    /// The reason under `x-acknowledge: {example-invalid: …}`, as in [`crate::resolve::document::Example::acknowledged`].
    pub acknowledged: Option<String>,
}
