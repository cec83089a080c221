//! Numbers with more digits than the parser of YAML shows: they are taken from the text once more.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Number, Value};

use crate::json::decimal::Decimal;
use crate::json::number;
use crate::pointer::Pointer;

/// How many digits every double keeps.
const KEPT: usize = 15;

/// Gives the numbers of `tree`, which was read from `text`, all the digits that stand in the text.
pub(crate) fn restore(tree: &mut Value, text: &str) {
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
    (Decimal::from_f64(decimal.to_f64())? != decimal).then(|| number::parse(word)).flatten()
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
    /// Where each anchored node stands, and how many numbers were found before it.
    anchors: HashMap<usize, (Pointer, usize)>,
    /// The anchored words, which may stand for keys.
    words: HashMap<usize, String>,
}

impl Walk {
    fn scalar(&mut self, word: &str, is_plain: bool, anchor: usize) {
        if anchor != 0 {
            self.words.insert(anchor, word.to_owned());
        }
        if self.key(word) {
            return;
        }
        self.enter(anchor);
        if let Some(number) = lengthened(word).filter(|_| is_plain) {
            self.found.push((self.path.clone(), number));
        }
        self.leave();
    }

    /// A word in the place of a key is one.
    fn key(&mut self, word: &str) -> bool {
        let Some(Frame::Mapping { has_key: has_key @ false }) = self.frames.last_mut() else { return false };
        *has_key = true;
        self.path = self.path.join(word);
        true
    }

    fn alias(&mut self, anchor: usize) {
        if let Some(word) = self.words.get(&anchor).cloned()
            && self.key(&word)
        {
            return;
        }
        self.enter(0);
        if let Some((origin, start)) = self.anchors.get(&anchor) {
            // What was found inside stands together.
            let copied = self.found[*start..].iter().take_while(|(pointer, _)| pointer.is_within(origin));
            let copies: Vec<_> =
                copied.map(|(pointer, number)| (pointer.rebased(origin, &self.path), number.clone())).collect();
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
            self.anchors.insert(anchor, (self.path.clone(), self.found.len()));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(text: &str) -> Value {
        let mut tree: Value = serde_yaml::from_str(text).expect("a tree");
        restore(&mut tree, text);
        tree
    }

    #[test]
    fn aliases_stand_for_values_and_for_keys() {
        let tree = restored(
            "a: &n 12345678901234567.25\nb: *n\nc: &k size\n*k : 1\nd: {*k : 0.1000000000000000055511151231257827}\n\
             e: &m {x: 1, y: [9.12345678901234567891]}\nf: [*m, *k]\n",
        );
        let number = |pointer: &str| tree.pointer(pointer).map(ToString::to_string);
        for (pointer, digits) in [
            ("/a", "12345678901234567.25"),
            ("/b", "12345678901234567.25"),
            ("/size", "1"),
            ("/d/size", "0.1000000000000000055511151231257827"),
            ("/e/y/0", "9.12345678901234567891"),
            ("/f/0/y/0", "9.12345678901234567891"),
            ("/f/0/x", "1"),
        ] {
            assert_eq!(number(pointer).as_deref(), Some(digits), "{pointer}");
        }
    }
}
