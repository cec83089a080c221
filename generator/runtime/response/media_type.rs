// copperplate runtime: copied into each generated crate that uses it.
//! Parses media types, and matches the content type of a body against media type ranges, such as `image/*`.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Returns whether a string is a media type by RFC 9110: a type, a subtype, and parameters. The value of a parameter is
/// a token or a quoted string.
///
/// A string that is not a media type must not be sent in the header `Content-Type`. For example, the string could
/// contain a second `boundary` parameter.
pub(crate) fn is_media_type(text: &str) -> bool {
    let Some(mut rest) = token(text).and_then(|rest| token(rest.strip_prefix('/')?)) else { return false };
    let is_blank = [' ', '\t'];
    while !rest.is_empty() {
        let parameter =
            rest.trim_start_matches(is_blank).strip_prefix(';').map(|rest| rest.trim_start_matches(is_blank));
        let value = parameter.and_then(token).and_then(|rest| rest.strip_prefix('='));
        let end = value.and_then(|value| token(value).or_else(|| quoted_string(value)));
        let Some(end) = end else { return false };
        rest = end;
    }
    true
}

/// Returns whether a string is a token by RFC 9110, such as the name of a header.
pub fn is_token(text: &str) -> bool {
    token(text).is_some_and(str::is_empty)
}

/// Returns `text` without the token at its start. Returns `None` if `text` does not start with a token.
fn token(text: &str) -> Option<&str> {
    let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let length = text.bytes().take_while(|byte| is_token_byte(*byte)).count();
    (length > 0).then(|| &text[length..])
}

/// Returns `text` without the quoted string at its start. Returns `None` if `text` does not start with a quoted string.
fn quoted_string(text: &str) -> Option<&str> {
    let content = text.strip_prefix('"')?;
    let mut is_escaped = false;
    for (index, byte) in content.bytes().enumerate() {
        match byte {
            _ if !matches!(byte, b'\t' | b' '..=b'~') => return None,
            b'"' if !is_escaped => return Some(&content[index + 1..]),
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    None
}

/// Returns the content type of a response. Returns `None` if it has none, or if it is not text.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())
}

/// Returns a media type without its parameters: `text/plain` for `text/plain;charset=utf-8`.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

// part: media_types or files
/// Returns how specifically `range` matches `content_type`: 3 for the same media type, 2 for a range such as `image/*`,
/// 1 for `*/*`. Returns `None` if `range` does not match. Parameters are ignored.
pub(crate) fn specificity(content_type: &str, range: &str) -> Option<u8> {
    let (given, range) = (without_parameters(content_type), without_parameters(range));
    let is_in_range = || given.split_once('/').map(|(kind, _)| kind) == range.strip_suffix("/*");
    match range.as_str() {
        _ if given == range => Some(3),
        "*/*" | "*" => Some(1),
        _ => is_in_range().then_some(2),
    }
}
// end of part

// part: media_types
/// Returns the index of the list in `offered` that matches `content_type` most specifically. If two lists match
/// equally, returns the index of the first one. Returns `None` if no list matches.
pub(crate) fn best_match(content_type: &str, offered: &[&[&str]]) -> Option<usize> {
    let matches = offered.iter().enumerate().flat_map(|(index, ranges)| {
        ranges.iter().filter_map(move |range| Some((specificity(content_type, range)?, std::cmp::Reverse(index))))
    });
    matches.max().map(|(_, std::cmp::Reverse(index))| index)
}
// end of part

// part: media_types or files
fn without_parameters(media_type: &str) -> String {
    essence(media_type).to_ascii_lowercase()
}
// end of part

#[cfg(test)]
mod tests {
    use super::{best_match, is_media_type, specificity};

    #[test]
    fn a_media_type_parses_as_a_whole() {
        for right in [
            "a/b",
            "image/svg+xml",
            "text/plain;charset=utf-8",
            "text/plain ; charset=utf-8 ;\ta=b",
            "a/b; c=\"d;e\\\" f\"",
            "application/vnd.a-b.c+json; version=1.0",
        ] {
            assert!(is_media_type(right), "{right}");
        }
        for wrong in [
            "",
            "a",
            "a/",
            "/b",
            "a/b\"; boundary=\"evil",
            "a/b; c",
            "a/b; c=",
            "a/b; c=\"d",
            "a/b; c=\"d\\\"",
            "a/b; c=\"d\"e",
            "a/b,c/d",
            "a/b c",
            "a/b\r\nX: y",
            "a/b; c=\"\r\n\"",
            "a/é",
            " a/b",
        ] {
            assert!(!is_media_type(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_most_specific_media_type_wins() {
        let offered: &[&[&str]] = &[&["*/*"], &["image/*"], &["text/csv;charset=utf-8", "Image/PNG"]];
        let found =
            ["image/png", "image/gif", "text/csv; charset=latin1", "a/b"].map(|given| best_match(given, offered));
        assert_eq!(found, [Some(2), Some(1), Some(2), Some(0)]);
        assert_eq!(best_match("text/html", &[&["image/*"], &["text/csv"]]), None);
        assert_eq!(specificity("IMAGE/png", "image/*"), Some(2));
    }
}
