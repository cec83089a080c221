//! Compares the result of a call with the result that its case expects. Each difference is one line.

use generated::runtime::{Error, Location};
use serde_json::Value;

use super::call::CallError;
use super::case::{Case, texts, without_nulls};
use super::sender::{Decoded, Exchange};
use crate::socket::Request;

/// Returns the differences between the actual and the expected result of a request case.
pub(super) fn request_differences(case: &Case, result: Result<Exchange, CallError>) -> Vec<String> {
    let mut differences = case.unknown_keys(&["inputs", "expect", "reject"]);
    match (case.get("expect"), case.get("reject"), result) {
        (_, _, Err(CallError::UnknownInput(what))) => differences.push(what),
        (Some(expect), None, Ok(exchange)) => differences.extend(expectation_differences(expect, &exchange)),
        (None, Some(reject), Ok(exchange)) => differences.extend(rejection_differences(reject, &exchange)),
        (None, Some(reject), Err(CallError::Inexpressible { field, why })) => {
            // The compiler rejects only missing values and wrong types. All other violations must be reported at run time.
            let by_type = matches!(reject["keyword"].as_str(), Some("required" | "type"));
            if !by_type || pointer(reject) != field {
                differences.push(format!("the typed API rejects it for another reason: {field}: {why}"));
            }
        }
        (_, _, Err(CallError::Inexpressible { field, why })) => {
            differences.push(format!("the typed API cannot express it: {field}: {why}"))
        }
        (_, _, Ok(_)) => differences.push("a request case has either `expect` or `reject`".to_owned()),
    }
    differences
}

/// Returns the differences between the actual and the expected result of a response case.
pub(super) fn response_differences(case: &Case, result: Result<Exchange, CallError>) -> Vec<String> {
    const KEYS: [&str; 11] = [
        "status",
        "headers",
        "body",
        "outcome",
        "value",
        "response_headers",
        "kind",
        "error_code",
        "error_msg",
        "request_id",
        "lang",
    ];
    let mut differences = case.unknown_keys(&KEYS);
    match (case.text("outcome"), result) {
        ("ok", Ok(Exchange { outcome: Ok(decoded), .. })) => differences.extend(success_differences(case, &decoded)),
        ("error", Ok(Exchange { outcome: Err(error), .. })) => differences.extend(error_differences(case, &error)),
        (wanted, Ok(Exchange { outcome, .. })) => differences.push(format!("{wanted} is expected: {outcome:?}")),
        (_, Err(error)) => differences.push(format!("{error:?}")),
    }
    differences
}

/// Collects the differences.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: T, actual: T) {
        if expected != actual {
            self.0.push(format!("{what}: expected {expected:?}, but the value is {actual:?}"));
        }
    }
}

fn expectation_differences(expect: &Value, exchange: &Exchange) -> Vec<String> {
    let Some(sent) = &exchange.sent else { return vec![format!("nothing is sent: {:?}", exchange.outcome)] };
    let mut differences = Differences::default();
    if let Err(error) = &exchange.outcome {
        differences.0.push(format!("the call fails: {error}"));
    }
    if exchange.over_socket {
        compare_framing(sent, &mut differences);
    }
    let mut words = sent.line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    differences.compare("rest of the request line", vec!["HTTP/1.1"], words.collect());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    for (key, expected) in expect.as_object().expect("expect") {
        match key.as_str() {
            "method" => differences.compare(key, expected.as_str(), Some(method)),
            "path" => differences.compare(key, expected.as_str(), Some(path)),
            "query" => differences.compare(key, expected.as_str(), Some(query)),
            "segments" => {
                let segments = path.split('/').skip(1).map(percent_decoded).map(Value::from);
                differences.compare(key, expected, &segments.collect());
            }
            "query_pairs" => differences.compare(key, expected, &pairs(query)),
            "headers" => compare_headers(expected, sent, &mut differences),
            "headers_absent" => {
                for name in texts(expected).expect("names") {
                    differences.compare(&format!("header {name}"), vec![], sent.header(name));
                }
            }
            "body" if expected.is_null() => differences.compare(key, "", &String::from_utf8_lossy(&sent.body)),
            "body" => differences.compare(key, Some(expected), serde_json::from_slice(&sent.body).ok().as_ref()),
            unknown => differences.0.push(format!("expect has an unknown key {unknown}")),
        }
    }
    differences.0
}

/// Checks the framing of a request. With a body, there is one correct `Content-Length`. Without a body, there is none, or it is
/// zero. `Transfer-Encoding` is never present.
fn compare_framing(sent: &Request, differences: &mut Differences) {
    let length = sent.body.len().to_string();
    match sent.header("Content-Length")[..] {
        [] if sent.body.is_empty() => {}
        ref lengths => differences.compare("header Content-Length", &[length.as_str()][..], lengths),
    }
    differences.compare("header Transfer-Encoding", vec![], sent.header("Transfer-Encoding"));
}

