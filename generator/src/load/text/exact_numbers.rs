//! Restores the numbers that `serde_yaml` has rounded to doubles: a second pass over the text reads their digits.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Number, Value};

use crate::json::decimal::Decimal;
use crate::json::number;
use crate::pointer::Pointer;

/// Every decimal number with at most this many digits can be converted to a double and back without loss.
const DOUBLE_DIGITS: usize = 15;

/// Replaces the rounded numbers in `tree` by the exact numbers in `text`, from which the tree was parsed.
pub(crate) fn restore(tree: &mut Value, text: &str) {
    let is_end = |letter: char| letter.is_whitespace() || [',', '[', ']', '{', '}', ':'].contains(&letter);
    if !text.split(is_end).any(|word| rounded_number(word).is_some()) {
        return;
    }
    for (pointer, number) in rounded_numbers(text) {
        // If an object has the same key twice, the tree has only the value of the first key. Because of the comparison, the
        // value of the second key does not replace it.
        if let Some(Value::Number(rounded)) = tree.pointer_mut(pointer.as_str())
            && rounded.as_f64() == number.as_f64()
        {
            *rounded = number;
        }
    }
}

/// Returns the exact number in `word` if a double cannot hold all of its digits.
fn rounded_number(word: &str) -> Option<Number> {
    if word.len() <= DOUBLE_DIGITS || word.bytes().filter(u8::is_ascii_digit).count() <= DOUBLE_DIGITS {
        return None;
    }
    let decimal = Decimal::parse(word)?;
    (Decimal::from_f64(decimal.to_f64())? != decimal).then(|| number::parse(word)).flatten()
}

/// Returns the numbers in `text` that a double cannot hold exactly, each with its JSON Pointer.
fn rounded_numbers(text: &str) -> Vec<(Pointer, Number)> {
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

/// A mapping or sequence whose end the pass over the parse events has not reached.
enum Frame {
    Mapping {
        /// Whether the next node is the value of a key.
        has_key: bool,
    },
    /// The index of the next item.
    Sequence(usize),
}

/// The state of the pass over the parse events of a YAML text.
#[derive(Default)]
struct Walk {
    /// The numbers found so far that a double cannot hold exactly.
    found: Vec<(Pointer, Number)>,
    /// The mappings and sequences that contain the current node, from the outermost to the innermost.
    frames: Vec<Frame>,
    /// The JSON Pointer of the current node.
    path: Pointer,
    /// Maps an anchor to the JSON Pointer of the anchored node, and to the index in `found` of the first number that the node can
    /// contain.
    anchors: HashMap<usize, (Pointer, usize)>,
    /// Maps an anchor to the text of the anchored scalar. The text is needed if an alias such as `*name` is the key of a mapping.
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
        if let Some(number) = rounded_number(word).filter(|_| is_plain) {
            self.found.push((self.path.clone(), number));
        }
        self.leave();
    }

    /// If the innermost mapping expects a key, treats `word` as the key and appends it to `path`. Returns whether a key was
    /// expected.
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
            // The numbers within the anchored node are next to each other in `found`.
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

    /// Begins a node: the root, an item of a sequence, or the value of a key. `anchor` is the number of the anchor of the node; 0
    /// if the node has no anchor.
    fn enter(&mut self, anchor: usize) {
        if let Some(Frame::Sequence(index)) = self.frames.last_mut() {
            self.path = self.path.join(*index);
            *index += 1;
        }
        if anchor != 0 {
            self.anchors.insert(anchor, (self.path.clone(), self.found.len()));
        }
    }

    /// Ends a node.
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
    fn aliases_of_values_and_keys_are_resolved() {
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
