//! Operations that a crate has no method for: what is not compared, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::iter::successors;

use crate::diff::operation::{by_shape, label, shape, twin};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation, ParameterValue, Schema, SchemaRef};

/// The keys of a path item that are operations.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation of which not everything is compared: the crate of one of the documents, or of both, does not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCompared {
    /// The operation as people call it, `GET /pets`.
    pub operation: String,
    /// Why it is left out of the crate of the older document; `None` where that has it, or has never heard of it.
    pub old: Option<BTreeSet<Code>>,
    /// Why it is left out of the crate of the newer one.
    pub new: Option<BTreeSet<Code>>,
    /// Whether the wire is compared all the same: nothing is wrong with what the documents say.
    pub is_on_wire: bool,
    /// The places of the operation in the older document and in the newer one.
    pub(crate) places: [Option<Pointer>; 2],
}

/// What the crate of a document does not have.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    /// Why operations are left out, by their places.
    operations: HashMap<Pointer, BTreeSet<Code>>,
    /// What could not be read, and is no operation of the document therefore.
    unread: Vec<Unread>,
}

/// An operation that could not be read, or all of a path where the path item could not.
#[derive(Debug)]
struct Unread {
    shape: String,
    method: Option<String>,
    code: Code,
}

impl LeftOut {
    /// The operations of `document` that are not among the `emitted`, and the codes of what stands in the way.
    pub(crate) fn of(document: &Document, emitted: &HashSet<Pointer>, findings: &Findings) -> Self {
        let missing = document.operations.iter().filter(|operation| !emitted.contains(&operation.pointer));
        let missing = missing.map(|operation| (operation.pointer.clone(), codes(document, operation, findings)));
        Self { operations: missing.collect(), unread: unread(document, findings) }
    }

    /// Whether there is nothing of the kind.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.unread.is_empty()
    }

    /// Why an operation of the other document could not be read here.
    fn why_unread(&self, operation: &Operation) -> Option<BTreeSet<Code>> {
        let shape = shape(&operation.path);
        let is_it = |unread: &&Unread| {
            unread.shape == shape && unread.method.as_ref().is_none_or(|method| *method == operation.method)
        };
        let codes: BTreeSet<Code> = self.unread.iter().filter(is_it).map(|unread| unread.code).collect();
        (!codes.is_empty()).then_some(codes)
    }
}

/// What findings are about that stands under `paths`, and is no operation.
fn unread(document: &Document, findings: &Findings) -> Vec<Unread> {
    let known: HashSet<&str> = document.operations.iter().map(|operation| operation.pointer.as_str()).collect();
    let about = findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
    let unread = about.filter_map(|finding| {
        let lineage: Vec<Pointer> = successors(Some(finding.pointer.clone()), Pointer::parent).collect();
        let [operation, item, ..] = match lineage.iter().rev().skip(2).take(2).collect::<Vec<_>>().as_slice() {
            [item] => [None, Some(*item)],
            [item, operation] => [Some(*operation), Some(*item)],
            _ => return None,
        };
        let item = item.filter(|item| item.starts_with("/paths/"))?;
        let method = operation.and_then(Pointer::last).filter(|name| METHODS.contains(&name.as_str()));
        let is_known = match (&method, operation) {
            (Some(_), Some(operation)) => known.contains(operation.as_str()),
            _ => known.iter().any(|known| known.strip_prefix(item.as_str()).is_some_and(|rest| rest.starts_with('/'))),
        };
        (!is_known).then_some(())?;
        Some(Unread {
            shape: shape(&item.last()?),
            method: method.map(|method| method.to_uppercase()),
            code: finding.code,
        })
    });
    unread.collect()
}

/// The codes of the findings about what an operation needs; where some say so of operations, no others.
fn codes(document: &Document, operation: &Operation, findings: &Findings) -> BTreeSet<Code> {
    let places = places(document, operation);
    let is_about = |finding: &&Finding| {
        let mut lineage = successors(Some(finding.pointer.clone()), Pointer::parent);
        finding.code.severity() == Severity::Error
            && (operation.is_affected_by(&finding.pointer) || lineage.any(|place| places.contains(&place)))
    };
    let about: Vec<&Finding> = findings.iter().filter(is_about).collect();
    let stopping = about.iter().filter(|finding| finding.leaves_out_operations()).map(|finding| finding.code);
    let stopping: BTreeSet<Code> = stopping.collect();
    if stopping.is_empty() { about.iter().map(|finding| finding.code).collect() } else { stopping }
}

