//! A position in a text: the line, the column and the bytes.

use std::ops::Range;

use crate::text::boundary::floor_char_boundary;

/// The distance between the offsets of a text for which [`LineStarts`] has the number of characters, in bytes.
const STEP: usize = 1_000;

/// The byte offsets at which the lines of a text start, in order.
#[derive(Debug, Default)]
pub(crate) struct LineStarts {
    starts: Vec<usize>,
    /// For every [`STEP`] bytes, the number of characters that begin before, without byte order marks. A text can be one line.
    counts: Vec<usize>,
}

impl LineStarts {
    pub(crate) fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        let (mut counts, mut count) = (vec![0], 0);
        for (at, letter) in text.char_indices() {
            while counts.len() * STEP <= at {
                counts.push(count);
            }
            count += usize::from(is_counted(letter));
        }
        while counts.len() * STEP <= text.len() {
            counts.push(count);
        }
        Self { starts, counts }
    }

    /// Returns the number of characters of `text` that begin before a boundary of characters, without byte order marks.
    fn count_before(&self, text: &str, offset: usize) -> usize {
        let index = offset / STEP;
        // A character can begin before the step and end after it.
        let step = (index * STEP..=offset).find(|at| text.is_char_boundary(*at)).unwrap_or(offset);
        let rest = text.get(step..offset).unwrap_or_default();
        self.counts.get(index).copied().unwrap_or_default() + rest.chars().filter(|letter| is_counted(*letter)).count()
    }
}

fn is_counted(letter: char) -> bool {
    letter != '\u{feff}'
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
        let line = starts.starts.partition_point(|line| *line <= start);
        let line_start = line.checked_sub(1).and_then(|index| starts.starts.get(index)).copied().unwrap_or_default();
        let column = starts.count_before(text, start).saturating_sub(starts.count_before(text, line_start)) + 1;
        Self { line: line.max(1), column, bytes: start..end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_count_characters() {
        for length in [998, 999, 1_000, 1_001, 2_999, 3_500] {
            let text = format!("\u{feff}a\u{feff}{}é€𝄞\nb{}\u{feff}€c", "é€𝄞x".repeat(length / 10), "x".repeat(length));
            let starts = LineStarts::of(&text);
            for at in 0..=text.len() + 1 {
                let start = floor_char_boundary(&text, at);
                let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
                let column = text[line_start..start].chars().filter(|letter| *letter != '\u{feff}').count() + 1;
                assert_eq!(Place::in_lines(&text, &starts, at..at).column, column, "{length} {at}");
            }
        }
    }
}
