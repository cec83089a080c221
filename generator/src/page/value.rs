//! Reads values in a sentence: a single one, and the items of a list such as `red, blue or "dark green"`.

use std::ops::Range;

use crate::page::vocabulary::Vocabulary;
use crate::text::boundary::floor_char_boundary;

/// The longest value in a sentence, in bytes.
const LONGEST: usize = 120;

/// The longest value of a list that has no quotes, in bytes.
const LONGEST_PLAIN: usize = 64;

/// The first parts of media types: the slash after them does not separate values.
const MEDIA_TYPES: &[&str] = &["application", "audio", "image", "multipart", "text", "video"];

/// A list of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueList {
    /// The values.
    pub(super) values: Vec<String>,
    /// The value that is marked as the default.
    pub(super) default: Option<String>,
    /// The length of the list in the text.
    pub(super) length: usize,
}

/// Reads the list of all values that are allowed, to the end of the sentence or of the parentheses around it. Returns `None` if
/// a part of it is no value, or it is open: `red, blue, etc.`
pub(super) fn all(text: &str, vocabulary: &Vocabulary) -> Option<ValueList> {
    let (mut items, length) = split(text, vocabulary, false);
    let end = items.iter().position(|item| vocabulary.is_explanation(item));
    items.truncate(end.unwrap_or(items.len()));
    let is_open =
        is_cut(text, length) || items.iter().any(|item| vocabulary.is_open_end(item) || vocabulary.is_charset(item));
    let values: Vec<String> = items.iter().filter_map(|item| allowed(item)).collect();
    let marked = items.iter().zip(&values).find(|(item, _)| vocabulary.is_default(item));
    let default = marked.map(|(_, value)| value.clone());
    (!is_open && !values.is_empty() && values.len() == items.len()).then_some(ValueList { values, default, length })
}

/// Reads examples. The first item that is no value ends them. Only a separator with white space after it is one: `200,201` is one
/// value, and so is `10.0.0.0/8`.
pub(super) fn examples(text: &str, vocabulary: &Vocabulary) -> Option<ValueList> {
    let (items, length) = split(text, vocabulary, true);
    let is_value = |item: &&String| !vocabulary.is_open_end(item) && !item.contains("\":");
    let values: Vec<String> = items.iter().take_while(is_value).map_while(|item| plain(item)).collect();
    (!values.is_empty()).then_some(ValueList { values, default: None, length })
}

/// Splits the first sentence of a text at its separators. Returns the items, and the length of the part that was split.
fn split(text: &str, vocabulary: &Vocabulary, are_examples: bool) -> (Vec<String>, usize) {
    let sentence = &text[..sentence_length(text)];
    let (mut items, mut item, mut depth, mut quote) = (Vec::new(), String::new(), 0_usize, None);
    let (mut length, mut skipped) = (sentence.len(), 0_usize);
    for (at, letter) in sentence.char_indices() {
        if skipped > 0 {
            skipped -= 1;
            continue;
        }
        match letter {
            '"' | '“' | '”' | '`' => quote = if quote.is_some() { None } else { Some(letter) },
            '(' | '（' | '[' | '{' if quote.is_none() => depth += 1,
            // The list is in parentheses.
            ')' | '）' if quote.is_none() && depth == 0 => {
                length = at;
                break;
            }
            ')' | '）' | ']' | '}' if quote.is_none() => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_inner = quote.is_some() || depth > 0;
        match separator(sentence, at, &item, vocabulary, are_examples).filter(|_| !is_inner) {
            Some(separator) => {
                items.push(std::mem::take(&mut item));
                skipped = separator.chars().count() - 1;
            }
            None => item.push(letter),
        }
    }
    items.push(item);
    let items = items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty());
    (items.collect(), length)
}

/// Returns the separator at a byte of a sentence. `item` is the text since the last separator.
fn separator(
    sentence: &str,
    at: usize,
    item: &str,
    vocabulary: &Vocabulary,
    are_examples: bool,
) -> Option<&'static str> {
    let found = vocabulary.separators.iter().find(|separator| sentence[at..].starts_with(**separator))?;
    let after = &sentence[at + found.len()..];
    let is_before_space = after.is_empty() || after.starts_with(char::is_whitespace);
    let is_one = match *found {
        word if word.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            is_before_space && (item.is_empty() || item.ends_with(' '))
        }
        "/" | "|" => !are_examples && divides(item, after),
        ";" | "," if is_parameter(item, after) => false,
        sign if sign.is_ascii() => !are_examples || is_before_space,
        _ => true,
    };
    is_one.then_some(*found)
}

/// Returns whether a slash between two texts separates values. It is part of a media type, a path and a range of addresses.
fn divides(before: &str, after: &str) -> bool {
    let word = before.trim();
    let is_number = word.ends_with(|last: char| last.is_ascii_digit()) && word.contains('.');
    let is_next = after.trim_start().starts_with(|next: char| next.is_alphanumeric());
    !word.is_empty() && !is_number && is_next && !MEDIA_TYPES.contains(&word.trim_start_matches(['"', '“']))
}

