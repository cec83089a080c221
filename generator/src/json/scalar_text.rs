//! The text of a scalar, with which a discriminator value is compared.

use std::borrow::Cow;

use serde_json::Value;

/// Returns the text of a string, number or boolean: `1` for the number 1 and for 1.0. Returns `None` for any other value.
pub(crate) fn scalar_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => {
            let text = number.to_string();
            Some(Cow::Owned(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)))
        }
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_scalar_has_a_text() {
        let cases =
            [(json!("a"), Some("a")), (json!(1), Some("1")), (json!(1.0), Some("1")), (json!(1.5), Some("1.5"))];
        let others = [(json!(true), Some("true")), (json!(null), None), (json!([1]), None)];
        for (value, text) in cases.into_iter().chain(others) {
            assert_eq!(scalar_text(&value).as_deref(), text, "{value}");
        }
    }
}
