// copperplate runtime: copied unchanged into every generated crate.
//! Limits the work on one value. Schemas that refer to one another could double the work at every level of the value.

use std::cell::Cell;

use serde_json::Value;

/// The limits on the work for one value, and the state of that work. Each thread has its own.
#[derive(Debug)]
pub struct Budget {
    max_depth: usize,
    steps_per_part: usize,
    min_steps: usize,
    /// The current depth, and the number of steps that are left.
    state: Cell<(usize, usize)>,
}

impl Budget {
    /// Allows a nesting of `max_depth`, and `steps_per_part` steps for each part of the outermost value, but at least
    /// `min_steps`.
    pub const fn new(max_depth: usize, steps_per_part: usize, min_steps: usize) -> Self {
        Self { max_depth, steps_per_part, min_steps, state: Cell::new((0, 0)) }
    }

    /// Begins `steps` steps on `value`, and returns whether they are within the budget. If they are, [`Budget::end`]
    /// must follow. If not, the budget is exhausted until the outermost step ends.
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

    /// Ends the steps that [`Budget::begin`] began. Returns true if these were the outermost ones and the budget is
    /// exhausted.
    pub fn end(&self) -> bool {
        let (depth, left) = self.state.get();
        self.state.set((depth - 1, left));
        depth == 1 && left == 0
    }
}

/// The number of values that a value consists of, including itself.
fn part_count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(part_count).sum(),
        Value::Object(members) => members.values().map(part_count).sum(),
        _ => 0,
    }
}
