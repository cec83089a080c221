//! The names of copperplate's own extensions.

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

/// The form of the value of each extension.
const FORMS: &[(&str, Form)] = &[
    ("x-source", Form::Text),
    ("x-overload", Form::Object(&["method", "arguments"])),
    ("x-odata-literal", Form::Boolean),
    ("x-repeat-header", Form::Boolean),
    ("x-fixed-headers", Form::Object(&[])),
    ("x-idempotent", Form::Boolean),
    ("x-idempotency-key", Form::Text),
    ("x-failure", Form::Object(&["pointer", "when", "equals"])),
    ("x-error", Form::Object(&["code", "message"])),
    ("x-examples", Form::List),
    ("x-name", Form::Text),
    ("x-pagination", Form::Object(&["cursor", "offset", "page", "link", "url"])),
    ("x-signing", Form::Object(&["algorithm"])),
    (ACKNOWLEDGE, Form::Object(&[])),
];

/// Returns whether `value` may be meant as the value of the extension `name`. Other tools have extensions with the same names or
/// similar names, whose values have other forms.
pub(crate) fn may_be_meant(name: &str, value: &Value) -> bool {
    let form = FORMS.iter().find(|(known, _)| *known == name).map(|(_, form)| *form);
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

/// Each row has the name of an extension, and a noun phrase for the objects that may have the extension. Messages use the noun
/// phrase.
pub(crate) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-source", "an operation or a schema"),
    ("x-overload", "an operation"),
    ("x-odata-literal", "a path parameter"),
    ("x-repeat-header", "a header parameter that is an array"),
    ("x-fixed-headers", "an operation"),
    ("x-idempotent", "an operation"),
    ("x-idempotency-key", "an operation or the root of the document"),
    ("x-failure", "a response with a 2xx status"),
    ("x-error", "the root of the document"),
    ("x-examples", "an operation"),
    ("x-name", "a server"),
    ("x-pagination", "an operation"),
    ("x-signing", "a security scheme"),
    (ACKNOWLEDGE, "any object"),
];

/// A row of [`PAGES`]: the name of an extension, and its documentation in Markdown.
macro_rules! page {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../extensions/", $name, ".md")))
    };
}

/// The documentation of each extension, which `copperplate explain` prints.
pub(crate) const PAGES: &[(&str, &str)] = &[
    page!("x-acknowledge"),
    page!("x-error"),
    page!("x-examples"),
    page!("x-failure"),
    page!("x-fixed-headers"),
    page!("x-idempotency-key"),
    page!("x-idempotent"),
    page!("x-name"),
    page!("x-odata-literal"),
    page!("x-overload"),
    page!("x-pagination"),
    page!("x-repeat-header"),
    page!("x-signing"),
    page!("x-source"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn every_extension_has_a_form() {
        let known = |name: &str| FORMS.iter().any(|(other, _)| *other == name);
        assert!(EXTENSIONS.iter().all(|(name, _)| known(name)));
    }

    #[test]
    fn every_extension_has_a_page() {
        let names = |rows: &[(&'static str, &'static str)]| -> BTreeSet<&'static str> {
            rows.iter().map(|(name, _)| *name).collect()
        };
        assert_eq!(names(PAGES), names(EXTENSIONS));
        for (name, page) in PAGES {
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
