//! The messages and remedies for malformed values.

use serde_json::Value;

use crate::finding::abbreviation::abbreviated;
use crate::load::grammar::kind::Kind;
use crate::load::grammar::object_rule::is_status;
use crate::load::quotes;
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// Returns the message and the remedy for a `value` that is not of the expected `kind`. `place` is the JSON pointer of
/// `value`.
pub(crate) fn malformed(kind: &Kind, version: OpenApiVersion, value: &Value, place: &Pointer) -> (String, String) {
    let is_reference = place.last().as_deref() == Some("$ref") && value.is_string();
    if is_reference || value.get("$ref").is_some_and(Value::is_string) {
        return match kind {
            Kind::List(Kind::Referable(_)) => (
                format!("{} must be a list, but is a reference.", subject(place)),
                "Write the reference as an item of a list: `- $ref: …`.".to_owned(),
            ),
            Kind::Object(object) if object.name == "Media Type" => (
                "The name of a media type is expected here, but there is a reference.".to_owned(),
                "Move the reference into the `schema` of a media type: `application/json: {schema: {$ref: …}}`."
                    .to_owned(),
            ),
            _ => forbidden_reference(version),
        };
    }
    if let Kind::Object(object) | Kind::Referable(object) = kind
        && object.name == "Example"
    {
        let name = place.last().unwrap_or_default();
        let message = format!("{} must be an example object, but is the value of the example.", subject(place));
        return (message, format!("Write the value under `value`: `{name}: {{value: …}}`."));
    }
    let message = format!("{} must be {}, but {}.", subject(place), expected(kind), found(value));
    (message, remedy(kind, value, place))
}

/// Returns the message and the remedy for a reference that this version of OpenAPI does not allow.
pub(crate) fn forbidden_reference(version: OpenApiVersion) -> (String, String) {
    (
        format!("OpenAPI {} does not allow a reference here.", version.as_str()),
        "Write the object itself. References are allowed for path items, schemas, responses, parameters, examples, request \
         bodies, headers, security schemes, links and callbacks."
            .to_owned(),
    )
}

/// Returns the subject of a sentence about the value at `place`: "Item 2 of `tags`".
fn subject(place: &Pointer) -> String {
    match place.last() {
        None => "The document".to_owned(),
        Some(index) if index.bytes().all(|byte| byte.is_ascii_digit()) && !index.is_empty() => {
            let owner = place.parent().and_then(|owner| owner.last()).unwrap_or_default();
            format!("Item {index} of `{owner}`")
        }
        Some(key) => format!("`{key}`"),
    }
}

/// Returns a noun phrase for values of `kind`: "a string".
fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Any => "JSON".to_owned(),
        Kind::Text => "a string".to_owned(),
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Count => "a non-negative integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Choice(choices) => match choices {
            [only] => format!("`{only}`"),
            _ => format!("one of `{}`", choices.join("`, `")),
        },
        Kind::Object(object) => format!("{} object", with_article(object.name)),
        Kind::Referable(object) => format!("{} object or a reference to one", with_article(object.name)),
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(_) => "an object with names as keys".to_owned(),
        Kind::BooleanOr(kind) => format!("`true`, `false` or {}", expected(kind)),
        Kind::OneOrMore(kind) => format!("{}, or a list of such values", expected(kind)),
    }
}

/// Returns the predicate of a sentence that describes `value`: "is a list".
fn found(value: &Value) -> String {
    match value {
        Value::Null => "has no value".to_owned(),
        Value::Bool(flag) => format!("is `{flag}`"),
        Value::Number(number) => format!("is the number {number}"),
        Value::String(text) => format!("is the string `{}`", abbreviated(text)),
        Value::Array(_) => "is a list".to_owned(),
        Value::Object(_) => "is an object".to_owned(),
    }
}

