//! Compares two documents: the requests and responses that they describe, and the public items of their crates.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use super::stages::Resolved;
use super::{Pipeline, emitted_operations};
use crate::diff::{self, Change, Omissions, Skipped, UncomparedOperation};
use crate::finding::{Finding, Findings};
use crate::large_stack::{in_parallel, with_stack};
use crate::load;
use crate::options::Input;
use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::surface::{self, Surface};

/// The differences between two documents.
#[derive(Debug)]
pub struct Comparison {
    /// The changes on the wire, followed by the changes in the crate. Each of the two groups starts with the most severe changes.
    /// `None` if an error stopped the run.
    pub changes: Option<Vec<Change>>,
    /// The operations that are not compared, or are compared only in part, because `--skip-unsupported` skipped their errors.
    pub omissions: Omissions,
    /// The findings of the old document.
    pub old: Vec<Finding>,
    /// The findings of the new document.
    pub new: Vec<Finding>,
}

impl<'a> Pipeline<'a> {
    /// Compares two documents. `read_old` and `read_new` read the files that the documents refer to. Both documents must have the
    /// same module name.
    pub fn diff(
        &self,
        (old, read_old): (&Input, &'a load::ReadFile<'a>),
        (new, read_new): (&Input, &'a load::ReadFile<'a>),
    ) -> Comparison {
        let (mut old, mut new) = in_parallel(
            || Revision::check(self.with_files(read_old), old),
            || Revision::check(self.with_files(read_new), new),
        );
        let skips = if self.options.skip_unsupported { skip_uncompared(&mut old, &mut new) } else { Skips::default() };
        let changes = with_stack(|| match (old.side(), new.side()) {
            (Some(old), Some(new)) => Some(diff::wire_changes(old, new)),
            _ => None,
        });
        let (old, new) = lower_both(old, new, &skips.not_compared, skips.lowered);
        let changes =
            changes.zip(old.surface.as_ref().zip(new.surface.as_ref())).map(|(mut changes, (before, after))| {
                changes.extend(diff::crate_changes(surface::compare(before, after)));
                old.place(changes.iter_mut().filter_map(|change| change.old.as_mut()));
                new.place(changes.iter_mut().filter_map(|change| change.new.as_mut()));
                changes
            });
        let (old, new) = (old.findings.into_vec(), new.findings.into_vec());
        Comparison { changes, omissions: Omissions::new(skips.not_compared, &old, &new), old, new }
    }
}

/// One of the two documents of a comparison. The document is loaded and checked, but not lowered yet.
struct Revision<'a> {
    pipeline: Pipeline<'a>,
    input: &'a Input,
    findings: Findings,
    /// The document, and the lifecycle data of its operations, such as `x-sunset`; `None` if the document cannot be loaded.
    document: Option<(Document, diff::Lifecycles)>,
}

impl<'a> Revision<'a> {
    fn check(pipeline: Pipeline<'a>, input: &'a Input) -> Self {
        let mut findings = Findings::new(&input.file);
        let resolved = pipeline.check_document(input, &mut findings);
        let document = resolved.map(|Resolved { document, raw, .. }| {
            let lifecycles = diff::lifecycles(&raw, &document);
            (document, lifecycles)
        });
        Self { pipeline, input, findings, document }
    }

    /// Returns the document for the comparison of requests and responses; `None` if an error stops the run.
    fn side(&self) -> Option<diff::ComparedDocument<'_>> {
        let (document, lifecycles) = self.document.as_ref()?;
        let goes_on = self.pipeline.options.skip_unsupported || !self.findings.has_errors();
        goes_on.then_some(diff::ComparedDocument { document, lifecycles })
    }

    /// Removes the operations whose JSON pointers are in `places`.
    fn remove<'p>(&mut self, places: impl Iterator<Item = &'p Pointer>) {
        let places: HashSet<&Pointer> = places.collect();
        if let Some((document, _)) = self.document.as_mut().filter(|_| !places.is_empty()) {
            document.operations.retain(|operation| !places.contains(&operation.pointer));
        }
    }

    /// Lowers `document`, which is the document of `self` or a copy of it. The `Mutex` is needed to move the document out of a
    /// shared reference.
    fn lower(&self, document: &Mutex<Option<Document>>) -> Lowered<'a> {
        let mut findings = self.findings.clone();
        let document = document.lock().unwrap_or_else(PoisonError::into_inner).take();
        let api = document.and_then(|document| self.pipeline.lower_checked(document, self.input, &mut findings));
        let api = api.filter(|_| !findings.has_errors());
        let operations = api.iter().flat_map(|api| emitted_operations(self.input, api));
        let operations = operations.map(|operation| operation.pointer).collect();
        let surface = api.map(|api| surface::surface(&[api], self.pipeline.options));
        Lowered { input: self.input, surface, operations, findings }
    }
}

