//! Tables whose cells end with `|`, with a line of `---` below the head.

use crate::page::text::line::{Line, plain_table};
use crate::page::tree::{Table, Text};

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
    let mut has_rule = false;
    let mut next = start;
    while let Some((number, line)) = lines.get(next).copied() {
        let trimmed = line.trim();
        if let Some(columns) = rule(trimmed) {
            parts.push(Part::Rule(columns));
            (open, end, has_rule) = (Text::default(), next + 1, true);
        } else if trimmed.ends_with('|') {
            cells(trimmed, number, &mut open, &mut parts);
            end = next + 1;
        } else if !trimmed.is_empty() {
            // Text without a bar: the first line of a cell of several lines, or the end of the table.
            if !goes_on(lines, next, &parts) {
                break;
            }
            open.push(trimmed, number);
            open.push(" ", number);
        }
        next += 1;
    }
    if !has_rule {
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

/// Returns whether a line without a bar is part of a cell: the row is incomplete, and a bar follows soon.
fn goes_on(lines: &[Line<'_>], index: usize, parts: &[Part]) -> bool {
    let columns = parts.iter().rev().find_map(|part| match part {
        Part::Rule(columns) => Some(*columns),
        Part::Cell(_) => None,
    });
    let Some(columns) = columns else { return false };
    let cells = parts.iter().rev().take_while(|part| matches!(part, Part::Cell(_))).count();
    let has_bar = lines.iter().skip(index).take(40).any(|(_, line)| line.trim().ends_with('|'));
    cells % columns != 0 && has_bar
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
