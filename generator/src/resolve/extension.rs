//! Reads copperplate's own `x-` extensions.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::finding::{Code, Focus};
use crate::pointer::Pointer;
use crate::resolve::context::{Context, Extensions};
use crate::resolve::document::{ErrorFields, FailureCondition, FailureTest, KeyPairVariables, OperationExample};
use crate::resolve::example::acknowledgement;
use crate::suggestion::nearest;

/// Reads the extension `name` of the object at `place`. `extensions` contains all extensions of this object. If the extension is
/// malformed, reports a finding that shows `sample` as a correct example.
pub(super) fn read<T: DeserializeOwned>(
    cx: &mut Context<'_>,
    extensions: &Extensions,
    name: &str,
    place: &Pointer,
    sample: &str,
) -> Option<T> {
    let value = extensions.get(name)?;
    let report = |error: serde_path_to_error::Error<serde_json::Error>| {
        let place = error.path().iter().fold(place.join(name), |place, segment| match segment {
            Segment::Seq { index } => place.join(index),
            Segment::Map { key } => place.join(key),
            Segment::Enum { .. } | Segment::Unknown => place,
        });
        let reason = error.inner().to_string();
        report_error(cx, &place, name, &reason, sample);
    };
    serde_path_to_error::deserialize(value).map_err(report).ok()
}

/// Reports `reason`, an error message of `serde` about the value at `place` in the extension `name`. If the message is about an
/// unknown key, the finding points to that key.
fn report_error(cx: &mut Context<'_>, place: &Pointer, name: &str, reason: &str, sample: &str) {
    let Some((field, similar)) = unknown_field(reason) else {
        return report_malformed(cx, place, name, &in_words_of_yaml(reason), sample);
    };
    let member = place.join(field);
    let here = if cx.value_at(&member).is_some() { &member } else { place };
    let message = format!("`{field}` is not a key of `{name}`.");
    let remedy = match similar {
        Some(similar) => format!("Did you mean `{similar}`?"),
        None => like(name, sample),
    };
    cx.findings.add(Code::ExtensionShape, here, message, remedy);
    cx.findings.set_focus(Focus::Key);
}

/// Returns the unknown key from an error message of `serde`, and the most similar known key.
fn unknown_field(reason: &str) -> Option<(&str, Option<&str>)> {
    let mut quoted = reason.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let field = quoted.next()?;
    Some((field, nearest(field, quoted, 3)))
}

/// Reports that the value at `place` in the extension `name` is malformed. `reason` is a clause such as "it is not a string". The
/// finding shows `sample` as a correct example.
pub(super) fn report_malformed(cx: &mut Context<'_>, place: &Pointer, name: &str, reason: &str, sample: &str) {
    let message = format!("`{name}` is malformed: {reason}.");
    cx.findings.add(Code::ExtensionShape, place, message, like(name, sample));
}

fn like(name: &str, sample: &str) -> String {
    format!("Write the extension like this: `{sample}`. `copperplate explain {name}` describes it.")
}

/// Rewrites an error message of `serde`: `invalid type: map, expected a sequence` becomes `it is an object, but must be a list`.
fn in_words_of_yaml(reason: &str) -> String {
    let named = |kind: &str| match kind {
        "map" | "a map" => "an object".to_owned(),
        "sequence" | "a sequence" => "a list".to_owned(),
        "unit value" => "null".to_owned(),
        "number" => "a number".to_owned(),
        kind if kind.starts_with("struct ") => "an object".to_owned(),
        kind if kind.starts_with("a ") || kind.starts_with("an ") => kind.to_owned(),
        kind => format!("the {}", kind.replacen("floating point", "number", 1)),
    };
    let mismatch = reason.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "));
    match mismatch {
        Some((found, expected)) => format!("it is {}, but must be {}", named(found), named(expected)),
        None => match reason.strip_prefix("missing field ") {
            Some(field) => format!("the key {field} is missing"),
            None => reason.to_owned(),
        },
    }
}

/// A string that is a JSON Pointer. Deserializing fails for any other string.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct PointerText(pub(super) String);

impl TryFrom<String> for PointerText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match Pointer::parse(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(format!("the JSON Pointer `{text}` does not begin with `/`")),
        }
    }
}

/// Deserializes the value of a key that is present: `null` becomes `Some(Value::Null)`. So only an absent key is `None`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Returns `value`, which is the `x-source` of the object at `place`. If `value` is not a string, reports a finding and returns
/// `None`.
pub(super) fn source(cx: &mut Context<'_>, value: Option<&Value>, place: &Pointer) -> Option<String> {
    let value = value?;
    if !value.is_string() {
        let sample = "x-source: 012 List pets";
        report_malformed(cx, &place.join("x-source"), "x-source", "it is not a string", sample);
    }
    value.as_str().map(str::to_owned)
}

/// Reads the boolean extension `name` of the object at `place`, such as `x-repeat-header`. Returns `false` if the extension is
/// absent or malformed.
pub(super) fn flag(cx: &mut Context<'_>, extensions: &Extensions, name: &str, place: &Pointer) -> bool {
    read(cx, extensions, name, place, &format!("{name}: true")).unwrap_or_default()
}

