//! Two documents compared: on the wire, and for callers of their crates.

use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::diff::{self, Change};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::surface::{self, Surface};
use crate::{Input, Options, STACK, checked, load, lowered_document, with_stack};

/// What two documents differ in.
#[derive(Debug)]
pub struct Comparison {
    /// The changes, on the wire and in the crate, the worst first; `None` where a finding stopped the run.
    pub changes: Option<Vec<Change>>,
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
    let changes = with_stack(|| match (old.side(options), new.side(options)) {
        (Some(old), Some(new)) => Some(diff::wire(old, new)),
        _ => None,
    });
    let documents = [old.document.take(), new.document.take()].map(Mutex::new);
    let ((before, found_old), (after, found_new)) =
        both(|| old.surface(&documents[0], options), || new.surface(&documents[1], options));
    (old.findings, new.findings) = (found_old, found_new);
    let changes = changes.zip(before.zip(after)).map(|(mut changes, (before, after))| {
        changes.extend(diff::in_crate(surface::compare(&before, &after)));
        old.place(changes.iter_mut().filter_map(|change| change.old.as_mut()));
        new.place(changes.iter_mut().filter_map(|change| change.new.as_mut()));
        changes
    });
    Comparison { changes, old: old.findings.into_vec(), new: new.findings.into_vec() }
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

    /// What callers of its crate see, and all findings.
    fn surface(&self, document: &Mutex<Option<Resolved>>, options: &Options) -> (Option<Surface>, Findings) {
        let mut findings = self.findings.clone();
        let document = document.lock().unwrap_or_else(PoisonError::into_inner).take();
        let api =
            document.and_then(|(document, _)| lowered_document(document, &self.input.module, options, &mut findings));
        let stops = findings.has_errors();
        (api.filter(|_| !stops).map(|api| surface::surface(&[api], options)), findings)
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
