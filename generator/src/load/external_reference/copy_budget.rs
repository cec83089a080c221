//! Limits how much data the copies of referenced values may have. A few references that lead to one another could otherwise copy
//! gigabytes.

use serde_json::Value;

use crate::load::size_limit::size;

/// The largest number of copies inside one another. A long chain of references would otherwise nest values very deeply.
const MAX_NESTED: usize = 16;

/// How much data may still be copied.
#[derive(Debug)]
pub(super) struct CopyBudget {
    /// The size of the copies up to now, in bytes.
    copied: usize,
    /// Whether the limit has been exceeded, and a finding says so.
    pub(super) is_reported: bool,
}

impl CopyBudget {
    pub(super) fn new() -> Self {
        Self { copied: 0, is_reported: false }
    }

    /// Returns a copy of `value`, which is inside `depth` other copies. Returns `None` if the copies would be nested too deeply, or
    /// larger than `max_size` bytes together.
    pub(super) fn copy(&mut self, value: &Value, depth: usize, max_size: usize) -> Option<Value> {
        let copied = self.copied + size(value);
        if depth >= MAX_NESTED || copied > max_size {
            return None;
        }
        self.copied = copied;
        Some(value.clone())
    }
}
