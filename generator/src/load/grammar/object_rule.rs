//! Rules that concern more than one key of an object.

use serde_json::{Map, Value, json};

/// A violation of an [`ObjectRule`].
#[derive(Debug)]
pub(crate) struct RuleViolation {
    /// The key of the member that the finding is about. It is empty if the finding is about the whole object.
    pub(crate) member: &'static str,
    /// The key that the object lacks. It is empty if no key is missing.
    pub(crate) lacks: &'static str,
    /// The message of the finding.
    pub(crate) message: String,
    /// The remedy of the finding.
    pub(crate) remedy: String,
    /// The change that repairs the object; `None` if the object has to be removed.
    pub(crate) repair: Option<Repair>,
}

/// A change to an object that violates its rule. The changed object satisfies the rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repair {
    /// Changes the object so that the object satisfies its rule.
    pub(crate) apply: fn(&mut Map<String, Value>),
    /// The sentence in the finding about the effect of the change: "The first one is used."
    pub(crate) consequence: &'static str,
}

/// A function that checks the combination of keys of an object. Before the call, the value of each key has been checked
/// against the grammar.
pub(crate) type ObjectRule = fn(&Map<String, Value>) -> Option<RuleViolation>;

impl RuleViolation {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { member: "", lacks: "", message: message.into(), remedy: remedy.into(), repair: None }
    }

    fn at(self, member: &'static str) -> Self {
        Self { member, ..self }
    }

    fn lacking(self, lacks: &'static str) -> Self {
        Self { lacks, ..self }
    }

    fn repaired(self, consequence: &'static str, apply: fn(&mut Map<String, Value>)) -> Option<Self> {
        Some(Self { repair: Some(Repair { apply, consequence }), ..self })
    }
}

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
fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    }
}

/// Checks the rule for parameters. The location must allow the style, a path parameter must be required, and the parameter must
/// have either `schema` or `content`.
pub(crate) fn parameter(object: &Map<String, Value>) -> Option<RuleViolation> {
    let location = text(object, "in").unwrap_or_default();
    if let Some(style) = text(object, "style")
        && !styles(location).contains(&style)
    {
        let defined = match styles(location) {
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
            .repaired("The parameter is treated as required.", |object| {
                drop(object.insert("required".to_owned(), true.into()))
            });
    }
    schema_or_content(object)
}

/// Checks the rule for headers: a header must have either `schema` or `content`.
pub(crate) fn header(object: &Map<String, Value>) -> Option<RuleViolation> {
    schema_or_content(object)
}

fn schema_or_content(object: &Map<String, Value>) -> Option<RuleViolation> {
    match (object.get("schema"), object.get("content").and_then(Value::as_object)) {
        (Some(_), None) => None,
        (None, Some(content)) if content.len() == 1 => None,
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
pub(crate) fn link(object: &Map<String, Value>) -> Option<RuleViolation> {
    match (object.contains_key("operationRef"), object.contains_key("operationId")) {
        (true, false) | (false, true) => None,
        _ => Some(RuleViolation::new(
            "A link must have either `operationId` or `operationRef`.",
            "Write the `operationId` of the operation that the link leads to, and no `operationRef`.",
        )),
    }
}

/// Checks the rule for security schemes: a scheme must have the keys that its `type` requires.
pub(crate) fn security_scheme(object: &Map<String, Value>) -> Option<RuleViolation> {
    let kind = text(object, "type").unwrap_or_default();
    let required: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
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

    /// Returns the message of the violation if `object` violates `rule`.
    fn message_of(rule: ObjectRule, object: Value) -> Option<String> {
        rule(object.as_object().expect("an object")).map(|violation| violation.message)
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
