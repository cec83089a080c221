//! Grid tables, whose cells have borders of `-`, `|` and `+`.

use crate::page::rst::line::{Line, slice};

/// The rows of a table: the lines of each cell.
pub(super) type Rows = Vec<Vec<Vec<Line>>>;

/// Returns whether a line is the border of a grid table.
pub(super) fn is_border(line: &str) -> bool {
    line.starts_with("+-") || line.starts_with("+=")
}

/// Reads the table that begins at a line. Returns its rows, the number of rows in its head, and the index of the line after it.
pub(super) fn read(lines: &[Line], start: usize) -> (Rows, usize, usize) {
    let is_part = |line: &Line| line.1.starts_with('+') || line.1.starts_with('|');
    let count = lines.get(start..).unwrap_or_default().iter().take_while(|line| is_part(line)).count();
    let part: Vec<(usize, Vec<char>)> = lines
        .get(start..start + count)
        .unwrap_or_default()
        .iter()
        .map(|(number, line)| (*number, line.chars().collect()))
        .collect();
    let edges = edges(&part);
    let columns = edges.len().saturating_sub(1);
    let (mut rows, mut heads): (Rows, usize) = (Vec::new(), 0);
    let mut row: Vec<Vec<Line>> = vec![Vec::new(); columns];
    let mut has_text = false;
    for (number, line) in &part {
        if line.first() == Some(&'+') || is_partial_border(line, &edges) {
            if has_text {
                rows.push(std::mem::replace(&mut row, vec![Vec::new(); columns]));
                has_text = false;
            }
            if line.get(1) == Some(&'=') {
                heads = rows.len();
            }
            // A cell that spans rows has text in the line of the border.
            add(line, *number, &edges, &mut row, true);
            continue;
        }
        add(line, *number, &edges, &mut row, false);
        has_text = true;
    }
    if has_text {
        rows.push(row);
    }
    (rows, heads, start + count)
}

/// Returns the positions of the borders between columns.
fn edges(part: &[(usize, Vec<char>)]) -> Vec<usize> {
    let mut edges: Vec<usize> = part
        .iter()
        .filter(|(_, line)| line.first() == Some(&'+'))
        .flat_map(|(_, line)| line.iter().enumerate().filter(|(_, letter)| **letter == '+').map(|(at, _)| at))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    // A border that few lines have is text: a `+` within a cell.
    let is_edge = |edge: &usize| {
        let at_edge = |line: &[char]| matches!(line.get(*edge), Some('|' | '+' | '-' | '='));
        let count = part.iter().filter(|(_, line)| at_edge(line)).count();
        count * 2 > part.len()
    };
    edges.retain(is_edge);
    edges
}

/// Returns whether a line has the border of some cells, beside a cell that spans rows.
fn is_partial_border(line: &[char], edges: &[usize]) -> bool {
    edges.windows(2).any(|pair| match pair {
        [left, right] => is_rule(line, *left, *right),
        _ => false,
    })
}

fn is_rule(line: &[char], left: usize, right: usize) -> bool {
    let inner = line.get(left + 1..right).unwrap_or_default();
    inner.len() > 2 && inner.iter().all(|letter| matches!(letter, '-' | '='))
}

/// Adds the text of a line to the cells of a row.
fn add(line: &[char], number: usize, edges: &[usize], row: &mut [Vec<Line>], is_border: bool) {
    let mut column = 0;
    while let (Some(left), Some(next)) = (edges.get(column), edges.get(column + 1)) {
        // Without a border, the cell spans the next column too.
        let mut end = column + 1;
        let mut right = *next;
        while !matches!(line.get(right), Some('|' | '+')) && end + 1 < edges.len() {
            end += 1;
            right = edges.get(end).copied().unwrap_or(right);
        }
        if !(is_border && is_rule(line, *left, right)) {
            let mut text = slice(line, left + 1, right);
            if is_border {
                text = text.trim_matches(['-', '=', '+']).to_owned();
            }
            if let Some(cell) = row.get_mut(column)
                && !(is_border && text.trim().is_empty())
            {
                cell.push((number, text));
            }
        }
        column = end;
    }
}
