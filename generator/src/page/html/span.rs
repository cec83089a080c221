//! Copies a cell that spans several columns or rows into each of them.

use crate::page::tree::{Block, Cell, Text};

/// At most this many bytes of copied cells are kept for a page. The page states only two numbers for 2,500 copies of a cell, and
/// the cell can contain a table with further copies.
const MOST_BYTES: usize = 32 << 20;

/// The columns and rows that a cell spans.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A cell that spans further rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Spanning {
    cell: Cell,
    /// The number of the further rows.
    rows: usize,
    /// The bytes of a copy.
    bytes: usize,
}

/// Counts the copied cells of a page.
#[derive(Debug)]
pub(super) struct Copies {
    /// The bytes that further copies can take.
    left: usize,
}

impl Default for Copies {
    fn default() -> Self {
        Self { left: MOST_BYTES }
    }
}

impl Copies {
    /// Counts a copy of so many bytes. Returns whether the copy can be made.
    fn allow(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        // After the first copy that is not made, no further copies are made: a row has either all its copies or few of them.
        self.left = left.unwrap_or_default();
        left.is_some()
    }
}

/// Returns the cells of a row, one for each column. A cell that spans columns or rows counts in each of them, but a single cell
/// is a heading within the table. If `copies` allows no further copies, a cell counts only in its first column and row.
pub(super) fn spread(cells: Vec<(Cell, Span)>, spanning: &mut Vec<Spanning>, copies: &mut Copies) -> Vec<Cell> {
    if let [(_, Span { columns: 2.., .. })] = cells.as_slice()
        && spanning.iter().all(|slot| slot.rows == 0)
    {
        return cells.into_iter().map(|(cell, _)| cell).collect();
    }
    let mut row: Vec<Cell> = Vec::new();
    let mut cells = cells.into_iter();
    loop {
        if let Some(slot) = spanning.get_mut(row.len()).filter(|slot| slot.rows > 0) {
            if copies.allow(slot.bytes) {
                slot.rows -= 1;
                row.push(slot.cell.clone());
                continue;
            }
            spanning.clear();
        }
        let Some((cell, span)) = cells.next() else { return row };
        let bytes = if span.columns > 1 || span.rows > 1 { size(&cell.blocks) } else { 0 };
        for index in 0..span.columns {
            if index > 0 {
                if !copies.allow(bytes) {
                    break;
                }
                row.push(cell.clone());
            }
            if span.rows > 1 && copies.allow(bytes) {
                let column = row.len();
                if spanning.len() <= column {
                    spanning.resize(column + 1, Spanning::default());
                }
                if let Some(slot) = spanning.get_mut(column) {
                    *slot = Spanning { cell: cell.clone(), rows: span.rows - 1, bytes };
                }
            }
        }
        // The last column gets the cell itself.
        row.push(cell);
    }
}

/// Returns about how many bytes a copy of a cell with these blocks takes.
fn size(blocks: &[Block]) -> usize {
    let block = |block: &Block| {
        let content = match block {
            Block::Heading(text) | Block::Paragraph(text) => text_size(text),
            Block::List(items) => items.iter().map(|item| size(item)).sum(),
            Block::Code(lines) => lines.iter().map(|(_, line)| size_of::<(usize, String)>() + line.len()).sum(),
            Block::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                let anchors = table.anchors.iter().map(|name| size_of::<String>() + name.len());
                text_size(&table.caption) + anchors.sum::<usize>() + cells.map(|cell| size(&cell.blocks)).sum::<usize>()
            }
            Block::Anchor(name) => name.len(),
            Block::Furniture(lines) => size_of_val(lines.as_slice()),
            Block::NotRead(lines, reason) => size_of_val(lines.as_slice()) + reason.len(),
        };
        size_of::<Block>() + content
    };
    size_of::<Cell>() + blocks.iter().map(block).sum::<usize>()
}

/// Returns about how many bytes a copy of a text takes, without the text's own fields.
fn text_size(text: &Text) -> usize {
    let links = text.links.iter().map(|link| size_of_val(link) + link.target.len());
    text.words.len() + text.lines().count() * size_of::<(usize, usize)>() + links.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(words: &str, columns: usize, rows: usize) -> (Cell, Span) {
        (Cell::of(Text::on_line(words, 1)), Span { columns, rows })
    }

    fn words(row: &[Cell]) -> Vec<String> {
        row.iter().map(|cell| cell.text().words).collect()
    }

    #[test]
    fn a_cell_counts_in_each_column_and_row_that_it_spans() {
        let (mut spanning, mut copies) = (Vec::new(), Copies::default());
        let mut spread = |cells| words(&spread(cells, &mut spanning, &mut copies));
        assert_eq!(spread(vec![cell("a", 2, 2), cell("b", 1, 1), cell("c", 1, 3)]), ["a", "a", "b", "c"]);
        assert_eq!(spread(vec![cell("d", 1, 1)]), ["a", "a", "d", "c"]);
        assert_eq!(spread(vec![cell("e", 3, 1)]), ["e", "e", "e", "c"]);
        assert_eq!(spread(vec![cell("f", 4, 1)]), ["f"]);
    }

    #[test]
    fn the_copies_of_a_page_are_limited() {
        let (mut spanning, mut copies) = (Vec::new(), Copies::default());
        let long = "a".repeat(MOST_BYTES / 8);
        let row = spread(vec![cell(&long, 50, 50), cell("b", 3, 1)], &mut spanning, &mut copies);
        assert!(row.len() < 9, "{}", row.len());
        assert_eq!(row.last().map(|cell| cell.text().words).as_deref(), Some("b"));
        let row = spread(vec![cell("c", 2, 2), cell("d", 1, 2)], &mut spanning, &mut copies);
        assert_eq!(words(&row), ["c", "d"]);
    }
}
