//! Builds the tree of a page from tags and text, as HTML and Markdown have them.

use crate::page::html::span::{Copies, Span, Spanning, spread};
use crate::page::tree::{Block, Cell, Link, MOST_DEPTH, Table, Text};

/// Elements whose content is no part of the page.
const SKIPPED: &[&str] = &["script", "style", "svg", "nav", "footer", "noscript", "button", "form", "template", "head"];

/// Elements that never have an end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements within a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "img", "kbd", "label", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr", "input",
];

/// Attributes of a tag.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    /// The target of a link.
    pub(crate) href: Option<String>,
    /// `id` or `name`.
    pub(crate) name: Option<String>,
    /// `colspan`.
    pub(crate) columns: Option<usize>,
    /// `rowspan`.
    pub(crate) rows: Option<usize>,
}

/// The most columns and rows that a cell can span.
const MOST_SPAN: usize = 50;

/// Builds a tree.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    text: Text,
    code: Option<Vec<(usize, String)>>,
    /// The nesting of elements whose content is skipped.
    skipped: usize,
    /// The start and the target of an open link.
    link: Option<(usize, String)>,
    is_heading: bool,
    is_caption: bool,
    in_head: bool,
    /// The copies of cells that span several columns or rows.
    copies: Copies,
}

/// An open list, item, table, row or cell, with the blocks that were open around it.
#[derive(Debug)]
enum Frame {
    List(Vec<Vec<Block>>),
    Item(Vec<Block>),
    /// The third field has, for each column, the cell that spans further rows.
    Table(Table, Vec<Block>, Vec<Spanning>),
    Row(Vec<(Cell, Span)>, bool),
    Cell(Vec<Block>, bool, Span),
}

