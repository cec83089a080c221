// copperplate runtime: copied into each generated crate that uses it.
//! Writes scalars of JSON as text without quotes.

use serde_json::{Number, Value as Json};

/// Returns the string that is sent for a JSON value. An array or object becomes JSON text. Returns `None` for null.
pub(crate) fn text(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number_text(number)),
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Some(value.to_string()),
    }
}

/// Returns the string that is sent for a number: `1` for `1.0`, and `1000` for `1e3`.
fn number_text(number: &Number) -> String {
    let text = number.to_string();
    match number.as_f64() {
        Some(float) if text.contains(['e', 'E']) || text.ends_with(".0") => float.to_string(),
        _ => text,
    }
}
