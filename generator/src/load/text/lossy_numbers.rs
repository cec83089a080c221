//! The tree for `openapiv3`, whose types hold no number of more than 64 bits.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// `tree` with doubles in place of the numbers that 64 bits do not hold: for what asks for the shape and takes no number from there.
pub(crate) fn as_doubles(tree: &Value) -> Cow<'_, Value> {
    if !has_large(tree) {
        return Cow::Borrowed(tree);
    }
    let mut copy = tree.clone();
    replace(&mut copy);
    Cow::Owned(copy)
}

/// The double that stands for a number, where it is no 64-bit integer and has other digits.
fn double(number: &Number) -> Option<Number> {
    if number.is_i64() || number.is_u64() {
        return None;
    }
    Number::from_f64(number.as_f64()?).filter(|double| double != number)
}

fn has_large(tree: &Value) -> bool {
    match tree {
        Value::Number(number) => double(number).is_some(),
        Value::Array(items) => items.iter().any(has_large),
        Value::Object(members) => members.values().any(has_large),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

fn replace(tree: &mut Value) {
    match tree {
        Value::Number(number) => {
            if let Some(double) = double(number) {
                *number = double;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(replace),
        Value::Object(members) => members.values_mut().for_each(replace),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
