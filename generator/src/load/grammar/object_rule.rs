//! Rules that concern more than one key of an object.

use serde_json::{Map, Value, json};

use crate::load::grammar::object_rule_3_2::parameter_name;
use crate::load::grammar::rule_violation::RuleViolation;
use crate::load::version::OpenApiVersion;

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// Returns whether `key` is a status code such as `200`, or a range such as `4XX`.
pub(crate) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'9', b'X' | b'x', b'X' | b'x'] => true,
        [first, second, third] => matches!(first, b'1'..=b'9') && second.is_ascii_digit() && third.is_ascii_digit(),
        _ => false,
    }
}

/// Returns the values of `style` that OpenAPI defines for a parameter location such as `query`.
fn styles(location: &str, version: OpenApiVersion) -> &'static [&'static str] {
    match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "querystring" => &[],
        _ if version >= OpenApiVersion::V3_2 => &["form", "cookie"],
        _ => &["form"],
    }
}

/// Checks the rule for parameters. The location must allow the style, a path parameter must be required, and the parameter must
/// have either `schema` or `content`.
pub(crate) fn parameter(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    let location = text(object, "in").unwrap_or_default();
    if location == "querystring"
        && let Some(violation) = whole_query(object)
    {
        return Some(violation);
    }
    if version >= OpenApiVersion::V3_2
        && let Some(violation) = parameter_name(location, text(object, "name").unwrap_or_default())
    {
        return Some(violation);
    }
    if version >= OpenApiVersion::V3_1 && object.contains_key("allowReserved") && !may_be_reserved(object, version) {
        return useless_allow_reserved();
    }
    if let Some(style) = text(object, "style")
        && !styles(location, version).contains(&style)
    {
        let defined = match styles(location, version) {
            [only] => format!("`{only}`"),
            several => format!("one of `{}`", several.join("`, `")),
        };
        return RuleViolation::new(
            format!("A {location} parameter cannot have the style `{style}`."),
            format!("Write {defined}, or delete `style`."),
        )
        .at("style")
        .repaired("The default style is used.", |object| drop(object.shift_remove("style")));
    }
    if location == "path" && object.get("required") != Some(&Value::Bool(true)) {
        let member = if object.contains_key("required") { "required" } else { "in" };
        return RuleViolation::new("A path parameter must have `required: true`.", "Write `required: true`.")
            .at(member)
            .lacking("required")
            .evident(version >= OpenApiVersion::V3_1 && !object.contains_key("required"))
            .repaired("The parameter is treated as required.", |object| {
                drop(object.insert("required".to_owned(), true.into()))
            });
    }
    schema_or_content(object, version)
}

/// Returns whether a parameter may have `allowReserved` in OpenAPI 3.1 or later.
fn may_be_reserved(parameter: &Map<String, Value>, version: OpenApiVersion) -> bool {
    match text(parameter, "in").unwrap_or_default() {
        "query" => true,
        "path" => version >= OpenApiVersion::V3_2,
        "cookie" => version >= OpenApiVersion::V3_2 && text(parameter, "style") != Some("cookie"),
        _ => false,
    }
}

fn useless_allow_reserved() -> Option<RuleViolation> {
    RuleViolation::new(
        "`allowReserved` is not allowed here: the value is not percent-encoded as a query.",
        "Delete the key.",
    )
    .at("allowReserved")
    .repaired("The key is ignored.", |object| drop(object.shift_remove("allowReserved")))
}

/// Checks the rule for the whole query of a URL: a parameter with `in: querystring` has `content`, and neither `schema` nor
/// `style`.
fn whole_query(object: &Map<String, Value>) -> Option<RuleViolation> {
    for key in ["style", "explode", "allowReserved", "schema"] {
        if object.contains_key(key) {
            let violation = RuleViolation::new(
                format!("A querystring parameter cannot have `{key}`: its value is described by `content`."),
                "Describe the value with `content`, for example `content: {application/x-www-form-urlencoded: {schema: …}}`.",
            );
            return Some(violation.at(key));
        }
    }
    None
}

/// Checks the rule for headers: a header must have either `schema` or `content`.
pub(crate) fn header(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version >= OpenApiVersion::V3_1 && object.contains_key("allowReserved") {
        return useless_allow_reserved();
    }
    schema_or_content(object, version)
}

