//! The sentences about misshapen pieces.

use serde_json::Value;

use crate::finding::abbreviation::abbreviated;
use crate::load::grammar::kind::Kind;
use crate::load::grammar::requirements;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// What is wrong with `value`, which is not of `kind`, and what to do about it.
pub(crate) fn misshapen(kind: &Kind, value: &Value, place: &Pointer) -> (String, String) {
    let is_reference = place.last().as_deref() == Some("$ref") && value.is_string();
    if is_reference || value.get("$ref").is_some_and(Value::is_string) {
        return match kind {
            Kind::List(Kind::Referable(_)) => (
                format!("{} wants a list, but has a reference.", subject(place)),
                "Write it as the item of a list: `- $ref: …`.".to_owned(),
            ),
            Kind::One(object) if object.name == "Media Type" => (
                "A reference stands where the name of a media type belongs.".to_owned(),
                "Put it under `schema:` of a media type: `application/json: {schema: {$ref: …}}`.".to_owned(),
            ),
            _ => no_reference(),
        };
    }
    if let Kind::One(object) | Kind::Referable(object) = kind
        && object.name == "Example"
    {
        let name = place.last().unwrap_or_default();
        let message = format!("{} is the value itself, where an example object belongs.", subject(place));
        return (message, format!("Write the value under `value`: `{name}: {{value: …}}`."));
    }
    let message = format!("{} wants {}, but has {}.", subject(place), wanted(kind), found(value));
    (message, remedy(kind, value, place))
}

