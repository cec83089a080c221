//! Two documents compared: on the wire, and for callers of their crates.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::diff::{self, Change, LeftOut, NotCompared, Omissions};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::surface::{self, Surface};
use crate::{Input, Options, STACK, checked, emitted_operations, load, lowered_document, with_stack};

/// What two documents differ in.
#[derive(Debug)]
pub struct Comparison {
    /// The changes, on the wire and in the crate, the worst first; `None` where a finding stopped the run.
    pub changes: Option<Vec<Change>>,
    /// What is not compared, where the user goes on without what is wrong.
    pub omissions: Omissions,
    /// What there is to say about the older document.
    pub old: Vec<Finding>,
    /// What there is to say about the newer one.
    pub new: Vec<Finding>,
}

/// Compares two documents, each with what reads the files that it refers to. Both are taken for the same module.
pub fn diff_beside(
    (old, read_old): (&Input, &load::Read<'_>),
    (new, read_new): (&Input, &load::Read<'_>),
    options: &Options,
) -> Comparison {
    let (mut old, mut new) = both(|| Revision::of(old, read_old), || Revision::of(new, read_new));
    let (not_compared, tried) =
        if options.skip_unsupported { tried(&mut old, &mut new, options) } else { (Vec::new(), None) };
    let changes = with_stack(|| match (old.side(options), new.side(options)) {
        (Some(old), Some(new)) => Some(diff::wire(old, new)),
        _ => None,
    });
    old.leave_out(not_compared.iter().filter_map(|operation| operation.places[0].as_ref()));
    new.leave_out(not_compared.iter().filter_map(|operation| operation.places[1].as_ref()));
    let documents = [old.document.take(), new.document.take()].map(Mutex::new);
    let again = || both(|| old.lowered(&documents[0], options), || new.lowered(&documents[1], options));
    let (before, after) = match tried {
        Some((before, after)) if not_compared.is_empty() => (before, after),
        // The findings are those about the whole documents.
        Some((told_before, told_after)) => {
            let (before, after) = again();
            (Lowered { findings: told_before.findings, ..before }, Lowered { findings: told_after.findings, ..after })
        }
        None => again(),
    };
    (old.findings, new.findings) = (before.findings, after.findings);
    let changes = changes.zip(before.surface.zip(after.surface)).map(|(mut changes, (before, after))| {
        changes.extend(diff::in_crate(surface::compare(&before, &after)));
        old.place(changes.iter_mut().filter_map(|change| change.old.as_mut()));
        new.place(changes.iter_mut().filter_map(|change| change.new.as_mut()));
        changes
    });
    let (old, new) = (old.findings.into_vec(), new.findings.into_vec());
    Comparison { changes, omissions: Omissions::new(not_compared, &old, &new), old, new }
}

/// Finds out what the crates of both documents do not have, and takes out of both what cannot be compared on the wire either.
fn tried(
    old: &mut Revision<'_>,
    new: &mut Revision<'_>,
    options: &Options,
) -> (Vec<NotCompared>, Option<(Lowered, Lowered)>) {
    let copies = [old.document.clone(), new.document.clone()].map(Mutex::new);
    let (before, after) = both(|| old.lowered(&copies[0], options), || new.lowered(&copies[1], options));
    let (Some((older, _)), Some((newer, _))) = (&old.document, &new.document) else {
        return (Vec::new(), Some((before, after)));
    };
    let left_out =
        |document: &Document, lowered: &Lowered| LeftOut::of(document, &lowered.operations, &lowered.findings);
    let (left_old, left_new) = (left_out(older, &before), left_out(newer, &after));
    if left_old.is_empty() && left_new.is_empty() {
        return (Vec::new(), Some((before, after)));
    }
    let not_compared = diff::not_compared((older, left_old), (newer, left_new));
    let off_wire = not_compared.iter().filter(|operation| !operation.is_on_wire);
    let [off_old, off_new] =
        [0, 1].map(|side| off_wire.clone().filter_map(move |operation| operation.places[side].as_ref()));
    old.leave_out(off_old);
    new.leave_out(off_new);
    (not_compared, Some((before, after)))
}

/// What the later stages make of a document.
struct Lowered {
    /// What callers of its crate see; `None` where a finding stops the run.
    surface: Option<Surface>,
    /// The places of the operations that the crate has.
    operations: HashSet<Pointer>,
    /// All findings.
    findings: Findings,
}

/// One of two documents that are compared.
struct Revision<'a> {
    input: &'a Input,
    findings: Findings,
    /// What it says, and what it promises; `None` where nothing is left of it.
    document: Option<Resolved>,
}

/// A document, and what it promises beyond that.
type Resolved = (Document, diff::Lifecycles);

impl<'a> Revision<'a> {
    fn of(input: &'a Input, read: &load::Read<'_>) -> Self {
        let mut findings = Findings::new(&input.file);
        let document = checked(input, read, &|_| {}, &mut findings, diff::lifecycles);
        Self { input, findings, document }
    }

    /// What is compared on the wire: all that is right, and what is not where the user goes on with it.
    fn side(&self, options: &Options) -> Option<diff::Side<'_>> {
        let (document, lifecycles) = self.document.as_ref()?;
        (options.skip_unsupported || !self.findings.has_errors()).then_some(diff::Side { document, lifecycles })
    }

    /// Takes the operations at these places out of it.
    fn leave_out<'p>(&mut self, places: impl Iterator<Item = &'p Pointer>) {
        let places: HashSet<&Pointer> = places.collect();
        if let Some((document, _)) = self.document.as_mut().filter(|_| !places.is_empty()) {
            document.operations.retain(|operation| !places.contains(&operation.pointer));
        }
    }

    fn lowered(&self, document: &Mutex<Option<Resolved>>, options: &Options) -> Lowered {
        let mut findings = self.findings.clone();
        let document = document.lock().unwrap_or_else(PoisonError::into_inner).take();
        let api =
            document.and_then(|(document, _)| lowered_document(document, &self.input.module, options, &mut findings));
        let api = api.filter(|_| !findings.has_errors());
        let operations = api.iter().flat_map(|api| emitted_operations(self.input, api));
        let operations = operations.map(|operation| operation.pointer).collect();
        Lowered { surface: api.map(|api| surface::surface(&[api], options)), operations, findings }
    }

    fn place<'c>(&self, places: impl Iterator<Item = &'c mut surface::Place>) {
        let origin =
            |pointer: &Pointer| self.findings.origin(pointer).map(|(file, pointer)| (file.to_owned(), pointer));
        diff::place(places, &self.input.file, origin);
    }
}

/// Does two things at a time.
fn both<T: Send>(left: impl Fn() -> T + Sync, right: impl Fn() -> T + Sync) -> (T, T) {
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &left);
        let right = with_stack(right);
        let left = spawned
            .map_or_else(|_| left(), |thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (left, right)
    })
}
