//! Finds the operations that a generated crate lacks because of errors in the document, and the codes of the errors.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter::successors;

use crate::diff::operation::matching::shape;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::load::grammar::METHODS;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation, ParameterValue, SchemaRef};

/// The operations of a document that its generated crate lacks.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    /// The codes of the errors that removed each operation from the crate, by the JSON Pointer of the operation.
    operations: HashMap<Pointer, BTreeSet<Code>>,
    /// The operations that could not be read because of errors. The resolved document does not contain them.
    unreadable: Vec<Unreadable>,
}

/// An operation that could not be read, or a whole path item that could not be read, with all its operations.
#[derive(Debug)]
struct Unreadable {
    /// The path without the names of its parameters, such as `/pets/{}`.
    shape: String,
    /// The HTTP method in upper case; `None` for a whole path item.
    method: Option<String>,
    code: Code,
}

impl Skipped {
    /// Finds the operations of `document` that its generated crate lacks. `emitted` has the JSON Pointers of the operations in
    /// this crate.
    pub(crate) fn new(document: &Document, emitted: &HashSet<Pointer>, findings: &Findings) -> Self {
        let missing = document.operations.iter().filter(|operation| !emitted.contains(&operation.pointer));
        let missing = missing.map(|operation| (operation.pointer.clone(), codes(document, operation, findings)));
        Self { operations: missing.collect(), unreadable: unreadable(document, findings) }
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
        let shape = shape(&operation.path);
        let is_same = |unreadable: &&Unreadable| {
            unreadable.shape == shape && unreadable.method.as_ref().is_none_or(|method| *method == operation.method)
        };
        let codes: BTreeSet<Code> = self.unreadable.iter().filter(is_same).map(|unreadable| unreadable.code).collect();
        (!codes.is_empty()).then_some(codes)
    }
}

/// Returns an [`Unreadable`] for each error in an operation or path item that could not be read, so that the resolved document
/// lacks it.
fn unreadable(document: &Document, findings: &Findings) -> Vec<Unreadable> {
    let known: HashSet<&str> = document.operations.iter().map(|operation| operation.pointer.as_str()).collect();
    let errors = findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
    let unreadable = errors.filter_map(|finding| {
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
            (Some(_), Some(operation)) => known.contains(operation.as_str()),
            _ => known
                .iter()
                .any(|known| known.strip_prefix(path_item.as_str()).is_some_and(|rest| rest.starts_with('/'))),
        };
        (!is_known).then_some(())?;
        Some(Unreadable {
            shape: shape(&path_item.last()?),
            method: method.map(|method| method.to_uppercase()),
            code: finding.code,
        })
    });
    unreadable.collect()
}

/// Returns the codes of the errors that affect `operation`. If some of these errors cause the operation to be skipped, returns
/// only the codes of those errors.
fn codes(document: &Document, operation: &Operation, findings: &Findings) -> BTreeSet<Code> {
    let places = needed_places(document, operation);
    let is_relevant = |finding: &&Finding| {
        let mut lineage = successors(Some(finding.pointer.clone()), Pointer::parent);
        finding.code.severity() == Severity::Error
            && (operation.is_affected_by(&finding.pointer) || lineage.any(|place| places.contains(&place)))
    };
    let relevant: Vec<&Finding> = findings.iter().filter(is_relevant).collect();
    let skipping = relevant.iter().filter(|finding| finding.skips_operations()).map(|finding| finding.code);
    let skipping: BTreeSet<Code> = skipping.collect();
    if skipping.is_empty() { relevant.iter().map(|finding| finding.code).collect() } else { skipping }
}

/// Returns the JSON Pointers of the parameters, media types, responses and schemas that an operation needs.
fn needed_places(document: &Document, operation: &Operation) -> HashSet<Pointer> {
    let mut places = HashSet::new();
    let mut pending: Vec<&SchemaRef> = Vec::new();
    for parameter in &operation.parameters {
        places.insert(parameter.pointer.clone());
        match &parameter.value {
            ParameterValue::Schema(schema) => pending.push(schema),
            ParameterValue::Content(media) => pending.extend(&media.schema),
        }
    }
    for media in operation.body.iter().flat_map(|body| &body.content) {
        places.insert(media.pointer.clone());
        pending.extend(&media.schema);
    }
    for response in &operation.responses {
        places.insert(response.pointer.clone());
        pending.extend(response.headers.iter().filter_map(|header| header.schema.as_ref()));
        pending.extend(response.content.iter().filter_map(|media| media.schema.as_ref()));
    }
    while let Some(schema) = pending.pop() {
        if let Some(schema) = document.resolved(schema).filter(|schema| places.insert(schema.pointer.clone())) {
            pending.extend(schema.subschemas());
        }
    }
    places
}