/// Returns whether the text after a media type begins with a parameter: `charset=utf-8`.
fn is_parameter(before: &str, after: &str) -> bool {
    let name = after.trim_start().split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next();
    let has_value = name.is_some_and(|name| !name.is_empty() && after.trim_start()[name.len()..].starts_with('='));
    has_value && is_media_type(before)
}

fn is_media_type(text: &str) -> bool {
    let start = text.trim().trim_start_matches(['"', '“', '`']).split_once('/');
    start.is_some_and(|(start, _)| MEDIA_TYPES.contains(&start))
}

/// Returns whether a text is a date and a time with a space between them: `2019-05-01 10:00:00`.
fn is_date_time(text: &str) -> bool {
    let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    ["0000-00-00 00:00:00", "0000/00/00 00:00:00", "0000-00-00 00:00"].contains(&shape.as_str())
}

/// Returns the value in an item of a list of allowed values, as [`plain`] does. A range is not a value.
pub(super) fn allowed(item: &str) -> Option<String> {
    let is_value = |value: &String| !is_range(value) && !is_template(value);
    plain(item).or_else(|| explained(item)).filter(is_value)
}

/// Returns the value before an explanation: `0: off` gives `0`.
fn explained(item: &str) -> Option<String> {
    let (value, explanation) = item.split_once(": ")?;
    plain(value).filter(|_| !explanation.trim().is_empty())
}

/// Returns whether a value has a part that stands for something else: `compute:xxx`, `yyyyMMdd`, `{id}`.
fn is_template(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    lower.contains("xxx") || lower.contains("yyyy") || value.starts_with('{')
}

/// Returns the value in an item of a list: `a (the first)` and `"a"` give `a`. Returns `None` if the item is prose or JSON.
pub(super) fn plain(item: &str) -> Option<String> {
    // The rest of the value is left out.
    if item.contains("...") || item.contains('…') {
        return None;
    }
    let item = item.trim().trim_end_matches(['.', '。', ',']).trim();
    let item = &item.replace('−', "-");
    if let Some((quoted, length)) = quoted(item) {
        let rest = item[length..].trim();
        return (rest.is_empty() || rest.starts_with(['(', '（', ':', '：'])).then_some(quoted);
    }
    let value = item.split(['(', '（']).next().unwrap_or_default().trim();
    let has_letter = value.chars().any(|letter| letter.is_ascii_alphanumeric() || letter == '*');
    let is_template = value.starts_with("${") || value.starts_with('{');
    let has_bracket = value.contains(['[', ']', ')', '"', '<', '>']) || (value.contains(['{', '}']) && !is_template);
    // `null` is no text.
    let is_value = value.len() <= LONGEST_PLAIN && value.is_ascii() && has_letter && value != "null";
    let has_space = value.contains(char::is_whitespace) && !is_date_time(value) && !is_media_type(value);
    let is_one = !has_space && !has_bracket;
    (is_value && is_one).then(|| value.to_owned())
}

/// Returns whether a value is a range: `1-64`, `1~64`, `10.0.0.0/8-24`.
fn is_range(value: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let ends = value.strip_prefix('-').unwrap_or(value).split_once('-');
    let is_block = value.split_once('/').is_some_and(|(address, _)| is_number(&address.replace('.', "")));
    value.contains('~') || is_block || ends.is_some_and(|(least, most)| is_number(least) && is_number(most))
}

/// Reads a value in quotes at the start of a text. Returns the value, and the length with the quotes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    let close = match first {
        '"' => '"',
        '“' | '”' => '”',
        '‘' => '’',
        '\'' => '\'',
        '`' => '`',
        _ => return None,
    };
    let inner = &text[first.len_utf8()..];
    let length = inner.find(close)?;
    Some((inner[..length].to_owned(), first.len_utf8() + length + close.len_utf8()))
}

/// Reads a value at the start of a text. It ends at the end of the sentence, at a separator, or before the word `stop`. Returns
/// the value and its length in the text.
pub(super) fn single(text: &str, stop: Option<&str>) -> Option<(String, usize)> {
    if let Some(quoted) = quoted(text) {
        return Some(quoted);
    }
    let limit = floor_char_boundary(text, LONGEST);
    let mut length = sentence_length(&text[..limit]);
    if let Some(stop) = stop {
        length = text[..limit].find(stop)?;
    } else {
        length = value_length(&text[..length]);
    }
    // A template such as `${4 digits}_${22 digits}` has spaces in braces.
    let mut depth = 0_usize;
    for (at, letter) in text[..length].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if letter.is_whitespace() && depth == 0 && text[..at].contains('{') => {
                length = at;
                break;
            }
            _ => {}
        }
    }
    let value = text[..length].trim().trim_end_matches('.').trim().replace('−', "-");
    let may_have_space = value.contains('{') || is_date_time(&value) || is_media_type(&value);
    let has_space = value.contains(char::is_whitespace) && !may_have_space;
    (!value.is_empty() && value.is_ascii() && !has_space && !is_cut(text, length) && !value.ends_with(':'))
        .then_some((value, length))
}

