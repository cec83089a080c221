// copperplate runtime: copied into each generated crate that uses it.
//! What is known of a union after its variants have been tried.

use std::any::TypeId;

use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::union::attempt::Verdict;

/// How a union is decoded.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice {
    /// As the variant at this index.
    Variant(usize),
    /// As JSON, because no single variant can hold the value.
    Unknown,
    /// Not at all, because the variant that the discriminator names does not decode.
    Error,
}

/// The outcome of trying the variants of a union.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub choice: Choice,
    /// The number of variants that match. `None` if it does not matter.
    pub match_count: Option<usize>,
    /// Whether the value is valid, as the chosen variant and in the number of variants that match.
    pub verdict: Verdict,
    pub null_count: usize,
    pub is_exact: bool,
}

impl Outcome {
    /// Notes the outcome in the record of an attempt that gets a placeholder for the union.
    pub fn note_placeholder(&self, leniency: &Leniency) {
        leniency.add(self.null_count, self.is_exact);
        if let Some(attempt) = leniency.attempt() {
            attempt.note_placeholder();
        }
    }
}

/// The outcomes for the unions in one value.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    /// The first outcome. A value without nested unions has no other one, and needs no memory for the lists.
    first: Option<(usize, TypeId, Outcome)>,
    /// For each part of the value, the length of the list up to its newest outcome, or 0. Parts at the end may be absent.
    newest: Vec<usize>,
    list: Vec<OutcomeEntry>,
}

/// An outcome, with the type of the union.
#[derive(Debug)]
struct OutcomeEntry {
    union: TypeId,
    outcome: Outcome,
    /// The length of the list up to the outcome before, for another union with the same part. 0 if there is none.
    previous: usize,
}

impl Outcomes {
    /// The outcome for a union, by the index of its part and by its type.
    pub fn get(&self, index: usize, union: TypeId) -> Option<Outcome> {
        if let Some((first_index, first_union, outcome)) = self.first
            && (first_index, first_union) == (index, union)
        {
            return Some(outcome);
        }
        let mut length = *self.newest.get(index)?;
        while let Some(entry) = length.checked_sub(1).and_then(|last| self.list.get(last)) {
            if entry.union == union {
                return Some(entry.outcome);
            }
            length = entry.previous;
        }
        None
    }

    pub fn add(&mut self, index: usize, union: TypeId, outcome: Outcome) {
        if self.first.is_none() {
            self.first = Some((index, union, outcome));
            return;
        }
        if self.newest.len() <= index {
            self.newest.resize(index + 1, 0);
        }
        let previous = self.newest[index];
        self.list.push(OutcomeEntry { union, outcome, previous });
        self.newest[index] = self.list.len();
    }
}
