//! Examples in the document that become tests of the generated crate.

use crate::ir::direction::Direction;
use crate::ir::docs::Docs;
use crate::ir::ids::SecuritySchemeId;
use crate::ir::values::Value;

/// An example of a request (`x-examples`). The test checks that building the request yields exactly this example.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The name of the test.
    pub test_name: String,
    /// The documentation of the test.
    pub docs: Docs,
    /// The arguments of the call, in the order of the operation's arguments; `None` for an argument that the example omits.
    pub arguments: Vec<Option<ExampleArgument>>,
    /// The credentials: for each security scheme, the value of the credential.
    pub credentials: Vec<(SecuritySchemeId, String)>,
    /// The expected method and request target.
    pub request_line: String,
    /// Headers that the request must have, among others.
    pub headers: Vec<(String, String)>,
    /// The expected body, as JSON text.
    pub body: Option<String>,
}

/// The value of an argument in an example.
#[derive(Debug, Clone)]
pub enum ExampleArgument {
    /// A string.
    Text(String),
    /// Any other value, as JSON text.
    Json(String),
    /// A key: an argument of an overloaded method.
    Key {
        /// The index of the key's form.
        form: usize,
        /// The values of the form's fields.
        fields: Vec<String>,
    },
}

/// An example of a body. The test checks that the example decodes, is valid, and encodes to the same JSON.
#[derive(Debug, Clone)]
pub struct BodyExample {
    /// The name of the test.
    pub test_name: String,
    /// The documentation of the test.
    pub docs: Docs,
    /// The type and rules of the body.
    pub value: Value,
    /// Whether the body is a request or a response body.
    pub direction: Direction,
    /// The body, as JSON text.
    pub json: String,
    /// Whether the example is known to contradict its schema (`x-acknowledge`). The test then checks that it is rejected.
    pub rejected: bool,
}

/// An example in a component schema. The test checks that the example decodes, is valid, and encodes to the same JSON.
#[derive(Debug, Clone)]
pub struct SchemaExample {
    /// The name of the test.
    pub test_name: String,
    /// The type of the component.
    pub value: Value,
    /// The value, as JSON text.
    pub json: String,
}
