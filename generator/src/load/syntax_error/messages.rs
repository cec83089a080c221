//! The sentences about texts with faults.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::load::syntax_error::diagnosis::{Slip, slip};
use crate::load::syntax_error::events::Foreign;
use crate::load::syntax_error::{end_of, one};

/// What to do about a text that ends too early.
pub(crate) const ENDED: &str = "Close what is open; if the file was cut off, copy it again.";

/// What is wrong with a quote that is not closed, and what to do about it.
pub(crate) const OPEN_QUOTE: (&str, &str) = (
    "The quote that begins here is not closed where its text ends.",
    "Close it; within single quotes a quote is written twice, and further lines are indented.",
);

/// The place of the fault that ended the walk, what is wrong, and what to do about it.
pub(crate) fn broken(text: &str, error: &ScanError, open: &[Range<usize>]) -> (Range<usize>, String, String) {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let place = key_at(text, at).unwrap_or_else(|| one(text, at));
    let tells_of_tab = error.info().contains("tab");
    if let Some(tab) = tab_of_indentation(text, at, tells_of_tab) {
        let message = "A tab indents this line, and YAML indents with spaces.".to_owned();
        return (tab, message, "Put spaces in the place of the tab.".to_owned());
    }
    if let Some(space) = foreign_space(text, at) {
        let letter = text.get(space.clone()).and_then(|space| space.chars().next()).unwrap_or_default();
        let message =
            format!("U+{:04X} indents this line: it looks like a space, and is none to YAML.", u32::from(letter));
        return (space, message, "Put plain spaces in its place.".to_owned());
    }
    if let Some(opening) = quote_before(text, at) {
        return (opening, OPEN_QUOTE.0.to_owned(), OPEN_QUOTE.1.to_owned());
    }
    let is_end = text.get(at..).is_none_or(|rest| rest.trim().is_empty())
        || matches!(error.kind(), ErrorKind::UnclosedFlowCollection { .. });
    let (message, remedy) = match error.kind() {
        _ if is_end => return (end_of(text), ended(open, text), ENDED.to_owned()),
        ErrorKind::UnknownAnchor => (
            "No anchor before this alias has its name.".to_owned(),
            "Write `&name` before what the alias stands for; text that begins with `*` wants quotes.",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            ("No plain text begins with a backtick.".to_owned(), "Put the text in quotes.")
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => (
            format!("The control character U+{:04X} stands here, which no text of YAML has.", u32::from(*character)),
            "Delete it; most editors do not show it.",
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("No plain text begins with `{character}`."), "Put the text in quotes.")
        }
        _ if error.info().contains("unknown escape") => (
            "Within double quotes a `\\` begins an escape, and this is none.".to_owned(),
            "Put the text in single quotes: a `\\` is a letter like any other there.",
        ),
        _ if let Some(Slip { place, message, remedy }) = slip(text, at, open) => return (place, message, remedy),
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation => (
            format!("The line does not fit what stands before it: {}.", error.info()),
            "Indent it like its neighbours; text with `: ` in it wants quotes.",
        ),
        _ => (format!("The text is no YAML: {}.", error.info()), "Correct the text here, or shortly before."),
    };
    (place, message, remedy.to_owned())
}

/// The key that begins at `at`, or that ends there with the first colon of its line.
fn key_at(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
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

/// A quote at the start of a value that its line does not close, in the line of `at` or the one before: what stands behind it is
/// taken for text, and the fault is told where that ends.
fn quote_before(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(..start.saturating_sub(1))?.rfind('\n').map_or(0, |end| end + 1);
    [before, start].into_iter().find_map(|start| {
        let line = text.get(start..)?.lines().next()?;
        let value = line.find(": ").map(|colon| colon + 2).or(line.find("- ").map(|dash| dash + 2))?;
        let opening = line.get(value..)?.chars().next().filter(|first| ['\'', '"'].contains(first))?;
        let is_open = line.matches(opening).count() % 2 == 1;
        is_open.then(|| start + value..start + value + 1)
    })
}

/// That the text ends too early.
pub(crate) fn ended(open: &[Range<usize>], text: &str) -> String {
    match open.last().and_then(|bracket| text.get(bracket.clone())) {
        Some(bracket) => format!("The text ends, and a `{bracket}` is not closed."),
        None => "The text ends too early.".to_owned(),
    }
}

/// The tab in the indentation of the line of `at`; of the next line too where the parser tells of a tab, since a text that goes on
/// there has not ended yet.
fn tab_of_indentation(text: &str, at: usize, or_next: bool) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let next = text.get(at..)?.find('\n').map(|end| at + end + 1).filter(|_| or_next);
    [start].into_iter().chain(next).find_map(|start| {
        let line = text.get(start..)?;
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = start + line.get(..indentation)?.find('\t')?;
        Some(tab..tab + 1)
    })
}

/// A space of another kind in the indentation of the line of `at`, or of one of the two before it.
fn foreign_space(text: &str, at: usize) -> Option<Range<usize>> {
    let mut start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    for _ in 0..3 {
        let line = text.get(start..)?.lines().next().unwrap_or_default();
        let indentation = line.len() - line.trim_start().len();
        let foreign = line.get(..indentation)?.char_indices().find(|(_, letter)| !letter.is_ascii());
        if let Some((offset, letter)) = foreign {
            return Some(start + offset..start + offset + letter.len_utf8());
        }
        start = text.get(..start.checked_sub(1)?)?.rfind('\n').map_or(0, |end| end + 1);
    }
    None
}

/// About what YAML can say and JSON cannot.
pub(crate) fn foreign(foreign: &Foreign) -> (String, &'static str) {
    match foreign {
        Foreign::Tag(tag) => (format!("The tag `{tag}` has no meaning in OpenAPI."), "Delete the tag."),
        Foreign::Number(number) => {
            (format!("JSON has no number `{number}`."), "Write a finite number, or put the text in quotes.")
        }
        Foreign::Key => (
            "A key is text, and this one is not.".to_owned(),
            "Write a plain key; text with `{` or `[` at its start wants quotes.",
        ),
    }
}

/// About a word that others read otherwise.
pub(crate) fn trap(word: &str) -> (String, String) {
    let otherwise = match word {
        "~" | "null" => "nothing",
        "true" | "false" => "a truth value",
        _ => "a truth value in YAML 1.1",
    };
    (format!("`{word}` is text here, and {otherwise} to other readers."), format!("Put it in quotes: `'{word}'`."))
}
