//! Converts JSON pointers to lines and columns in one text.

use std::collections::{HashMap, HashSet};
use std::iter;

use crate::finding::focus::Focus;
use crate::finding::place::position::{LineStarts, Place};
use crate::finding::place::walk::{Node, Reference, walk};
use crate::pointer::Pointer;

/// The lines and columns of the requested JSON pointers in one text, and every `$ref` of the text.
#[derive(Debug, Default)]
pub struct Places<'t> {
    text: &'t str,
    lines: LineStarts,
    nodes: HashMap<Pointer, Node>,
    references: Vec<Reference>,
}

impl<'t> Places<'t> {
    /// Parses `text`, and keeps the lines and columns of the JSON pointers in `wanted`.
    pub fn of<'w>(text: &'t str, wanted: impl IntoIterator<Item = (&'w Pointer, &'w Focus)>) -> Self {
        let wanted: HashSet<Pointer> =
            wanted.into_iter().flat_map(|(pointer, focus)| candidates(pointer, focus)).collect();
        let (nodes, references) = walk(text, wanted);
        Self { text, lines: LineStarts::of(text), nodes, references }
    }

    /// Keeps only the lines of `text`, which need not be YAML. [`Places::place`] can then be asked for ranges of bytes only.
    pub(crate) fn of_bytes(text: &'t str) -> Self {
        Self { text, lines: LineStarts::of(text), ..Self::default() }
    }

    /// Returns the line, column and bytes of a JSON pointer that was passed to [`Places::of`].
    ///
    /// If the text has no value at the JSON pointer, or the value comes from a YAML alias, returns the position of the nearest
    /// enclosing value.
    pub fn place(&self, pointer: &Pointer, focus: &Focus) -> Option<Place> {
        if let Focus::Bytes(bytes) = focus {
            return Some(Place::in_lines(self.text, &self.lines, bytes.clone()));
        }
        let mut nodes = candidates(pointer, focus).map(|pointer| self.nodes.get(&pointer)).enumerate();
        let (rank, node) = nodes.find_map(|(rank, node)| Some((rank, node?)))?;
        // If the text has no value at the JSON pointer, only the key of the enclosing node is underlined, not its value.
        Some(match focus {
            Focus::Value => node.place(rank == 0),
            Focus::Member(_) => node.place(rank <= 1),
            Focus::InKey(part) if rank == 0 => self.narrowed(node.place(false), part),
            _ => node.place(false),
        })
    }

    /// Narrows `place` to the first occurrence of `part` in it.
    fn narrowed(&self, place: Place, part: &str) -> Place {
        let written = self.text.get(place.bytes.clone()).unwrap_or_default();
        match written.find(part) {
            Some(offset) => {
                let column = place.column + written[..offset].chars().count();
                let start = place.bytes.start + offset;
                Place { line: place.line, column, bytes: start..start + part.len() }
            }
            None => place,
        }
    }

    /// Returns the text that was parsed.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns every `$ref` in the text.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }
}

/// Returns the JSON pointers to look up, in order of preference: the member that `focus` names, `pointer` itself, then its
/// ancestors. The root is included only if `pointer` is the root.
fn candidates(pointer: &Pointer, focus: &Focus) -> impl Iterator<Item = Pointer> + use<> {
    let member = match focus {
        Focus::Member(name) => Some(pointer.join(name)),
        _ => None,
    };
    let is_root = *pointer == Pointer::root();
    let around = iter::successors(Some(pointer.clone()), Pointer::parent);
    member.into_iter().chain(around.filter(move |pointer| is_root || *pointer != Pointer::root()))
}
