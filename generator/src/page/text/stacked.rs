//! Tables whose cells are lines of their own, without any marks.

use std::collections::VecDeque;

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
    let mut rows = Rows { lines, next, ahead: VecDeque::new(), searched: next, columns: &columns, vocabulary };
    let mut table = Table { head: head.into_iter().map(|(_, text)| Cell::of(text)).collect(), ..Table::default() };
    rows.skip_blank();
    while rows.starts_row() {
        table.rows.push(rows.row());
        rows.skip_blank();
    }
    Some((table, rows.next))
}

struct Rows<'l, 't> {
    lines: &'l [Line<'t>],
    next: usize,
    /// The indices of the lines with text from `next` on, as far as they are known.
    ahead: VecDeque<usize>,
    /// The index of the line after those that were searched for text.
    searched: usize,
    columns: &'l [Column],
    vocabulary: &'static Vocabulary,
}

impl Rows<'_, '_> {
    fn skip_blank(&mut self) {
        while self.lines.get(self.next).is_some_and(|(_, line)| line.trim().is_empty()) {
            self.next += 1;
        }
    }

    /// Finds the next lines with text, one for each column. Each line is searched once.
    fn look_ahead(&mut self) {
        while self.ahead.front().is_some_and(|index| *index < self.next) {
            self.ahead.pop_front();
        }
        self.searched = self.searched.max(self.next);
        while self.ahead.len() < self.columns.len() {
            let Some((_, line)) = self.lines.get(self.searched) else { return };
            if !line.trim().is_empty() {
                self.ahead.push_back(self.searched);
            }
            self.searched += 1;
        }
    }

    /// Returns whether a row begins at the next line: the lines fit the columns up to the first description.
    fn starts_row(&mut self) -> bool {
        self.look_ahead();
        let mut filled = self.ahead.iter();
        let mut fitting = 0;
        for column in self.columns {
            let Some((_, line)) = filled.next().and_then(|index| self.lines.get(*index)) else { return fitting > 1 };
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
            if self.ends_table(words) || self.starts_row() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    /// Returns the words of the cells of the rows, and the index of the line after the table.
    fn rows(text: &str) -> (Vec<Vec<String>>, usize) {
        let lines: Vec<Line<'_>> = text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
        let (table, next) = read(&lines, 0, vocabulary::of("Mandatory")).unwrap_or_default();
        let words = |block: &Block| match block {
            Block::Paragraph(text) => text.words.clone(),
            _ => "?".to_owned(),
        };
        let cell = |cell: &Cell| cell.blocks.iter().map(words).collect::<Vec<_>>().join("|");
        (table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(), next)
    }

    #[test]
    fn blank_lines_are_between_any_two_lines() {
        let head = "Parameter\nMandatory\n\nType\nDescription\n";
        let (found, next) =
            rows(&format!("{head}\na\n\nYes\nString\n\nThe first.\n\nMore.\nb\n\n\nNo\nString\n\nEnd\n\n"));
        assert_eq!(found, [["a", "Yes", "String", "The first.|More."], ["b", "No", "String", "End"]]);
        assert_eq!(next, 22);
        let (found, next) = rows(&format!("{head}a\nYes\nString\nb\nb\n\n\n\n"));
        assert_eq!((found, next), (vec![["a", "Yes", "String", "b|b"].map(str::to_owned).to_vec()], 13));
    }
}
