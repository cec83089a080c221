// copperplate runtime: copied unchanged into every generated crate.
//! How much is done for one value: schemas that lead through one another could double the effort at every level of it.

use std::cell::Cell;

use serde_json::Value;

/// The bounds of what is done for a value as a whole, and what of it is left. Each thread has its own.
#[derive(Debug)]
pub struct Budget {
    deepest: usize,
    of_each: usize,
    of_any: usize,
    /// How many are under way within one another, and how many more may be.
    state: Cell<(usize, usize)>,
}

impl Budget {
    /// At most `deepest` within one another, and `of_each` for each part of the outermost value, or `of_any` where that is more.
    pub const fn new(deepest: usize, of_each: usize, of_any: usize) -> Self {
        Self { deepest, of_each, of_any, state: Cell::new((0, 0)) }
    }

    /// Whether `count` more may be applied to `value`; where they may, [`Budget::end`] follows. Beyond the bounds nothing more may.
    pub fn begin(&self, count: usize, value: &Value) -> bool {
        let (depth, left) = self.state.get();
        let left = if depth == 0 { parts(value).saturating_mul(self.of_each).max(self.of_any) } else { left };
        let may = depth < self.deepest && left > 0;
        self.state.set(if may { (depth + 1, left.saturating_sub(count)) } else { (depth, 0) });
        may
    }

    /// Ends what [`Budget::begin`] began; answers whether it was the outermost, and nothing is left.
    pub fn end(&self) -> bool {
        let (depth, left) = self.state.get();
        self.state.set((depth - 1, left));
        depth == 1 && left == 0
    }
}

/// How many values a value is made of, itself included.
fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum(),
        Value::Object(members) => members.values().map(parts).sum(),
        _ => 0,
    }
}
