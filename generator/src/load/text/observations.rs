//! Facts about a text that are noticed while its tree is built, and the budget for that tree.

use std::cell::Cell;

use serde::de::Error;

/// The memory that a tree may use beyond what its text can explain, in bytes. Aliases are copies and use it up.
const ALIAS_BUDGET: usize = 64 << 20;

/// The memory that a value uses besides its text, in bytes.
const VALUE_COST: usize = 64;

/// Facts about a text that need a second pass to locate them. A text without any of them is read once.
#[derive(Debug)]
pub(crate) struct Observations {
    /// An object has a key twice.
    pub(crate) has_duplicates: Cell<bool>,
    /// The text contains a word that other parsers of YAML do not read as a string if it has no quotes.
    pub(crate) has_traps: Cell<bool>,
    /// The aliases expand to more than the budget.
    pub(crate) exceeds_budget: Cell<bool>,
    /// The parser has returned a number as a double, which may have lost digits.
    pub(crate) has_doubles: Cell<bool>,
    /// The rest of the budget, in bytes.
    budget: Cell<usize>,
}

impl Observations {
    /// No observations yet about `text`.
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