/// Reads `x-fixed-headers` of the operation at `place`.
pub(super) fn fixed_headers(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer) -> Vec<(String, String)> {
    let (name, sample) = ("x-fixed-headers", "x-fixed-headers: {Content-Type: application/json}");
    let headers: IndexMap<String, String> = read(cx, extensions, name, place, sample).unwrap_or_default();
    for (header, value) in &headers {
        let is_sendable = value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if !is_sendable || header.is_empty() || !header.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
        {
            let reason =
                "a header name consists of letters, digits and `-`, and a header value consists of printable ASCII";
            report_malformed(cx, &place.join(name).join(header), name, reason, sample);
        }
    }
    headers.into_iter().collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    pointer: PointerText,
    #[serde(default)]
    when: Option<When>,
    #[serde(default, deserialize_with = "present")]
    equals: Option<Value>,
}

#[derive(Deserialize)]
enum When {
    #[serde(rename = "non-empty")]
    NonEmpty,
}

/// Reads `x-failure` of the response at `place`.
pub(super) fn failure(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer) -> Option<FailureCondition> {
    let (name, sample) = ("x-failure", "x-failure: {pointer: /error_code, when: non-empty}");
    let failure: Failure = read(cx, extensions, name, place, sample)?;
    let test = match (failure.when, failure.equals) {
        (Some(When::NonEmpty), None) => FailureTest::NonEmpty,
        (None, Some(value)) => FailureTest::Equals(value),
        _ => {
            report_malformed(cx, &place.join(name), name, "it needs either `when` or `equals`", sample);
            return None;
        }
    };
    Some(FailureCondition { pointer: failure.pointer.0, test })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Error {
    #[serde(default)]
    code: Vec<PointerText>,
    #[serde(default)]
    message: Vec<PointerText>,
    #[serde(default, rename = "request-id")]
    request_id: RequestId,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestId {
    header: Option<String>,
    #[serde(default)]
    body: Vec<PointerText>,
}

/// Reads `x-error` of the document.
pub(super) fn error_fields(cx: &mut Context<'_>) -> Option<ErrorFields> {
    let sample = "x-error: {code: [/error_code], message: [/error_msg], request-id: {header: X-Request-Id, body: []}}";
    let extensions = &cx.openapi.extensions;
    let error: Error = read(cx, extensions, "x-error", &Pointer::root(), sample)?;
    let texts = |pointers: Vec<PointerText>| pointers.into_iter().map(|pointer| pointer.0).collect();
    Some(ErrorFields {
        code: texts(error.code),
        message: texts(error.message),
        request_id_header: error.request_id.header,
        request_id: texts(error.request_id.body),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signing {
    #[serde(rename = "algorithm")]
    _algorithm: Algorithm,
    environment: Option<Environment>,
}

#[derive(Deserialize)]
enum Algorithm {
    #[serde(rename = "SDK-HMAC-SHA256")]
    SdkHmacSha256,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Environment {
    access_key: VariableName,
    secret_key: VariableName,
}

/// The name of an environment variable. Deserializing fails for a name that not every system accepts.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct VariableName(String);

impl TryFrom<String> for VariableName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_valid = !text.is_empty() && text.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
        if is_valid { Ok(Self(text)) } else { Err(format!("`{text}` is not the name of an environment variable")) }
    }
}

/// Reads `x-signing` of the security scheme at `place`. Returns `Some(None)` if it names no environment variables.
pub(super) fn signing(
    cx: &mut Context<'_>,
    extensions: &Extensions,
    place: &Pointer,
) -> Option<Option<KeyPairVariables>> {
    let sample = "x-signing: {algorithm: SDK-HMAC-SHA256, environment: {access-key: API_AK, secret-key: API_SK}}";
    let signing: Signing = read(cx, extensions, "x-signing", place, sample)?;
    let variables =
        |names: Environment| KeyPairVariables { access_key: names.access_key.0, secret_key: names.secret_key.0 };
    Some(signing.environment.map(variables))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    source: Option<String>,
    #[serde(default)]
    parameters: IndexMap<String, Value>,
    #[serde(default, deserialize_with = "present")]
    body: Option<Value>,
    request: String,
    #[serde(default)]
    headers: IndexMap<String, String>,
    /// Allows the key `x-acknowledge`. The value of this field is not used: [`acknowledgement`] reads the key from the raw tree.
    #[serde(default, rename = "x-acknowledge")]
    _acknowledge: Value,
}

/// Reads `x-examples` of the operation at `place`. Malformed examples are reported and skipped.
pub(super) fn examples(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer) -> Vec<OperationExample> {
    let name = "x-examples";
    let sample = "x-examples: [{name: page-example, parameters: {id: '7'}, request: GET /items/7}]";
    let entries: Vec<Value> = read(cx, extensions, name, place, sample).unwrap_or_default();
    let mut examples: Vec<OperationExample> = Vec::new();
    let mut names = HashSet::new();
    for (index, entry) in entries.iter().enumerate() {
        let pointer = place.join(name).join(index);
        let reason = match Entry::deserialize(entry) {
            Err(error) => Some(error.to_string()),
            Ok(entry) if !is_kebab_case(&entry.name) => Some(format!("the name `{}` is not in kebab-case", entry.name)),
            Ok(entry) if names.contains(&entry.name) => Some(format!("the name `{}` is used twice", entry.name)),
            Ok(entry) if !is_request_line(&entry.request) => {
                Some(format!("the request `{}` is not a method and a target that begins with `/`", entry.request))
            }
            Ok(entry) => {
                names.insert(entry.name.clone());
                examples.push(example(cx, entry, pointer.clone()));
                None
            }
        };
        if let Some(reason) = reason {
            report_error(cx, &pointer, name, &reason, sample);
        }
    }
    examples
}

fn example(cx: &Context<'_>, entry: Entry, pointer: Pointer) -> OperationExample {
    OperationExample {
        name: entry.name,
        source: entry.source,
        parameters: entry.parameters,
        body: entry.body,
        request: entry.request,
        headers: entry.headers,
        acknowledgement: acknowledgement(cx, &pointer),
        pointer,
    }
}

fn is_kebab_case(name: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('-').all(is_word)
}

/// Returns whether `request` is an HTTP method and a request target: `GET /pets`.
fn is_request_line(request: &str) -> bool {
    request.split_once(' ').is_some_and(|(method, target)| {
        !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_uppercase())
            && target.starts_with('/')
            && target.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resolve::tests::resolved;

    #[test]
    fn well_formed_extensions_are_read() {
        let (document, findings) = resolved(
            "x-error: {code: [/code], request-id: {header: X-Id}}\npaths:\n  /a:\n    get:\n      x-source: page 1\n      \
             x-fixed-headers: {Content-Type: application/json}\n      x-examples:\n      \
             - {name: page-1, request: GET /a, body: null, parameters: {id: 7}, headers: {A: b}}\n      responses:\n        \
             200: {description: '', x-failure: {pointer: /ok, equals: null}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let error = document.error_fields.expect("x-error");
        assert_eq!((error.code, error.request_id_header), (vec!["/code".to_owned()], Some("X-Id".to_owned())));
        let operation = document.operations.first().expect("an operation");
        assert_eq!(operation.source.as_deref(), Some("page 1"));
        assert_eq!(operation.fixed_headers, [("Content-Type".to_owned(), "application/json".to_owned())]);
        let example = operation.examples.first().expect("an example");
        assert_eq!((example.pointer.as_str(), &example.body), ("/paths/~1a/get/x-examples/0", &Some(Value::Null)));
        assert_eq!(example.parameters.get("id"), Some(&json!(7)));
        let failure = operation.responses.first().and_then(|response| response.failure.as_ref());
        assert_eq!(failure.map(|failure| &failure.test), Some(&FailureTest::Equals(Value::Null)));
    }

    #[test]
    fn messages_have_the_words_of_yaml() {
        let message = |value: serde_json::Value| match serde_json::from_value::<Error>(value) {
            Err(error) => in_words_of_yaml(&error.to_string()),
            Ok(_) => String::new(),
        };
        assert_eq!(message(json!({"code": "/code"})), "it is the string \"/code\", but must be a list");
        assert_eq!(message(json!(7)), "it is a number, but must be an object");
        assert_eq!(message(json!({"request-id": {"body": {}}})), "it is an object, but must be a list");
        let missing = serde_json::from_value::<Entry>(json!({"name": "a"})).map(|_| ()).unwrap_err();
        assert_eq!(in_words_of_yaml(&missing.to_string()), "the key `request` is missing");
    }

    #[test]
    fn malformed_extensions_are_reported_at_their_place() {
        let (document, findings) = resolved(
            "x-error: {codes: []}\npaths:\n  /a:\n    get:\n      x-source: [1]\n      \
             x-fixed-headers: {A: \"b\\nc\"}\n      x-examples:\n      - {name: Page, request: GET /a}\n      \
             - {name: a, request: GET a}\n      - {name: b}\n      - {name: c, request: GET /a}\n      \
             - {name: c, request: GET /a}\n      parameters: [{name: p, in: query, schema: {}, x-repeat-header: 1}]\n      \
             responses:\n        200: {description: '', x-failure: {pointer: ok, when: non-empty}}\n        \
             201: {description: '', x-failure: {pointer: /ok, when: non-empty, equals: 1}}\n",
        );
        let mut findings = findings;
        findings.sort();
        let operation = "/paths/~1a/get";
        let mut expected = vec!["extension-shape /x-error/codes".to_owned()];
        expected.extend(
            [
                "parameters/0/x-repeat-header",
                "responses/200/x-failure/pointer",
                "responses/201/x-failure",
                "x-examples/0",
                "x-examples/1",
                "x-examples/2",
                "x-examples/4",
                "x-fixed-headers/A",
                "x-source",
            ]
            .map(|place| format!("extension-shape {operation}/{place}")),
        );
        expected.sort();
        assert_eq!(findings, expected);
        assert_eq!(document.operations.first().map(|operation| operation.examples.len()), Some(1));
    }
}
