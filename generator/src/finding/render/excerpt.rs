//! Builds the excerpts of a finding: lines of a document with the relevant characters underlined.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Origin, Snippet};

use crate::finding::place::Place;
use crate::text::printable::{escaped, has_log_command, is_unprintable, printable};

/// Characters to underline in an excerpt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) place: &'a Place,
    /// The label of the underlined characters if they are at a related JSON pointer. `None` if they are at the JSON pointer of
    /// the finding itself.
    pub(crate) label: Option<&'a str>,
}

/// The maximum length of a printed line, in bytes. Longer lines, such as minified JSON, are not printed.
const LONGEST_LINE: usize = 2000;

/// If the JSON pointer of a finding and a related JSON pointer are at most this many lines apart, one excerpt shows both.
const NEAR: usize = 100;

/// Returns the excerpts of a finding. The first excerpt shows `main`, and those of the `others` that are near `main`. Each
/// further excerpt shows one of the remaining `others`.
///
/// If `main` is `None`, the first element only names `file`.
pub(crate) fn excerpts<'a>(file: &'a str, main: Option<Mark<'a>>, others: Vec<Mark<'a>>) -> Vec<Element<'a>> {
    let Some(main) = main else {
        let others = others.into_iter().map(|mark| excerpt(&[mark]));
        return std::iter::once(Element::from(Origin::path(printable(file)))).chain(others).collect();
    };
    let is_near = |mark: &Mark<'a>| {
        mark.file == main.file
            && mark.place.line.abs_diff(main.place.line) <= NEAR
            && lines_of(&[main, *mark]).is_some()
    };
    let (near, far): (Vec<_>, Vec<_>) = others.into_iter().partition(is_near);
    let together: Vec<_> = std::iter::once(main).chain(near).collect();
    std::iter::once(excerpt(&together)).chain(far.iter().map(|mark| excerpt(&[*mark]))).collect()
}

/// Returns one excerpt with all `marks`, which are in the same file. If a line is too long to print, returns only the line and
/// column of the first of the `marks`.
fn excerpt<'a>(marks: &[Mark<'a>]) -> Element<'a> {
    let Some(first) = marks.first() else { return Origin::path("").into() };
    let Some((lines, excerpt)) = lines_of(marks) else {
        return Origin::path(printable(first.file)).line(first.place.line).char_column(first.place.column).into();
    };
    let first_line = marks.iter().map(|mark| mark.place.line).min().unwrap_or(1);
    let annotations = marks.iter().map(|mark| {
        let end = mark.place.bytes.end.clamp(mark.place.bytes.start, lines.end) - lines.start;
        let kind = if mark.label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
        let start = mark.place.bytes.start - lines.start;
        let span = printed_length(excerpt, start)..printed_length(excerpt, end);
        kind.span(span).label(mark.label.map(printable))
    });
    let source = printable_lines(excerpt);
    Snippet::source(source).line_start(first_line).path(printable(first.file)).annotations(annotations).into()
}

/// Returns whether an excerpt shows an escape, such as `\u{200e}`, instead of `letter`. Line breaks and tabs are control
/// characters, but are not escaped.
fn is_hidden(letter: char) -> bool {
    is_unprintable(letter) && !matches!(letter, '\n' | '\t')
}

/// Escapes the unprintable characters in an excerpt, except line breaks and tabs. Also separates the characters that begin a
/// command in a log, as [`printable`] does.
fn printable_lines(excerpt: &str) -> Cow<'_, str> {
    // Most excerpts are printable ASCII without a command.
    if excerpt.bytes().all(|byte| matches!(byte, b' '..=b'"' | b'$'..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(excerpt);
    }
    if has_log_command(excerpt) {
        return Cow::Owned(printable_lines(&excerpt.replace("##", "#\\u{23}")).into_owned());
    }
    if !excerpt.contains(is_hidden) {
        return Cow::Borrowed(excerpt);
    }
    let mut printed = String::with_capacity(excerpt.len() + 16);
    for line in excerpt.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix("\r\n") {
            Some(line) => (line, "\r\n"),
            None => (line, ""),
        };
        printed.push_str(&escaped(line, is_hidden, |escape, letter| escape.extend(letter.escape_default())));
        printed.push_str(end);
    }
    Cow::Owned(printed)
}

/// Returns the number of bytes of `excerpt[..length]` after its unprintable characters are escaped.
fn printed_length(excerpt: &str, length: usize) -> usize {
    excerpt.get(..length).map_or(length, |start| printable_lines(start).len())
}

/// Returns the lines from the first of the `marks` to the last, as a byte range and as text; `None` if a line is too long.
fn lines_of<'a>(marks: &[Mark<'a>]) -> Option<(Range<usize>, &'a str)> {
    let text = marks.first()?.text;
    let first = marks.iter().map(|mark| mark.place.bytes.start).min()?;
    let last = marks.iter().map(|mark| mark.place.bytes.start).max()?;
    // Limit the search for line breaks to the maximum length of a printed line.
    let (from, to) = (first.saturating_sub(LONGEST_LINE + 1), text.len().min(last + LONGEST_LINE + 1));
    let before = text.as_bytes().get(from..first)?.iter().rposition(|byte| *byte == b'\n');
    let after = text.as_bytes().get(last..to)?.iter().position(|byte| *byte == b'\n');
    let start = before.map(|end| from + end + 1).or((from == 0).then_some(0))?;
    let end = after.map(|end| last + end).or((to == text.len()).then_some(to))?;
    let end = if text.get(..end)?.ends_with('\r') { end - 1 } else { end };
    let lines = start..end.max(start);
    let excerpt = text.get(lines.clone())?;
    excerpt.lines().all(|line| line.len() <= LONGEST_LINE).then_some((lines, excerpt))
}
