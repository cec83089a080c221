//! Places: from the JSON Pointers of findings to lines, columns and bytes of a text.
//!
//! The stages carry pointers only. A text is read once more when something has to be printed about it, and a clean run pays
//! nothing.

mod json;
mod piece;
mod walk;
mod yaml;

use std::collections::{HashMap, HashSet};
use std::iter;
use std::ops::Range;

use crate::finding::Focus;
use crate::finding::place::walk::{Node, walk};
use crate::pointer::Pointer;

pub use walk::Reference;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes at fault.
    pub bytes: Range<usize>,
}

impl Place {
    /// The place of these bytes of `text`; what lies behind its end is at its end.
    pub fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = floor(text, bytes.start);
        let end = floor(text, bytes.end.max(start));
        let before = text.get(..start).unwrap_or_default();
        let (lines, line_start) = (before.matches('\n').count(), before.rfind('\n').map_or(0, |end| end + 1));
        let column = before[line_start..].chars().filter(|letter| *letter != '\u{feff}').count() + 1;
        Self { line: lines + 1, column, bytes: start..end }
    }
}

/// The last boundary between characters at or before `index`.
fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or_default()
}

/// Where the pieces of one text stand, as far as anybody asked.
#[derive(Debug, Default)]
pub struct Places<'t> {
    text: &'t str,
    nodes: HashMap<Pointer, Node>,
    references: Vec<Reference>,
}

impl<'t> Places<'t> {
    /// Looks up what is wanted in `text`: the places that findings are about, and the parts of them.
    pub fn of<'w>(text: &'t str, wanted: impl IntoIterator<Item = (&'w Pointer, &'w Focus)>) -> Self {
        let wanted: HashSet<Pointer> =
            wanted.into_iter().flat_map(|(pointer, focus)| candidates(pointer, focus)).collect();
        let (nodes, references) = walk(text, wanted);
        Self { text, nodes, references }
    }

    /// The place of one of the pieces that were wanted. What stands at no place of its own, because it is missing or comes from
    /// an alias, has the place of what would hold it.
    pub fn place(&self, pointer: &Pointer, focus: &Focus) -> Option<Place> {
        if let Focus::Bytes(bytes) = focus {
            return Some(Place::of(self.text, bytes.clone()));
        }
        let mut nodes = candidates(pointer, focus).map(|pointer| self.nodes.get(&pointer)).enumerate();
        let (rank, node) = nodes.find_map(|(rank, node)| Some((rank, node?)))?;
        // What stands around the place is not at fault itself, and is told by its key.
        Some(match focus {
            Focus::Value => node.place(rank == 0),
            Focus::Member(_) => node.place(rank <= 1),
            Focus::InKey(part) if rank == 0 => self.narrowed(node.place(false), part),
            _ => node.place(false),
        })
    }

    /// The part of `place` that reads `part`.
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

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Every reference of the text.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }
}

/// Where to look for the part of a place that is at fault, the best first; the document itself only where it is the place.
fn candidates(pointer: &Pointer, focus: &Focus) -> impl Iterator<Item = Pointer> + use<> {
    let member = match focus {
        Focus::Member(name) => Some(pointer.join(name)),
        _ => None,
    };
    let is_root = *pointer == Pointer::root();
    let around = iter::successors(Some(pointer.clone()), Pointer::parent);
    member.into_iter().chain(around.filter(move |pointer| is_root || *pointer != Pointer::root()))
}

#[cfg(test)]
mod tests;
