//! Reads reStructuredText: sections, directives, lists, grid tables and simple tables.

mod directive;
mod grid;
mod inline;
mod line;
mod simple;

use crate::page::rst::line::{Line, body, dedented, indentation, is_blank};
use crate::page::tree::{Block, Cell, MOST_DEPTH, Row, Table, Text};

/// Signs that underline a heading.
const UNDERLINES: &[char] = &['=', '-', '~', '^', '"', '\'', '#', '*', '+', '`', '.', ':'];

/// Directives whose content is part of the text.
const ADMONITIONS: &[&str] = &["note", "important", "caution", "warning", "tip", "notice", "danger", "container"];

/// Reads a page.
pub(super) fn read(page: &str) -> Vec<Block> {
    let lines = page.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end().replace('\t', "        ")));
    let lines: Vec<Line> = lines.collect();
    blocks(&lines, 0)
}

/// Reads the blocks of lines. The lines of a cell or an item of a list have lost their indentation.
fn blocks(lines: &[Line], depth: usize) -> Vec<Block> {
    let mut reader = Reader { lines, next: 0, depth, blocks: Vec::new() };
    if depth > MOST_DEPTH {
        return vec![reader.flat()];
    }
    while reader.next < lines.len() {
        reader.block();
    }
    reader.blocks
}