/// Returns the remedy for a `value` that is not of the expected `kind`. `place` is the JSON pointer of `value`.
fn remedy(kind: &Kind, value: &Value, place: &Pointer) -> String {
    let key = place.last().unwrap_or_default();
    match (kind, value) {
        (Kind::Choice(_), Value::Array(_)) if key == "type" => {
            "A schema of OpenAPI 3.0 has one type. Write this type, and `nullable: true` if `null` is allowed too.".to_owned()
        }
        (Kind::Boolean, Value::Number(number)) if key.starts_with("exclusive") => {
            let bound = key.trim_start_matches("exclusive").to_lowercase();
            format!("In OpenAPI 3.0 the bound is in a key of its own: write `{bound}: {number}` and `{key}: true`.")
        }
        (Kind::List(_), Value::Bool(_)) if key == "required" => {
            "Add the name of the property to the list `required` of the object schema that has it.".to_owned()
        }
        (Kind::Text, Value::Null) if key == "$ref" => {
            "Put the reference in quotes: a `#` after a space begins a comment.".to_owned()
        }
        (Kind::Text, Value::Null) => {
            "Write a string, or delete the key. A string that contains ` #` needs quotes, because ` #` begins a comment."
                .to_owned()
        }
        (Kind::Object(_) | Kind::Referable(_) | Kind::Map(_), Value::Null) => {
            "Indent the members deeper than the key, or delete the key.".to_owned()
        }
        (_, Value::Null) => format!("Write {}, or delete the key.", expected(kind)),
        (Kind::Text, Value::Number(_) | Value::Bool(_)) => quotes::remedy(value),
        (Kind::Choice(choices), Value::String(text)) => remedy_for_choice(choices, text, &key, kind),
        (Kind::OneOrMore(kind), value) if !value.is_array() => remedy(kind, value, place),
        (Kind::Count | Kind::Number | Kind::Boolean, Value::String(text)) => remedy_for_scalar(kind, text),
        (Kind::Object(object) | Kind::Referable(object), Value::String(text)) => {
            remedy_for_object(object.name, text, kind)
        }
        (Kind::BooleanOr(_), Value::String(text)) if ["true", "false"].contains(&text.as_str()) => {
            format!("Write `{text}` without quotes.")
        }
        (Kind::Object(object) | Kind::Referable(object), Value::Array(_)) => {
            format!("Remove the `-` or the brackets: {} object is expected, not a list.", with_article(object.name))
        }
        (Kind::Map(_), Value::Array(_)) => "Replace each `-` by a name and a `:`.".to_owned(),
        (Kind::List(_), _) => "Write a list: `[…]`, or one item after each `-`.".to_owned(),
        _ => format!("Write {}.", expected(kind)),
    }
}

/// Returns the remedy for the string `text` at a position where an object is expected. `object` is the type of this object, such
/// as "Schema".
fn remedy_for_object(object: &str, text: &str, kind: &Kind) -> String {
    let is_type = ["string", "number", "integer", "boolean", "array", "object"].contains(&text);
    match object {
        "Schema" if is_type => format!("Write `{{type: {text}}}`."),
        "Server" => format!("Write `url: {}`.", abbreviated(text)),
        "Discriminator" => format!("Write `discriminator: {{propertyName: {}}}`.", abbreviated(text)),
        _ => format!("Write {}.", expected(kind)),
    }
}

/// Each row has a key, a wrong value that other languages use, and the value that OpenAPI uses: `type`, `str`, `string`.
const SYNONYMS: &[(&str, &str, &str)] = &[
    ("type", "str", "string"),
    ("type", "text", "string"),
    ("type", "int", "integer"),
    ("type", "long", "integer"),
    ("type", "int32", "integer` with `format: int32"),
    ("type", "int64", "integer` with `format: int64"),
    ("type", "float", "number` with `format: float"),
    ("type", "double", "number` with `format: double"),
    ("type", "decimal", "number"),
    ("type", "bool", "boolean"),
    ("type", "list", "array"),
    ("type", "map", "object"),
    ("type", "dict", "object"),
    ("type", "date", "string` with `format: date"),
    ("type", "datetime", "string` with `format: date-time"),
    ("type", "date-time", "string` with `format: date-time"),
    ("type", "uuid", "string` with `format: uuid"),
    ("type", "file", "string` with `format: binary"),
    ("type", "binary", "string` with `format: binary"),
];

/// Returns the remedy for `text`, which is not one of the allowed `choices` for `key`.
fn remedy_for_choice(choices: &[&str], text: &str, key: &str, kind: &Kind) -> String {
    if key == "in" && ["body", "formdata"].contains(&text.to_lowercase().as_str()) {
        return "Describe the body in the `requestBody` of the operation.".to_owned();
    }
    if key == "type"
        && choices.contains(&"apiKey")
        && ["basic", "bearer", "digest"].contains(&text.to_lowercase().as_str())
    {
        return format!("Write `type: http` and `scheme: {}`.", text.to_lowercase());
    }
    if key == "type" && text == "null" && !choices.contains(&"null") {
        return "OpenAPI 3.0 has no type `null`: write `nullable: true` next to another type.".to_owned();
    }
    let lower = text.to_lowercase();
    let synonym = SYNONYMS.iter().find(|(of, word, _)| *of == key && *word == lower).map(|(_, _, word)| *word);
    match synonym.or_else(|| nearest(text, choices.iter().copied(), 3)) {
        Some(choice) => format!("Did you mean `{choice}`?"),
        None => format!("Write {}.", expected(kind)),
    }
}

