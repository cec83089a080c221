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
        ref method => words.extend(["--request".to_owned(), word(method.as_str())]),
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

/// Returns a word of a command, in quotes if a shell would read more than letters. A method of a document can have any letters of
/// a token, such as a backquote or `$`.
fn word(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Quotes a word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(method: &str) -> String {
        let request = Request::builder().method(method).uri("https://api.example/a").body(Bytes::new());
        curl(&request.expect("a request"), &[], &[])
    }

    #[test]
    fn a_method_of_a_document_is_a_single_word() {
        assert_eq!(line("PATCH"), "curl --request PATCH 'https://api.example/a'");
        for method in ["A`id`", "B$HOME", "C&id&", "D|id", "#", "~", "*", "--output"] {
            assert_eq!(line(method), format!("curl --request '{method}' 'https://api.example/a'"));
        }
        assert_eq!(line("A'B"), r"curl --request 'A'\''B' 'https://api.example/a'");
    }
}
