//! Tables whose cells end with `|`, with a line of `---` below the head.

use crate::page::text::line::{Line, plain_table};
use crate::page::tree::{Table, Text};

/// The maximum number of lines between the first line of a cell and the bar at its end.
const MOST_LINES: usize = 40;

/// A part of a table.
enum Part {
    Cell(Text),
    /// The line below the head, with its number of columns.
    Rule(usize),
}

/// Returns whether a line is part of such a table.
pub(super) fn is_bar(line: &str) -> bool {
    let line = line.trim();
    line.ends_with('|') || rule(line).is_some()
}

/// Returns the number of columns of a line such as `|---|---|`.
fn rule(line: &str) -> Option<usize> {
    let inner = line.trim().trim_matches('|');
    let is_rule = inner.contains("---") && inner.chars().all(|letter| matches!(letter, '-' | '|' | ':' | ' '));
    is_rule.then(|| inner.split('|').count())
}

/// Reads the tables that begin at a line. Returns them and the index of the line after them.
pub(super) fn read(lines: &[Line<'_>], start: usize) -> (Vec<Table>, usize) {
    let (mut parts, mut open, mut end) = (Vec::new(), Text::default(), start);
    // The number of columns of the last rule, and the number of cells after it.
    let (mut columns, mut row_cells) = (None, 0);
    // The index of the first bar that was found after the current line.
    let mut next_bar = start;
    let mut next = start;
    while let Some((number, line)) = lines.get(next).copied() {
        let trimmed = line.trim();
        if let Some(count) = rule(trimmed) {
            parts.push(Part::Rule(count));
            (open, end) = (Text::default(), next + 1);
            (columns, row_cells) = (Some(count), 0);
        } else if trimmed.ends_with('|') {
            let before = parts.len();
            cells(trimmed, number, &mut open, &mut parts);
            row_cells += parts.len() - before;
            end = next + 1;
        } else if !trimmed.is_empty() {
            // Text without a bar: the first line of a cell of several lines, or the end of the table.
            let is_incomplete = columns.is_some_and(|columns| row_cells % columns != 0);
            if !is_incomplete || !has_bar(lines, next, &mut next_bar) {
                break;
            }
            open.push(trimmed, number);
            open.push(" ", number);
        }
        next += 1;
    }
    if columns.is_none() {
        return (without_rule(parts), end);
    }
    (tables(parts), end)
}

/// Splits a line into cells.
fn cells(line: &str, number: usize, open: &mut Text, parts: &mut Vec<Part>) {
    // A bar at the start of a line only marks the start of a row.
    let starts_row = line.starts_with('|') && open.is_empty();
    let inner = if starts_row { &line[1..] } else { line };
    if inner.trim().is_empty() {
        return;
    }
    let mut pieces: Vec<&str> = inner.split('|').collect();
    pieces.pop();
    for piece in pieces {
        let mut text = std::mem::take(open);
        text.push(piece.trim(), number);
        text.trim_end();
        parts.push(Part::Cell(text));
    }
}

/// Returns whether a bar ends one of the next lines. `next_bar` is the first line that was not searched yet, or that has a bar, so
/// that each line is searched once.
fn has_bar(lines: &[Line<'_>], index: usize, next_bar: &mut usize) -> bool {
    *next_bar = (*next_bar).max(index);
    let end = lines.len().min(index + MOST_LINES);
    while *next_bar < end && !lines[*next_bar].1.trim().ends_with('|') {
        *next_bar += 1;
    }
    *next_bar < end
}

/// Makes tables of parts: the cells before a rule are a head, those after it are rows.
fn tables(parts: Vec<Part>) -> Vec<Table> {
    let (mut tables, mut cells, mut head): (Vec<Table>, Vec<Text>, Option<Vec<Text>>) = (Vec::new(), Vec::new(), None);
    for part in parts {
        match part {
            Part::Cell(text) => cells.push(text),
            Part::Rule(columns) => {
                let new = cells.split_off(cells.len().saturating_sub(columns));
                if let Some(head) = head.take() {
                    tables.push(table(head, std::mem::take(&mut cells)));
                }
                cells.clear();
                head = Some(new);
            }
        }
    }
    tables.extend(head.map(|head| table(head, cells)));
    tables
}

fn table(head: Vec<Text>, cells: Vec<Text>) -> Table {
    let columns = head.len().max(1);
    let rows = cells.chunks(columns).map(<[Text]>::to_vec).collect();
    plain_table(head, rows)
}

/// Makes a table of cells without a head.
fn without_rule(parts: Vec<Part>) -> Vec<Table> {
    let cells = parts.into_iter().filter_map(|part| match part {
        Part::Cell(text) => Some(vec![text]),
        Part::Rule(_) => None,
    });
    vec![plain_table(Vec::new(), cells.collect())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_searched_once_for_a_bar() {
        let mut lines: Vec<Line<'_>> = vec![(1, "text"); 100];
        lines.push((101, "end |"));
        let mut next_bar = 0;
        assert!(!has_bar(&lines, 0, &mut next_bar));
        assert_eq!(next_bar, MOST_LINES);
        assert!(has_bar(&lines, 61, &mut next_bar));
        assert_eq!(next_bar, 100);
        // The bar is found again without a search, until it is behind.
        assert!(has_bar(&lines, 100, &mut next_bar) && !has_bar(&lines, 101, &mut next_bar));
    }
}
