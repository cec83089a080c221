//! The messages and remedies for texts that are not well-formed.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::load::text::syntax_error::common_mistake::{Mistake, mistake_at};
use crate::load::text::syntax_error::events::BeyondJson;
use crate::load::text::syntax_error::indentation::wrong_character;
use crate::load::text::syntax_error::span::{character_at, last_character, line_start};

/// The remedy for an error that has no remedy of its own.
pub(super) const NEARBY: &str = "Correct the text here or shortly before.";

/// The remedy for a text that ends too early.
pub(super) const UNEXPECTED_END_REMEDY: &str =
    "Close the brackets and quotes that are open. If the file is incomplete, copy it again.";

/// The message and the remedy for a string without a closing quote.
pub(super) const OPEN_QUOTE: (&str, &str) = (
    "The quote that begins here is not closed.",
    "Close the quote. Within single quotes, write each single quote twice. Indent every line of the string after the first one.",
);

/// Returns the byte range, the message and the remedy for an error of the YAML parser. `open` has the byte ranges of the brackets
/// that are still open at the error.
pub(super) fn invalid_yaml(text: &str, error: &ScanError, open: &[Range<usize>]) -> Mistake {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let place = key_at(text, at).unwrap_or_else(|| character_at(text, at));
    if let Some(mistake) = wrong_character(text, at, error.info().contains("tab")) {
        return mistake;
    }
    let is_in_quotes = matches!(
        error.kind(),
        ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::UnclosedQuotedScalar
            | ErrorKind::DocumentIndicatorInQuotedScalar
    );
    let opening = match is_in_quotes {
        true => last_opening_quote(text, at),
        false => open_quote_before(text, at).or_else(|| open_quote_after(text, open.last()?.clone())),
    };
    if let Some(opening) = opening {
        return Mistake::new(opening, OPEN_QUOTE.0, OPEN_QUOTE.1);
    }
    let is_end = text.get(at..).is_none_or(|rest| rest.trim().is_empty())
        || matches!(error.kind(), ErrorKind::UnclosedFlowCollection { .. });
    let (message, remedy) = match error.kind() {
        _ if is_end => {
            return Mistake::new(last_character(text), unexpected_end(open, text), UNEXPECTED_END_REMEDY);
        }
        ErrorKind::UnknownAnchor => (
            "No anchor before this alias has the same name.".to_owned(),
            "Write `&name` before the value that the alias repeats. A string that begins with `*` needs quotes.",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            ("A string without quotes cannot begin with a backtick.".to_owned(), "Put the string in quotes.")
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => (
            format!("YAML does not allow the control character U+{:04X}.", u32::from(*character)),
            "Delete the character. Most editors do not show it.",
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("A string without quotes cannot begin with `{character}`."), "Put the string in quotes.")
        }
        _ if error.info().contains("unknown escape") => (
            "In double quotes a `\\` begins an escape, and this escape does not exist.".to_owned(),
            "Put the string in single quotes, in which a `\\` is a character like any other.",
        ),
        _ if let Some(mistake) = mistake_at(text, at, open) => return mistake,
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation => (
            format!("The line does not fit the lines before it: {}.", error.info()),
            "Indent the line like the lines around it. A string that contains `: ` needs quotes.",
        ),
        _ => (format!("The text is not valid YAML: {}.", error.info()), NEARBY),
    };
    Mistake::new(place, message, remedy)
}

/// Returns the byte range of the key that begins at the byte offset `at`. If `at` is the first `:` of its line, returns the key
/// before the `:`.
fn key_at(text: &str, at: usize) -> Option<Range<usize>> {
    let start = line_start(text, at)?;
    let line = text.get(start..at)?;
    let rest = text.get(at..)?.lines().next().unwrap_or_default();
    if line.trim().is_empty() {
        let key =
            rest.split(':').next().filter(|key| key.len() < rest.len() && !key.contains([' ', '{', '[', '\'', '"']))?;
        return (!key.is_empty()).then(|| at..at + key.len());
    }
    if !rest.starts_with(':') {
        return None;
    }
    let key = line.trim_start_matches([' ', '-']);
    (!key.is_empty() && !key.contains([':', '{', '['])).then(|| at - key.len()..at)
}

