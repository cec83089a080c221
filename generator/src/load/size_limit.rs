//! Limits on the size of a document. Aliases, references and long keys can repeat so much data that a small document would need
//! gigabytes of memory.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// The size, in bytes, up to which the repeated data of every document may grow. Tests use a smaller size.
const ALWAYS_ALLOWED: usize = if cfg!(test) { 1 << 18 } else { 1 << 20 };

/// How many times larger than its text a document may become. No published document becomes three times as large.
const MAX_GROWTH: usize = 4;

/// The largest length of a key, in bytes. The keys of published documents have at most 170 bytes.
const MAX_KEY: usize = 1_000;

/// The length of all JSON Pointers of a document, for each byte of its text. Published documents have at most 7.
const MAX_POINTER_GROWTH: usize = 20;

/// The length of all JSON Pointers, in bytes, that is allowed in every document.
const ALWAYS_ALLOWED_POINTERS: usize = 16 << 20;

/// The length of the index of an item in a JSON Pointer, in bytes. An index has about three digits.
const LENGTH_OF_INDEX: usize = 4;

/// Returns the largest size of a document, including repeated data, in bytes. `text_length` is the length of its text, including
/// the texts of the files to which it refers.
pub(crate) fn max_size(text_length: usize) -> usize {
    text_length.saturating_mul(MAX_GROWTH).saturating_add(ALWAYS_ALLOWED)
}

/// Returns the largest length of the JSON Pointers of all values of a document, in bytes.
pub(crate) fn max_pointers(text_length: usize) -> usize {
    text_length.saturating_mul(MAX_POINTER_GROWTH).saturating_add(ALWAYS_ALLOWED_POINTERS)
}

/// The JSON Pointers of a value and of the values in it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PointersWithin {
    /// The number of values.
    count: usize,
    /// The length of all JSON Pointers, relative to the outermost value, in bytes.
    length: usize,
}

impl PointersWithin {
    /// Measures the JSON Pointers of `value` and of the values in it.
    pub(crate) fn of(value: &Value) -> Self {
        let token = |whole: Self, (length, inner): (usize, &Value)| {
            let inner = Self::of(inner);
            Self { count: whole.count + inner.count, length: whole.length + inner.at(length) }
        };
        let own = Self { count: 1, length: 0 };
        match value {
            Value::Object(members) => members.iter().map(|(key, member)| (1 + key.len(), member)).fold(own, token),
            Value::Array(items) => items.iter().map(|item| (LENGTH_OF_INDEX, item)).fold(own, token),
            _ => own,
        }
    }

    /// Returns the length of all JSON Pointers in a document that has the value at a JSON Pointer with `length` bytes.
    pub(crate) fn at(self, length: usize) -> usize {
        self.count.saturating_mul(length).saturating_add(self.length)
    }
}

/// Returns whether the keys in `tree` are short enough. If not, reports the object with the first key that is too long, or the value at which the JSON
/// Pointers of the document are too long together. Almost every finding and every name contains such a pointer.
pub(super) fn has_short_keys(tree: &Value, text_length: usize, findings: &mut Findings) -> bool {
    let mut pointers = Pointers { allowed: max_pointers(text_length), tokens: Vec::new() };
    let Err(problem) = pointers.measure(tree, 0) else { return true };
    let message = match problem {
        Problem::Key(length) => format!("A key of this object has {length} bytes, but at most {MAX_KEY} are allowed."),
        Problem::Pointers => "The keys of the document are too long, or nested too deeply.".to_owned(),
    };
    let place = pointers.tokens.iter().rev().fold(Pointer::root(), |place, token| place.join(token));
    findings.add(Code::DocumentLimit, &place, message, "Write shorter keys, or nest them less deeply.");
    false
}

/// The reason why the keys of a document are not accepted.
enum Problem {
    /// A key with this length, in bytes.
    Key(usize),
    /// The JSON Pointers of the document are too long together.
    Pointers,
}

/// Measures the JSON Pointers of all values in a tree.
struct Pointers {
    /// How long the remaining JSON Pointers may be together, in bytes.
    allowed: usize,
    /// After a problem, the tokens of the JSON Pointer of the problem. The last token is first.
    tokens: Vec<String>,
}

impl Pointers {
    /// Measures `value` and the values in it. `length` is the length of the JSON Pointer of `value`, without escapes.
    fn measure(&mut self, value: &Value, length: usize) -> Result<(), Problem> {
        self.allowed = self.allowed.checked_sub(length).ok_or(Problem::Pointers)?;
        match value {
            Value::Object(members) => members.iter().try_for_each(|(key, member)| {
                if key.len() > MAX_KEY {
                    return Err(Problem::Key(key.len()));
                }
                self.measure(member, length + 1 + key.len()).inspect_err(|_| self.tokens.push(key.clone()))
            }),
            Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
                self.measure(item, length + LENGTH_OF_INDEX).inspect_err(|_| self.tokens.push(index.to_string()))
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(tree: &Value) -> Option<String> {
        let mut findings = Findings::new("t.json");
        let is_accepted = has_short_keys(tree, tree.to_string().len(), &mut findings);
        assert_eq!(is_accepted, findings.iter().next().is_none());
        findings.iter().next().map(|finding| finding.message.clone())
    }

    #[test]
    fn a_key_of_more_than_a_thousand_bytes_is_rejected() {
        let tree = |length: usize| serde_json::json!({"a": {"k".repeat(length): 1}});
        assert_eq!(problem(&tree(1_000)), None);
        let message = "A key of this object has 1001 bytes, but at most 1000 are allowed.";
        assert_eq!(problem(&tree(1_001)).as_deref(), Some(message));
    }

    #[test]
    fn the_json_pointers_of_a_value_are_measured() {
        // The JSON Pointers are "", "/a", "/a/100", "/a/100" and "/bcd".
        let pointers = PointersWithin::of(&serde_json::json!({"a": [1, 2], "bcd": {}}));
        assert_eq!((pointers.at(0), pointers.at(10)), (2 + 6 + 6 + 4, 18 + 50));
    }

    #[test]
    fn long_keys_around_many_values_are_rejected() {
        let tree = |levels: usize| {
            let items = serde_json::json!(vec![1; 5_000]);
            (0..levels).fold(items, |inner, _| serde_json::json!({"k".repeat(900): inner}))
        };
        assert_eq!(problem(&tree(3)), None);
        assert_eq!(problem(&tree(60)).as_deref(), Some("The keys of the document are too long, or nested too deeply."));
    }
}
