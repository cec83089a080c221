//! Equality of JSON values: `1` equals `1.0`, `true` does not equal `1`, and the order of an object's members does not matter.

use serde_json::Value;

use crate::json::decimal::Decimal;

/// Returns whether two JSON values are equal.
pub(crate) fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left == right,
            _ => Decimal::from(left) == Decimal::from(right),
        },
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has = |(name, value)| right.get(name).is_some_and(|other| is_equal(value, other));
            left.len() == right.len() && left.iter().all(has)
        }
        _ => left == right,
    }
}

/// Returns a canonical text of `value`: two values have the same text if and only if [`is_equal`] returns true for them.
pub(crate) fn canonical_text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&Decimal::from(number).to_string()),
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in members {
                text.push_str(&format!("{name:?}:"));
                write(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_compared_not_texts() {
        assert!(is_equal(&json!({"a": 1, "b": [2.0]}), &json!({"b": [2], "a": 1.0})));
        assert!(is_equal(&json!(1e2), &json!(100)));
        let number = |text: &str| Value::Number(text.parse().expect("a number"));
        assert!(is_equal(&number("18446744073709551616"), &number("184467440737095516.160e2")));
        assert!(!is_equal(&number("18446744073709551616"), &number("18446744073709551617")));
        for (left, right) in [
            (json!(true), json!(1)),
            (json!("1"), json!(1)),
            (json!(null), json!(false)),
            (json!([1, 2]), json!([2, 1])),
            (json!(["a,b"]), json!(["a", "b"])),
            (json!({"a": null}), json!({})),
        ] {
            assert!(!is_equal(&left, &right), "{left} {right}");
        }
    }
}
