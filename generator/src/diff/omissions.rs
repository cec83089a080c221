//! The parts of two documents that are not compared: operations that a crate lacks, and errors that were skipped or repaired.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::operation::matching::{by_shape, counterpart, label};
use crate::diff::skipped::Skipped;
use crate::finding::{Code, Finding};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};

/// An operation that is not compared completely, because the crate of at least one document lacks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncomparedOperation {
    /// The method and path, such as `GET /pets`.
    pub operation: String,
    /// The codes of the findings because of which the older crate lacks the operation. It is `None` if the older crate has the
    /// operation, or the older document never had it.
    pub old: Option<BTreeSet<Code>>,
    /// The codes of the findings because of which the newer crate lacks the operation. It is `None` in the same cases as `old`.
    pub new: Option<BTreeSet<Code>>,
    /// Whether the operation is compared on the wire. The documents must be correct for that, but may use features that
    /// copperplate does not support.
    pub is_on_wire: bool,
    /// The places of the operation in the older and in the newer document.
    pub(crate) places: [Option<Pointer>; 2],
}

/// Returns the operations of two documents that are not compared completely.
pub(crate) fn uncompared_operations(
    (old, old_skipped): (&Document, &Skipped),
    (new, new_skipped): (&Document, &Skipped),
) -> Vec<UncomparedOperation> {
    let (old_index, new_index) = (by_shape(old), by_shape(new));
    let mut found = Vec::new();
    for operation in &old.operations {
        let other = counterpart(operation, &new_index);
        let old_codes = old_skipped.codes(operation);
        let new_codes = match other {
            Some(other) => new_skipped.codes(other),
            None => new_skipped.unreadable_codes(operation),
        };
        found.extend(UncomparedOperation::new((Some(operation), old_codes), (other, new_codes)));
    }
    for operation in new.operations.iter().filter(|operation| counterpart(operation, &old_index).is_none()) {
        let old_codes = old_skipped.unreadable_codes(operation);
        let new_codes = new_skipped.codes(operation);
        found.extend(UncomparedOperation::new((None, old_codes), (Some(operation), new_codes)));
    }
    found
}

impl UncomparedOperation {
    /// Returns an operation of one document or both, with the codes of the findings because of which a crate lacks it. Returns
    /// `None` if both crates have the operation.
    fn new(
        (old, old_codes): (Option<&Operation>, Option<BTreeSet<Code>>),
        (new, new_codes): (Option<&Operation>, Option<BTreeSet<Code>>),
    ) -> Option<Self> {
        let operation = label(new.or(old).filter(|_| old_codes.is_some() || new_codes.is_some())?);
        let is_correct = |codes: &Option<BTreeSet<Code>>| {
            codes.as_ref().is_none_or(|codes| !codes.is_empty() && codes.iter().all(|code| code.is_refusal()))
        };
        // If the operation was added or removed, this is a change on the wire regardless of errors.
        let was_added_or_removed = (old.is_none() && old_codes.is_none()) || (new.is_none() && new_codes.is_none());
        let is_on_wire = was_added_or_removed || (is_correct(&old_codes) && is_correct(&new_codes));
        let places = [old, new].map(|operation| operation.map(|operation| operation.pointer.clone()));
        Some(Self { operation, old: old_codes, new: new_codes, is_on_wire, places })
    }
}

/// The parts of two documents that are not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Omissions {
    /// The operations that are not compared completely.
    pub operations: Vec<UncomparedOperation>,
    /// The number of errors in the older document that were skipped or repaired, by code.
    pub old: BTreeMap<Code, usize>,
    /// The number of errors in the newer document that were skipped or repaired, by code.
    pub new: BTreeMap<Code, usize>,
}

impl Omissions {
    /// Counts the errors in the older and the newer document that were skipped or repaired.
    pub fn new(operations: Vec<UncomparedOperation>, old: &[Finding], new: &[Finding]) -> Self {
        Self { operations, old: count_by_code(old), new: count_by_code(new) }
    }

    /// Whether both documents are compared completely.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.old.is_empty() && self.new.is_empty()
    }
}

fn count_by_code(findings: &[Finding]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_downgraded()) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}
