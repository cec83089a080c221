//! The places of words in the text of a page.

use std::cell::Cell;
use std::ops::Range;

/// The number of letters that find words of which the page has another ending.
const BEGINNING: usize = 60;

/// The maximum number of bytes of a page that are searched for words, in all lines together. Places beyond it are whole lines. A
/// search reads its line up to the words, so a page needs it only if it is one line of a megabyte with two thousand differences.
const MOST_SEARCHED: usize = 1 << 31;

/// The text of a page, with the position of each line, so that a place is found without a search from the start of the page.
pub(crate) struct PageLines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The number of bytes that may still be searched.
    searchable: Cell<usize>,
    /// The first line in which words were not searched, because nothing more may be searched.
    unsearched: Cell<Option<usize>>,
}

impl<'t> PageLines<'t> {
    /// Finds the lines of a text.
    pub(crate) fn new(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = [0].into_iter().chain(after_breaks).collect();
        Self { text, starts, searchable: Cell::new(MOST_SEARCHED), unsearched: Cell::new(None) }
    }

    /// Returns the bytes of words in a line, whose number starts at 1. If the line does not have the words as they are, returns the
    /// bytes of the whole line without the space around it. Does the same if [`MOST_SEARCHED`] bytes were searched.
    pub(crate) fn bytes(&self, line: usize, words: &str) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line.max(1)).copied().unwrap_or(self.text.len());
        let whole = self.text.get(start..end).and_then(|whole| whole.lines().next()).unwrap_or_default();
        let beginning: String = words.chars().take(BEGINNING).collect();
        let found = [words, beginning.trim()].into_iter().filter(|words| !words.is_empty());
        let found = found.filter_map(|words| Some((self.find(whole, words)?, words.len()))).next();
        if found.is_none() && !words.is_empty() && self.searchable.get() == 0 && self.unsearched.get().is_none() {
            self.unsearched.set(Some(line));
        }
        let (at, length) = found.unwrap_or_else(|| (whole.len() - whole.trim_start().len(), whole.trim().len()));
        start + at..start + at + length
    }

    /// Returns the first line for which [`PageLines::bytes`] returned the whole line because [`MOST_SEARCHED`] bytes were searched.
    pub(crate) fn unsearched(&self) -> Option<usize> {
        self.unsearched.get()
    }

    /// Returns the offset of words in a line, if they may still be searched.
    fn find(&self, line: &str, words: &str) -> Option<usize> {
        let left = self.searchable.get();
        let found = if left > 0 { line.find(words) } else { None };
        self.searchable.set(left.saturating_sub(found.unwrap_or(line.len())));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_their_line() {
        let text = "name\n  the name of it  \r\n\nlast";
        let lines = PageLines::new(text);
        let found = |line, words| &text[lines.bytes(line, words)];
        assert_eq!(found(2, "name"), "name");
        assert_eq!(lines.bytes(2, "name").start, 11);
        assert_eq!(found(2, "absent"), "the name of it");
        assert_eq!(found(2, ""), "the name of it");
        assert_eq!(found(3, ""), "");
        assert_eq!((found(4, ""), found(5, "name"), found(0, "")), ("last", "", "name"));
        let long = "word ".repeat(20);
        let lines = PageLines::new(&long);
        assert_eq!(lines.bytes(1, &format!("{}end", "word ".repeat(15))), 0..59);
    }
    #[test]
    fn words_are_searched_within_a_limit() {
        let lines = PageLines::new("some words\nwords");
        lines.searchable.set(12);
        let found = [(1, "words"), (1, "words"), (1, "absent"), (1, "words"), (2, "words")]
            .map(|(line, words)| lines.bytes(line, words));
        assert_eq!(found, [5..10, 5..10, 0..10, 0..10, 11..16]);
        assert_eq!((lines.searchable.get(), lines.unsearched()), (0, Some(1)));
        let lines = PageLines::new("some words");
        lines.bytes(1, "absent");
        assert_eq!(lines.unsearched(), None);
    }
}
