//! The limits on the work of overlays. A few actions could visit a document thousands of times, or double it with each action.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::json::size::size;
use crate::json_path::Budget;
use crate::load::size_limit::{self, PointersWithin};
use crate::load::text::MAX_DEPTH;
use crate::pointer::Pointer;

/// The steps that the actions of every run may take. Tests use a smaller number.
const ALWAYS_ALLOWED_STEPS: u64 = if cfg!(test) { 200_000 } else { 20_000_000 };

/// The steps that the actions may take for each byte of the document and its overlays. An action whose target begins with `$..`
/// takes about a third of a step for each byte.
const STEPS_OF_BYTE: u64 = 16;

/// The steps that an item takes if it moves because an item before it was removed.
const STEPS_OF_MOVE: u64 = 10;

/// The length of the JSON Pointer of a moved item, in bytes, that takes another step. The JSON Pointer is written several times.
const POINTER_OF_STEP: usize = 16;

/// What the actions of a run may still do.
pub(super) struct Limits {
    pub(super) budget: Budget,
    /// The size of all values that the actions may still add, in bytes.
    addable: usize,
    /// The size of all values that the actions may add, in bytes.
    max_added: usize,
    /// The length of the JSON Pointers of all values that the actions may still add, in bytes.
    addable_pointers: usize,
    /// Whether an action exceeded a limit. The actions after it are not applied.
    pub(super) are_exceeded: bool,
}

impl Limits {
    /// Creates the limits for a document with `size` bytes, including its overlays.
    pub(super) fn new(size: usize) -> Self {
        let max_added = size_limit::max_size(size);
        let budget = Budget::new(ALWAYS_ALLOWED_STEPS.saturating_add((size as u64).saturating_mul(STEPS_OF_BYTE)));
        Self {
            budget,
            addable: max_added,
            max_added,
            addable_pointers: size_limit::max_pointers(size),
            are_exceeded: false,
        }
    }

    /// Returns whether `update` may be added to all `targets`. Reports if the document would become too large or nested too deeply.
    pub(super) fn allow_addition(
        &mut self,
        update: &Value,
        targets: &[Pointer],
        place: &Pointer,
        findings: &mut Findings,
    ) -> bool {
        let size = size(update).saturating_mul(targets.len());
        let outer = targets.iter().map(|target| target.tokens().count()).max().unwrap_or_default();
        let added = PointersWithin::of(update);
        let pointers = targets.iter().map(|target| added.at(target.as_str().len())).fold(0, usize::saturating_add);
        let rests = self.addable.checked_sub(size).zip(self.addable_pointers.checked_sub(pointers));
        let too_much = match rests {
            Some((rest, pointers)) if outer + depth(update) <= MAX_DEPTH => {
                (self.addable, self.addable_pointers) = (rest, pointers);
                return true;
            }
            None if size <= self.addable => "their values are at places with too long keys".to_owned(),
            _ => format!(
                "all actions together may add {} bytes to this document, and it may be nested {MAX_DEPTH} levels deep",
                self.max_added
            ),
        };
        self.are_exceeded = true;
        let message = format!("The actions add too much: {too_much}.");
        findings.add(Code::DocumentLimit, &place.join("update"), message, "Add less, or to fewer places.");
        false
    }

    /// Takes the steps of a removal from the container at `container` with `length` members or items, of which `moved` move.
    pub(super) fn count_removal(&self, container: &Pointer, length: usize, moved: usize) {
        let steps_of_move = STEPS_OF_MOVE + (container.as_str().len() / POINTER_OF_STEP) as u64;
        // The caller checks whether the budget is used up after each action.
        _ = self.budget.spend(length as u64 + (moved as u64).saturating_mul(steps_of_move));
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
