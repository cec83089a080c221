// copperplate runtime: copied into each generated crate that uses it.
//! Prints a request as a `curl` command, with its secrets masked.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request};
use serde_json::Value;

use crate::runtime::cli::json;
use crate::runtime::request::percent_encoding::percent_encode;

/// What stands for a secret.
const MASK: &str = "***";

/// Prints a request as a `curl` command. `names` are the query parameters and members of the body whose values are secrets, and
/// `values` the secrets that the path may contain.
pub(super) fn curl(request: &Request<Bytes>, names: &[&str], values: &[String]) -> String {
    let url = masked_url(request, names, values);
    let mut words = vec!["curl".to_owned()];
    match *request.method() {
        // `curl` would wait for a body.
        Method::HEAD => words.push("--head".to_owned()),
        ref method => words.extend(["--request".to_owned(), method.to_string()]),
    }
    if url.contains(['[', ']', '{', '}']) {
        words.push("--globoff".to_owned());
    }
    words.push(quoted(&url));
    for (name, value) in request.headers() {
        let value = if value.is_sensitive() { MASK } else { value.to_str().unwrap_or(MASK) };
        // `curl` removes a header that ends with a colon, and sends one without a value if it ends with a semicolon.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        words.extend(["--header".to_owned(), quoted(&line)]);
    }
    if !request.body().is_empty() {
        if !request.headers().contains_key(CONTENT_TYPE) {
            words.extend(["--header".to_owned(), quoted("content-type:")]);
        }
        words.push("--data-binary".to_owned());
        words.push(match masked_body(request, names) {
            Some(text) if !text.contains('\0') && !text.starts_with('@') => quoted(&text),
            // An argument cannot have every byte. The body is to be sent on standard input.
            _ => "@-".to_owned(),
        });
    }
    words.join(" ")
}

fn masked_url(request: &Request<Bytes>, names: &[&str], values: &[String]) -> String {
    let uri = request.uri();
    let mut url = uri.to_string();
    let query = url.find('?').map(|start| url.split_off(start));
    let host = url.len() - uri.path().len().min(url.len());
    for value in values.iter().filter(|value| !value.is_empty()) {
        // A literal of OData has each quote twice.
        for value in [value.clone(), value.replace('\'', "''")] {
            let (start, path) = url.split_at(host);
            url = format!("{start}{}", path.replace(&encoded(&value), MASK));
        }
    }
    url + &query.map(|query| format!("?{}", masked_pairs(&query[1..], names))).unwrap_or_default()
}

/// Masks the values of the names in `a=1&b=2`.
fn masked_pairs(pairs: &str, names: &[&str]) -> String {
    let is_secret = |name: &str| names.iter().any(|secret| encoded(secret) == name || *secret == name);
    let masked = pairs.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => Cow::Owned(format!("{name}={MASK}")),
        _ => Cow::Borrowed(pair),
    });
    masked.collect::<Vec<_>>().join("&")
}

/// Returns the body as text. Returns `None` if it is not text.
fn masked_body(request: &Request<Bytes>, names: &[&str]) -> Option<String> {
    let text = std::str::from_utf8(request.body()).ok()?;
    if names.is_empty() {
        return Some(text.to_owned());
    }
    let kind = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if kind.starts_with(b"application/x-www-form-urlencoded") {
        return Some(masked_pairs(text, names));
    }
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return Some(MASK.to_owned()) };
    json::mask(&mut value, names, MASK);
    Some(value.to_string())
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    percent_encode(text, &mut encoded);
    encoded
}

/// Quotes a word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