fn compare_headers(expected: &Value, sent: &Request, differences: &mut Differences) {
    for (name, value) in expected.as_object().expect("headers") {
        let values = texts(value).expect("a header is a string or an array of strings");
        differences.compare(&format!("header {name}"), values, sent.header(name));
    }
}

fn pairs(query: &str) -> Value {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| Value::from(vec![percent_decoded(name), percent_decoded(value)])).collect()
}

/// Decodes percent-encoding as a server does. Keeps an invalid escape unchanged, so that the comparison fails.
fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => bytes.extend([&[byte], &part.as_bytes()[2..]].concat()),
            None => bytes.extend(format!("%{part}").bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn rejection_differences(reject: &Value, exchange: &Exchange) -> Vec<String> {
    if let Some(request) = &exchange.sent {
        return vec![format!("{reject} is expected, but something is sent: {request:?}")];
    }
    let Err(error) = &exchange.outcome else { return vec![format!("{reject} is expected: {:?}", exchange.outcome)] };
    let (pointer, keyword) = (pointer(reject), reject["keyword"].as_str().expect("a keyword"));
    let mut violations = error.violations().into_iter().flatten();
    let found = violations.any(|violation| {
        let slash = if violation.location == Location::Body { "/" } else { "" };
        violation.keyword == keyword && violation.pointer == format!("{slash}{pointer}")
    });
    match error.is_invalid_request() && found {
        true => Vec::new(),
        false => vec![format!("{pointer} and {keyword} are expected: {error}")],
    }
}

/// Returns the field of a rejection as a JSON pointer without its first slash. Only JSON pointers into a body begin with a slash.
fn pointer(reject: &Value) -> String {
    reject["field"].as_str().expect("a field").replace('[', "/").replace(']', "")
}

fn success_differences(case: &Case, decoded: &Decoded) -> Vec<String> {
    let mut differences = Differences::default();
    differences.compare("status", case.get("status").and_then(Value::as_u64), Some(decoded.status.into()));
    let expected = without_nulls(case.get("value").expect("a value"));
    if !contains(&decoded.value, &expected) {
        differences.0.push(format!("value: expected {expected}, but the value is {}", decoded.value));
    }
    for (name, value) in case.get("response_headers").and_then(Value::as_object).into_iter().flatten() {
        let sent: Vec<_> = decoded.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        differences.compare(
            &format!("header {name}"),
            texts(value).expect("a header is a string or an array of strings"),
            sent,
        );
        for (_, typed) in decoded.documented.iter().filter(|(documented, _)| name.eq_ignore_ascii_case(documented)) {
            differences.compare(&format!("typed header {name}"), value.as_str(), typed.as_deref());
        }
    }
    for (name, typed) in decoded.documented.iter().filter(|(name, _)| !decoded.headers.contains_key(*name)) {
        differences.compare(&format!("typed header {name}"), &None, typed);
    }
    differences.0
}

/// Returns whether `value` has all members of `expected`. All other members of `value` must be empty objects. Null members were
/// removed before.
fn contains(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(members), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| members.get(name).is_some_and(|member| contains(member, expected)))
                && members.iter().all(|(name, member)| expected.contains_key(name) || is_empty(member))
        }
        _ => value == expected,
    }
}

/// Returns whether a value is an object that contains no data. A case may omit such an object.
fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.values().all(is_empty))
}

fn error_differences(case: &Case, error: &Error) -> Vec<String> {
    let mut differences = Differences::default();
    let kind = match () {
        () if error.is_service() => "service",
        () if error.is_decode() => "decode",
        () => "another",
    };
    differences.compare("kind", case.text("kind"), kind);
    differences.compare(
        "status",
        case.get("status").and_then(Value::as_u64),
        error.status().map(|status| status.as_u16().into()),
    );
    differences.compare("body", case.text("body").as_bytes(), error.body().map_or(&[], |body| &body[..]));
    let fields = [("error_code", error.code()), ("error_msg", error.message()), ("request_id", error.request_id())];
    for (key, actual) in fields {
        if let Some(expected) = case.get(key) {
            differences.compare(key, expected.as_str(), actual);
        }
    }
    // The document does not describe this member, so it is read from the raw body.
    if let Some(expected) = case.get("lang") {
        let body: Value = error.body().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
        differences.compare("lang", Some(expected), body.pointer("/message/lang"));
    }
    for (name, value) in case.get("response_headers").and_then(Value::as_object).into_iter().flatten() {
        let sent = error.headers().and_then(|headers| headers.get(name)).and_then(|value| value.to_str().ok());
        differences.compare(&format!("header {name}"), value.as_str(), sent);
    }
    differences.0
}
