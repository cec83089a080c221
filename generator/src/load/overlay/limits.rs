//! The limits on the work of overlays. A few actions could visit a document thousands of times, or double it with each action.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::json_path::Budget;
use crate::load::size_limit;
use crate::load::text::MAX_DEPTH;
use crate::pointer::Pointer;

/// The steps that the actions of every run may take. Tests use a smaller number.
const ALWAYS_ALLOWED_STEPS: u64 = if cfg!(test) { 200_000 } else { 20_000_000 };

/// The steps that the actions may take for each byte of the document and its overlays. An action whose target begins with `$..`
/// takes about a third of a step for each byte.
const STEPS_OF_BYTE: u64 = 16;

/// The steps that an item takes if it moves because an item before it was removed.
const STEPS_OF_MOVE: u64 = 10;

/// What the actions of a run may still do.
pub(super) struct Limits {
    pub(super) budget: Budget,
    /// The size of all values that the actions may still add, in bytes.
    addable: usize,
    /// The size of all values that the actions may add, in bytes.
    max_added: usize,
    /// Whether an action exceeded a limit. The actions after it are not applied.
    pub(super) are_exceeded: bool,
}

impl Limits {
    /// Creates the limits for a document with `size` bytes, including its overlays.
    pub(super) fn new(size: usize) -> Self {
        let max_added = size_limit::max_size(size);
        let budget = Budget::new(ALWAYS_ALLOWED_STEPS.saturating_add((size as u64).saturating_mul(STEPS_OF_BYTE)));
        Self { budget, addable: max_added, max_added, are_exceeded: false }
    }

    /// Returns whether `update` may be added to all `targets`. Reports if the document would become too large or nested too deeply.
    pub(super) fn allow_addition(
        &mut self,
        update: &Value,
        targets: &[Pointer],
        place: &Pointer,
        findings: &mut Findings,
    ) -> bool {
        let size = size_limit::size(update).saturating_mul(targets.len());
        let outer = targets.iter().map(|target| target.tokens().count()).max().unwrap_or_default();
        match self.addable.checked_sub(size) {
            Some(rest) if outer + depth(update) <= MAX_DEPTH => self.addable = rest,
            _ => {
                self.are_exceeded = true;
                let message = format!(
                    "The actions add too much: all actions together may add {} bytes to this document, and it may be nested \
                     {MAX_DEPTH} levels deep.",
                    self.max_added
                );
                findings.add(Code::DocumentLimit, &place.join("update"), message, "Add less, or to fewer places.");
            }
        }
        !self.are_exceeded
    }

    /// Takes the steps of a removal from a container with `length` members or items, of which `moved` move.
    pub(super) fn count_removal(&self, length: usize, moved: usize) {
        // The caller checks whether the budget is used up after each action.
        _ = self.budget.spend(length as u64 + (moved as u64).saturating_mul(STEPS_OF_MOVE));
    }

    /// Returns whether the budget is used up. Reports this at `place`, the target of an action.
    pub(super) fn is_budget_used_up(&mut self, place: &Pointer, findings: &mut Findings) -> bool {
        if self.budget.is_used_up() {
            self.are_exceeded = true;
            let message = "The actions take too many steps: they visit the values of the document too often.";
            let remedy = "Write more specific targets, without `..`, or fewer actions.";
            findings.add(Code::DocumentLimit, place, message, remedy);
        }
        self.are_exceeded
    }
}

/// Returns the number of levels of a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
