//! Limits how much data the copies of referenced values may have. A few references that lead to one another could otherwise copy
//! gigabytes.

use serde_json::Value;

use crate::json::size::size;
use crate::load::size_limit::{PointersWithin, max_pointers, max_size};

/// The largest number of copies inside one another. A long chain of references would otherwise nest values very deeply.
const MAX_NESTED: usize = 16;

/// How much data may still be copied.
#[derive(Debug)]
pub(super) struct CopyBudget {
    /// The size of the copies up to now, in bytes.
    copied: usize,
    /// The length of the JSON Pointers of all values in the copies up to now, in bytes.
    pointers: usize,
    /// Whether the limit has been exceeded, and a finding says so.
    pub(super) is_reported: bool,
}

impl CopyBudget {
    pub(super) fn new() -> Self {
        Self { copied: 0, pointers: 0, is_reported: false }
    }

    /// Returns a copy of `value`, which is inside `depth` other copies and gets a JSON Pointer with `pointer_length` bytes. Returns
    /// `None` if the copies would be nested too deeply, or too large together for a document with `text_length` bytes.
    pub(super) fn copy(
        &mut self,
        value: &Value,
        depth: usize,
        pointer_length: usize,
        text_length: usize,
    ) -> Option<Value> {
        let pointers = self.pointers.saturating_add(PointersWithin::of(value).at(pointer_length));
        if depth >= MAX_NESTED || pointers > max_pointers(text_length) || !self.add(size(value), text_length) {
            return None;
        }
        self.pointers = pointers;
        Some(value.clone())
    }

    /// Counts `size` bytes of copied data. Returns whether a document with `text_length` bytes may have so much of it.
    pub(super) fn add(&mut self, size: usize, text_length: usize) -> bool {
        let copied = self.copied.saturating_add(size);
        let is_allowed = copied <= max_size(text_length);
        if is_allowed {
            self.copied = copied;
        }
        is_allowed
    }
}
