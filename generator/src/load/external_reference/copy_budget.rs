//! Limits how much data the copies of referenced values may have. A few references that lead to one another could otherwise copy
//! gigabytes.

use serde_json::Value;

/// The largest size of all copies together, in bytes of JSON text, approximately. Tests use a smaller limit.
const MAX_COPIED: usize = if cfg!(test) { 1 << 18 } else { 16 << 20 };

/// The largest number of copies inside one another. A long chain of references would otherwise nest values very deeply.
const MAX_NESTED: usize = 16;

/// How much data may still be copied.
#[derive(Debug)]
pub(super) struct CopyBudget {
    remaining: usize,
    /// Whether the limit has been exceeded, and a finding says so.
    pub(super) is_reported: bool,
}

impl CopyBudget {
    pub(super) fn new() -> Self {
        Self { remaining: MAX_COPIED, is_reported: false }
    }

    /// Returns a copy of `value`, which is inside `depth` other copies. Returns `None` if the copies would be too large together,
    /// or nested too deeply.
    pub(super) fn copy(&mut self, value: &Value, depth: usize) -> Option<Value> {
        if depth >= MAX_NESTED {
            return None;
        }
        self.remaining = self.remaining.checked_sub(size(value))?;
        Some(value.clone())
    }
}

fn size(value: &Value) -> usize {
    2 + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.iter().map(|(name, member)| name.len() + 4 + size(member)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 4,
    }
}
