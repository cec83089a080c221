// copperplate runtime: copied into each generated crate that uses it.
//! Recognizes HTML pages, which gateways and proxies send instead of the response of the service.

use http::HeaderMap;

use crate::runtime::response::media_type::{content_type, essence};

/// The number of bytes at the start of a body in which a title is searched.
const HEAD_LENGTH: usize = 4096;

/// Returns whether a body is HTML, by its content type or by its first bytes.
pub(crate) fn is_html(body: &[u8], headers: &HeaderMap) -> bool {
    let media_type = content_type(headers).map(essence);
    let start = body.trim_ascii_start();
    let starts_with = |tag: &[u8]| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    !start.is_empty()
        && (media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("text/html"))
            || starts_with(b"<!doctype html")
            || starts_with(b"<html"))
}

/// Returns the title of an HTML page. Returns `None` if the start of the page has no title.
pub(crate) fn title(body: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&body[..body.len().min(HEAD_LENGTH)]);
    // The conversion to lower case changes no byte index, because it changes only ASCII letters.
    let lower = head.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower[start..].find("</title>")?;
    let title = head[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    Some(title).filter(|title| !title.is_empty())
}
