//! The size of JSON values.

use serde_json::Value;

/// The size of a value without its text, in bytes.
const VALUE_SIZE: usize = 2;

/// Returns the size of a scalar or key with this text. An object or list without its members has the size of the empty text.
pub(crate) fn size_of_text(text: &str) -> usize {
    VALUE_SIZE + text.len()
}

/// Returns the size of `value` with its members or items.
pub(crate) fn size(value: &Value) -> usize {
    VALUE_SIZE
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => members.iter().map(|(key, member)| size_of_text(key) + size(member)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}
