//! The sentences about misshapen pieces.

use serde_json::Value;

use super::kind::Kind;
use super::suggestion::nearest;
use crate::pointer::Pointer;

/// What is wrong with `value`, which is not of `kind`, and what to do about it.
pub(super) fn misshapen(kind: &Kind, value: &Value, place: &Pointer) -> (String, String) {
    let is_reference = place.last().as_deref() == Some("$ref") && value.is_string();
    if is_reference || value.get("$ref").is_some_and(Value::is_string) {
        return no_reference();
    }
    let message = format!("{} wants {}, but has {}.", subject(place), wanted(kind), found(value));
    (message, remedy(kind, value, place))
}

/// About a `$ref` where OpenAPI 3.0 allows none.
pub(super) fn no_reference() -> (String, String) {
    (
        "OpenAPI 3.0 allows no reference here.".to_owned(),
        "Write the object itself. References may stand for path items, schemas, responses, parameters, examples, request \
         bodies, headers, security schemes, links and callbacks."
            .to_owned(),
    )
}

fn subject(place: &Pointer) -> String {
    match place.last() {
        None => "The document".to_owned(),
        Some(index) if index.bytes().all(|byte| byte.is_ascii_digit()) && !index.is_empty() => {
            let owner = place.parent().and_then(|owner| owner.last()).unwrap_or_default();
            format!("`{index}` of `{owner}`")
        }
        Some(key) => format!("`{key}`"),
    }
}

fn wanted(kind: &Kind) -> String {
    match kind {
        Kind::Any => "JSON".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Count => "a whole number, zero or more".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Choice(choices) => match choices {
            [only] => format!("`{only}`"),
            _ => format!("one of `{}`", choices.join("`, `")),
        },
        Kind::One(object) => format!("{} object", with_article(object.name).to_lowercase()),
        Kind::Referable(object) => {
            format!("{} object or a reference to one", with_article(object.name).to_lowercase())
        }
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(_) => "an object of names".to_owned(),
        Kind::FlagOr(kind) => format!("`true`, `false` or {}", wanted(kind)),
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "no value".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text `{}`", shortened(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The start of `text`, on one line.
pub(crate) fn shortened(text: &str) -> String {
    let mut letters = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut start: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}

fn remedy(kind: &Kind, value: &Value, place: &Pointer) -> String {
    let key = place.last().unwrap_or_default();
    match (kind, value) {
        (Kind::Choice(_), Value::Array(_)) if key == "type" => {
            "OpenAPI 3.0 knows one type; write that one, and `nullable: true` beside it for `null`.".to_owned()
        }
        (Kind::Flag, Value::Number(number)) if key.starts_with("exclusive") => {
            let bound = key.trim_start_matches("exclusive").to_lowercase();
            format!("OpenAPI 3.0 has a flag beside the bound: write `{bound}: {number}` and `{key}: true`.")
        }
        (Kind::List(_), Value::Bool(_)) if key == "required" => {
            "Name the member in the list `required` of the object schema that has it.".to_owned()
        }
        (_, Value::Null) => format!("Write {}, or delete the key.", wanted(kind)),
        (Kind::Text, Value::Number(_) | Value::Bool(_)) => format!("Put it in quotes: `'{value}'`."),
        (Kind::Choice(choices), Value::String(text)) => match nearest(text, choices.iter().copied(), 3) {
            Some(choice) => format!("Did you mean `{choice}`?"),
            None => format!("Write {}.", wanted(kind)),
        },
        (Kind::Count | Kind::Number | Kind::Flag, Value::String(_)) => {
            format!("Write {} without quotes.", wanted(kind))
        }
        (Kind::List(_), _) => "Write it as a list: `[…]`, or one item after each `-`.".to_owned(),
        _ => format!("Write {}.", wanted(kind)),
    }
}

/// What to write instead of the key `name`, which follows none of the patterns of its object.
pub(super) fn instead_of(name: &str, object: &str) -> String {
    match object {
        "Paths" => format!("Write `/{name}`."),
        "Responses" => "Write a status from `100` to `999`, a range such as `4XX`, or `default`.".to_owned(),
        _ => "Rename it.".to_owned(),
    }
}

/// "A Schema", "An Operation".
pub(super) fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U', 'X']) { "An" } else { "A" };
    format!("{article} {name}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn says(kind: &Kind, value: Value, place: &str) -> String {
        let (message, remedy) = misshapen(kind, &value, &Pointer::parse(place).expect("a pointer"));
        format!("{message} {remedy}")
    }

    #[test]
    fn sentences_say_what_to_write() {
        assert_eq!(
            says(&Kind::Text, json!(1.0), "/info/version"),
            "`version` wants text, but has the number 1.0. Put it in quotes: `'1.0'`."
        );
        assert_eq!(
            says(&Kind::Choice(&["string", "number"]), json!("strnig"), "/a/type"),
            "`type` wants one of `string`, `number`, but has the text `strnig`. Did you mean `string`?"
        );
        assert_eq!(
            says(&Kind::Flag, json!(5), "/a/exclusiveMinimum"),
            "`exclusiveMinimum` wants `true` or `false`, but has the number 5. OpenAPI 3.0 has a flag beside the bound: \
             write `minimum: 5` and `exclusiveMinimum: true`."
        );
        assert_eq!(
            says(&Kind::Count, json!("5"), "/a/allOf/0"),
            "`0` of `allOf` wants a whole number, zero or more, but has the text `5`. \
             Write a whole number, zero or more without quotes."
        );
    }
}