/// One of the two documents of a comparison, after lowering.
struct Lowered<'a> {
    input: &'a Input,
    /// The public items of the crate for the document; `None` if an error stops the run.
    surface: Option<Surface>,
    /// The JSON pointers of the operations that have a Rust method in the crate.
    operations: HashSet<Pointer>,
    findings: Findings,
}

impl Lowered<'_> {
    /// Converts the JSON pointers in `places`: from pointers in the resolved document to pointers in the source files.
    fn place<'c>(&self, places: impl Iterator<Item = &'c mut surface::Place>) {
        let origin =
            |pointer: &Pointer| self.findings.origin(pointer).map(|(file, pointer)| (file.to_owned(), pointer));
        diff::resolve_origins(places, &self.input.file, origin);
    }
}

/// The operations that the comparison of the two crates leaves out. Also contains the two lowered documents from which these
/// operations were determined.
#[derive(Default)]
struct Skips<'a> {
    /// The operations that have no Rust method in at least one of the two crates.
    not_compared: Vec<UncomparedOperation>,
    /// Both documents, lowered with all their operations; `None` if the documents are not lowered yet.
    lowered: Option<(Lowered<'a>, Lowered<'a>)>,
}

/// Finds the operations that have no Rust method in at least one of the two crates. If the requests and responses of such an
/// operation cannot be compared, removes the operation from both documents.
fn skip_uncompared<'a>(old: &mut Revision<'a>, new: &mut Revision<'a>) -> Skips<'a> {
    let copy = |revision: &Revision<'_>| Mutex::new(revision.document.as_ref().map(|(document, _)| document.clone()));
    let copies = (copy(old), copy(new));
    let (before, after) = in_parallel(|| old.lower(&copies.0), || new.lower(&copies.1));
    let (Some((older, _)), Some((newer, _))) = (&old.document, &new.document) else {
        return Skips { not_compared: Vec::new(), lowered: Some((before, after)) };
    };
    let skipped =
        |document: &Document, lowered: &Lowered<'_>| Skipped::new(document, &lowered.operations, &lowered.findings);
    let (old_skipped, new_skipped) = (skipped(older, &before), skipped(newer, &after));
    let mut not_compared = Vec::new();
    if !old_skipped.is_empty() || !new_skipped.is_empty() {
        not_compared = diff::uncompared_operations((older, &old_skipped), (newer, &new_skipped));
        let off_wire = not_compared.iter().filter(|operation| !operation.is_on_wire);
        old.remove(off_wire.clone().filter_map(|operation| operation.places[0].as_ref()));
        new.remove(off_wire.filter_map(|operation| operation.places[1].as_ref()));
    }
    Skips { not_compared, lowered: Some((before, after)) }
}

/// Returns both documents, lowered without the operations in `not_compared`.
///
/// `lowered` is the result of lowering both documents with all operations. If `lowered` is `Some`, the returned findings are
/// those of `lowered`, so that the findings about the operations in `not_compared` are not lost.
fn lower_both<'a>(
    mut old: Revision<'a>,
    mut new: Revision<'a>,
    not_compared: &[UncomparedOperation],
    lowered: Option<(Lowered<'a>, Lowered<'a>)>,
) -> (Lowered<'a>, Lowered<'a>) {
    if not_compared.is_empty()
        && let Some(lowered) = lowered
    {
        return lowered;
    }
    old.remove(not_compared.iter().filter_map(|operation| operation.places[0].as_ref()));
    new.remove(not_compared.iter().filter_map(|operation| operation.places[1].as_ref()));
    let documents =
        [old.document.take(), new.document.take()].map(|document| Mutex::new(document.map(|(document, _)| document)));
    let (before, after) = in_parallel(|| old.lower(&documents[0]), || new.lower(&documents[1]));
    match lowered {
        Some((all_before, all_after)) => {
            (Lowered { findings: all_before.findings, ..before }, Lowered { findings: all_after.findings, ..after })
        }
        None => (before, after),
    }
}
