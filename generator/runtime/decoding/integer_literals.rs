// copperplate runtime: copied into each generated crate that uses it.
//! Rewrites integers in a JSON text as plain digits: `1e3` becomes `1000`, and `5.0` becomes `5`.

use serde::de::Error;

use crate::runtime::decoding::memory;
use crate::runtime::validation::decimal::parse_integer;

/// The memory of each byte of a text to which pieces are appended, in bytes. The vector has room for up to twice its length.
const MEMORY_PER_BYTE: usize = 2;

/// Rewrites integers such as `1e3` or `5.0` as plain digits. Integers whose absolute value is below `from` stay as they
/// are. Returns `None` if nothing was rewritten.
///
/// # Errors
/// Returns an error if the rewritten text takes more memory than the decoded value may. It can be ten times as long.
pub(crate) fn expand_integers<E: Error>(text: &[u8], from: i128) -> Result<Option<Vec<u8>>, E> {
    let (mut expanded, mut copied, mut at) = (Vec::new(), 0, 0);
    while let Some(byte) = text.get(at) {
        let rest = &text[at..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = match byte {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| is_part(byte)).count(),
            _ => 1,
        };
        let token = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        if *byte != b'"'
            && token.contains(['.', 'e', 'E'])
            && let Some(integer) = parse_integer(token).filter(|integer| integer.saturating_abs() >= from)
            && serde_json::from_str::<serde_json::Number>(token).is_ok()
        {
            let sign = if integer == 0 && *byte == b'-' { "-" } else { "" };
            append(&mut expanded, &text[copied..at])?;
            append(&mut expanded, format!("{sign}{integer}").as_bytes())?;
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Ok(None);
    }
    append(&mut expanded, &text[copied..])?;
    Ok(Some(expanded))
}

/// Appends a piece, and counts its memory.
fn append<E: Error>(text: &mut Vec<u8>, piece: &[u8]) -> Result<(), E> {
    memory::take(MEMORY_PER_BYTE * piece.len())?;
    text.extend_from_slice(piece);
    Ok(())
}

/// Returns the length in bytes of the string literal at the start of `text`, with its quotes.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_expanded_outside_of_strings() {
        let expand = |text: &str, from| expand_integers::<serde_json::Error>(text.as_bytes(), from);
        let expanded = |text: &str| {
            let expanded = expand(text, 0).expect("a short text");
            expanded.map(|text| String::from_utf8(text).expect("the text is UTF-8"))
        };
        for (text, expected) in [
            ("1e16", Some("10000000000000000")),
            ("7.0000000000000000000000000000000000000000", Some("7")),
            (" [9007199254740993.0,-0.0, 1.5, 12]", Some(" [9007199254740993,-0, 1.5, 12]")),
            (r#"{"1e3\\":"\"1e3","b":-1.5E1}"#, Some(r#"{"1e3\\":"\"1e3","b":-15}"#)),
            ("[1, 2.5, 1e-3, \"1e3\"]", None),
            ("1e99", None),
            ("\"1e3", None),
            ("-", None),
            ("1e", None),
            ("[-e5, 1., 01.0]", None),
            ("", None),
        ] {
            assert_eq!(expanded(text).as_deref(), expected, "{text}");
        }
        assert_eq!(
            expand("[5.0, 1e3, -1e16]", 10_000).expect("a short text").as_deref(),
            Some(b"[5.0, 1e3, -10000000000000000]".as_slice())
        );
    }

    #[test]
    fn the_memory_of_a_rewritten_text_is_counted() {
        let expanded = |count: usize| {
            let text = vec!["1e18"; count].join(",");
            let expand = || expand_integers::<serde_json::Error>(text.as_bytes(), 0);
            memory::limited(0, 1_000 / 8, expand).map_err(|error| error.to_string())
        };
        assert_eq!(expanded(20).map(|text| text.map(|text| text.len())), Ok(Some(20 * 20 - 1)));
        assert_eq!(expanded(30), Err(memory::EXCESS.to_owned()));
    }
}
