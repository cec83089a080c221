//! A walk over the events of a text that knows where it is.

use std::collections::{HashMap, HashSet};

use granit_parser::{Event, Parser, Span, StructureStyle};

use super::Place;
use crate::pointer::Pointer;

/// A node of a text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The key that it is the value of; `None` for an item.
    key: Option<Place>,
    /// The value, where it fits a line.
    value: Option<Place>,
    /// Where the value begins.
    start: Place,
}

impl Node {
    /// The value if it is wanted and fits a line, otherwise the key, otherwise the start.
    pub(super) fn place(&self, wants_value: bool) -> Place {
        let value = self.value.as_ref().filter(|_| wants_value || self.key.is_none());
        value.or(self.key.as_ref()).unwrap_or(&self.start).clone()
    }
}

/// A reference of a text.
#[derive(Debug, Clone)]
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
pub(super) fn walk(text: &str, wanted: HashSet<Pointer>) -> Found {
    let mut walk =
        Walk { wanted, nodes: HashMap::new(), references: Vec::new(), frames: Vec::new(), path: Pointer::root() };
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::Scalar(value, ..) if matches!(walk.frames.last(), Some(Frame { kind: Kind::Mapping(None), .. })) => {
                walk.begin(span);
                walk.path = walk.path.join(value);
                if let Some(frame) = walk.frames.last_mut() {
                    frame.kind = Kind::Mapping(Some(span));
                }
            }
            Event::Scalar(value, ..) => {
                walk.enter(span);
                if walk.path.as_str().ends_with("/$ref") {
                    let holder = walk.path.parent().unwrap_or_default();
                    walk.references.push(Reference { holder, target: value.into_owned(), place: place(span) });
                }
                walk.end(span);
                walk.leave();
            }
            Event::Alias(..) => {
                walk.enter(span);
                walk.end(span);
                walk.leave();
            }
            Event::MappingStart(style, ..) => walk.open(span, style, Kind::Mapping(None)),
            Event::SequenceStart(style, ..) => walk.open(span, style, Kind::Sequence(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(frame) = walk.frames.pop().filter(|frame| frame.is_flow) {
                    walk.end(Span::new(frame.start.start, span.end));
                }
                walk.leave();
            }
            // What stands in a second document is another tree.
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    (walk.nodes, walk.references)
}

/// An open mapping or sequence.
struct Frame {
    start: Span,
    is_flow: bool,
    kind: Kind,
}

enum Kind {
    /// A mapping, and the key whose value comes next.
    Mapping(Option<Span>),
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
    fn open(&mut self, span: Span, style: StructureStyle, kind: Kind) {
        self.enter(span);
        let is_flow = style == StructureStyle::Flow;
        self.frames.push(Frame { start: span, is_flow, kind });
    }

    /// A node begins: the value of a key, an item, or the document.
    fn enter(&mut self, span: Span) {
        let key = match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::Mapping(key)) => key.take(),
            Some(Kind::Sequence(index)) => {
                self.path = self.path.join(*index);
                *index += 1;
                None
            }
            None => None,
        };
        if self.wanted.contains(&self.path) && !self.nodes.contains_key(&self.path) {
            let node = Node { key: key.map(place), value: None, start: place(span) };
            self.nodes.insert(self.path.clone(), node);
        }
    }

    /// A key of the open mapping: an item that is a block of keys is told by its first.
    fn begin(&mut self, key: Span) {
        if self.wanted.is_empty() {
            return;
        }
        if let Some(node) =
            self.nodes.get_mut(&self.path).filter(|node| node.key.is_none() && node.start.bytes.is_empty())
        {
            node.start = place(key);
        }
    }

    /// The open node is a scalar, an alias or a flow collection, and covers `span`.
    fn end(&mut self, span: Span) {
        if self.wanted.is_empty() || span.start.line() != span.end.line() || span.start.index() == span.end.index() {
            return;
        }
        if let Some(node) = self.nodes.get_mut(&self.path) {
            // A key that is there twice has the place of the first.
            if node.value.is_none() && node.start.bytes.start == place(span).bytes.start {
                node.value = Some(place(span));
            }
        }
    }

    /// The node has ended, and its holder is where the walk is.
    fn leave(&mut self) {
        self.path = self.path.parent().unwrap_or_default();
    }
}

fn place(span: Span) -> Place {
    Place { line: span.start.line(), column: span.start.col() + 1, bytes: span.byte_range().unwrap_or(0..0) }
}
