//! Finds the operations that a generated crate lacks because of errors in the document, and the codes of the errors.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter::successors;

use crate::diff::operation::matching::shape;
use crate::diff::skip_cause::SkipCauses;
use crate::finding::{Code, Findings, PlaceSet, Severity};
use crate::load::grammar::METHODS;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};

/// The operations of a document that its generated crate lacks.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    /// The codes of the errors that removed each operation from the crate, by the JSON Pointer of the operation.
    operations: HashMap<Pointer, BTreeSet<Code>>,
    /// The operations that could not be read because of errors. The resolved document does not contain them.
    unreadable: HashMap<Shape, Vec<Unreadable>>,
}

/// A path without the names of its parameters, such as `/pets/{}`.
type Shape = String;

/// An operation that could not be read, or a whole path item that could not be read, with all its operations.
#[derive(Debug)]
struct Unreadable {
    /// The HTTP method in upper case; `None` for a whole path item.
    method: Option<String>,
    code: Code,
}

impl Skipped {
    /// Finds the operations of `document` that its generated crate lacks. `emitted` has the JSON Pointers of the operations in
    /// this crate.
    pub(crate) fn new(document: &Document, emitted: &HashSet<Pointer>, findings: &Findings) -> Self {
        let missing = document.operations.iter().filter(|operation| !emitted.contains(&operation.pointer));
        let missing: Vec<&Operation> = missing.collect();
        let causes = SkipCauses::of(document, &missing, findings);
        let codes = |operation: &&Operation| (operation.pointer.clone(), causes.codes(document, operation));
        Self { operations: missing.iter().map(codes).collect(), unreadable: unreadable(document, findings) }
    }

    /// Returns whether the generated crate has all operations of the document.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.unreadable.is_empty()
    }

    /// Returns the codes of the errors that removed an operation from the generated crate; `None` if the crate has the
    /// operation.
    pub(super) fn codes(&self, operation: &Operation) -> Option<BTreeSet<Code>> {
        self.operations.get(&operation.pointer).cloned()
    }

    /// Returns the codes of the errors that make an operation of this document unreadable: the operation with the HTTP method
    /// and path of `operation`, which is from the other compared document. Returns `None` if there are no such errors.
    pub(super) fn unreadable_codes(&self, operation: &Operation) -> Option<BTreeSet<Code>> {
        let of_path = self.unreadable.get(&shape(&operation.path)).into_iter().flatten();
        let of_operation =
            of_path.filter(|unreadable| unreadable.method.as_ref().is_none_or(|method| *method == operation.method));
        let codes: BTreeSet<Code> = of_operation.map(|unreadable| unreadable.code).collect();
        (!codes.is_empty()).then_some(codes)
    }
}

/// Returns an [`Unreadable`] for each error in an operation or path item that could not be read, so that the resolved document
/// lacks it.
fn unreadable(document: &Document, findings: &Findings) -> HashMap<Shape, Vec<Unreadable>> {
    let known: PlaceSet = document.operations.iter().map(|operation| &operation.pointer).collect();
    let errors = findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
    let mut unreadable: HashMap<Shape, Vec<Unreadable>> = HashMap::new();
    let each = errors.filter_map(|finding| {
        let lineage: Vec<Pointer> = successors(Some(finding.pointer.clone()), Pointer::parent).collect();
        // The last elements of `lineage` are, from the end: the root, `/paths`, the path item and the operation.
        let [operation, path_item] = match lineage.iter().rev().skip(2).take(2).collect::<Vec<_>>().as_slice() {
            [path_item] => [None, Some(*path_item)],
            [path_item, operation] => [Some(*operation), Some(*path_item)],
            _ => return None,
        };
        let path_item = path_item.filter(|path_item| path_item.starts_with("/paths/"))?;
        let method = operation.and_then(Pointer::last).filter(|name| METHODS.contains(&name.as_str()));
        let is_known = match (&method, operation) {
            (Some(_), Some(operation)) => known.contains(operation),
            _ => known.has_within(path_item),
        };
        (!is_known).then_some(())?;
        let method = method.map(|method| method.to_uppercase());
        Some((shape(&path_item.last()?), Unreadable { method, code: finding.code }))
    });
    each.for_each(|(shape, one)| unreadable.entry(shape).or_default().push(one));
    unreadable
}
