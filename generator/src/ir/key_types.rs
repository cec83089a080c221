//! Key types. A key is an argument of an overloaded method (`x-overload`), which has several URL paths. The key holds the values
//! of one or more path parameters. The set of path parameters that the key holds selects the URL path.

use crate::ir::docs::Docs;
use crate::ir::layout::kebab;
use crate::ir::values::Value;

/// The type of a key, which is an argument of an overloaded method (`x-overload`). A key holds the values of one or more path
/// parameters. This set of path parameters is called the form of the key. The form selects the URL path of the request.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The name.
    pub name: String,
    /// The documentation of the type.
    pub docs: Docs,
    /// The forms that a key of this type can have. A type with one form becomes a struct. A type with several forms becomes an
    /// enum with a variant for each form.
    pub forms: Vec<KeyForm>,
}

/// One form of a key type (`x-overload`): a set of path parameters. A key of this form contains a value for each of these
/// parameters.
#[derive(Debug, Clone)]
pub struct KeyForm {
    /// The name of the enum variant for this form; `None` if the key type has only this form.
    pub variant: Option<String>,
    /// The name of the function that constructs a key of this form.
    pub constructor: String,
    /// The documentation of the form.
    pub docs: Docs,
    /// The fields of the struct or enum variant: one for each path parameter of the form.
    pub fields: Vec<KeyField>,
}

impl KeyForm {
    /// Returns the value that names the form in the option for the form, such as `name-and-box`.
    pub fn option_value(&self) -> String {
        kebab(&self.constructor)
    }
}

/// A field of a key (`x-overload`). The field holds the value of one path parameter.
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
