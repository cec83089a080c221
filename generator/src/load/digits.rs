//! Numbers with more digits than the parser of YAML shows: they are taken from the text once more.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Number, Value};

use crate::exact::{self, Decimal};
use crate::pointer::Pointer;

/// How many digits every double keeps.
const KEPT: usize = 15;

/// Gives the numbers of `tree`, which was read from `text`, all the digits that stand in the text.
pub(super) fn restore(tree: &mut Value, text: &str) {
    let is_end = |letter: char| letter.is_whitespace() || [',', '[', ']', '{', '}', ':'].contains(&letter);
    if !text.split(is_end).any(|word| lengthened(word).is_some()) {
        return;
    }
    for (pointer, number) in walk(text) {
        // Of a key that is there twice the first counts.
        if let Some(Value::Number(shown)) = tree.pointer_mut(pointer.as_str())
            && shown.as_f64() == number.as_f64()
        {
            *shown = number;
        }
    }
}

/// The number that a word is, where a double has not all its digits.
fn lengthened(word: &str) -> Option<Number> {
    if word.len() <= KEPT || word.bytes().filter(u8::is_ascii_digit).count() <= KEPT {
        return None;
    }
    let decimal = Decimal::parse(word)?;
    (Decimal::of_double(decimal.nearest())? != decimal).then(|| exact::number(word)).flatten()
}

/// Every such number of a text.
fn walk(text: &str) -> Vec<(Pointer, Number)> {
    let mut walk = Walk::default();
    for event in Parser::new_from_str(text).map_while(Result::ok) {
        match event.0 {
            Event::Scalar(word, style, anchor, _) => walk.scalar(&word, style == ScalarStyle::Plain, anchor),
            Event::Alias(anchor) => walk.alias(anchor),
            Event::MappingStart(_, anchor, _) => walk.open(anchor, Frame::Mapping { has_key: false }),
            Event::SequenceStart(_, anchor, _) => walk.open(anchor, Frame::Sequence(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                walk.frames.pop();
                walk.leave();
            }
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    walk.found
}

/// An open mapping or sequence.
enum Frame {
    Mapping {
        /// Whether a value comes next.
        has_key: bool,
    },
    /// The index of the next item.
    Sequence(usize),
}

#[derive(Default)]
struct Walk {
    found: Vec<(Pointer, Number)>,
    frames: Vec<Frame>,
    path: Pointer,
    anchors: HashMap<usize, Pointer>,
}

impl Walk {
    fn scalar(&mut self, word: &str, is_plain: bool, anchor: usize) {
        if let Some(Frame::Mapping { has_key: has_key @ false }) = self.frames.last_mut() {
            *has_key = true;
            self.path = self.path.join(word);
            return;
        }
        self.enter(anchor);
        if let Some(number) = lengthened(word).filter(|_| is_plain) {
            self.found.push((self.path.clone(), number));
        }
        self.leave();
    }

    fn alias(&mut self, anchor: usize) {
        self.enter(0);
        if let Some(origin) = self.anchors.get(&anchor) {
            let copied = self.found.iter().filter(|(pointer, _)| pointer.is_within(origin));
            let copies: Vec<_> =
                copied.map(|(pointer, number)| (pointer.moved(origin, &self.path), number.clone())).collect();
            self.found.extend(copies);
        }
        self.leave();
    }

    fn open(&mut self, anchor: usize, frame: Frame) {
        self.enter(anchor);
        self.frames.push(frame);
    }

    /// A node begins: the value of a key, an item, or the document.
    fn enter(&mut self, anchor: usize) {
        if let Some(Frame::Sequence(index)) = self.frames.last_mut() {
            self.path = self.path.join(*index);
            *index += 1;
        }
        if anchor != 0 {
            self.anchors.insert(anchor, self.path.clone());
        }
    }

    /// The node has ended.
    fn leave(&mut self) {
        if let Some(Frame::Mapping { has_key }) = self.frames.last_mut() {
            *has_key = false;
        }
        self.path = self.path.parent().unwrap_or_default();
    }
}
