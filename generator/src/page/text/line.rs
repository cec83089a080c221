//! Lines, items of lists, and tables of plain cells.

use crate::page::tree::{Cell, Table, Text};

/// A line with its number. The text has no white space at its end.
pub(super) type Line<'t> = (usize, &'t str);

/// Returns the text of an item of a list.
pub(super) fn item(line: &str) -> Option<&str> {
    let text = ["• ", "- ", "* ", "● ", "– "].iter().find_map(|mark| line.strip_prefix(mark))?;
    Some(text.trim())
}

/// Creates the cells of a row from their texts.
pub(super) fn plain_table(head: Vec<Text>, rows: Vec<Vec<Text>>) -> Table {
    let cells = |texts: Vec<Text>| texts.into_iter().map(Cell::of).collect();
    Table { head: cells(head), rows: rows.into_iter().map(cells).collect(), ..Table::default() }
}
