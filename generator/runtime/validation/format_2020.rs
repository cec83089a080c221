// copperplate runtime: copied into each generated crate that uses it.
//! Checks the formats of JSON Schema 2020-12 that OpenAPI 3.0 does not know. There is one Rust method for each format.

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::format::{formats, has_email_syntax, report_format};
use crate::runtime::validation::uri;

formats! {
    /// Checks `format: idn-email` (RFC 6531): an email address with characters beyond ASCII.
    idn_email "idn-email" has_email_syntax;
    /// Checks `format: iri` (RFC 3987): a URI with characters beyond ASCII.
    iri "iri" |value| has_iri_characters(value) && uri::has_uri_syntax(value);
    /// Checks `format: iri-reference` (RFC 3987).
    iri_reference "iri-reference" |value| has_iri_characters(value) && uri::has_reference_syntax(value);
    /// Checks `format: uri-template` (RFC 6570).
    uri_template "uri-template" is_uri_template;
}

/// Returns whether an IRI may have the characters beyond ASCII that `text` has. Those for private use are only allowed
/// in a query.
fn has_iri_characters(text: &str) -> bool {
    let mut is_in_query = false;
    text.chars().all(|letter| {
        match letter {
            '?' => is_in_query = true,
            '#' => is_in_query = false,
            _ => {}
        }
        letter.is_ascii() || is_iri_character(letter) || (is_in_query && is_private(letter))
    })
}

/// Returns whether a character beyond ASCII may be anywhere in an IRI (`ucschar` in RFC 3987).
fn is_iri_character(letter: char) -> bool {
    match u32::from(letter) {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        code @ 0x1_0000..=0xE_FFFF => code & 0xFFFF <= 0xFFFD && !(0xE_0000..0xE_1000).contains(&code),
        _ => false,
    }
}

/// Returns whether a character is for private use (`iprivate` in RFC 3987).
fn is_private(letter: char) -> bool {
    match u32::from(letter) {
        0xE000..=0xF8FF => true,
        code @ 0xF_0000..=0x10_FFFF => code & 0xFFFF <= 0xFFFD,
        _ => false,
    }
}

/// Returns whether `text` is a URI template, such as `/pets/{id}{?limit,sort*}`.
fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((literals, expression)) = rest.split_once('{') {
        let Some((expression, following)) = expression.split_once('}') else { return false };
        if !are_literals(literals) || !is_expression(expression) {
            return false;
        }
        rest = following;
    }
    are_literals(rest)
}

/// Returns whether `text` may be outside the expressions of a URI template.
fn are_literals(text: &str) -> bool {
    has_encoded_bytes(text)
        && text.chars().all(|letter| match letter {
            '!'..='~' => !"\"<>\\^`{|}".contains(letter),
            letter => is_iri_character(letter) || is_private(letter),
        })
}

/// Returns whether `text` may be between the braces of an expression: an optional operator, and variables.
fn is_expression(text: &str) -> bool {
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']).unwrap_or(text);
    variables.split(',').all(is_variable)
}

/// Returns whether `text` is a variable with an optional modifier: `name`, `name:3` or `name*`.
fn is_variable(text: &str) -> bool {
    let is_prefix_length = |digits: &str| {
        digits.len() <= 4 && digits.starts_with(|first| ('1'..='9').contains(&first)) && digits.bytes().all(is_digit)
    };
    let (name, is_modified_rightly) = match text.split_once(':') {
        Some((name, length)) => (name, is_prefix_length(length)),
        None => (text.strip_suffix('*').unwrap_or(text), true),
    };
    let is_part = |part: &str| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'%';
        !part.is_empty() && part.bytes().all(is_letter) && has_encoded_bytes(part)
    };
    is_modified_rightly && name.split('.').all(is_part)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// Returns whether two hexadecimal digits follow each `%`.
fn has_encoded_bytes(text: &str) -> bool {
    let is_encoded =
        |rest: &str| matches!(rest.as_bytes(), [a, b, ..] if [a, b].iter().all(|byte| byte.is_ascii_hexdigit()));
    text.split('%').skip(1).all(is_encoded)
}