/// Returns whether the values in the first bytes of a text are not whole: `MIID...`.
fn is_cut(text: &str, length: usize) -> bool {
    let (read, rest) = text.split_at(length);
    rest.starts_with('…') || rest.starts_with("..") || read.ends_with("..")
}

/// Returns the length of a value at the start of a text: up to a sign that ends it. A comma within a number or between values
/// without spaces is part of the value: `1,000`.
fn value_length(text: &str) -> usize {
    let ends = |(at, sign): (usize, &str)| {
        let after = &text[at + sign.len()..];
        match sign {
            "," | ";" if is_parameter(&text[..at], after) => false,
            "," => !after.starts_with(|next: char| next.is_ascii_alphanumeric()),
            _ => true,
        }
    };
    let signs = [',', ';', '，', '；', '、', '。', '(', '（', ')', '）'];
    let end = text.match_indices(signs).find(|found| ends(*found));
    end.map_or(text.len(), |(at, _)| at)
}

/// Returns the length of the first sentence of a text.
pub(super) fn sentence_length(text: &str) -> usize {
    let mut quote = false;
    for (at, letter) in text.char_indices() {
        let next = text[at + letter.len_utf8()..].chars().next();
        match letter {
            '"' => quote = !quote,
            '。' | '\n' => return at,
            '.' if !quote && next.is_none_or(char::is_whitespace) => return at,
            _ => {}
        }
    }
    text.len()
}

/// Returns the byte ranges of the sentences of a text, without the character that ends each.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let (from, to) = (start, start + sentence_length(rest));
        start = to + text[to..].chars().next().map_or(1, char::len_utf8);
        Some(from..to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    fn listed(text: &str) -> Option<Vec<String>> {
        all(text, vocabulary::of("Mandatory")).map(|list| list.values)
    }

    #[test]
    fn lists_of_allowed_values_are_read() {
        let some = |values: &[&str]| Some(values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>());
        assert_eq!(listed("red, blue, or \"dark green\". More."), some(&["red", "blue", "dark green"]));
        assert_eq!(listed("red or blue, indicating the color."), some(&["red", "blue"]));
        assert_eq!(listed("tcp/udp"), some(&["tcp", "udp"]));
        assert_eq!(listed("application/json"), some(&["application/json"]));
        let both = "application/json; charset=utf-8 or `text/plain;charset=UTF-8`";
        assert_eq!(listed(both), some(&["application/json; charset=utf-8", "text/plain;charset=UTF-8"]));
        assert_eq!(listed("0: off; 1: on; −1: unknown."), some(&["0", "1", "-1"]));
        assert_eq!(listed("2019-05-01 10:00:00"), some(&["2019-05-01 10:00:00"]));
        assert_eq!(listed("4 (old) or 6 (new)) and more"), some(&["4", "6"]));
        for text in [
            "red, blue, etc.",
            "letters, digits",
            "-1 or 1-99",
            "10.0.0.0/8, b",
            "a thing",
            "[1, 2]",
            "null",
            "1 or null",
            "compute:xxx, compute",
            "abc... or d",
        ] {
            assert_eq!(listed(text), None, "{text}");
        }
    }

    #[test]
    fn single_values_end_with_the_sentence() {
        let found = |text: &str| single(text, None).map(|(value, _)| value);
        let some = |value: &str| Some(value.to_owned());
        assert_eq!(found("application/json; charset=utf-8. More"), some("application/json; charset=utf-8"));
        assert_eq!(found("application/json;charset=utf-8; more"), some("application/json;charset=utf-8"));
        assert_eq!((found("1,000, or more"), found("a; b=c")), (some("1,000"), some("a")));
        assert_eq!((found("`a b`, c"), found("'x;y'."), found("−1.")), (some("a b"), some("x;y"), some("-1")));
        assert_eq!((found("2011-01-21T11:33:21Z."), found("1.5 (old)")), (some("2011-01-21T11:33:21Z"), some("1.5")));
        assert_eq!((found("2019-05-01 10:00:00"), found("MIIDk...")), (some("2019-05-01 10:00:00"), None));
    }

    #[test]
    fn examples_end_at_prose() {
        let found = |text: &str| examples(text, vocabulary::of("Mandatory")).map(|list| list.values.join(" ; "));
        assert_eq!(found("192.168.0.0/16."), Some("192.168.0.0/16".to_owned()));
        assert_eq!(found("200,201 or 300"), Some("200,201 ; 300".to_owned()));
        assert_eq!(found("a or b) and the rest"), Some("a ; b".to_owned()));
        assert_eq!(found("a, and the rest of it"), Some("a".to_owned()));
        assert_eq!((found("[\"a\", \"b\"]"), found("\"a\": [\"b\"]")), (None, None));
    }
}
