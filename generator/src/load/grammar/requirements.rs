//! What OpenAPI asks of an object beyond the kinds of its keys.

use serde_json::{Map, Value, json};

/// What an object breaks as a whole.
#[derive(Debug)]
pub(crate) struct Complaint {
    /// The member that is at fault; empty where none is.
    pub(crate) member: &'static str,
    /// The member that is not there; empty where none is missing.
    pub(crate) lacks: &'static str,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: String,
    /// What can be made of the object, and how that is told.
    pub(crate) mend: Option<(Mend, &'static str)>,
}

/// Makes something right of an object.
type Mend = fn(&mut Map<String, Value>);

/// Looks at a whole object whose keys already have their kinds.
pub(crate) type Rule = fn(&Map<String, Value>) -> Option<Complaint>;

fn complaint(message: impl Into<String>, remedy: impl Into<String>) -> Complaint {
    Complaint { member: "", lacks: "", message: message.into(), remedy: remedy.into(), mend: None }
}

impl Complaint {
    fn about(self, member: &'static str) -> Self {
        Self { member, ..self }
    }

    fn lacking(self, lacks: &'static str) -> Self {
        Self { lacks, ..self }
    }

    fn mended(self, consequence: &'static str, mend: Mend) -> Option<Self> {
        Some(Self { mend: Some((mend, consequence)), ..self })
    }
}

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// Whether `key` is a status: `200`, or a range such as `4XX`.
pub(crate) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'9', b'X' | b'x', b'X' | b'x'] => true,
        [first, second, third] => matches!(first, b'1'..=b'9') && second.is_ascii_digit() && third.is_ascii_digit(),
        _ => false,
    }
}

/// The `style`s that a parameter may have at each place.
fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    }
}

pub(crate) fn parameter(object: &Map<String, Value>) -> Option<Complaint> {
    let location = text(object, "in").unwrap_or_default();
    if let Some(style) = text(object, "style")
        && !styles(location).contains(&style)
    {
        let legal = styles(location).join("`, `");
        return complaint(
            format!("A parameter in {location} has no style `{style}`."),
            format!("Write one of `{legal}`, or leave `style` out."),
        )
        .about("style")
        .mended("The default style is used.", |object| drop(object.shift_remove("style")));
    }
    if location == "path" && object.get("required") != Some(&Value::Bool(true)) {
        let member = if object.contains_key("required") { "required" } else { "in" };
        return complaint("A path parameter is always required and has to say so.", "Write `required: true`.")
            .about(member)
            .lacking("required")
            .mended("It is taken as required.", |object| drop(object.insert("required".to_owned(), true.into())));
    }
    schema_or_content(object)
}

pub(crate) fn header(object: &Map<String, Value>) -> Option<Complaint> {
    schema_or_content(object)
}

fn schema_or_content(object: &Map<String, Value>) -> Option<Complaint> {
    match (object.get("schema"), object.get("content").and_then(Value::as_object)) {
        (Some(_), None) => None,
        (None, Some(content)) if content.len() == 1 => None,
        (None, Some(content)) if content.len() > 1 => complaint(
            format!("`content` has {} media types here, where OpenAPI wants exactly one.", content.len()),
            "Keep the one media type that is sent.",
        )
        .about("content")
        .mended("The first counts.", |object| {
            if let Some(Value::Object(content)) = object.get_mut("content") {
                let mut first = true;
                content.retain(|_, _| std::mem::take(&mut first));
            }
        }),
        (None, _) => complaint(
            "There is neither `schema` nor `content`.",
            "Describe the value with `schema`, for example `schema: {type: string}`.",
        )
        .lacking("schema")
        .mended("It is taken as text.", |object| {
            object.shift_remove("content");
            object.insert("schema".to_owned(), json!({"type": "string"}));
        }),
        (Some(_), Some(_)) => {
            complaint("`schema` and `content` exclude each other.", "Keep the one that describes the value.")
                .about("content")
                .mended("`schema` counts.", |object| drop(object.shift_remove("content")))
        }
    }
}

pub(crate) fn link(object: &Map<String, Value>) -> Option<Complaint> {
    match (object.contains_key("operationRef"), object.contains_key("operationId")) {
        (true, false) | (false, true) => None,
        _ => Some(complaint(
            "A link names its operation once, by `operationId` or by `operationRef`.",
            "Write `operationId: ` and the id of the operation it leads to.",
        )),
    }
}

pub(crate) fn security_scheme(object: &Map<String, Value>) -> Option<Complaint> {
    let kind = text(object, "type").unwrap_or_default();
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        _ => &["openIdConnectUrl"],
    };
    let missing = needed.iter().find(|key| !object.contains_key(**key))?;
    let complaint =
        complaint(format!("A security scheme of type `{kind}` needs `{missing}`."), format!("Add `{missing}`."))
            .about("type")
            .lacking(missing);
    match *missing {
        "scheme" => complaint.mended("The caller gives the whole `Authorization` header.", |object| {
            object.insert("scheme".to_owned(), "".into());
        }),
        "flows" => complaint.mended("It is taken as a bearer token.", |object| {
            object.insert("flows".to_owned(), json!({}));
        }),
        "openIdConnectUrl" => complaint.mended("It is taken as a bearer token.", |object| {
            object.insert("openIdConnectUrl".to_owned(), "".into());
        }),
        _ => Some(complaint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(rule: Rule, object: Value) -> Option<String> {
        rule(object.as_object().expect("an object")).map(|complaint| complaint.message)
    }

    #[test]
    fn statuses_are_three_digits_or_a_range() {
        for key in ["200", "404", "4XX", "5xx"] {
            assert!(is_status(key), "{key}");
        }
        for key in ["20", "2000", "0XX", "20X", "X00", "ok", "2×0"] {
            assert!(!is_status(key), "{key}");
        }
    }

    #[test]
    fn parameters_are_judged_as_a_whole() {
        let path = json!({"name": "id", "in": "path", "schema": {}});
        assert_eq!(says(parameter, path).as_deref(), Some("A path parameter is always required and has to say so."));
        let form = json!({"name": "id", "in": "path", "required": true, "style": "form", "schema": {}});
        assert_eq!(says(parameter, form).as_deref(), Some("A parameter in path has no style `form`."));
        let bare = json!({"name": "q", "in": "query"});
        assert_eq!(says(parameter, bare).as_deref(), Some("There is neither `schema` nor `content`."));
        let two = json!({"name": "q", "in": "query", "content": {"a/b": {}, "c/d": {}}});
        assert!(says(parameter, two).is_some_and(|message| message.contains("2 media types")));
        assert_eq!(says(parameter, json!({"name": "q", "in": "query", "schema": {}})), None);
    }

    #[test]
    fn a_scheme_needs_what_its_type_needs() {
        let key = json!({"type": "apiKey", "in": "header"});
        assert_eq!(says(security_scheme, key).as_deref(), Some("A security scheme of type `apiKey` needs `name`."));
        assert_eq!(says(security_scheme, json!({"type": "http", "scheme": "basic"})), None);
    }

    #[test]
    fn a_link_has_one_target() {
        assert_eq!(says(link, json!({"operationId": "a"})), None);
        assert!(says(link, json!({})).is_some());
    }
}
