//! Escapes characters that control a terminal, begin a new line, or change the direction of the text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns whether `letter` is invisible but affects the output: a control character, a line separator, a byte order mark, a
/// direction mark, a soft hyphen, a space without width or a tag character. The runtime of generated crates escapes the same
/// characters.
pub fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
        || matches!(letter, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(letter, '\u{E0000}'..='\u{E007F}')
}

/// Returns whether a character changes the direction of the text. The Rust compiler rejects these characters in comments and
/// literals.
pub fn is_directional(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether a text contains `##`, a name or nothing, and `[`, such as `##[`, `##vso[` or `##teamcity[`. Some CI services
/// execute a command that follows these characters anywhere in a line of a log.
pub fn has_log_command(text: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let is_command = |rest: &str| {
        // The names of commands are short. The limit keeps the search linear.
        let name =
            rest.strip_prefix("##").map(|rest| rest.chars().take(40).take_while(|letter| is_name(*letter)).count());
        name.is_some_and(|length| rest[2 + length..].starts_with('['))
    };
    // Searching one byte is much faster than searching a text.
    text.bytes().enumerate().any(|(at, byte)| byte == b'#' && text.get(at..).is_some_and(is_command))
}

/// Escapes unprintable characters as Rust does, such as `\n` and `\u{1b}`. The result is always one line. Also separates the
/// characters that begin a command in a log: see [`has_log_command`].
pub fn printable(text: &str) -> Cow<'_, str> {
    if has_log_command(text) {
        return Cow::Owned(printable(&text.replace("##", "#\\u{23}")).into_owned());
    }
    escaped(text, is_unprintable, |escape, letter| escape.extend(letter.escape_default()))
}

/// Escapes unprintable characters like [`printable`], and also the characters that join other characters or keep them apart.
/// Two names that differ only in these look the same. In prose, they belong to emoji and to words of some languages.
pub fn printable_names(text: &str) -> Cow<'_, str> {
    let is_joiner = |letter| matches!(letter, '\u{200C}' | '\u{200D}');
    match printable(text) {
        escaped if !escaped.contains(is_joiner) => escaped,
        escaped => Cow::Owned(escaped.replace('\u{200C}', "\\u{200c}").replace('\u{200D}', "\\u{200d}")),
    }
}

/// Escapes the characters of `text` for which `is_escaped` returns true, which must not be printable ASCII characters. `escape`
/// appends the escape of a character.
pub fn escaped(text: &str, is_escaped: fn(char) -> bool, escape: impl Fn(&mut String, char)) -> Cow<'_, str> {
    // Most texts are ASCII, which needs no decoding.
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_plain || !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match is_escaped(letter) {
            true => escape(&mut escaped, letter),
            false => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}

/// Escapes unprintable characters in compact JSON: the character ESC becomes `\u001b`. Compact JSON has no line breaks between
/// its tokens, so unprintable characters occur only in strings. The escapes do not change the JSON value.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    if has_log_command(json) {
        return Cow::Owned(printable_json(&json.replace("##", "#\\u0023")).into_owned());
    }
    // Writing to a string does not fail.
    escaped(json, is_unprintable, |escape, letter| _ = write!(escape, "\\u{:04x}", u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unprintable_characters_are_escaped() {
        assert_eq!(printable("größe 网络 \\ \" '"), "größe 网络 \\ \" '");
        assert_eq!(printable("a\n::error::b\r\t"), "a\\n::error::b\\r\\t");
        assert_eq!(printable("\u{1b}[31m\u{9b}2J\u{7f}"), "\\u{1b}[31m\\u{9b}2J\\u{7f}");
        assert_eq!(printable("a ##[group]b ##vso[x]"), "a #\\u{23}[group]b #\\u{23}vso[x]");
        assert_eq!(printable("##teamcity[buildStop]"), "#\\u{23}teamcity[buildStop]");
        assert_eq!(printable("### ##a-b_2.c[x]"), "#\\u{23}# #\\u{23}a-b_2.c[x]");
        assert_eq!(printable("## heading [a]"), "## heading [a]");
        assert_eq!(printable("\u{202e}\u{2066}\u{2028}\u{200f}"), "\\u{202e}\\u{2066}\\u{2028}\\u{200f}");
        assert_eq!(printable("a\u{200b}b\u{e0041}"), "a\\u{200b}b\\u{e0041}");
        assert_eq!(printable("a\u{ad}b\u{180e}\u{206a}"), "a\\u{ad}b\\u{180e}\\u{206a}");
        assert_eq!(printable("👩\u{200d}💻"), "👩\u{200d}💻");
        assert_eq!(printable_names("a\u{200c}b\u{200d}\u{ad}é"), "a\\u{200c}b\\u{200d}\\u{ad}é");
    }

    /// The runtime is another crate, so it has a copy of the list.
    #[test]
    fn the_runtime_escapes_the_same_characters() {
        let source = include_str!("../../runtime/printing.rs");
        let (_, list) = source.split_once("pub(crate) fn is_unsafe").expect("the list of the runtime");
        let (list, _) = list.split_once("\n}\n").expect("the end of the list");
        let number = |text: &str| {
            let digits = text.split_once("\\u{")?.1.split_once('}')?.0;
            u32::from_str_radix(digits, 16).ok()
        };
        let ranges: Vec<(u32, u32)> = list
            .split('|')
            .filter_map(|range| {
                let (first, last) = range.split_once("..=").unwrap_or((range, range));
                Some((number(first)?, number(last)?))
            })
            .collect();
        assert_eq!(ranges.len(), 11);
        for letter in ('\0'..=char::MAX).filter(|letter| !letter.is_control()) {
            let is_listed = ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(letter)));
            assert_eq!(is_unprintable(letter), is_listed, "{letter:?}");
        }
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({"a\u{9b}": "\u{1b}\u{202e}\n\u{7f}é"});
        let text = value.to_string();
        let escaped = printable_json(&text);
        assert!(!escaped.contains(is_unprintable), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).ok(), Some(value));
    }
}
