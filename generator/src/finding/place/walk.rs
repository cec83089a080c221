//! Reads the parse events of a YAML or JSON text, and computes the JSON Pointer of each value.

use std::collections::{HashMap, HashSet};

use crate::finding::place::event::{Event, Span, Style};
use crate::finding::place::position::Place;
use crate::finding::place::{json, yaml};
use crate::pointer::Pointer;

/// The positions of a YAML node and of its key. A node is a mapping, a sequence or a scalar. JSON values are nodes too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The position of the key before the node. `None` for an item of a sequence and for the root, which have no key.
    key: Option<Place>,
    /// The position of the whole value. `None` if the value is empty, spans several lines, or is a mapping or sequence in block
    /// style.
    value: Option<Place>,
    /// The position at which the value starts.
    start: Place,
}

impl Node {
    /// Returns the position of the value if `wants_value` is true or the node has no key. Otherwise, returns the position of the
    /// key.
    ///
    /// If the position of the whole value is unknown, returns the position of the key instead, or the start of the value if the
    /// node has no key.
    pub(crate) fn place(&self, wants_value: bool) -> Place {
        let value = self.value.as_ref().filter(|_| wants_value || self.key.is_none());
        value.or(self.key.as_ref()).unwrap_or(&self.start).clone()
    }
}

/// A `$ref` of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The JSON pointer of the object that has the `$ref`.
    pub holder: Pointer,
    /// The value of `$ref`.
    pub target: String,
    /// The line and column of the value of `$ref`.
    pub place: Place,
}

/// The nodes at the requested JSON pointers of a text, and every `$ref` in the text.
type Found = (HashMap<Pointer, Node>, Vec<Reference>);

/// Returns the nodes at the JSON pointers in `wanted`, and every `$ref` in the text. Stops at the first syntax error. With a
/// pointer, `wanted` also contains the pointers around it, except the root.
pub(crate) fn walk(text: &str, wanted: HashSet<Pointer>) -> Found {
    match json::events(text) {
        Some(events) => walk_events(events, wanted),
        None => walk_events(yaml::events(text), wanted),
    }
}

/// Returns the nodes at the JSON pointers in `wanted`, and every `$ref`. `events` are the parse events of a text.
pub(crate) fn walk_events<'t>(events: impl Iterator<Item = Event<'t>>, wanted: HashSet<Pointer>) -> Found {
    let mut walk =
        Walk { wanted, nodes: HashMap::new(), references: Vec::new(), frames: Vec::new(), path: Pointer::root() };
    for event in events {
        match event {
            Event::Scalar(name, span) if walk.expects_key() => walk.start_member(&name, span.place),
            Event::Scalar(value, span) => {
                let is_wanted = walk.enter(&span.place);
                if walk.path.as_str().ends_with("/$ref") {
                    let holder = walk.path.parent().unwrap_or_default();
                    walk.references.push(Reference { holder, target: value.into_owned(), place: span.place.clone() });
                }
                if is_wanted {
                    walk.set_value(&span);
                }
                walk.leave();
            }
            Event::Alias(span) => {
                if walk.enter(&span.place) {
                    walk.set_value(&span);
                }
                walk.leave();
            }
            Event::MappingStart(span, style) => walk.open(span.place, style, Kind::Mapping(None)),
            Event::SequenceStart(span, style) => walk.open(span.place, style, Kind::Sequence(0)),
            Event::End { byte, line } => walk.close(byte, line),
        }
    }
    (walk.nodes, walk.references)
}

/// A mapping or sequence whose end has not been read yet.
struct Frame {
    /// Whether [`Walk::wanted`] contains the JSON pointer of the mapping or sequence.
    is_wanted: bool,
    start: Place,
    style: Style,
    kind: Kind,
}

enum Kind {
    /// A mapping. `Some` has the position of the key whose value comes next. `None` means that a key comes next.
    Mapping(Option<Place>),
    /// A sequence, and the index of its next item.
    Sequence(usize),
}

struct Walk {
    wanted: HashSet<Pointer>,
    nodes: HashMap<Pointer, Node>,
    references: Vec<Reference>,
    frames: Vec<Frame>,
    /// The JSON pointer of the node whose parse events are being read.
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
            self.set_value(&Span { place: Place { bytes, ..start }, last_line });
        }
        self.leave();
    }

    /// Begins the node at `start`: the value of a key, an item of a sequence, or the root. Returns whether [`Walk::wanted`]
    /// contains the JSON pointer of the node.
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
        // The pointers around a wanted pointer are wanted too, except the root.
        let may_be_wanted = self.frames.len() < 2 || self.frames.last().is_some_and(|frame| frame.is_wanted);
        let is_wanted = may_be_wanted && self.wanted.contains(&self.path);
        if is_wanted && !self.nodes.contains_key(&self.path) {
            self.nodes.insert(self.path.clone(), Node { key, value: None, start: start.clone() });
        }
        is_wanted
    }

    /// Begins the member `name` of the innermost open mapping. `key` is the position of the member's key.
    ///
    /// A mapping in block style begins with its first key. If the mapping is the root or an item of a sequence, the position of
    /// this key therefore becomes the start of the mapping.
    fn start_member(&mut self, name: &str, key: Place) {
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

    /// If `span` is on one line, sets [`Node::value`] of the node that is being read. The node is a scalar, an alias or a flow
    /// collection.
    fn set_value(&mut self, span: &Span) {
        let Span { place, last_line } = span;
        if place.line != *last_line || place.bytes.is_empty() {
            return;
        }
        if let Some(node) = self.nodes.get_mut(&self.path) {
            // If a key is repeated, its first occurrence counts.
            if node.value.is_none() && node.start.bytes.start == place.bytes.start {
                node.value = Some(place.clone());
            }
        }
    }

    /// Leaves the current node.
    fn leave(&mut self) {
        self.path.pop();
    }
}