struct Reader<'l> {
    lines: &'l [Line],
    next: usize,
    depth: usize,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    /// Returns all lines as one paragraph.
    fn flat(&mut self) -> Block {
        let mut text = Text::default();
        self.lines.iter().for_each(|(number, line)| inline::push(line, *number, &mut text));
        Block::Paragraph(text)
    }

    fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |(_, line)| line.as_str())
    }

    /// Reads the next block.
    fn block(&mut self) {
        let line = self.line(self.next);
        if is_blank(line) {
            self.next += 1;
        } else if indentation(line) > 0 {
            let inner = self.indented(self.next);
            let inner = blocks(&dedented(&inner), self.depth + 1);
            self.blocks.extend(inner);
        } else if line.starts_with(".. ") || line == ".." {
            self.explicit();
        } else if grid::is_border(line) {
            let (rows, heads, next) = grid::read(self.lines, self.next);
            self.table(rows, heads);
            self.next = next.max(self.next + 1);
        } else if simple::is_border(line) && self.is_simple_table() {
            let (rows, heads, next) = simple::read(self.lines, self.next);
            self.table(rows, heads);
            self.next = next.max(self.next + 1);
        } else if self.is_heading() {
            let (number, text) = (self.lines[self.next].0, self.line(self.next).to_owned());
            self.blocks.push(Block::Heading(inline::text(&text, number)));
            self.next += 2;
        } else if let Some(width) = marker(line) {
            self.list(width);
        } else if is_field(line) && self.depth == 0 && self.blocks.is_empty() {
            // A field about the page itself.
            self.next += 1;
        } else if is_field(line) {
            self.field();
        } else {
            self.paragraph();
        }
    }

    fn is_heading(&self) -> bool {
        let (line, under) = (self.line(self.next), self.line(self.next + 1));
        let first = under.chars().next().filter(|first| UNDERLINES.contains(first));
        let is_rule = first.is_some_and(|first| under.chars().all(|letter| letter == first));
        is_rule && under.chars().count() >= line.chars().count().min(4) && !is_blank(line)
    }

    /// Returns whether a rule of `=` begins a table: another rule follows before the next heading.
    fn is_simple_table(&self) -> bool {
        let border = self.line(self.next);
        self.lines.iter().skip(self.next + 1).take(4000).any(|(_, line)| line == border)
    }

    /// Takes the indented and blank lines from `start` on.
    fn indented(&mut self, start: usize) -> Vec<Line> {
        let mut end = start;
        while end < self.lines.len() && (is_blank(self.line(end)) || indentation(self.line(end)) > 0) {
            end += 1;
        }
        while end > start && is_blank(self.line(end - 1)) {
            end -= 1;
        }
        self.next = end.max(start);
        self.lines.get(start..end).unwrap_or_default().to_vec()
    }

    /// Reads a directive, an anchor or a comment.
    fn explicit(&mut self) {
        let (number, line) = (self.lines[self.next].0, self.line(self.next).to_owned());
        let rest = line.trim_start_matches("..").trim();
        if let Some(name) = rest.strip_prefix('_').and_then(|name| name.strip_suffix(':')) {
            self.blocks.push(Block::Anchor(name.trim_matches('`').to_lowercase()));
            self.next += 1;
            return;
        }
        let content = self.indented(self.next + 1);
        let content = dedented(&content);
        let Some((name, argument)) = rest.split_once("::") else { return };
        // `|logo| image` defines the substitution `|logo|`.
        let name = name.trim().rsplit(' ').next().unwrap_or_default();
        let argument = argument.trim();
        if name == "table" {
            let caption = inline::text(argument, number);
            let mut inner = blocks(&content, self.depth + 1);
            match inner.iter_mut().find(|block| matches!(block, Block::Table(_))) {
                Some(Block::Table(table)) => table.caption = caption,
                _ => self.blocks.push(Block::Paragraph(caption)),
            }
            self.blocks.extend(inner);
        } else if name.starts_with("code") || name == "parsed-literal" || name == "highlight" {
            let is_option = |line: &&Line| line.1.starts_with(':');
            let code = content.iter().skip_while(is_option).skip_while(|line| is_blank(&line.1)).cloned().collect();
            self.blocks.push(Block::Code(code));
        } else if ADMONITIONS.contains(&name) {
            if !argument.is_empty() {
                self.blocks.push(Block::Paragraph(inline::text(argument, number)));
            }
            let inner = blocks(&content, self.depth + 1);
            self.blocks.extend(inner);
        } else if let Some(table) =
            directive::table(name, argument, (number, &content), |lines| blocks(lines, self.depth + 1))
        {
            self.blocks.push(Block::Table(table));
        } else if !directive::FURNITURE.contains(&name) {
            let lines = content.iter().filter(|(_, line)| !is_blank(line)).map(|(number, _)| *number);
            let lines = std::iter::once(number).chain(lines).collect();
            self.blocks.push(Block::NotRead(lines, format!("the directive `{name}` is not known")));
        } else {
            self.blocks.push(Block::Furniture(content.iter().map(|(number, _)| *number).chain([number]).collect()));
        }
    }

    fn table(&mut self, rows: Vec<Vec<Vec<Line>>>, heads: usize) {
        let depth = self.depth + 1;
        let cell = |lines: Vec<Line>| Cell { blocks: blocks(&dedented(&lines), depth) };
        let mut rows: Vec<Row> = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        let body = rows.split_off(heads.min(rows.len()));
        let head = rows.into_iter().next_back().unwrap_or_default();
        self.blocks.push(Block::Table(Table { head, rows: body, ..Table::default() }));
    }

    /// Reads a list whose items begin with a marker of `width` characters.
    fn list(&mut self, width: usize) {
        let mut items = Vec::new();
        while marker(self.line(self.next)).is_some() {
            let (number, first) = (self.lines[self.next].0, body(self.line(self.next), width).to_owned());
            let rest = self.indented(self.next + 1);
            let mut lines = vec![(number, first)];
            lines.extend(dedented(&rest));
            items.push(blocks(&lines, self.depth + 1));
            let mut ahead = self.next;
            while ahead < self.lines.len() && is_blank(self.line(ahead)) {
                ahead += 1;
            }
            if marker(self.line(ahead)).is_some() {
                self.next = ahead;
            }
        }
        self.blocks.push(Block::List(items));
    }

    /// Reads a field, as an item of a list: `:name: text`.
    fn field(&mut self) {
        let (number, line) = (self.lines[self.next].0, self.line(self.next).to_owned());
        let rest = self.indented(self.next + 1);
        let mut lines = vec![(number, line.trim_start_matches(':').to_owned())];
        lines.extend(dedented(&rest));
        let item = blocks(&lines, self.depth + 1);
        self.blocks.push(Block::List(vec![item]));
    }

    fn paragraph(&mut self) {
        let mut text = Text::default();
        let mut is_first = true;
        while self.next < self.lines.len() {
            let line = self.line(self.next);
            let ends = is_blank(line)
                || grid::is_border(line)
                || (!is_first && (line.starts_with(".. ") || self.is_heading()));
            if ends || (!is_first && marker(line).is_some() && indentation(line) == 0) {
                break;
            }
            if !is_first {
                text.push(" ", self.lines[self.next].0);
            }
            inline::push(line.trim(), self.lines[self.next].0, &mut text);
            is_first = false;
            self.next += 1;
        }
        if is_first {
            self.next += 1;
            return;
        }
        let has_literal = text.words.ends_with("::");
        self.blocks.push(Block::Paragraph(text));
        let mut ahead = self.next;
        while ahead < self.lines.len() && is_blank(self.line(ahead)) {
            ahead += 1;
        }
        if has_literal && indentation(self.line(ahead)) > 0 {
            let code = self.indented(ahead);
            self.blocks.push(Block::Code(dedented(&code)));
        }
    }
}

/// Returns the width of the marker of an item: `- `, `* `, `#. `, `1. `.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 && digits < 4 { line.get(digits..)?.strip_prefix(['.', ')'])? } else { line };
    let rest = match digits {
        0 => ["- ", "* ", "#. ", "• "].iter().find_map(|mark| line.strip_prefix(mark))?,
        _ => rest.strip_prefix(' ')?,
    };
    let spaces = rest.len() - rest.trim_start().len();
    (!rest.trim().is_empty()).then(|| line.chars().count() - rest.chars().count() + spaces)
}

/// Returns whether a line is a field such as `:original_name: x`.
fn is_field(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, after)| {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name && (after.is_empty() || after.starts_with(' '))
    })
}
