//! A position in a text: the line, the column and the bytes.

use std::ops::Range;

use crate::text::boundary::floor_char_boundary;

/// The byte offsets at which the lines of a text start, in order.
#[derive(Debug, Default)]
pub(crate) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub(crate) fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect())
    }
}

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
        Self::in_lines(text, &LineStarts::of(text), bytes)
    }

    /// Does the same as [`Place::of`]. `starts` are the starts of the lines of `text`.
    pub(crate) fn in_lines(text: &str, starts: &LineStarts, bytes: Range<usize>) -> Self {
        let start = floor_char_boundary(text, bytes.start);
        let end = floor_char_boundary(text, bytes.end.max(start));
        let line = starts.0.partition_point(|line| *line <= start);
        let line_start = line.checked_sub(1).and_then(|index| starts.0.get(index)).copied().unwrap_or_default();
        let before = text.get(line_start..start).unwrap_or_default();
        let column = before.chars().filter(|letter| *letter != '\u{feff}').count() + 1;
        Self { line: line.max(1), column, bytes: start..end }
    }
}