/// Checks the rule for documents of OpenAPI 3.1 and later: there is `paths`, `components` or `webhooks`.
pub(crate) fn openapi(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    let has_content = ["paths", "components", "webhooks"].iter().any(|key| object.contains_key(*key));
    if version < OpenApiVersion::V3_1 || has_content {
        return None;
    }
    let message = "The document has neither `paths` nor `components` nor `webhooks`.";
    RuleViolation::new(message, "Add `paths`.").lacking("paths").repaired("The document has no operations.", |object| {
        object.insert("paths".to_owned(), json!({}));
    })
}

/// Checks the rule for server variables of OpenAPI 3.1 and later: `enum` is not empty.
pub(crate) fn server_variable(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    let is_empty = object.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty);
    if version < OpenApiVersion::V3_1 || !is_empty {
        return None;
    }
    RuleViolation::new("`enum` has no values.", "List the allowed values, or delete `enum`.")
        .at("enum")
        .repaired("Every value is allowed.", |object| drop(object.shift_remove("enum")))
}

/// Checks the rule that `example` and `examples` exclude each other. Versions before OpenAPI 3.1 state this rule too, but many of
/// their documents violate it, so `lint` reports it there.
fn one_kind_of_example(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version < OpenApiVersion::V3_1 || !object.contains_key("example") || !object.contains_key("examples") {
        return None;
    }
    RuleViolation::new("`example` and `examples` exclude each other.", "Move the value of `example` into `examples`.")
        .at("example")
        .repaired("`examples` is used.", |object| drop(object.shift_remove("example")))
}

/// Returns the violation of the first of these pairs of keys of which the object has both. `other` is removed as a repair.
fn exclusive(object: &Map<String, Value>, pairs: &[(&'static str, &'static str)]) -> Option<RuleViolation> {
    let (key, other) = pairs.iter().find(|(key, other)| object.contains_key(*key) && object.contains_key(*other))?;
    let violation = RuleViolation::new(format!("`{key}` and `{other}` exclude each other."), "Keep one of the two.");
    Some(violation.at(other))
}

/// Checks the rule for the examples of OpenAPI 3.2: the value is written once.
pub(crate) fn example(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version < OpenApiVersion::V3_1 {
        return None;
    }
    let pairs = [
        ("value", "externalValue"),
        ("value", "dataValue"),
        ("value", "serializedValue"),
        ("serializedValue", "externalValue"),
    ];
    exclusive(object, &pairs)
}

/// Checks the rule for media types and encodings: the encoding of parts is stated by name or by position. A media type has
/// `example` or `examples`.
pub(crate) fn encodings(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version < OpenApiVersion::V3_1 {
        return None;
    }
    let pairs = [("encoding", "prefixEncoding"), ("encoding", "itemEncoding")];
    exclusive(object, &pairs).or_else(|| one_kind_of_example(object, version))
}

/// Checks the rule for XML objects of OpenAPI 3.2: `nodeType` replaces `attribute` and `wrapped`.
pub(crate) fn xml(object: &Map<String, Value>, _version: OpenApiVersion) -> Option<RuleViolation> {
    exclusive(object, &[("nodeType", "attribute"), ("nodeType", "wrapped")])
}

fn schema_or_content(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    match (object.get("schema"), object.get("content").and_then(Value::as_object)) {
        (Some(_), None) => one_kind_of_example(object, version),
        (None, Some(content)) if content.len() == 1 => one_kind_of_example(object, version),
        (None, Some(content)) if content.len() > 1 => RuleViolation::new(
            format!("`content` has {} media types, but must have exactly one here.", content.len()),
            "Keep the one media type that the service uses.",
        )
        .at("content")
        .repaired("The first media type is used.", |object| {
            if let Some(Value::Object(content)) = object.get_mut("content") {
                let mut first = true;
                content.retain(|_, _| std::mem::take(&mut first));
            }
        }),
        (None, _) => RuleViolation::new(
            "There is neither `schema` nor `content`.",
            "Describe the value with `schema`, for example `schema: {type: string}`.",
        )
        .lacking("schema")
        .repaired("The value is read as a string.", |object| {
            object.shift_remove("content");
            object.insert("schema".to_owned(), json!({"type": "string"}));
        }),
        (Some(_), Some(_)) => {
            RuleViolation::new("`schema` and `content` exclude each other.", "Keep the key that describes the value.")
                .at("content")
                .repaired("`schema` is used.", |object| drop(object.shift_remove("content")))
        }
    }
}

