//! Lists the gaps in the comparison of two documents: operations that are missing from a generated crate because of errors, and
//! the errors that `--skip-unsupported` turned into warnings.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::operation::matching::{by_shape, counterpart, label};
use crate::diff::skipped::Skipped;
use crate::finding::{Code, Finding};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};

/// An operation that at least one of the two generated crates lacks, because of errors in the document of that crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncomparedOperation {
    /// The HTTP method and path, such as `GET /pets`.
    pub operation: String,
    /// The codes of the findings that removed the operation from the older crate. `None` if the older crate has the operation, or
    /// if the older document does not have it.
    pub old: Option<BTreeSet<Code>>,
    /// The codes of the findings that removed the operation from the newer crate. `None` if the newer crate has the operation, or
    /// if the newer document does not have it.
    pub new: Option<BTreeSet<Code>>,
    /// Whether the operation is compared on the wire. An operation that was added or removed is always compared. Any other
    /// operation is compared only if its errors report features that copperplate does not support, and not mistakes in the
    /// document.
    pub is_on_wire: bool,
    /// The JSON Pointers of the operation in the older and in the newer document.
    pub(crate) places: [Option<Pointer>; 2],
}

/// Returns the operations that at least one crate lacks. None of these operations is part of the comparison of the crates. The
/// comparison on the wire includes only some of them.
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
    /// Creates a record of an operation that at least one crate lacks. Returns `None` if both `old_codes` and `new_codes` are
    /// `None`: neither crate lacks the operation.
    fn new(
        (old, old_codes): (Option<&Operation>, Option<BTreeSet<Code>>),
        (new, new_codes): (Option<&Operation>, Option<BTreeSet<Code>>),
    ) -> Option<Self> {
        let operation = label(new.or(old).filter(|_| old_codes.is_some() || new_codes.is_some())?);
        let is_correct = |codes: &Option<BTreeSet<Code>>| {
            codes.as_ref().is_none_or(|codes| !codes.is_empty() && codes.iter().all(|code| code.is_refusal()))
        };
        // An added or removed operation is a change on the wire, even if it has errors.
        let was_added_or_removed = (old.is_none() && old_codes.is_none()) || (new.is_none() && new_codes.is_none());
        let is_on_wire = was_added_or_removed || (is_correct(&old_codes) && is_correct(&new_codes));
        let places = [old, new].map(|operation| operation.map(|operation| operation.pointer.clone()));
        Some(Self { operation, old: old_codes, new: new_codes, is_on_wire, places })
    }
}

/// The gaps in the comparison of two documents: operations that were not compared, and errors that `--skip-unsupported` turned
/// into warnings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Omissions {
    /// The operations that at least one crate lacks.
    pub operations: Vec<UncomparedOperation>,
    /// For each finding code, the number of errors in the older document that `--skip-unsupported` turned into warnings.
    pub old: BTreeMap<Code, usize>,
    /// For each finding code, the number of errors in the newer document that `--skip-unsupported` turned into warnings.
    pub new: BTreeMap<Code, usize>,
}

impl Omissions {
    /// Stores `operations`. Counts the errors that `--skip-unsupported` turned into warnings, among the findings `old` of the
    /// older document and `new` of the newer document.
    pub fn new(operations: Vec<UncomparedOperation>, old: &[Finding], new: &[Finding]) -> Self {
        Self { operations, old: count_by_code(old), new: count_by_code(new) }
    }

    /// Returns whether the comparison is complete: all operations were compared, and `--skip-unsupported` turned no error into a
    /// warning.
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
