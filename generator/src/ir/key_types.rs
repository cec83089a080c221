//! Key types: the argument types of overloaded methods (`x-overload`). A key type has one or more forms, and each form selects
//! one of several URL paths.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// The type of an argument of an overloaded method (`x-overload`). The type has one or more forms, and each value has one of
/// these forms. The form of the value selects the URL path of the request.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The name.
    pub name: String,
    /// The documentation of the type.
    pub docs: Docs,
    /// The forms of the type. A type with one form becomes a struct. A type with several forms becomes an enum with a variant for
    /// each form.
    pub forms: Vec<KeyForm>,
}

/// One form of a key type (`x-overload`): a set of path parameters. A key of this form contains a value for each of these
/// parameters.
#[derive(Debug, Clone)]
pub struct KeyForm {
    /// The name of the variant; `None` if the type has only this form.
    pub variant: Option<String>,
    /// The name of the function that constructs a key of this form.
    pub constructor: String,
    /// The documentation of the form.
    pub docs: Docs,
    /// The fields of the form: one for each path parameter whose value a key of this form contains.
    pub fields: Vec<KeyField>,
}

/// A field of the struct or enum variant of a key type (`x-overload`). The field holds the value of one path parameter.
#[derive(Debug, Clone)]
pub struct KeyField {
    /// The name in Rust.
    pub name: String,
    /// The name of the path parameter.
    pub wire: String,
    /// The documentation of the field.
    pub docs: Docs,
    /// The type and validation rules of the field. The type is always a string.
    pub value: Value,
    /// Whether the path contains the parameter inside an OData string literal, such as `Box('{name}')` (`x-odata-literal`).
    pub odata_literal: bool,
}
