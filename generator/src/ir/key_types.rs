//! Key types: the argument types of overloaded methods (`x-overload`). The form of a key selects one of several paths.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// The type of an argument of an overloaded method (`x-overload`). The form of the argument's value selects the path that is
/// requested.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The name.
    pub name: String,
    /// The documentation of the type.
    pub docs: Docs,
    /// The forms of the type. A type with one form becomes a struct, and a type with several forms an enum.
    pub forms: Vec<KeyForm>,
}

/// One form of a key type. It provides values for path parameters.
#[derive(Debug, Clone)]
pub struct KeyForm {
    /// The name of the variant; `None` if the type has only this form.
    pub variant: Option<String>,
    /// The name of the function that constructs the form.
    pub constructor: String,
    /// The documentation of the form.
    pub docs: Docs,
    /// The path parameters that the form provides.
    pub fields: Vec<KeyField>,
}

/// A path parameter that a form of a key type provides.
#[derive(Debug, Clone)]
pub struct KeyField {
    /// The name in Rust.
    pub name: String,
    /// The name of the path parameter.
    pub wire: String,
    /// The documentation of the field.
    pub docs: Docs,
    /// The rules and the type of the field. The type is always a string.
    pub value: Value,
    /// Whether the parameter is inside an OData string literal in the path (`x-odata-literal`).
    pub odata_literal: bool,
}
