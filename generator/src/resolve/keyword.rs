//! Reads the values of keywords that contain no schemas.

use serde_json::{Map, Number, Value};

use crate::json::member::member_of;
use crate::json::number;
use crate::resolve::document::SchemaType;

/// Returns the type with this name; `None` for null and unknown names.
pub(super) fn schema_type(name: &str) -> Option<SchemaType> {
    match name {
        "string" => Some(SchemaType::String),
        "number" => Some(SchemaType::Number),
        "integer" => Some(SchemaType::Integer),
        "boolean" => Some(SchemaType::Boolean),
        "array" => Some(SchemaType::Array),
        "object" => Some(SchemaType::Object),
        _ => None,
    }
}

/// Returns the string under `key`.
pub(super) fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    member_of(object, key).and_then(Value::as_str).map(str::to_owned)
}

/// Returns the strings of the list under `key`.
pub(super) fn texts(object: &Map<String, Value>, key: &str) -> Vec<String> {
    let items = member_of(object, key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Returns the boolean under `key`, or `false` if the key is absent.
pub(super) fn flag(object: &Map<String, Value>, key: &str) -> bool {
    member_of(object, key).and_then(Value::as_bool).unwrap_or_default()
}

/// Returns the non-negative integer under `key`.
pub(super) fn count(object: &Map<String, Value>, key: &str) -> Option<u64> {
    member_of(object, key).and_then(Value::as_number).and_then(number::to_count)
}

/// Returns the number under `key`.
pub(super) fn number_of(object: &Map<String, Value>, key: &str) -> Option<Number> {
    member_of(object, key).and_then(Value::as_number).cloned()
}
