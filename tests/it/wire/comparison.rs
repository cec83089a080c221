//! What a case expects, held against what happened. Each difference is one line; no line means that they agree.

use generated::runtime::{Error, Location};
use serde_json::Value;

use super::call::Fault;
use super::case::{Case, texts, without_nulls};
use super::transport::{Decoded, Exchange};
use crate::socket::Request;

/// How a request case differs.
pub(super) fn on_request(case: &Case, result: Result<Exchange, Fault>) -> Vec<String> {
    let mut differences = case.keys_beside(&["inputs", "expect", "reject"]);
    match (case.get("expect"), case.get("reject"), result) {
        (_, _, Err(Fault::NotUnderstood(what))) => differences.push(what),
        (Some(expect), None, Ok(exchange)) => differences.extend(expected(expect, &exchange)),
        (None, Some(reject), Ok(exchange)) => differences.extend(rejected(reject, &exchange)),
        (None, Some(reject), Err(Fault::Unwritable { field, why })) => {
            // Only absence and type are the compiler's business; the other rules must be reported at run time.
            let by_type = matches!(reject["keyword"].as_str(), Some("required" | "type"));
            if !by_type || pointer(reject) != field {
                differences.push(format!("cannot be written for another reason: {field}: {why}"));
            }
        }
        (_, _, Err(Fault::Unwritable { field, why })) => differences.push(format!("cannot be written: {field}: {why}")),
        (_, _, Ok(_)) => differences.push("neither expect nor reject alone".to_owned()),
    }
    differences
}

/// How a response case differs.
pub(super) fn on_response(case: &Case, result: Result<Exchange, Fault>) -> Vec<String> {
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
    let mut differences = case.keys_beside(&KEYS);
    match (case.text("outcome"), result) {
        ("ok", Ok(Exchange { outcome: Ok(decoded), .. })) => differences.extend(decoded_as(case, &decoded)),
        ("error", Ok(Exchange { outcome: Err(error), .. })) => differences.extend(failed_as(case, &error)),
        (wanted, Ok(Exchange { outcome, .. })) => differences.push(format!("{wanted} is expected: {outcome:?}")),
        (_, Err(fault)) => differences.push(format!("{fault:?}")),
    }
    differences
}

/// Collects what differs.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: T, actual: T) {
        if expected != actual {
            self.0.push(format!("{what}: expected {expected:?}, but the value is {actual:?}"));
        }
    }
}

fn expected(expect: &Value, exchange: &Exchange) -> Vec<String> {
    let Some(sent) = &exchange.sent else { return vec![format!("nothing is sent: {:?}", exchange.outcome)] };
    let mut differences = Differences::default();
    if let Err(error) = &exchange.outcome {
        differences.0.push(format!("the answer is an error: {error}"));
    }
    if exchange.arrived {
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

/// A body has its length in one header; without a body there is no length, or none but zero.
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
        let values = texts(value).expect("a header is a text, or several");
        differences.compare(&format!("header {name}"), values, sent.header(name));
    }
}

fn pairs(query: &str) -> Value {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| Value::from(vec![percent_decoded(name), percent_decoded(value)])).collect()
}

/// Decodes as a server does; what is no escape stays, so that it differs from anything that was meant.
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

fn rejected(reject: &Value, exchange: &Exchange) -> Vec<String> {
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

/// The field of a rejection as a pointer, but for the first slash, which only a pointer into a body has.
fn pointer(reject: &Value) -> String {
    reject["field"].as_str().expect("a field").replace('[', "/").replace(']', "")
}

fn decoded_as(case: &Case, decoded: &Decoded) -> Vec<String> {
    let mut differences = Differences::default();
    differences.compare("status", case.get("status").and_then(Value::as_u64), Some(decoded.status.into()));
    let expected = without_nulls(case.get("value").expect("a value"));
    if !contains(&decoded.value, &expected) {
        differences.0.push(format!("value: expected {expected}, but the value is {}", decoded.value));
    }
    for (name, value) in case.get("response_headers").and_then(Value::as_object).into_iter().flatten() {
        let sent: Vec<_> = decoded.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        differences.compare(&format!("header {name}"), texts(value).expect("a header is a text, or several"), sent);
        for (_, typed) in decoded.documented.iter().filter(|(documented, _)| name.eq_ignore_ascii_case(documented)) {
            differences.compare(&format!("typed header {name}"), value.as_str(), typed.as_deref());
        }
    }
    for (name, typed) in decoded.documented.iter().filter(|(name, _)| !decoded.headers.contains_key(*name)) {
        differences.compare(&format!("typed header {name}"), &None, typed);
    }
    differences.0
}

/// Whether all that `expected` has is there. Absent and null are the same to a service that sends either.
fn contains(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(members), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| members.get(name).is_some_and(|member| contains(member, expected)))
                && members.iter().all(|(name, member)| expected.contains_key(name) || is_empty(member))
        }
        _ => value == expected,
    }
}

/// An object of which the case leaves out that it is there, since all of its members are absent.
fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.values().all(is_empty))
}

fn failed_as(case: &Case, error: &Error) -> Vec<String> {
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
    differences.compare("body kept", case.text("body").as_bytes(), error.body().map_or(&[], |body| &body[..]));
    let fields = [("error_code", error.code()), ("error_msg", error.message()), ("request_id", error.request_id())];
    for (key, actual) in fields {
        if let Some(expected) = case.get(key) {
            differences.compare(key, expected.as_str(), actual);
        }
    }
    // The document says nothing about this member; it is kept with the body.
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
