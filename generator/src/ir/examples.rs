//! Examples: what the page prints, as tests to be.

use crate::ir::{Docs, SchemeId, Travels, Value};

/// A request that the page prints: a test that building it gives just that.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The test.
    pub test: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// A JSON text for each argument, in their order; `None` where it is not given.
    pub arguments: Vec<Option<ExampleArgument>>,
    /// Credentials: the scheme and its value.
    pub credentials: Vec<(SchemeId, String)>,
    /// The method and target that must result.
    pub request: String,
    /// Headers that must be among those sent.
    pub headers: Vec<(String, String)>,
    /// The JSON text of the body that must be sent.
    pub body: Option<String>,
}

/// The value of an argument in an example.
#[derive(Debug, Clone)]
pub enum ExampleArgument {
    /// Text.
    Text(String),
    /// Any other value, as JSON text.
    Json(String),
    /// The form of a key and the texts of its fields.
    Key(usize, Vec<String>),
}

/// A body that the page prints: a test that it decodes, keeps the rules, and encodes back to the same JSON.
#[derive(Debug, Clone)]
pub struct BodyExample {
    /// The test.
    pub test: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// What it is an example of.
    pub value: Value,
    /// Which way it travels.
    pub travels: Travels,
    /// The JSON text.
    pub json: String,
    /// Whether the document admits that the page's example contradicts its schema: then it must be refused.
    pub refused: bool,
}

/// A value that a component schema gives as an example of itself: a test that it decodes, keeps the rules, and encodes back.
#[derive(Debug, Clone)]
pub struct SchemaExample {
    /// The test.
    pub test: String,
    /// What it is an example of.
    pub value: Value,
    /// The JSON text.
    pub json: String,
}