/// Finds a string without a closing quote, and returns the byte range of its opening quote. Searches the line that contains `at`
/// and the previous line. The parser reports a missing quote at `at`, which can be after the line of the opening quote.
fn open_quote_before(text: &str, at: usize) -> Option<Range<usize>> {
    let start = line_start(text, at)?;
    let before = line_start(text, start.saturating_sub(1))?;
    [before, start].into_iter().find_map(|start| {
        let line = text.get(start..)?.lines().next()?;
        let value = line.find(": ").map(|colon| colon + 2).or(line.find("- ").map(|dash| dash + 2))?;
        let opening = line.get(value..)?.chars().next().filter(|first| ['\'', '"'].contains(first))?;
        let is_open = line.matches(opening).count() % 2 == 1;
        is_open.then(|| start + value..start + value + 1)
    })
}

/// Returns the byte range of the last quote before `at` that can begin a string: the first character of its line, or the first
/// character after a `:`, `-`, `?`, `,` or opening bracket.
fn last_opening_quote(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let mut quotes = before.char_indices().rev().filter(|(_, letter)| matches!(letter, '\'' | '"'));
    let begins_string = |(quote, _): &(usize, char)| {
        let left = &before[..*quote];
        let last = left.trim_end_matches(' ').chars().next_back();
        matches!(last, None | Some('\n' | ':' | '-' | '?' | ',' | '[' | '{'))
    };
    quotes.find(begins_string).map(|(quote, _)| quote..quote + 1)
}

/// Finds a string without a closing quote on the line of an open bracket, and returns the byte range of its opening quote.
/// Brackets may contain strings of several lines, so the parser does not notice the missing quote on this line.
fn open_quote_after(text: &str, bracket: Range<usize>) -> Option<Range<usize>> {
    let line = text.get(bracket.start..)?.lines().next()?;
    let (mut opening, mut last) = (None, ' ');
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match opening {
            Some((_, quote)) if letter == quote => opening = None,
            Some((_, '"')) if letter == '\\' => _ = letters.next(),
            None if matches!(letter, '\'' | '"') && matches!(last, ':' | '-' | '?' | ',' | '[' | '{') => {
                opening = Some((at, letter));
            }
            _ => {}
        }
        last = if letter == ' ' { last } else { letter };
    }
    opening.map(|(at, _)| bracket.start + at..bracket.start + at + 1)
}

/// Returns the message about a text that ends too early.
pub(super) fn unexpected_end(open: &[Range<usize>], text: &str) -> String {
    match open.last().and_then(|bracket| text.get(bracket.clone())) {
        Some(bracket) => format!("The text ends before a `{bracket}` is closed."),
        None => "The text ends too early.".to_owned(),
    }
}

/// Returns the message and the remedy for a construct of YAML that JSON cannot express.
pub(super) fn beyond_json(construct: &BeyondJson) -> (String, &'static str) {
    match construct {
        BeyondJson::Tag(tag) => (format!("The tag `{tag}` has no meaning in OpenAPI."), "Delete the tag."),
        BeyondJson::Number(number) => {
            (format!("JSON has no number `{number}`."), "Write a finite number, or put the string in quotes.")
        }
        BeyondJson::Key => (
            "A key must be a string, but this one is a list or a mapping.".to_owned(),
            "Write a string. A string that begins with `{` or `[` needs quotes.",
        ),
    }
}

/// Returns the message and the remedy for an unquoted word that other YAML parsers do not read as a string.
pub(super) fn trap(word: &str) -> (String, String) {
    let elsewhere = match word {
        "~" | "null" => "other parsers of YAML read null",
        "true" | "false" => "other parsers of YAML read a boolean",
        _ => "parsers of YAML 1.1 read a boolean",
    };
    let message = format!("copperplate reads `{word}` as a string, but {elsewhere}.");
    (message, format!("Put the word in quotes: `'{word}'`."))
}
