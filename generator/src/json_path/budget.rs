//! The steps that evaluations may take.

use std::cell::Cell;
use std::ops::ControlFlow;

/// The number of bytes that are read in one step.
const BYTES_OF_STEP: usize = 16;

/// Returns the steps for work on `length` bytes.
pub(super) fn steps_of(length: usize) -> u64 {
    1 + (length / BYTES_OF_STEP) as u64
}

/// The steps that evaluations may still take. A step visits a value, or compares a few bytes.
#[derive(Debug)]
pub(crate) struct Budget(Cell<u64>);

impl Budget {
    /// Creates a budget of `steps`.
    pub(crate) fn new(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    /// Takes `steps` from the budget. Breaks if the budget is used up.
    pub(crate) fn spend(&self, steps: u64) -> ControlFlow<()> {
        let rest = self.0.get().saturating_sub(steps);
        self.0.set(rest);
        if rest == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Returns whether the budget is used up.
    pub(crate) fn is_used_up(&self) -> bool {
        self.0.get() == 0
    }
}