impl Builder {
    /// Reads a start tag.
    pub(crate) fn start(&mut self, tag: &str, attributes: Attributes) {
        if SKIPPED.contains(&tag) {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        if let Some(name) = attributes.name.filter(|_| tag == "a" || tag == "table") {
            self.anchor(name);
        }
        match tag {
            "a" => self.link = attributes.href.map(|target| (self.text.words.len(), target)),
            "br" if self.code.is_none() => self.flush(),
            "sup" => self.superscript(),
            "pre" => {
                self.flush();
                self.code = Some(Vec::new());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.is_heading = true;
            }
            "ul" | "ol" | "dl" => {
                self.flush();
                self.push(Frame::List(Vec::new()));
            }
            "li" | "dt" => {
                self.flush();
                self.close_while(|frame| matches!(frame, Frame::Item(_)));
                let around = std::mem::take(&mut self.blocks);
                self.push(Frame::Item(around));
            }
            "table" => {
                self.flush();
                let around = std::mem::take(&mut self.blocks);
                self.push(Frame::Table(Table::default(), around, Vec::new()));
                self.in_head = false;
            }
            "caption" => {
                self.flush();
                self.is_caption = true;
            }
            "thead" | "tbody" | "tfoot" => {
                self.end_row();
                self.in_head = tag == "thead";
            }
            "tr" => {
                self.end_row();
                self.push(Frame::Row(Vec::new(), true));
            }
            "th" | "td" => {
                self.flush();
                self.close_while(|frame| !matches!(frame, Frame::Row(..) | Frame::Table(..)));
                if !matches!(self.frames.last(), Some(Frame::Row(..))) {
                    self.push(Frame::Row(Vec::new(), true));
                }
                let around = std::mem::take(&mut self.blocks);
                let span = |stated: Option<usize>| stated.unwrap_or(1).clamp(1, MOST_SPAN);
                let span = Span { columns: span(attributes.columns), rows: span(attributes.rows) };
                self.push(Frame::Cell(around, tag == "th", span));
            }
            _ if INLINE.contains(&tag) || VOID.contains(&tag) => {}
            _ if !self.is_heading && self.code.is_none() => self.flush(),
            _ => {}
        }
    }

    /// Reads an end tag.
    pub(crate) fn end(&mut self, tag: &str) {
        if SKIPPED.contains(&tag) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match tag {
            "a" => self.end_link(),
            "pre" => self.end_code(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.flush(),
            "caption" => {
                self.flush();
                self.is_caption = false;
            }
            "ul" | "ol" | "dl" => {
                self.close(|frame| matches!(frame, Frame::List(_)), |frame| matches!(frame, Frame::Cell(..)))
            }
            "li" => self.close(|frame| matches!(frame, Frame::Item(_)), |frame| matches!(frame, Frame::Cell(..))),
            "td" | "th" => {
                self.close(|frame| matches!(frame, Frame::Cell(..)), |frame| matches!(frame, Frame::Table(..)))
            }
            "tr" => self.close(|frame| matches!(frame, Frame::Row(..)), |frame| matches!(frame, Frame::Table(..))),
            "thead" => {
                self.end_row();
                self.in_head = false;
            }
            "table" => self.close(|frame| matches!(frame, Frame::Table(..)), |_| false),
            _ if INLINE.contains(&tag) || VOID.contains(&tag) => {}
            _ if !self.is_heading && self.code.is_none() => self.flush(),
            _ => {}
        }
    }

    /// Reads text. `line` is the line of its first character.
    pub(crate) fn text(&mut self, text: &str, line: usize) {
        if self.skipped > 0 {
            return;
        }
        for (offset, part) in text.split('\n').enumerate() {
            let line = line + offset;
            if let Some(code) = &mut self.code {
                match code.last_mut().filter(|(last, _)| *last == line) {
                    Some((_, last)) => last.push_str(part),
                    None => code.push((line, part.to_owned())),
                }
                continue;
            }
            if offset > 0 {
                self.text.push(" ", line);
            }
            self.text.push(part, line);
        }
    }

    /// Writes a power with `^`: otherwise the exponent would be further digits.
    fn superscript(&mut self) {
        if self.skipped == 0 && self.code.is_none() && self.text.words.ends_with(|last: char| last.is_ascii_digit()) {
            self.text.words.push('^');
        }
    }

    /// Reads a place to which links lead.
    pub(crate) fn anchor(&mut self, name: String) {
        self.flush_text();
        self.blocks.push(Block::Anchor(name.to_lowercase()));
    }

    /// Closes everything, and returns the blocks.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.end_code();
        self.flush();
        while !self.frames.is_empty() {
            self.pop();
        }
        self.blocks
    }

    fn push(&mut self, frame: Frame) {
        if self.frames.len() < MOST_DEPTH * 4 {
            self.frames.push(frame);
        } else if let Frame::Item(around) | Frame::Cell(around, ..) | Frame::Table(_, around, _) = frame {
            self.blocks = around;
        }
    }

    fn end_link(&mut self) {
        if let Some((start, target)) = self.link.take() {
            let end = self.text.words.len();
            self.text.links.push(Link { target: fragment(&target), start: start.min(end), end });
        }
    }

    fn end_code(&mut self) {
        if let Some(mut code) = self.code.take() {
            while code.last().is_some_and(|(_, line)| line.trim().is_empty()) {
                code.pop();
            }
            if !code.is_empty() {
                self.blocks.push(Block::Code(code));
            }
        }
    }

    /// Ends the paragraph, the heading or the caption.
    fn flush(&mut self) {
        self.flush_text();
        self.is_heading = false;
    }

    /// Ends the text before an anchor, which does not end a heading.
    fn flush_text(&mut self) {
        if self.text.is_empty() || self.is_heading && self.text.words.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        text.trim_end();
        if let Some((start, _)) = &mut self.link {
            *start = 0;
        }
        if self.is_caption {
            let table = self.frames.iter_mut().rev().find_map(|frame| match frame {
                Frame::Table(table, ..) => Some(table),
                _ => None,
            });
            if let Some(table) = table {
                table.caption.append(&text);
                return;
            }
        }
        self.blocks.push(if self.is_heading { Block::Heading(text) } else { Block::Paragraph(text) });
    }

    /// Ends an open cell and an open row.
    fn end_row(&mut self) {
        self.flush();
        self.close_while(|frame| !matches!(frame, Frame::Table(..)));
    }

    fn close_while(&mut self, is_open: impl Fn(&Frame) -> bool) {
        let has_table = self.frames.iter().any(|frame| matches!(frame, Frame::Table(..)));
        while self.frames.last().is_some_and(&is_open) {
            if !has_table && !matches!(self.frames.last(), Some(Frame::Item(_))) {
                break;
            }
            self.pop();
        }
    }

    /// Closes the innermost frame that is wanted, and all frames in it. Does nothing if a frame that stops the search is nearer.
    fn close(&mut self, is_wanted: impl Fn(&Frame) -> bool, stops: impl Fn(&Frame) -> bool) {
        self.flush();
        let position = self.frames.iter().rposition(|frame| is_wanted(frame) || stops(frame));
        let Some(position) = position.filter(|position| self.frames.get(*position).is_some_and(&is_wanted)) else {
            return;
        };
        while self.frames.len() > position {
            self.pop();
        }
    }

    /// Closes the innermost frame.
    fn pop(&mut self) {
        self.flush();
        match self.frames.pop() {
            Some(Frame::List(items)) => self.blocks.push(Block::List(items)),
            Some(Frame::Item(around)) => {
                let item = std::mem::replace(&mut self.blocks, around);
                match self.frames.last_mut() {
                    Some(Frame::List(items)) => items.push(item),
                    _ => self.blocks.extend(item),
                }
            }
            Some(Frame::Cell(around, is_head, span)) => {
                let blocks = std::mem::replace(&mut self.blocks, around);
                if let Some(Frame::Row(cells, only_heads)) = self.frames.last_mut() {
                    cells.push((Cell { blocks }, span));
                    *only_heads &= is_head;
                }
            }
            Some(Frame::Row(cells, only_heads)) => {
                let in_head = self.in_head;
                if let Some(Frame::Table(table, _, spanning)) = self.frames.last_mut()
                    && !cells.is_empty()
                {
                    let cells = spread(cells, spanning, &mut self.copies);
                    let is_head = table.head.is_empty() && table.rows.is_empty() && (in_head || only_heads);
                    if is_head {
                        table.head = cells;
                    } else {
                        table.rows.push(cells);
                    }
                }
            }
            Some(Frame::Table(mut table, around, _)) => {
                // Text between the rows, and anchors.
                let inner = std::mem::replace(&mut self.blocks, around);
                for block in inner {
                    match block {
                        Block::Anchor(name) => table.anchors.push(name),
                        other => self.blocks.push(other),
                    }
                }
                self.blocks.push(Block::Table(table));
            }
            None => {}
        }
    }
}

/// Returns the part of an address after `#`, or else the address.
fn fragment(target: &str) -> String {
    target.rsplit_once('#').map_or(target, |(_, fragment)| fragment).to_lowercase()
}
