// copperplate runtime: copied into each generated crate that uses it.
//! Prints a request as a `curl` command, with its secrets masked.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request};
use serde_json::Value;

use crate::runtime::cli::json;
use crate::runtime::request::builder::MASK;
use crate::runtime::request::percent_encoding::percent_encode;

/// Prints a request as a `curl` command. Its URL has no secrets. `names` are the members of the body whose values are secrets;
/// `None` if the whole body is a secret.
pub(super) fn curl(request: &Request<Bytes>, names: Option<&[&str]>) -> String {
    let url = request.uri().to_string();
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

/// Masks the values of the names in `a=1&b=2`. The name `a[b]` has the parts `a` and `b`.
fn masked_pairs(pairs: &str, names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| encoded(name)).collect();
    let is_secret = |name: &str| {
        let mut parts = name.split("%5B").map(|part| part.strip_suffix("%5D").unwrap_or(part));
        parts.any(|part| names.iter().any(|secret| secret == part)) || names.iter().any(|secret| secret == name)
    };
    let masked = pairs.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => Cow::Owned(format!("{name}={MASK}")),
        _ => Cow::Borrowed(pair),
    });
    masked.collect::<Vec<_>>().join("&")
}

/// Returns the body as text. Returns `None` if it is not text.
fn masked_body(request: &Request<Bytes>, names: Option<&[&str]>) -> Option<String> {
    let Some(names) = names else { return Some(MASK.to_owned()) };
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
        curl(&request.expect("a request"), Some(&[]))
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
