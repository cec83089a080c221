// copperplate runtime: copied into each generated crate that uses it.
//! The state of an attempt to decode a value as one variant of a union.

use std::cell::Cell;
use std::ops::BitAnd;

use crate::runtime::validation::violation::Direction;

/// Whether a value is valid in a response, and whether it is valid in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub response: bool,
    pub request: bool,
}

impl Verdict {
    pub const VALID: Self = Self { response: true, request: true };
    pub const INVALID: Self = Self { response: false, request: false };

    pub fn is_valid_as(self, direction: Direction) -> bool {
        match direction {
            Direction::Response => self.response,
            Direction::Request => self.request,
        }
    }

    /// Whether the value is valid in at least one direction.
    pub fn is_valid(self) -> bool {
        self.response || self.request
    }
}

impl BitAnd for Verdict {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self { response: self.response && other.response, request: self.request && other.request }
    }
}

/// The state of an attempt to decode a part of a buffered value as one variant.
///
/// The unions in this part are decoded and validated once. A later attempt gets a placeholder for such a union: the
/// variant `Unknown` with null. If the later attempt succeeds and is selected, the part is decoded again, without
/// placeholders.
#[derive(Debug)]
pub(crate) struct UnionAttempt {
    /// The index of the part.
    part: usize,
    /// The verdict on the unions in the part.
    nested_verdict: Cell<Verdict>,
    has_placeholders: Cell<bool>,
}

impl UnionAttempt {
    pub fn new(part: usize) -> Self {
        Self { part, nested_verdict: Cell::new(Verdict::VALID), has_placeholders: Cell::new(false) }
    }

    pub fn part(&self) -> usize {
        self.part
    }

    pub fn note_verdict(&self, verdict: Verdict) {
        self.nested_verdict.set(self.nested_verdict.get() & verdict);
    }

    pub fn nested_verdict(&self) -> Verdict {
        self.nested_verdict.get()
    }

    pub fn note_placeholder(&self) {
        self.has_placeholders.set(true);
    }

    pub fn has_placeholders(&self) -> bool {
        self.has_placeholders.get()
    }
}
