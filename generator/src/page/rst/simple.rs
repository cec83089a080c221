//! Simple tables, whose columns have rules of `=` above and below.

use crate::page::rst::grid::Rows;
use crate::page::rst::line::{Line, is_blank, slice};

/// Returns whether a line is a rule of a simple table: two or more runs of `=`.
pub(super) fn is_border(line: &str) -> bool {
    line.starts_with("==") && line.contains(' ') && line.chars().all(|letter| matches!(letter, '=' | ' '))
}

/// Reads the table that begins at a line. Returns its rows, the number of rows in its head, and the index of the line after it.
pub(super) fn read(lines: &[Line], start: usize) -> (Rows, usize, usize) {
    let border: Vec<char> = lines.get(start).map(|(_, line)| line.chars().collect()).unwrap_or_default();
    let starts: Vec<usize> = (0..border.len())
        .filter(|at| border.get(*at) == Some(&'=') && (*at == 0 || border.get(at - 1) != Some(&'=')))
        .collect();
    let (mut rows, mut heads, mut rules): (Rows, usize, usize) = (Vec::new(), 0, 0);
    let mut next = start + 1;
    while let Some((number, line)) = lines.get(next) {
        next += 1;
        if is_border(line) {
            rules += 1;
            let is_last = lines.get(next).is_none_or(|(_, line)| is_blank(line));
            if rules == 1 && !is_last {
                heads = rows.len();
                continue;
            }
            break;
        }
        if is_blank(line) || line.chars().all(|letter| matches!(letter, '-' | ' ')) {
            continue;
        }
        let letters: Vec<char> = line.chars().collect();
        let cells: Vec<String> = starts
            .iter()
            .enumerate()
            .map(|(column, from)| {
                let to = starts.get(column + 1).copied().unwrap_or(usize::MAX);
                slice(&letters, *from, to)
            })
            .collect();
        let continues = cells.first().is_none_or(|first| first.trim().is_empty()) && !rows.is_empty();
        if !continues {
            rows.push(vec![Vec::new(); starts.len()]);
        }
        if let Some(row) = rows.last_mut() {
            for (cell, text) in row.iter_mut().zip(cells) {
                if !text.trim().is_empty() {
                    cell.push((*number, text));
                }
            }
        }
    }
    (rows, heads, next)
}