/// About a `$ref` where OpenAPI 3.0 allows none.
pub(crate) fn no_reference() -> (String, String) {
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
        Value::String(text) => format!("the text `{}`", abbreviated(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
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
        (Kind::Text, Value::Null) if key == "$ref" => {
            "Put the reference in quotes: a `#` behind a space begins a comment.".to_owned()
        }
        (Kind::Text, Value::Null) => {
            "Write text, or delete the key; a `#` behind a space begins a comment, so that text with one wants quotes."
                .to_owned()
        }
        (Kind::One(_) | Kind::Referable(_) | Kind::Map(_), Value::Null) => {
            "Indent what belongs to it deeper than the key, or delete the key.".to_owned()
        }
        (_, Value::Null) => format!("Write {}, or delete the key.", wanted(kind)),
        (Kind::Text, Value::Number(_) | Value::Bool(_)) => format!("Put it in quotes: `'{value}'`."),
        (Kind::Choice(choices), Value::String(text)) => choice(choices, text, &key, kind),
        (Kind::Count | Kind::Number | Kind::Flag, Value::String(text)) => unquoted(kind, text),
        (Kind::One(object) | Kind::Referable(object), Value::String(text)) => instead_of_text(object.name, text, kind),
        (Kind::FlagOr(_), Value::String(text)) if ["true", "false"].contains(&text.as_str()) => {
            format!("Write `{text}` without quotes.")
        }
        (Kind::One(object) | Kind::Referable(object), Value::Array(_)) => {
            format!("Take the `-` away: {} object stands here, and no list.", with_article(object.name).to_lowercase())
        }
        (Kind::Map(_), Value::Array(_)) => {
            "Take each `-` away: names stand here, each with what it is called for.".to_owned()
        }
        (Kind::List(_), _) => "Write it as a list: `[…]`, or one item after each `-`.".to_owned(),
        _ => format!("Write {}.", wanted(kind)),
    }
}

/// What to write instead of the text `text`, where an object is wanted.
fn instead_of_text(object: &str, text: &str, kind: &Kind) -> String {
    let is_type = ["string", "number", "integer", "boolean", "array", "object"].contains(&text);
    match object {
        "Schema" if is_type => format!("Write `{{type: {text}}}`."),
        "Server" => format!("Write `url: {}`.", abbreviated(text)),
        "Discriminator" => format!("Write `discriminator: {{propertyName: {}}}`.", abbreviated(text)),
        _ => format!("Write {}.", wanted(kind)),
    }
}

/// Words of other languages for what OpenAPI calls otherwise: (key, word, word of OpenAPI).
const ELSEWHERE: &[(&str, &str, &str)] = &[
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

/// What to write instead of `text`, which is none of the `choices` at `key`.
fn choice(choices: &[&str], text: &str, key: &str, kind: &Kind) -> String {
    if key == "in" && ["body", "formdata"].contains(&text.to_lowercase().as_str()) {
        return "OpenAPI 3.0 describes a body in `requestBody` of the operation.".to_owned();
    }
    if key == "type"
        && choices.contains(&"apiKey")
        && ["basic", "bearer", "digest"].contains(&text.to_lowercase().as_str())
    {
        return format!("Write `type: http` and `scheme: {}`.", text.to_lowercase());
    }
    if key == "type" && text == "null" {
        return "OpenAPI 3.0 has no such type; write `nullable: true` beside the type.".to_owned();
    }
    let lower = text.to_lowercase();
    let elsewhere = ELSEWHERE.iter().find(|(at, word, _)| *at == key && *word == lower).map(|(_, _, word)| *word);
    match elsewhere.or_else(|| nearest(text, choices.iter().copied(), 3)) {
        Some(choice) => format!("Did you mean `{choice}`?"),
        None => format!("Write {}.", wanted(kind)),
    }
}

/// What to write instead of the text `text`, where something else is wanted.
fn unquoted(kind: &Kind, text: &str) -> String {
    let number = text.trim_start_matches('0');
    let plain = text.replace([',', '_', ' '], "");
    let is_grouped = plain.len() < text.len() && !plain.is_empty() && plain.parse::<f64>().is_ok_and(f64::is_finite);
    let is_number = !text.is_empty() && text.parse::<f64>().is_ok();
    let is_endless = is_number
        && text.parse::<f64>().is_ok_and(f64::is_infinite)
        && text.contains(|digit: char| digit.is_ascii_digit());
    match kind {
        Kind::Flag if ["true", "false"].contains(&text) => format!("Write `{text}` without quotes."),
        Kind::Flag if ["yes", "on"].contains(&text.to_lowercase().as_str()) => "Write `true`.".to_owned(),
        Kind::Flag if ["no", "off"].contains(&text.to_lowercase().as_str()) => "Write `false`.".to_owned(),
        Kind::Count | Kind::Number if is_grouped => format!("Write `{plain}`: the digits of a number stand together."),
        Kind::Count | Kind::Number if is_endless => {
            "Write a number below 1.8e308; nothing larger is read as a number. A bound that far out is none: delete it."
                .to_owned()
        }
        Kind::Count | Kind::Number
            if is_number && number.len() < text.len() && number.starts_with(|digit: char| digit.is_ascii_digit()) =>
        {
            format!("Write `{number}`: a number that begins with zero is text in YAML.")
        }
        Kind::Count | Kind::Number if is_number => format!("Write {} without quotes.", wanted(kind)),
        _ => format!("Write {}.", wanted(kind)),
    }
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Keys of a schema that are often written beside it.
const OF_SCHEMA: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "default",
    "minimum",
    "maximum",
    "items",
    "minItems",
    "maxItems",
    "nullable",
    "properties",
];

/// Where the keys of another object belong, which are often indented too little: (object, keys, remedy).
const DEEPER: &[(&str, &[&str], &str)] = &[
    (
        "Responses",
        &["description", "content", "headers", "links"],
        "It belongs to the response above it: indent it deeper.",
    ),
    ("Operation", &["content"], "It belongs to `requestBody`, or to a response: indent it deeper."),
    (
        "Path Item",
        &["operationId", "tags", "requestBody", "responses", "security", "deprecated", "callbacks"],
        "It belongs to an operation: indent it below its method, such as `get`.",
    ),
    ("Operation", METHODS, "It belongs to the path, beside the operation above it: indent it less."),
    ("Paths", METHODS, "It belongs to the path above it: indent it deeper."),
    ("Request Body", &["responses"], "It belongs to the operation, beside `requestBody`: indent it less."),
    ("Request Body", &["schema"], "It belongs to a media type: write it below `content`."),
    ("Parameter", OF_SCHEMA, "Put it under `schema:`."),
    ("Header", OF_SCHEMA, "Put it under `schema:`."),
    (
        "Media Type",
        &["type", "properties", "items", "allOf", "oneOf", "anyOf"],
        "It belongs to `schema`: write it below that.",
    ),
    ("OpenAPI", &["title", "version", "description"], "It belongs to `info`: indent it deeper."),
    (
        "OpenAPI",
        &["schemas", "responses", "parameters", "requestBodies", "securitySchemes"],
        "It belongs to `components`: indent it deeper.",
    ),
    ("OpenAPI", &["get", "put", "post", "delete", "patch"], "It belongs to a path below `paths`: indent it deeper."),
];

/// Where `name`, which is no key of `object`, was probably meant to stand.
pub(crate) fn deeper(name: &str, object: &str) -> Option<&'static str> {
    let belongs = DEEPER.iter().find(|(owner, names, _)| *owner == object && names.contains(&name));
    belongs.map(|(_, _, remedy)| *remedy)
}

/// What to write instead of the key `name`, which follows none of the patterns of its object.
pub(crate) fn instead_of(name: &str, object: &str) -> String {
    if let Some(remedy) = deeper(name, object) {
        return remedy.to_owned();
    }
    match object {
        "Paths" => format!("Write `/{name}`."),
        "Responses" if status_meant(name).is_some() => {
            format!("Did you mean `'{}'`?", status_meant(name).unwrap_or_default())
        }
        "Responses" => "Write a status from `100` to `999`, a range such as `4XX`, or `default`.".to_owned(),
        _ => "Rename it.".to_owned(),
    }
}

/// The status that was meant where letters look like its digits, or its quotes are those of a text processor.
fn status_meant(name: &str) -> Option<String> {
    let plain = name.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let digits: String = plain.chars().map(|letter| if "oO".contains(letter) { '0' } else { letter }).collect();
    let digits = digits.replace(['l', 'I'], "1");
    (digits != name && requirements::is_status(&digits)).then_some(digits)
}

/// "A Schema", "An Operation".
pub(crate) fn with_article(name: &str) -> String {
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
            says(&Kind::Flag, json!("true"), "/a/nullable"),
            "`nullable` wants `true` or `false`, but has the text `true`. Write `true` without quotes."
        );
        let remedy = |kind: &Kind, value: &str, place: &str| {
            let said = says(kind, json!(value), place);
            said.split_once("`. ").map(|(_, remedy)| remedy.to_owned()).unwrap_or_default()
        };
        assert_eq!(remedy(&Kind::Count, "012", "/a/b"), "Write `12`: a number that begins with zero is text in YAML.");
        assert_eq!(remedy(&Kind::Count, "many", "/a/b"), "Write a whole number, zero or more.");
        assert_eq!(remedy(&Kind::Flag, "yes", "/a/b"), "Write `true`.");
        let types = Kind::Choice(&["string", "integer"]);
        assert_eq!(remedy(&types, "int", "/a/type"), "Did you mean `integer`?");
        assert_eq!(remedy(&types, "body", "/a/in"), "OpenAPI 3.0 describes a body in `requestBody` of the operation.");
        assert_eq!(
            says(&Kind::Count, json!("5"), "/a/allOf/0"),
            "`0` of `allOf` wants a whole number, zero or more, but has the text `5`. \
             Write a whole number, zero or more without quotes."
        );
    }
}
