//! Byte ranges of characters, and byte offsets of lines.

use std::ops::Range;

/// Returns the byte range of the character at the byte offset `at`. The range is empty at the end of the text.
pub(super) fn character_at(text: &str, at: usize) -> Range<usize> {
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    at..at + width
}

/// Returns the byte range of the last character that is not white space.
pub(super) fn last_character(text: &str) -> Range<usize> {
    let trimmed = text.trim_end();
    let last = trimmed.chars().next_back().map_or(0, char::len_utf8);
    trimmed.len() - last..trimmed.len()
}

/// Returns the byte offset at which the line that contains `at` starts. Returns `None` if `at` is not within the text.
pub(super) fn line_start(text: &str, at: usize) -> Option<usize> {
    Some(text.get(..at)?.rfind('\n').map_or(0, |end| end + 1))
}
