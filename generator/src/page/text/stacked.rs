//! Tables whose cells are lines of their own, without any marks.

use crate::page::fact::TypeName;
use crate::page::text::line::{Line, item};
use crate::page::tree::{Block, Cell, Table, Text};
use crate::page::type_name;
use crate::page::vocabulary::{Column, Vocabulary};

/// The greatest number of columns.
const MOST_COLUMNS: usize = 8;

/// Reads the table whose head begins at a line. Returns it and the index of the line after it.
pub(super) fn read(lines: &[Line<'_>], start: usize, vocabulary: &'static Vocabulary) -> Option<(Table, usize)> {
    let mut head: Vec<(Column, Text)> = Vec::new();
    let mut next = start;
    while let Some((number, line)) = lines.get(next).copied() {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            // The case counts, since `code` and `message` are names of properties.
            let column = vocabulary.columns.iter().find(|(name, _)| *name == trimmed).map(|(_, column)| *column);
            let Some(column) = column.filter(|_| head.len() < MOST_COLUMNS) else { break };
            head.push((column, Text::on_line(trimmed, number)));
        }
        next += 1;
    }
    let columns: Vec<Column> = head.iter().map(|(column, _)| *column).collect();
    let is_head = matches!(columns.first(), Some(Column::Name | Column::Status | Column::Code)) && columns.len() > 1;
    if !is_head {
        return None;
    }
    let mut rows = Rows { lines, next, columns: &columns, vocabulary };
    let mut table = Table { head: head.into_iter().map(|(_, text)| Cell::of(text)).collect(), ..Table::default() };
    rows.skip_blank();
    while rows.starts_row(rows.next) {
        table.rows.push(rows.row());
        rows.skip_blank();
    }
    Some((table, rows.next))
}

struct Rows<'l, 't> {
    lines: &'l [Line<'t>],
    next: usize,
    columns: &'l [Column],
    vocabulary: &'static Vocabulary,
}

impl Rows<'_, '_> {
    fn skip_blank(&mut self) {
        while self.lines.get(self.next).is_some_and(|(_, line)| line.trim().is_empty()) {
            self.next += 1;
        }
    }

    /// Returns the indices of the next lines with text.
    fn filled(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        (from..self.lines.len()).filter(|index| self.lines.get(*index).is_some_and(|(_, line)| !line.trim().is_empty()))
    }

    /// Returns whether a row begins at a line: the lines fit the columns up to the first description.
    fn starts_row(&self, from: usize) -> bool {
        let mut filled = self.filled(from);
        let mut fitting = 0;
        for column in self.columns {
            let Some((_, line)) = filled.next().and_then(|index| self.lines.get(index)) else { return fitting > 1 };
            let words = line.trim();
            let fits = match column {
                Column::Name => is_name(words) && self.vocabulary.section(words).is_none(),
                Column::Status => words.len() >= 3 && words.bytes().take(3).all(|byte| byte.is_ascii_digit()),
                Column::Code => is_name(words),
                Column::Mandatory => self.vocabulary.mandatory(words).is_some(),
                Column::Type => self.type_name(words).is_some(),
                _ => return fitting > 0,
            };
            if !fits {
                return false;
            }
            fitting += 1;
        }
        fitting > 0
    }

    fn type_name(&self, words: &str) -> Option<TypeName> {
        type_name::read(&Text::on_line(words, 1), self.vocabulary)
    }

    /// Reads the row that begins at the next line.
    fn row(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            self.skip_blank();
            let is_last = index + 1 == self.columns.len();
            if is_last && !matches!(column, Column::Name | Column::Mandatory | Column::Type | Column::Status) {
                cells.push(self.description());
            } else if let Some((number, line)) = self.lines.get(self.next).copied() {
                cells.push(Cell::of(Text::on_line(line.trim(), number)));
                self.next += 1;
            }
        }
        cells
    }

    /// Reads the lines of a description, up to the next row or the end of the table.
    fn description(&mut self) -> Cell {
        let mut cell = Cell::default();
        loop {
            self.skip_blank();
            let Some((number, line)) = self.lines.get(self.next).copied() else { return cell };
            let words = line.trim();
            if self.ends_table(words) || self.starts_row(self.next) {
                return cell;
            }
            self.next += 1;
            match (item(words), cell.blocks.last_mut()) {
                (Some(item), Some(Block::List(items))) => {
                    items.push(vec![Block::Paragraph(Text::on_line(item, number))]);
                }
                (Some(item), _) => {
                    cell.blocks.push(Block::List(vec![vec![Block::Paragraph(Text::on_line(item, number))]]));
                }
                (None, _) => cell.blocks.push(Block::Paragraph(Text::on_line(words, number))),
            }
        }
    }

    /// Returns whether a line is after the table: a heading, a caption, a status or the head of another table.
    fn ends_table(&self, words: &str) -> bool {
        let vocabulary = self.vocabulary;
        let is_label = vocabulary.label(words).is_some();
        let caption = vocabulary.table_words.iter().find_map(|word| words.strip_prefix(word)).unwrap_or_default();
        let is_caption = caption.trim_start().starts_with(|first: char| first.is_ascii_digit());
        (vocabulary.section(words).is_some() && !is_label) || is_caption || vocabulary.status(words).is_some()
    }
}

/// Returns whether a line is a name: it has no spaces, and begins with a letter or a sign of names.
fn is_name(words: &str) -> bool {
    let first = words.chars().next().unwrap_or(' ');
    let is_start = first.is_alphanumeric() || matches!(first, '_' | '$' | '@' | '{');
    is_start && !words.contains(char::is_whitespace) && words.len() <= 80 && !words.ends_with(['.', ',', ':'])
}
