//! Copperplate's own extensions: their names, where they belong, the forms of their values, and their documentation.

use serde_json::Value;

/// The extension that suppresses findings. Every object may have this extension.
pub(crate) const ACKNOWLEDGE: &str = "x-acknowledge";

/// The form of the value of an extension.
#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Boolean,
    List,
    /// An object. Of the keys of an object that is not empty, one must be among these names. Without names, all values must be
    /// strings.
    Object(&'static [&'static str]),
}

/// One of copperplate's extensions.
pub(crate) struct Extension {
    pub name: &'static str,
    /// A noun phrase for the objects that may have the extension. Messages use it.
    pub owner: &'static str,
    /// The form of the value.
    form: Form,
    /// The documentation in Markdown, which `copperplate explain` prints.
    pub page: &'static str,
}

/// A row of [`EXTENSIONS`]. The documentation is a file with the name of the extension.
macro_rules! extension {
    ($name:literal, $owner:literal, $form:expr) => {
        Extension {
            name: $name,
            owner: $owner,
            form: $form,
            page: include_str!(concat!("../../../extensions/", $name, ".md")),
        }
    };
}

/// All extensions.
pub(crate) const EXTENSIONS: &[Extension] = &[
    extension!("x-source", "an operation or a schema", Form::Text),
    extension!("x-overload", "an operation", Form::Object(&["method", "arguments"])),
    extension!("x-odata-literal", "a path parameter", Form::Boolean),
    extension!("x-repeat-header", "a header parameter that is an array", Form::Boolean),
    extension!("x-fixed-headers", "an operation", Form::Object(&[])),
    extension!("x-idempotent", "an operation", Form::Boolean),
    extension!("x-idempotency-key", "an operation or the root of the document", Form::Text),
    extension!("x-failure", "a response with a 2xx status", Form::Object(&["pointer", "when", "equals"])),
    extension!("x-error", "the root of the document", Form::Object(&["code", "message"])),
    extension!("x-examples", "an operation", Form::List),
    extension!("x-name", "a server", Form::Text),
    extension!("x-pagination", "an operation", Form::Object(&["cursor", "offset", "page", "link", "url"])),
    extension!("x-signing", "a security scheme", Form::Object(&["algorithm"])),
    extension!("x-acknowledge", "any object", Form::Object(&[])),
];

/// Returns the extension of this name.
pub(crate) fn extension_named(name: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// Returns whether `value` may be meant as the value of the extension `name`. Other tools have extensions with the same names or
/// similar names, whose values have other forms.
pub(crate) fn may_be_meant(name: &str, value: &Value) -> bool {
    let form = extension_named(name).map(|extension| extension.form);
    match (form, value) {
        (Some(Form::Text), Value::String(_))
        | (Some(Form::Boolean), Value::Bool(_))
        | (Some(Form::List), Value::Array(_)) => true,
        (Some(Form::Object(_)), Value::Object(members)) if members.is_empty() => true,
        (Some(Form::Object([])), Value::Object(members)) => members.values().all(Value::is_string),
        (Some(Form::Object(names)), Value::Object(members)) => names.iter().any(|name| members.contains_key(*name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_extension_has_a_page() {
        for Extension { name, page, .. } in EXTENSIONS {
            assert!(
                page.starts_with(&format!("# {name}\n\nBelongs to ")) && page.contains(&format!("{name}:")),
                "{name}"
            );
        }
    }

    #[test]
    fn values_of_other_tools_have_other_forms() {
        for (name, value) in [
            ("x-error", json!({"code": ["/code"]})),
            ("x-error", json!({})),
            ("x-source", json!("001 List")),
            ("x-examples", json!([])),
            ("x-fixed-headers", json!({"A": "b"})),
        ] {
            assert!(may_be_meant(name, &value), "{name}");
        }
        for (name, value) in [
            ("x-error", json!({"400": {"description": "Bad."}})),
            ("x-error", json!(["a"])),
            ("x-examples", json!({"application/json": {}})),
            ("x-source", json!({"url": "https://example.com"})),
            ("x-failure", json!("retry")),
        ] {
            assert!(!may_be_meant(name, &value), "{name}");
        }
    }
}
