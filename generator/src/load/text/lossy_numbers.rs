//! Rounds numbers for `openapiv3`, because the number types of `openapiv3` have 64 bits.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// Returns the tree with the nearest double in place of each number that does not fit in 64 bits. The result serves only the
/// conversion to the types of `openapiv3`. Later stages read exact numbers from the raw tree.
pub(crate) fn as_doubles(tree: &Value) -> Cow<'_, Value> {
    if !has_unrepresentable(tree) {
        return Cow::Borrowed(tree);
    }
    let mut copy = tree.clone();
    replace(&mut copy);
    Cow::Owned(copy)
}

/// Returns the nearest double if `number` is neither a 64-bit integer nor exactly a double.
fn rounded(number: &Number) -> Option<Number> {
    if number.is_i64() || number.is_u64() {
        return None;
    }
    Number::from_f64(number.as_f64()?).filter(|double| double != number)
}

/// Returns whether the tree has a number that [`replace`] rounds.
fn has_unrepresentable(tree: &Value) -> bool {
    match tree {
        Value::Number(number) => rounded(number).is_some(),
        Value::Array(items) => items.iter().any(has_unrepresentable),
        Value::Object(members) => members.values().any(has_unrepresentable),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Replaces each number in `tree` for which [`rounded`] returns a double by this double.
fn replace(tree: &mut Value) {
    match tree {
        Value::Number(number) => {
            if let Some(rounded) = rounded(number) {
                *number = rounded;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(replace),
        Value::Object(members) => members.values_mut().for_each(replace),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
