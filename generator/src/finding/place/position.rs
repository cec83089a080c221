//! A position in a text: the line, the column and the bytes.

use std::ops::Range;

/// A position in a text: the line and column of the first character, and a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The number of the line. The first line is 1.
    pub line: usize,
    /// The column, counted in characters. The first column is 1.
    pub column: usize,
    /// The range of bytes of the text.
    pub bytes: Range<usize>,
}

impl Place {
    /// Returns the line and column of `bytes` in `text`. Offsets beyond the end of `text` count as its end.
    pub fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = floor_char_boundary(text, bytes.start);
        let end = floor_char_boundary(text, bytes.end.max(start));
        let before = text.get(..start).unwrap_or_default();
        let (lines, line_start) = (before.matches('\n').count(), before.rfind('\n').map_or(0, |end| end + 1));
        let column = before[line_start..].chars().filter(|letter| *letter != '\u{feff}').count() + 1;
        Self { line: lines + 1, column, bytes: start..end }
    }
}

/// Returns the last character boundary at or before `index`.
fn floor_char_boundary(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or_default()
}
