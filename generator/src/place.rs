//! Places: from the JSON Pointers of findings to lines, columns and bytes of a text.
//!
//! The stages carry pointers only. A text is read once more when something has to be printed about it, and a clean run pays
//! nothing.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Parser, Span};

use crate::pointer::Pointer;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the key or the item.
    pub bytes: Range<usize>,
}

/// The places of `pointers` in `text`: the key of a member, the start of an item. What stands at no place of its own, because
/// it is missing or comes from an alias, has the place of what would hold it.
pub fn places<'p>(text: &str, pointers: impl IntoIterator<Item = &'p Pointer>) -> HashMap<Pointer, Place> {
    let pointers: Vec<&Pointer> = pointers.into_iter().collect();
    let lineages = pointers.iter().flat_map(|pointer| lineage(pointer));
    let found = Walk::new(lineages.collect()).over(text);
    let nearest = |pointer: &Pointer| lineage(pointer).find_map(|pointer| found.get(&pointer).cloned());
    pointers.into_iter().filter_map(|pointer| Some((pointer.clone(), nearest(pointer)?))).collect()
}

/// A pointer and all that it lies in, the nearest first, without the document itself.
fn lineage(pointer: &Pointer) -> impl Iterator<Item = Pointer> {
    std::iter::successors(Some(pointer.clone()), Pointer::parent).filter(|pointer| !pointer.as_str().is_empty())
}

/// An open mapping or sequence.
enum Frame {
    /// A mapping, and the key whose value comes next.
    Mapping(Option<Span>),
    /// A sequence, and the index of its next item.
    Sequence(usize),
}

/// A walk over the events of a text that knows where it is.
struct Walk {
    wanted: HashSet<Pointer>,
    found: HashMap<Pointer, Place>,
    frames: Vec<Frame>,
    /// The pointer of the node that comes next, or of the open one.
    path: Pointer,
}

impl Walk {
    fn new(wanted: HashSet<Pointer>) -> Self {
        Self { wanted, found: HashMap::new(), frames: Vec::new(), path: Pointer::root() }
    }

    /// The places of what is wanted. A text that cannot be read to its end has places up to there.
    fn over(mut self, text: &str) -> HashMap<Pointer, Place> {
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            match event {
                Event::Scalar(value, ..) if matches!(self.frames.last(), Some(Frame::Mapping(None))) => {
                    self.path = self.path.join(value);
                    self.frames.pop();
                    self.frames.push(Frame::Mapping(Some(span)));
                }
                Event::Scalar(..) | Event::Alias(..) => {
                    self.enter(span);
                    self.leave();
                }
                Event::MappingStart(..) => {
                    self.enter(span);
                    self.frames.push(Frame::Mapping(None));
                }
                Event::SequenceStart(..) => {
                    self.enter(span);
                    self.frames.push(Frame::Sequence(0));
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    self.frames.pop();
                    self.leave();
                }
                _ => {}
            }
        }
        self.found
    }

    /// A node begins: the value of a key, an item, or the document.
    fn enter(&mut self, span: Span) {
        let span = match self.frames.last_mut() {
            Some(Frame::Mapping(key)) => key.take().unwrap_or(span),
            Some(Frame::Sequence(index)) => {
                self.path = self.path.join(*index);
                *index += 1;
                span
            }
            None => span,
        };
        if self.wanted.contains(&self.path) {
            let bytes = span.byte_range().unwrap_or(0..0);
            let place = Place { line: span.start.line(), column: span.start.col() + 1, bytes };
            self.found.entry(self.path.clone()).or_insert(place);
        }
    }

    /// The node has ended, and its holder is where the walk is.
    fn leave(&mut self) {
        self.path = self.path.parent().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a:\n  - x: 1\n    \"y/z\": [p, {q: 2}]\n  - &anchor {x: 2}\nb: *anchor\n200: é\n";

    fn place(pointer: &str) -> Option<(usize, usize, &'static str)> {
        let pointer = Pointer::parse(pointer)?;
        let place = places(TEXT, [&pointer]).remove(&pointer)?;
        Some((place.line, place.column, TEXT.get(place.bytes)?))
    }

    #[test]
    fn keys_and_items_have_places() {
        let cases = [
            ("/a", (1, 1, "a")),
            ("/a/0/x", (2, 5, "x")),
            ("/a/0/y~1z", (3, 5, "\"y/z\"")),
            ("/a/0/y~1z/0", (3, 13, "p")),
            ("/a/0/y~1z/1/q", (3, 17, "q")),
            ("/a/1/x", (4, 14, "x")),
            ("/200", (6, 1, "200")),
        ];
        for (pointer, expected) in cases {
            assert_eq!(place(pointer), Some(expected), "{pointer}");
        }
    }

    #[test]
    fn what_is_not_there_has_the_place_of_its_holder() {
        assert_eq!(place("/a/0/x/missing/deeper"), Some((2, 5, "x")));
        assert_eq!(place("/b/x"), Some((5, 1, "b")));
        assert_eq!(place("/c"), None);
        assert_eq!(place(""), None);
    }

    #[test]
    fn a_broken_text_has_places_up_to_the_break() {
        let pointers = [Pointer::root().join("a"), Pointer::root().join("b")];
        let found = places("a: 1\nb: [1\nc: {", &pointers);
        assert_eq!(found.get(&pointers[0]).map(|place| place.line), Some(1));
    }
}
