//! A place in a text: its line, its column and its bytes.

use std::ops::Range;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the text.
    pub bytes: Range<usize>,
}

impl Place {
    /// Returns the place of `bytes` in `text`. Offsets beyond the end of the text are treated as its end.
    pub fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = floor_char_boundary(text, bytes.start);
        let end = floor_char_boundary(text, bytes.end.max(start));
        let before = text.get(..start).unwrap_or_default();
        let (lines, line_start) = (before.matches('\n').count(), before.rfind('\n').map_or(0, |end| end + 1));
        let column = before[line_start..].chars().filter(|letter| *letter != '\u{feff}').count() + 1;
        Self { line: lines + 1, column, bytes: start..end }
    }
}

/// Returns the last boundary between characters at or before `index`.
fn floor_char_boundary(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or_default()
}