/// Checks the rule for links: a link must have either `operationId` or `operationRef`.
pub(crate) fn link(object: &Map<String, Value>, _version: OpenApiVersion) -> Option<RuleViolation> {
    match (object.contains_key("operationRef"), object.contains_key("operationId")) {
        (true, false) | (false, true) => None,
        _ => Some(RuleViolation::new(
            "A link must have either `operationId` or `operationRef`.",
            "Write the `operationId` of the operation that the link leads to, and no `operationRef`.",
        )),
    }
}

/// Checks the rule for security schemes: a scheme must have the keys that its `type` requires.
pub(crate) fn security_scheme(object: &Map<String, Value>, _version: OpenApiVersion) -> Option<RuleViolation> {
    let kind = text(object, "type").unwrap_or_default();
    let required: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "mutualTLS" => &[],
        _ => &["openIdConnectUrl"],
    };
    let missing = required.iter().find(|key| !object.contains_key(**key))?;
    let violation = RuleViolation::new(
        format!("A security scheme of type `{kind}` needs `{missing}`."),
        format!("Add `{missing}`."),
    )
    .at("type")
    .lacking(missing);
    match *missing {
        "scheme" => violation.repaired("The caller sets the whole `Authorization` header.", |object| {
            object.insert("scheme".to_owned(), "".into());
        }),
        "flows" => violation.repaired("The scheme is read as a bearer token.", |object| {
            object.insert("flows".to_owned(), json!({}));
        }),
        "openIdConnectUrl" => violation.repaired("The scheme is read as a bearer token.", |object| {
            object.insert("openIdConnectUrl".to_owned(), "".into());
        }),
        _ => Some(violation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::grammar::rule_violation::ObjectRule;

    /// Returns the message of the violation if `object` violates `rule`.
    fn message_of(rule: ObjectRule, object: Value) -> Option<String> {
        rule(object.as_object().expect("an object"), OpenApiVersion::V3_0).map(|violation| violation.message)
    }

    #[test]
    fn a_status_has_three_digits_or_is_a_range() {
        for key in ["200", "404", "4XX", "5xx"] {
            assert!(is_status(key), "{key}");
        }
        for key in ["20", "2000", "0XX", "20X", "X00", "ok", "2×0"] {
            assert!(!is_status(key), "{key}");
        }
    }

    #[test]
    fn parameters_are_checked_as_a_whole() {
        let path = json!({"name": "id", "in": "path", "schema": {}});
        assert_eq!(message_of(parameter, path).as_deref(), Some("A path parameter must have `required: true`."));
        let form = json!({"name": "id", "in": "path", "required": true, "style": "form", "schema": {}});
        assert_eq!(message_of(parameter, form).as_deref(), Some("A path parameter cannot have the style `form`."));
        let bare = json!({"name": "q", "in": "query"});
        assert_eq!(message_of(parameter, bare).as_deref(), Some("There is neither `schema` nor `content`."));
        let two = json!({"name": "q", "in": "query", "content": {"a/b": {}, "c/d": {}}});
        assert!(message_of(parameter, two).is_some_and(|message| message.contains("2 media types")));
        assert_eq!(message_of(parameter, json!({"name": "q", "in": "query", "schema": {}})), None);
    }

    #[test]
    fn the_type_of_a_security_scheme_requires_keys() {
        let key = json!({"type": "apiKey", "in": "header"});
        assert_eq!(
            message_of(security_scheme, key).as_deref(),
            Some("A security scheme of type `apiKey` needs `name`.")
        );
        assert_eq!(message_of(security_scheme, json!({"type": "http", "scheme": "basic"})), None);
    }

    #[test]
    fn a_link_has_one_target() {
        assert_eq!(message_of(link, json!({"operationId": "a"})), None);
        assert!(message_of(link, json!({})).is_some());
    }
}
