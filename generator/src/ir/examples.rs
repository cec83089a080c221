//! Examples in the document. They become tests of the generated crate.

use crate::ir::direction::Direction;
use crate::ir::docs::Docs;
use crate::ir::ids::SecuritySchemeId;
use crate::ir::values::Value;

/// An example of a request (`x-examples`). It becomes a test, which calls the operation with the arguments of the example and
/// compares the resulting request with the example.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The name of the test.
    pub test_name: String,
    /// The documentation of the test.
    pub docs: Docs,
    /// The arguments of the call, in the order of the operation's arguments; `None` for an argument that the example omits.
    pub arguments: Vec<Option<ExampleArgument>>,
    /// The security schemes that the example uses, each with the value of its credential.
    pub credentials: Vec<(SecuritySchemeId, String)>,
    /// The expected HTTP method and request target, such as `GET /pets?limit=10`.
    pub request_line: String,
    /// The names and values of the expected headers. The request may have further headers.
    pub headers: Vec<(String, String)>,
    /// The expected body, as JSON text; `None` if the example has no body.
    pub body: Option<String>,
}

/// The value of an argument in an example.
#[derive(Debug, Clone)]
pub enum ExampleArgument {
    /// A string.
    Text(String),
    /// A value whose type is not `String`, as JSON text.
    Json(String),
    /// A key: an argument of an overloaded method (`x-overload`).
    Key {
        /// The set of path parameters that the key holds, as an index into [`KeyType::forms`](crate::ir::KeyType::forms).
        form: usize,
        /// The values of the key's fields, in the order of [`KeyForm::fields`](crate::ir::KeyForm::fields).
        fields: Vec<String>,
    },
}

/// An example of a request or response body. It becomes a test, which checks that the example decodes, is valid, and encodes to
/// the same JSON.
#[derive(Debug, Clone)]
pub struct BodyExample {
    /// The name of the test.
    pub test_name: String,
    /// The documentation of the test.
    pub docs: Docs,
    /// The type and validation rules of the body.
    pub value: Value,
    /// The direction: [`Direction::SENT`] for a request body, [`Direction::RECEIVED`] for a response body.
    pub direction: Direction,
    /// The body, as JSON text.
    pub json: String,
    /// Whether the document acknowledges that the example contradicts its schema (`x-acknowledge`). The test then checks that the
    /// example is rejected.
    pub rejected: bool,
}

/// An example in a component schema. It becomes a test, which checks that the example decodes, is valid, and encodes to the same
/// JSON.
#[derive(Debug, Clone)]
pub struct SchemaExample {
    /// The name of the test.
    pub test_name: String,
    /// The type of the component schema.
    pub value: Value,
    /// The example, as JSON text.
    pub json: String,
}
