//! The places of words in the text of a page.

use std::ops::Range;

/// The number of letters that find words of which the page has another ending.
const BEGINNING: usize = 60;

/// The text of a page, with the position of each line, so that a place is found without a search from the start of the page.
pub(crate) struct PageLines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> PageLines<'t> {
    /// Finds the lines of a text.
    pub(crate) fn new(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: [0].into_iter().chain(after_breaks).collect() }
    }

    /// Returns the bytes of words in a line, whose number starts at 1. If the line does not have the words as they are, returns the
    /// bytes of the whole line without the space around it.
    pub(crate) fn bytes(&self, line: usize, words: &str) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let whole = self.text[start..].lines().next().unwrap_or_default();
        let beginning: String = words.chars().take(BEGINNING).collect();
        let found = [words, beginning.trim()].into_iter().filter(|words| !words.is_empty());
        let found = found.filter_map(|words| whole.find(words).map(|at| (at, words.len()))).next();
        let (at, length) = found.unwrap_or_else(|| (whole.len() - whole.trim_start().len(), whole.trim().len()));
        start + at..start + at + length
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
}
