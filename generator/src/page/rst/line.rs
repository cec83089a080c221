//! Lines with their numbers.

/// A line with its number.
pub(super) type Line = (usize, String);

/// Returns whether a line has no text.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Returns the number of spaces at the start of a line.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns lines without the indentation that all of them have.
pub(super) fn dedented(lines: &[Line]) -> Vec<Line> {
    let least = lines.iter().filter(|(_, line)| !is_blank(line)).map(|(_, line)| indentation(line)).min();
    let least = least.unwrap_or_default();
    lines.iter().map(|(number, line)| (*number, line.get(least..).unwrap_or_default().to_owned())).collect()
}

/// Returns a line without its first characters.
pub(super) fn body(line: &str, width: usize) -> &str {
    let start = line.char_indices().nth(width).map_or(line.len(), |(start, _)| start);
    &line[start..]
}

/// Returns the characters of a line from `start` to `end`.
pub(super) fn slice(line: &[char], start: usize, end: usize) -> String {
    let end = end.min(line.len());
    line.get(start.min(end)..end).unwrap_or_default().iter().collect::<String>().trim_end().to_owned()
}
