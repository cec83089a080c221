// copperplate runtime: copied unchanged into every generated crate.
//! Limits the work on one value. Schemas that refer to one another could double the work at every level of the value.

use std::cell::Cell;

use serde_json::Value;

/// The limits on the work for one value, and the work that has been done. Each thread has its own budget.
#[derive(Debug)]
pub struct Budget {
    max_depth: usize,
    steps_per_part: usize,
    min_steps: usize,
    /// The current depth, and the number of steps that are left.
    state: Cell<(usize, usize)>,
}

impl Budget {
    /// Creates a budget. It allows a nesting depth of `max_depth`, and `steps_per_part` steps for each part of the
    /// outermost value, but at least `min_steps` steps.
    pub const fn new(max_depth: usize, steps_per_part: usize, min_steps: usize) -> Self {
        Self { max_depth, steps_per_part, min_steps, state: Cell::new((0, 0)) }
    }

    /// Begins `steps` steps on `value`, and returns whether the budget allows them. If it does, the caller must call
    /// [`Budget::end`] after the steps. If it does not, the budget stays exhausted until the outermost steps end.
    pub fn begin(&self, steps: usize, value: &Value) -> bool {
        let (depth, left) = self.state.get();
        let left = match depth {
            0 => part_count(value).saturating_mul(self.steps_per_part).max(self.min_steps),
            _ => left,
        };
        let allowed = depth < self.max_depth && left > 0;
        self.state.set(if allowed { (depth + 1, left.saturating_sub(steps)) } else { (depth, 0) });
        allowed
    }

    /// Ends the steps that [`Budget::begin`] began. Returns true if they were the outermost ones and the budget is
    /// exhausted.
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
