//! Key types: the arguments of overloaded methods that choose among several paths.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// The type of an argument of an overloaded method (`x-overload`). Its form decides which path is requested.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The name.
    pub name: String,
    /// The documentation of the type.
    pub docs: Docs,
    /// The forms. A type with one form is a struct, with several an enum.
    pub forms: Vec<KeyForm>,
}

/// One form of a key type.
#[derive(Debug, Clone)]
pub struct KeyForm {
    /// The name of the variant; `None` if the type has only this form.
    pub variant: Option<String>,
    /// The name of the function that constructs it.
    pub constructor: String,
    /// The documentation of the form.
    pub docs: Docs,
    /// The path parameters that it fills.
    pub fields: Vec<KeyField>,
}

/// A path parameter that a form of a key type fills.
#[derive(Debug, Clone)]
pub struct KeyField {
    /// The name in Rust.
    pub name: String,
    /// The name of the path parameter.
    pub wire: String,
    /// The documentation of the field.
    pub docs: Docs,
    /// Its type, which is always a string, and its rules.
    pub value: Value,
    /// Whether the path has it inside an OData string literal (`x-odata-literal`).
    pub odata_literal: bool,
}
