// copperplate runtime: copied into each generated crate that uses it.
//! Limits the work that validation and decoding do for one JSON value. Without a limit, recursive schemas could double
//! the work at every level of the value.

use std::cell::Cell;

use serde_json::Value;

/// The limits on the work for one JSON value, and the work that is left. Each thread has its own budget.
#[derive(Debug)]
pub struct Budget {
    max_depth: usize,
    steps_per_part: usize,
    /// The current depth, and the number of steps that are left.
    state: Cell<(usize, usize)>,
}

impl Budget {
    /// Creates a budget. It allows a nesting depth of `max_depth`, and `steps_per_part` steps for each part of the
    /// outermost value.
    pub const fn new(max_depth: usize, steps_per_part: usize) -> Self {
        Self { max_depth, steps_per_part, state: Cell::new((0, 0)) }
    }

    /// Returns whether the budget allows `steps` steps on `value`, and takes these steps from the budget. If this
    /// returns true, the caller must call [`Budget::end`] after the steps. If this returns false, the budget stays
    /// exhausted until the outermost [`Budget::begin`] is ended.
    pub fn begin(&self, steps: usize, value: &Value) -> bool {
        let (depth, left) = self.state.get();
        let left = match depth {
            0 => part_count(value).saturating_mul(self.steps_per_part),
            _ => left,
        };
        let allowed = depth < self.max_depth && left > 0;
        self.state.set(if allowed { (depth + 1, left.saturating_sub(steps)) } else { (depth, 0) });
        allowed
    }

    /// Ends the latest [`Budget::begin`]. Returns whether this was the outermost one and the budget is exhausted.
    pub fn end(&self) -> bool {
        let (depth, left) = self.state.get();
        self.state.set((depth - 1, left));
        depth == 1 && left == 0
    }
}

/// Returns the number of JSON values in `value`, including `value` itself.
fn part_count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(part_count).sum(),
        Value::Object(members) => members.values().map(part_count).sum(),
        _ => 0,
    }
}
