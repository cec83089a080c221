//! Records facts about a text while its tree is built, and limits the memory of the tree.

use std::cell::Cell;

use serde::de::Error;

/// The memory, in bytes, that a tree may use in addition to the share for its text. Aliases use it up, because each alias is
/// expanded to a copy.
const ALIAS_BUDGET: usize = 64 << 20;

/// The memory, in bytes, that a value uses in addition to its text.
const VALUE_COST: usize = 64;

/// Facts about a text that a second pass has to locate. A text without any of them is read only once.
#[derive(Debug)]
pub(crate) struct Observations {
    /// Whether an object has the same key twice.
    pub(crate) has_duplicates: Cell<bool>,
    /// Whether the text contains a word that other YAML parsers do not read as a string if it has no quotes.
    pub(crate) has_traps: Cell<bool>,
    /// Whether the aliases expand to more than the budget.
    pub(crate) exceeds_budget: Cell<bool>,
    /// Whether the parser has returned a number as a double, which may have lost digits.
    pub(crate) has_doubles: Cell<bool>,
    /// The remaining budget, in bytes.
    budget: Cell<usize>,
}

impl Observations {
    /// Creates an empty record for `text`.
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

    /// Takes the cost of a value from the budget.
    ///
    /// # Errors
    /// Returns an error if the budget does not suffice.
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

/// The memory that a scalar or a key with this text uses, in bytes. A collection has the cost of the empty text.
pub(crate) fn cost(text: &str) -> usize {
    VALUE_COST + text.len()
}
