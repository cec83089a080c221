//! Reads plain text: the text of a page as a browser or a converter leaves it, with tables flattened to lines.
//!
//! Two forms of tables occur. In one, each cell ends with `|`, and a line of `---` follows the head. In the other, each cell is a
//! line of its own: the [vocabulary](crate::page::vocabulary) tells where the head is and where a row begins.

mod barred;
mod line;
mod stacked;

use crate::page::text::line::{Line, item};
use crate::page::tree::{Block, Text};
use crate::page::vocabulary::{Section, Vocabulary};

/// Reads a page.
pub(super) fn read(page: &str, vocabulary: &'static Vocabulary) -> Vec<Block> {
    let lines: Vec<Line<'_>> = page.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end())).collect();
    let mut reader = Reader { lines, vocabulary, next: 0, section: None, has_title: false, blocks: Vec::new() };
    reader.read();
    reader.blocks
}

struct Reader<'t> {
    lines: Vec<Line<'t>>,
    vocabulary: &'static Vocabulary,
    next: usize,
    section: Option<Section>,
    has_title: bool,
    blocks: Vec<Block>,
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        while let Some((number, line)) = self.lines.get(self.next).copied() {
            let trimmed = line.trim();
            if trimmed.is_empty() {
                self.next += 1;
            } else if barred::is_bar(line) {
                let (tables, next) = barred::read(&self.lines, self.next);
                self.blocks.extend(tables.into_iter().map(Block::Table));
                self.next = next.max(self.next + 1);
            } else if let Some((table, next)) = stacked::read(&self.lines, self.next, self.vocabulary) {
                self.blocks.push(Block::Table(table));
                self.next = next;
            } else if let Some(section) = self.heading(trimmed) {
                self.blocks.push(Block::Heading(Text::on_line(trimmed, number)));
                (self.section, self.has_title) = (Some(section), true);
                self.next += 1;
            } else if matches!(self.section, Some(Section::SampleCode | Section::Furniture)) {
                self.skip();
            } else if !self.has_title && !self.is_furniture(trimmed) {
                self.blocks.push(Block::Heading(Text::on_line(trimmed, number)));
                self.has_title = true;
                self.next += 1;
            } else {
                self.text(number, line);
            }
        }
    }

    /// Returns the section that a line begins. A line such as `or` or `None` is no heading.
    fn heading(&self, line: &str) -> Option<Section> {
        self.vocabulary.section(line).filter(|_| !line.ends_with(['.', ',', ';']))
    }

    fn is_furniture(&self, line: &str) -> bool {
        self.vocabulary.furniture.iter().any(|start| line.starts_with(start))
    }

    /// Skips the lines of a section that has nothing about the operation.
    fn skip(&mut self) {
        let mut lines = Vec::new();
        let is_code = self.section == Some(Section::SampleCode);
        while let Some((number, line)) = self.lines.get(self.next).copied() {
            if self.heading(line.trim()).is_some() {
                break;
            }
            lines.push((number, line.to_owned()));
            self.next += 1;
        }
        let numbers = || lines.iter().filter(|(_, line)| !line.trim().is_empty()).map(|(number, _)| *number);
        self.blocks.push(if is_code { Block::Code(lines) } else { Block::Furniture(numbers().collect()) });
    }

    /// Reads code, an item of a list or a paragraph.
    fn text(&mut self, number: usize, line: &str) {
        let trimmed = line.trim();
        if self.is_furniture(trimmed) {
            self.blocks.push(Block::Furniture(vec![number]));
            self.next += 1;
            return;
        }
        let is_example =
            matches!(self.section, Some(Section::RequestExample | Section::ResponseExample | Section::Example));
        if is_example && starts_code(trimmed) {
            return self.code();
        }
        if self.section == Some(Section::Uri) && trimmed.starts_with(['{', '/']) && self.url() {
            return;
        }
        self.next += 1;
        match item(trimmed) {
            Some(item) => {
                let item = vec![Block::Paragraph(Text::on_line(item, number))];
                match self.blocks.last_mut() {
                    Some(Block::List(items)) => items.push(item),
                    _ => self.blocks.push(Block::List(vec![item])),
                }
            }
            None => self.blocks.push(Block::Paragraph(Text::on_line(trimmed, number))),
        }
    }

    /// Reads a form of the request URL, which goes on in the next line while it has an open parenthesis. Returns `false` if the
    /// parenthesis is never closed.
    fn url(&mut self) -> bool {
        let mut lines = Vec::new();
        let mut depth: isize = 0;
        for (number, line) in self.lines.iter().skip(self.next).take(6) {
            let trimmed = line.trim();
            if trimmed.is_empty() || self.heading(trimmed).is_some() {
                break;
            }
            lines.push((*number, trimmed.to_owned()));
            let count = |letter: char| isize::try_from(trimmed.matches(letter).count()).unwrap_or_default();
            depth += count('(') - count(')');
            if depth <= 0 {
                self.next += lines.len();
                self.blocks.push(Block::Code(lines));
                return true;
            }
        }
        false
    }

    /// Reads code up to the end of its JSON value, or up to the next heading or status.
    fn code(&mut self) {
        let mut lines = Vec::new();
        let mut depth: isize = 0;
        let mut has_body = false;
        let is_command = self.lines.get(self.next).is_some_and(|(_, line)| line.trim_start().starts_with("curl "));
        while let Some((number, line)) = self.lines.get(self.next).copied() {
            let trimmed = line.trim();
            let is_end = self.heading(trimmed).is_some() || self.vocabulary.status(trimmed).is_some();
            let is_prose =
                !has_body && !trimmed.is_empty() && !lines.is_empty() && !is_command && !starts_code(trimmed);
            if (is_end && depth <= 0) || (is_prose && !trimmed.contains(':')) {
                break;
            }
            lines.push((number, line.to_owned()));
            self.next += 1;
            let count = |letters: [char; 2]| isize::try_from(trimmed.matches(letters).count()).unwrap_or_default();
            let starts_body = trimmed.starts_with(['{', '[']) || trimmed.ends_with(['{', '[', '}']);
            has_body |= starts_body && !is_command;
            if has_body {
                depth += count(['{', '[']) - count(['}', ']']);
                if depth <= 0 {
                    break;
                }
            }
        }
        self.blocks.push(Block::Code(lines));
    }
}

/// Returns whether a line of an example is code.
fn starts_code(line: &str) -> bool {
    let is_url = line.starts_with("http://") || line.starts_with("https://") || line.starts_with("curl ");
    is_url || line.starts_with(['{', '[', '<']) || crate::page::uri::leading_method(line).is_some()
}