/// The places of the components that an operation needs.
fn places(document: &Document, operation: &Operation) -> HashSet<Pointer> {
    let mut places = HashSet::new();
    let mut open: Vec<&SchemaRef> = Vec::new();
    for parameter in &operation.parameters {
        places.insert(parameter.pointer.clone());
        match &parameter.value {
            ParameterValue::Schema(schema) => open.push(schema),
            ParameterValue::Content(media) => open.extend(&media.schema),
        }
    }
    for media in operation.body.iter().flat_map(|body| &body.content) {
        places.insert(media.pointer.clone());
        open.extend(&media.schema);
    }
    for response in &operation.responses {
        places.insert(response.pointer.clone());
        open.extend(response.headers.iter().filter_map(|header| header.schema.as_ref()));
        open.extend(response.content.iter().filter_map(|media| media.schema.as_ref()));
    }
    while let Some(schema) = open.pop() {
        let schema: Option<&Schema> = match schema {
            SchemaRef::Inline(schema) => Some(schema),
            SchemaRef::Component { name, .. } => document.schemas.get(name),
        };
        if let Some(schema) = schema.filter(|schema| places.insert(schema.pointer.clone())) {
            open.extend(schema.subschemas());
        }
    }
    places
}

/// What is not compared of two documents.
pub(crate) fn not_compared(old: (&Document, LeftOut), new: (&Document, LeftOut)) -> Vec<NotCompared> {
    let ((old, left_old), (new, left_new)) = (old, new);
    let (before, after) = (by_shape(old), by_shape(new));
    let mut found = Vec::new();
    for operation in &old.operations {
        let other = twin(operation, &after);
        let why = left_old.operations.get(&operation.pointer).cloned();
        let why_other = match other {
            Some(other) => left_new.operations.get(&other.pointer).cloned(),
            None => left_new.why_unread(operation),
        };
        found.push(NotCompared::new((Some(operation), why), (other, why_other)));
    }
    for operation in new.operations.iter().filter(|operation| twin(operation, &before).is_none()) {
        let why = left_new.operations.get(&operation.pointer).cloned();
        found.push(NotCompared::new((None, left_old.why_unread(operation)), (Some(operation), why)));
    }
    found.into_iter().flatten().collect()
}

impl NotCompared {
    /// An operation on both sides, where it is there, and why it is left out of their crates; `None` where it is of none.
    fn new(
        (old, why_old): (Option<&Operation>, Option<BTreeSet<Code>>),
        (new, why_new): (Option<&Operation>, Option<BTreeSet<Code>>),
    ) -> Option<Self> {
        let operation = label(new.or(old).filter(|_| why_old.is_some() || why_new.is_some())?);
        let is_right = |codes: &Option<BTreeSet<Code>>| {
            codes.as_ref().is_none_or(|codes| !codes.is_empty() && codes.iter().all(|code| code.is_refusal()))
        };
        // What came or went is told, whatever is wrong with it.
        let came_or_went = (old.is_none() && why_old.is_none()) || (new.is_none() && why_new.is_none());
        let is_on_wire = came_or_went || (is_right(&why_old) && is_right(&why_new));
        let places = [old, new].map(|operation| operation.map(|operation| operation.pointer.clone()));
        Some(Self { operation, old: why_old, new: why_new, is_on_wire, places })
    }
}

/// What is not compared, and what was passed over in either document, to be told beside the changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Omissions {
    /// The operations that are not compared.
    pub operations: Vec<NotCompared>,
    /// How many findings about the older document were passed over, by code.
    pub old: BTreeMap<Code, usize>,
    /// How many about the newer one.
    pub new: BTreeMap<Code, usize>,
}

impl Omissions {
    /// Counts what was passed over.
    pub fn new(operations: Vec<NotCompared>, old: &[Finding], new: &[Finding]) -> Self {
        Self { operations, old: counted(old), new: counted(new) }
    }

    /// Whether everything was compared.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.old.is_empty() && self.new.is_empty()
    }
}

fn counted(findings: &[Finding]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_passed_over()) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}
