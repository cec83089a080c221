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