/// Returns the remedy for the string `text` at a position where a boolean or a number is expected.
fn remedy_for_scalar(kind: &Kind, text: &str) -> String {
    let number = text.trim_start_matches('0');
    let plain = text.replace([',', '_', ' '], "");
    let is_grouped = plain.len() < text.len() && !plain.is_empty() && plain.parse::<f64>().is_ok_and(f64::is_finite);
    let is_number = !text.is_empty() && text.parse::<f64>().is_ok();
    let is_too_large = is_number
        && text.parse::<f64>().is_ok_and(f64::is_infinite)
        && text.contains(|digit: char| digit.is_ascii_digit());
    match kind {
        Kind::Boolean if ["true", "false"].contains(&text) => format!("Write `{text}` without quotes."),
        Kind::Boolean if ["yes", "on"].contains(&text.to_lowercase().as_str()) => "Write `true`.".to_owned(),
        Kind::Boolean if ["no", "off"].contains(&text.to_lowercase().as_str()) => "Write `false`.".to_owned(),
        Kind::Count | Kind::Number if is_grouped => {
            format!("Write `{plain}`: a number has no separators between its digits.")
        }
        Kind::Count | Kind::Number if is_too_large => {
            "Write a number below 1.8e308, or delete the bound: larger numbers are read as strings.".to_owned()
        }
        Kind::Count | Kind::Number
            if is_number && number.len() < text.len() && number.starts_with(|digit: char| digit.is_ascii_digit()) =>
        {
            format!("Write `{number}`: a number that begins with zero is a string in YAML.")
        }
        Kind::Count | Kind::Number if is_number => format!("Write {} without quotes.", expected(kind)),
        _ => format!("Write {}.", expected(kind)),
    }
}

/// Returns the name of a type of object with its article: "a media type", "an operation", "an OAuth flow".
pub(crate) fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U', 'X']) { "an" } else { "a" };
    format!("{article} {}", in_sentence(name))
}

/// Returns the name of a type of object within a sentence, in lower case except for abbreviations: "media type", "XML".
pub(crate) fn in_sentence(name: &str) -> String {
    let is_abbreviation = |word: &str| word.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let words = name.split(' ').map(|word| if is_abbreviation(word) { word.to_owned() } else { word.to_lowercase() });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the remedy for the key `name` in an object whose keys must follow a pattern. For example, the keys of "Responses"
/// must be statuses such as `200`. `name` does not follow the pattern.
pub(crate) fn remedy_for_patterned_key(name: &str, object: &str) -> String {
    match object {
        "Paths" => format!("Write `/{name}`."),
        "Responses" => match intended_status(name) {
            Some(status) => format!("Did you mean `'{status}'`?"),
            None => "Write a status from `100` to `999`, a range such as `4XX`, or `default`.".to_owned(),
        },
        _ => "Rename the key.".to_owned(),
    }
}

/// Returns the status that `name` probably means: `2OO` with two letters `O` means `200`, and `"404"` in quotes means `404`.
fn intended_status(name: &str) -> Option<String> {
    let plain = name.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let digits: String = plain.chars().map(|letter| if "oO".contains(letter) { '0' } else { letter }).collect();
    let digits = digits.replace(['l', 'I'], "1");
    (digits != name && is_status(&digits)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text_about(kind: &Kind, value: Value, place: &str) -> String {
        let (message, remedy) =
            malformed(kind, OpenApiVersion::V3_0, &value, &Pointer::parse(place).expect("a pointer"));
        format!("{message} {remedy}")
    }

    #[test]
    fn messages_name_the_expected_and_the_actual_value() {
        assert_eq!(
            text_about(&Kind::Text, json!(1.0), "/info/version"),
            "`version` must be a string, but is the number 1.0. Put the value in quotes: `'1.0'`."
        );
        assert_eq!(
            text_about(&Kind::Choice(&["string", "number"]), json!("strnig"), "/a/type"),
            "`type` must be one of `string`, `number`, but is the string `strnig`. Did you mean `string`?"
        );
        assert_eq!(
            text_about(&Kind::Boolean, json!(5), "/a/exclusiveMinimum"),
            "`exclusiveMinimum` must be `true` or `false`, but is the number 5. In OpenAPI 3.0 the bound is in a key of its \
             own: write `minimum: 5` and `exclusiveMinimum: true`."
        );
        assert_eq!(
            text_about(&Kind::Boolean, json!("true"), "/a/nullable"),
            "`nullable` must be `true` or `false`, but is the string `true`. Write `true` without quotes."
        );
        assert_eq!(
            text_about(&Kind::Count, json!("5"), "/a/allOf/0"),
            "Item 0 of `allOf` must be a non-negative integer, but is the string `5`. \
             Write a non-negative integer without quotes."
        );
    }

    #[test]
    fn remedies_correct_common_mistakes() {
        let remedy = |kind: &Kind, value: &str, place: &str| {
            let text = text_about(kind, json!(value), place);
            text.split_once("`. ").map(|(_, remedy)| remedy.to_owned()).unwrap_or_default()
        };
        let leading_zero = "Write `12`: a number that begins with zero is a string in YAML.";
        assert_eq!(remedy(&Kind::Count, "012", "/a/b"), leading_zero);
        assert_eq!(remedy(&Kind::Count, "many", "/a/b"), "Write a non-negative integer.");
        assert_eq!(remedy(&Kind::Boolean, "yes", "/a/b"), "Write `true`.");
        let types = Kind::Choice(&["string", "integer"]);
        assert_eq!(remedy(&types, "int", "/a/type"), "Did you mean `integer`?");
        assert_eq!(remedy(&types, "body", "/a/in"), "Describe the body in the `requestBody` of the operation.");
    }
}
