// copperplate runtime: copied into each generated crate that uses it.
//! Equality of JSON values by JSON Schema: `1` equals `1.0`, `1` does not equal `true`, and the order of members does
//! not matter.

use serde_json::Value;

use crate::runtime::validation::deadline;
use crate::runtime::validation::number_value::NumberValue;

/// Returns whether two JSON values are equal by JSON Schema: `1` equals `1.0`, and the order of members does not
/// matter.
#[allow(dead_code, reason = "a crate may use it only in tests")]
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => NumberValue::from(left) == NumberValue::from(right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        (left, right) => left == right,
    }
}

/// Returns whether `value` equals the value of the JSON text `text`. Returns false after the deadline of a response.
pub(crate) fn equals_text(value: &Value, text: &str) -> bool {
    !deadline::has_passed(text.len()) && serde_json::from_str::<Value>(text).is_ok_and(|other| equal(value, &other))
}
