//! Directives: the tables `list-table` and `csv-table`, and directives without facts.

use crate::page::rst::inline;
use crate::page::rst::line::{Line, is_blank};
use crate::page::tree::{Block, Cell, Row, Table, Text};

/// Directives that state nothing about an operation: pictures, and parts of the site.
pub(super) const FURNITURE: &[&str] = &[
    "image",
    "figure",
    "toctree",
    "raw",
    "contents",
    "only",
    "meta",
    "index",
    "include",
    "rubric",
    "sectnum",
    "class",
    "role",
    "default-role",
    "target-notes",
    "footer",
    "header",
    "title",
    "versionadded",
    "versionchanged",
    "seealso",
    "replace",
    "unicode",
    "currentmodule",
    "module",
    "module-author",
    "sectionauthor",
    "codeauthor",
];

/// Reads the table in a directive with this name; `None` if the directive has no table. `blocks` reads the blocks of lines.
pub(super) fn table(
    name: &str,
    caption: &str,
    (number, content): (usize, &[Line]),
    blocks: impl Fn(&[Line]) -> Vec<Block>,
) -> Option<Table> {
    let options: Vec<&Line> = content.iter().take_while(|(_, line)| line.starts_with(':')).collect();
    let option = |name: &str| {
        options.iter().find_map(|(number, line)| {
            let value = line.strip_prefix(':')?.strip_prefix(name)?.strip_prefix(':')?;
            Some((*number, value.trim().to_owned()))
        })
    };
    let body = content.get(options.len()..).unwrap_or_default();
    let mut rows = match name {
        "list-table" => list_rows(blocks(body))?,
        "csv-table" => body.iter().filter(|(_, line)| !is_blank(line)).map(|(at, line)| csv_row(line, *at)).collect(),
        _ => return None,
    };
    let heads = option("header-rows").and_then(|(_, count)| count.parse().ok()).unwrap_or(0_usize);
    let mut head = rows.drain(..heads.min(rows.len())).next_back().unwrap_or_default();
    if let Some((line, header)) = option("header") {
        head = csv_row(&header, line);
    }
    Some(Table { caption: inline::text(caption, number), head, rows, ..Table::default() })
}

/// Returns the rows of a list whose items are lists of cells.
fn list_rows(read: Vec<Block>) -> Option<Vec<Row>> {
    let items = read.into_iter().find_map(|block| match block {
        Block::List(items) => Some(items),
        _ => None,
    })?;
    let cells = |item: Vec<Block>| {
        let inner = item.into_iter().find_map(|block| match block {
            Block::List(cells) => Some(cells),
            _ => None,
        });
        inner.unwrap_or_default().into_iter().map(|blocks| Cell { blocks }).collect()
    };
    Some(items.into_iter().map(cells).collect())
}

/// Returns the cells of a line of values with commas between them. A value in quotes may have a comma.
fn csv_row(line: &str, number: usize) -> Row {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells.iter().map(|cell| Cell::of(text(cell.trim(), number))).collect()
}

fn text(words: &str, number: usize) -> Text {
    inline::text(words, number)
}
