//! A walk over the pieces of a text that knows where it is.

use std::collections::{HashMap, HashSet};

use crate::finding::place::piece::{Piece, Span, Style};
use crate::finding::place::{Place, json, yaml};
use crate::pointer::Pointer;

/// A node of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The key that it is the value of; `None` for an item.
    key: Option<Place>,
    /// The value, where it fits a line.
    value: Option<Place>,
    /// Where the value begins.
    start: Place,
}

impl Node {
    /// The value if it is wanted and fits a line, otherwise the key, otherwise the start.
    pub(crate) fn place(&self, wants_value: bool) -> Place {
        let value = self.value.as_ref().filter(|_| wants_value || self.key.is_none());
        value.or(self.key.as_ref()).unwrap_or(&self.start).clone()
    }
}

/// A reference of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where the object stands that is one.
    pub holder: Pointer,
    /// What it says.
    pub target: String,
    /// Where it says so.
    pub place: Place,
}

/// What a walk finds: the nodes that were wanted, and all references.
type Found = (HashMap<Pointer, Node>, Vec<Reference>);

/// Walks over `text`. One that cannot be read to its end has places up to there.
pub(crate) fn walk(text: &str, wanted: HashSet<Pointer>) -> Found {
    match json::pieces(text) {
        Some(pieces) => over(pieces, wanted),
        None => over(yaml::pieces(text), wanted),
    }
}

/// Walks over the pieces of a text.
pub(crate) fn over<'t>(pieces: impl Iterator<Item = Piece<'t>>, wanted: HashSet<Pointer>) -> Found {
    let mut walk =
        Walk { wanted, nodes: HashMap::new(), references: Vec::new(), frames: Vec::new(), path: Pointer::root() };
    for piece in pieces {
        match piece {
            Piece::Scalar(name, span) if walk.expects_key() => walk.begin(&name, span.place),
            Piece::Scalar(value, span) => {
                let is_wanted = walk.enter(&span.place);
                if walk.path.as_str().ends_with("/$ref") {
                    let holder = walk.path.parent().unwrap_or_default();
                    walk.references.push(Reference { holder, target: value.into_owned(), place: span.place.clone() });
                }
                if is_wanted {
                    walk.end(&span);
                }
                walk.leave();
            }
            Piece::Alias(span) => {
                if walk.enter(&span.place) {
                    walk.end(&span);
                }
                walk.leave();
            }
            Piece::Mapping(span, style) => walk.open(span.place, style, Kind::Mapping(None)),
            Piece::Sequence(span, style) => walk.open(span.place, style, Kind::Sequence(0)),
            Piece::End { byte, line } => walk.close(byte, line),
        }
    }
    (walk.nodes, walk.references)
}

/// An open mapping or sequence.
struct Frame {
    /// Whether somebody wants its place.
    is_wanted: bool,
    start: Place,
    style: Style,
    kind: Kind,
}

enum Kind {
    /// A mapping, and the key whose value comes next.
    Mapping(Option<Place>),
    /// A sequence, and the index of its next item.
    Sequence(usize),
}

struct Walk {
    wanted: HashSet<Pointer>,
    nodes: HashMap<Pointer, Node>,
    references: Vec<Reference>,
    frames: Vec<Frame>,
    /// The pointer of the node that comes next, or of the open one.
    path: Pointer,
}

impl Walk {
    fn expects_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { kind: Kind::Mapping(None), .. }))
    }

    fn open(&mut self, start: Place, style: Style, kind: Kind) {
        let is_wanted = self.enter(&start);
        self.frames.push(Frame { is_wanted, start, style, kind });
    }

    fn close(&mut self, byte: usize, last_line: usize) {
        let frame = self.frames.pop().filter(|frame| frame.is_wanted && frame.style == Style::Flow);
        if let Some(Frame { start, .. }) = frame {
            let bytes = start.bytes.start..byte;
            self.end(&Span { place: Place { bytes, ..start }, last_line });
        }
        self.leave();
    }

    /// A node begins: the value of a key, an item, or the document. Answers whether somebody wants its place.
    fn enter(&mut self, start: &Place) -> bool {
        let key = match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::Mapping(key)) => key.take(),
            Some(Kind::Sequence(index)) => {
                self.path.push(*index);
                *index += 1;
                None
            }
            None => None,
        };
        let is_wanted = self.wanted.contains(&self.path);
        if is_wanted && !self.nodes.contains_key(&self.path) {
            self.nodes.insert(self.path.clone(), Node { key, value: None, start: start.clone() });
        }
        is_wanted
    }

    /// A key of the open mapping: an item that is a block of keys is told by its first.
    fn begin(&mut self, name: &str, key: Place) {
        let is_wanted = self.frames.last().is_some_and(|frame| frame.is_wanted);
        let node = is_wanted.then(|| self.nodes.get_mut(&self.path)).flatten();
        if let Some(node) = node.filter(|node| node.key.is_none() && node.start.bytes.is_empty()) {
            node.start = key.clone();
        }
        self.path.push(name);
        if let Some(frame) = self.frames.last_mut() {
            frame.kind = Kind::Mapping(Some(key));
        }
    }

    /// The open node is a scalar, an alias or a flow collection, and covers `span`.
    fn end(&mut self, span: &Span) {
        let Span { place, last_line } = span;
        if place.line != *last_line || place.bytes.is_empty() {
            return;
        }
        if let Some(node) = self.nodes.get_mut(&self.path) {
            // A key that is there twice has the place of the first.
            if node.value.is_none() && node.start.bytes.start == place.bytes.start {
                node.value = Some(place.clone());
            }
        }
    }

    /// The node has ended, and its holder is where the walk is.
    fn leave(&mut self) {
        self.path.pop();
    }
}
