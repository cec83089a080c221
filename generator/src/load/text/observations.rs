//! Records observations about a text during parsing, such as duplicate keys. Also limits the memory of the parsed tree.

use std::cell::Cell;

use serde::de::Error;

/// The memory, in bytes, that the copies of aliased nodes may add to a tree.
const ALIAS_BUDGET: usize = 64 << 20;

/// The memory, in bytes, that a value uses in addition to its text.
const VALUE_COST: usize = 64;

/// The observations of the first pass over a text. A second pass finds their lines and columns. A text without observations is
/// read only once.
#[derive(Debug)]
pub(crate) struct Observations {
    /// Whether an object has the same key twice.
    pub(crate) has_duplicates: Cell<bool>,
    /// Whether the text contains a word such as `no`, quoted or not. Without quotes, other YAML parsers would read the word as a
    /// boolean or null.
    pub(crate) has_traps: Cell<bool>,
    /// Whether the tree would need more memory than its budget. Only aliases, which copy nodes, can cause this.
    pub(crate) exceeds_budget: Cell<bool>,
    /// Whether the parser has returned a number as a double. The conversion to a double may lose digits.
    pub(crate) has_doubles: Cell<bool>,
    /// The memory that the tree may still use, in bytes.
    budget: Cell<usize>,
}

impl Observations {
    /// Creates a record without observations. The memory budget depends on the length of `text`.
    pub(crate) fn new(text: &str) -> Self {
        // No text without aliases comes near this budget.
        let budget = text.len().saturating_mul(VALUE_COST).saturating_add(ALIAS_BUDGET);
        Self {
            has_duplicates: Cell::new(false),
            has_traps: Cell::new(false),
            exceeds_budget: Cell::new(false),
            has_doubles: Cell::new(false),
            budget: Cell::new(budget),
        }
    }

    /// Subtracts the memory cost of a value, in bytes, from the remaining budget.
    ///
    /// # Errors
    /// Returns an error if the cost exceeds the remaining budget.
    pub(crate) fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(cost) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(())
            }
            None => {
                self.exceeds_budget.set(true);
                Err(E::custom("the aliases expand to too much"))
            }
        }
    }
}

/// Returns the memory, in bytes, that a scalar or key with this text uses. A mapping or list costs as much as the empty text.
pub(crate) fn cost(text: &str) -> usize {
    VALUE_COST + text.len()
}
