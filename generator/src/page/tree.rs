//! A documentation page as a plain tree, the same for every format: headings, paragraphs, lists, code and tables.

/// Text with the line of each part of it, and with its links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The words, with single spaces between them.
    pub words: String,
    /// For each part: its first byte in `words`, and its line in the page.
    lines: Vec<(usize, usize)>,
    /// The links, in order.
    pub links: Vec<Link>,
}

/// A link within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The anchor or the address to which the link leads, without `#`.
    pub target: String,
    /// The first byte of the label in the words of the text.
    pub start: usize,
    /// The byte after the label.
    pub end: usize,
}

impl Text {
    /// Creates a text that is on one line.
    pub fn on_line(words: &str, line: usize) -> Self {
        let mut text = Self::default();
        text.push(words, line);
        text
    }

    /// Appends words. White space at both ends of `words` and between the words becomes a single space.
    pub fn push(&mut self, words: &str, line: usize) {
        let starts_with_space = words.starts_with(char::is_whitespace);
        let mut is_first = true;
        for word in words.split_whitespace() {
            if (!is_first || starts_with_space) && !self.words.is_empty() && !self.words.ends_with(' ') {
                self.words.push(' ');
            }
            if self.lines.last().is_none_or(|(_, last)| *last != line) {
                self.lines.push((self.words.len(), line));
            }
            self.words.push_str(word);
            is_first = false;
        }
        if words.ends_with(char::is_whitespace) && !self.words.is_empty() && !self.words.ends_with(' ') {
            self.words.push(' ');
        }
    }

    /// Appends another text after a space.
    pub fn append(&mut self, other: &Self) {
        if !self.words.is_empty() && !self.words.ends_with(' ') {
            self.words.push(' ');
        }
        let shift = self.words.len();
        self.words.push_str(&other.words);
        self.lines.extend(other.lines.iter().map(|(start, line)| (start + shift, *line)));
        let moved = |link: &Link| Link { start: link.start + shift, end: link.end + shift, ..link.clone() };
        self.links.extend(other.links.iter().map(moved));
    }

    /// Removes a space at the end.
    pub fn trim_end(&mut self) {
        self.words.truncate(self.words.trim_end().len());
    }

    /// Returns the line of a byte of `words`; 0 if the text is empty.
    pub fn line_at(&self, byte: usize) -> usize {
        let next = self.lines.partition_point(|(start, _)| *start <= byte);
        self.lines.get(next.saturating_sub(1)).map_or(0, |(_, line)| *line)
    }

    /// Returns the lines that have a part of the text.
    pub fn lines(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().map(|(_, line)| *line)
    }

    /// Returns the first line; 0 if the text is empty.
    pub fn line(&self) -> usize {
        self.line_at(0)
    }

    /// Returns whether the text has no words.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list: the blocks of each item.
    List(Vec<Vec<Block>>),
    /// Code, line by line, each with its number.
    Code(Vec<(usize, String)>),
    /// A table.
    Table(Table),
    /// The name of a place, to which links lead.
    Anchor(String),
    /// Lines that are part of the page but not of its content: a feedback form, or code in the languages of the vendor's libraries.
    Furniture(Vec<usize>),
    /// Lines that the reader of the format does not understand, with the reason.
    NotRead(Vec<usize>, String),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The caption, such as `Table 2 Request header parameters`.
    pub caption: Text,
    /// The names of the table, to which links lead.
    pub anchors: Vec<String>,
    /// The cells of the head.
    pub head: Vec<Cell>,
    /// The rows below the head.
    pub rows: Vec<Row>,
}

/// A row of a table.
pub type Row = Vec<Cell>;

/// A cell: its blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The content.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// Creates a cell with one paragraph.
    pub fn of(text: Text) -> Self {
        Self { blocks: if text.is_empty() { Vec::new() } else { vec![Block::Paragraph(text)] } }
    }

    /// Returns all text of the cell, without tables.
    pub fn text(&self) -> Text {
        let mut all = Text::default();
        gather(&self.blocks, 0, &mut all);
        all.trim_end();
        all
    }

    /// Returns the text of the first paragraph or heading.
    pub fn first(&self) -> Text {
        let text = |block: &Block| match block {
            Block::Paragraph(text) | Block::Heading(text) => Some(text.clone()),
            _ => None,
        };
        let mut first = self.blocks.iter().find_map(text).unwrap_or_else(|| self.text());
        first.trim_end();
        first
    }
}

/// The deepest nesting of lists, tables and cells that a reader keeps. Deeper parts are read as plain text.
pub const MOST_DEPTH: usize = 24;

fn gather(blocks: &[Block], depth: usize, all: &mut Text) {
    if depth > MOST_DEPTH {
        return;
    }
    for block in blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => all.append(text),
            Block::List(items) => items.iter().for_each(|item| gather(item, depth + 1, all)),
            Block::Code(lines) => lines.iter().for_each(|(line, text)| all.append(&Text::on_line(text, *line))),
            Block::Table(_) | Block::Anchor(_) | Block::Furniture(_) | Block::NotRead(..) => {}
        }
    }
}

/// Returns the number of the first line of a block; `None` if it has no text.
pub fn first_line(block: &Block) -> Option<usize> {
    match block {
        Block::Heading(text) | Block::Paragraph(text) => text.lines().next(),
        Block::List(items) => items.iter().flatten().find_map(first_line),
        Block::Code(lines) => lines.first().map(|(line, _)| *line),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            table.caption.lines().next().or_else(|| cells.flat_map(|cell| &cell.blocks).find_map(first_line))
        }
        Block::Furniture(lines) | Block::NotRead(lines, _) => lines.first().copied(),
        Block::Anchor(_) => None,
    }
}
