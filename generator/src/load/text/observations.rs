//! Records observations about a text during parsing, such as duplicate keys. Also limits the size of the parsed tree.

use std::cell::Cell;

use serde::de::Error;

use crate::json::size::size_of_text;
use crate::load::size_limit::max_size;

/// The observations of the first pass over a text. A second pass finds their lines and columns. A text without observations is
/// read only once.
#[derive(Debug)]
pub(crate) struct Observations {
    /// Whether an object has the same key twice.
    pub(crate) has_duplicates: Cell<bool>,
    /// Whether the text contains a word such as `no`, quoted or not. Without quotes, other YAML parsers would read the word as a
    /// boolean or null.
    pub(crate) has_traps: Cell<bool>,
    /// Whether the tree is too large. Only aliases, which copy nodes, can cause this.
    pub(crate) is_too_large: Cell<bool>,
    /// Whether the parser has returned a number as a double. The conversion to a double may lose digits.
    pub(crate) has_doubles: Cell<bool>,
    /// Whether an object has the key `<<`, which merges mappings in YAML.
    pub(crate) has_merge_keys: Cell<bool>,
    /// How much larger the tree may become, in bytes.
    remaining: Cell<usize>,
}

impl Observations {
    /// Creates a record without observations. The length of `text` determines how large the tree may become.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            has_duplicates: Cell::new(false),
            has_traps: Cell::new(false),
            is_too_large: Cell::new(false),
            has_doubles: Cell::new(false),
            has_merge_keys: Cell::new(false),
            remaining: Cell::new(max_size(text.len())),
        }
    }

    /// Adds the size of a scalar or key with this text to the size of the tree. An object or list has the empty text.
    ///
    /// # Errors
    /// Returns an error if the tree is then too large.
    pub(crate) fn add_text<E: Error>(&self, text: &str) -> Result<(), E> {
        match self.remaining.get().checked_sub(size_of_text(text)) {
            Some(rest) => {
                self.remaining.set(rest);
                Ok(())
            }
            None => {
                self.is_too_large.set(true);
                Err(E::custom("the aliases expand to too much"))
            }
        }
    }
}
