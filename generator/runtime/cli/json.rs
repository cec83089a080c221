// copperplate runtime: copied into each generated crate that uses it.
//! JSON text: printed for a terminal, and built from the values of options.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::runtime::cli::options::Kind;
use crate::runtime::printing::is_unsafe;

/// Returns the JSON text of an option's value. Returns `None` if the text is not of the kind.
pub(super) fn value_text(kind: Kind, text: &str) -> Option<String> {
    let is_json = || serde_json::from_str::<IgnoredAny>(text).is_ok();
    match kind {
        Kind::Number if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => None,
        Kind::Number => is_json().then(|| text.to_owned()),
        Kind::Boolean => ["true", "false"].contains(&text).then(|| text.to_owned()),
        Kind::Json if is_json() => Some(text.to_owned()),
        Kind::Text | Kind::Json | Kind::File => Some(string(text)),
    }
}

/// Returns the JSON text of a string.
pub(super) fn string(text: &str) -> String {
    Value::from(text).to_string()
}

/// Adds members to the text of a JSON object, and replaces those that it has. Returns `None` if the text is not an object.
pub(super) fn with_members(object: &str, members: Vec<(&str, String)>) -> Option<String> {
    let mut all: BTreeMap<String, Box<RawValue>> = serde_json::from_str(object).ok()?;
    for (name, value) in members {
        all.insert(name.to_owned(), RawValue::from_string(value).ok()?);
    }
    serde_json::to_string(&all).ok()
}

/// Replaces the values of the members called `secrets`, at any depth.
pub(super) fn mask(value: &mut Value, secrets: &[&str], mask: &str) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match secrets.contains(&name.as_str()) {
                    true => *value = mask.into(),
                    false => self::mask(value, secrets, mask),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| self::mask(item, secrets, mask)),
        _ => {}
    }
}

/// How many times longer than the text its indented form may be. Deeply nested lists would need gigabytes.
const MAX_GROWTH: usize = 8;

/// Returns a JSON text with a line for each member and each item. All names and values are as in the text, and characters that
/// could control a terminal are escaped. Returns `None` if the text is not JSON, or if its indented form would be much longer.
pub(super) fn indented(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let max_length = text.len().saturating_mul(MAX_GROWTH).saturating_add(1_000);
    let (mut printed, mut depth, mut is_string, mut is_escaped) = (String::new(), 0_usize, false, false);
    // JSON has control characters as white space only, except for those beyond ASCII.
    let mut letters = text.chars().filter(|letter| *letter >= ' ').peekable();
    while let Some(letter) = letters.next() {
        if printed.len() > max_length {
            return None;
        }
        if is_string {
            match is_unsafe(letter) {
                true => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| printed += &format!("\\u{unit:04x}")),
                false => printed.push(letter),
            }
            is_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        match letter {
            ' ' => {}
            '{' | '[' => {
                printed.push(letter);
                while letters.next_if(|next| *next == ' ').is_some() {}
                if let Some(end) = letters.next_if(|next| matches!(next, '}' | ']')) {
                    printed.push(end);
                    continue;
                }
                depth += 1;
                new_line(&mut printed, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut printed, depth);
                printed.push(letter);
            }
            ',' => {
                printed.push(letter);
                new_line(&mut printed, depth);
            }
            ':' => printed.push_str(": "),
            _ => {
                is_string = letter == '"';
                printed.push(letter);
            }
        }
    }
    Some(printed)
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_indented_without_a_change_of_values() {
        let text = "{\"b\":[1e400,{ },\r\n[ ]],\t\"a,{\":\"x\\\"] : é\\\\\"}";
        let printed = "{\n  \"b\": [\n    1e400,\n    {},\n    []\n  ],\n  \"a,{\": \"x\\\"] : é\\\\\"\n}";
        assert_eq!(indented(text).as_deref(), Some(printed));
        assert_eq!(indented("[1,"), None);
        assert_eq!(indented("\"a\"").as_deref(), Some("\"a\""));
        // A server must not control the terminal, also not with characters that JSON allows.
        let controls = "[\"\u{9b}31m\u{202e}\u{7f}\u{e0041}\"]";
        assert_eq!(indented(controls).as_deref(), Some("[\n  \"\\u009b31m\\u202e\\u007f\\udb40\\udc41\"\n]"));
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(indented(&deep), None);
    }

    #[test]
    fn members_are_added_and_replaced() {
        let members = vec![("a", "1".to_owned()), ("b", "\"x\"".to_owned())];
        let big = "{\"a\":2,\"c\":123456789012345678901234567890}";
        assert_eq!(
            with_members(big, members.clone()).as_deref(),
            Some("{\"a\":1,\"b\":\"x\",\"c\":123456789012345678901234567890}")
        );
        assert_eq!(with_members("[]", members), None);
    }

    #[test]
    fn texts_become_values() {
        for (kind, text, json) in [
            (Kind::Text, "5", Some("\"5\"")),
            (Kind::Number, "-5.0e1", Some("-5.0e1")),
            (Kind::Number, "five", None),
            (Kind::Number, "\"5\"", None),
            (Kind::Number, "NaN", None),
            (Kind::Boolean, "yes", None),
            (Kind::Json, "[1]", Some("[1]")),
            (Kind::Json, "[1", Some("\"[1\"")),
        ] {
            assert_eq!(value_text(kind, text).as_deref(), json, "{text}");
        }
    }
}
