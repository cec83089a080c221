//! Finds the chain of references that leads from an operation to a finding.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::iter;

use crate::file_reference::resolve_path;
use crate::finding::place::{Place, Places, Reference};
use crate::pointer::Pointer;

/// A `$ref` in a chain of references. `pointer` is the object that has the `$ref`. `place` is the line and column of the value of
/// `$ref`.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) file: String,
    pub(crate) pointer: Pointer,
    pub(crate) place: Place,
}

/// The largest number of references that a chain shows.
const MOST_LINKS: usize = 10;

/// The name of a file, and a reference in this file.
type Site<'a> = (&'a str, &'a Reference);

/// The name of a file, and a JSON pointer in this file that references lead to.
type Target = (String, Pointer);

/// All references of all files. Finds the chain of references that leads from an operation to a finding.
pub(crate) struct ReferenceChains<'a> {
    by_target: HashMap<Target, Vec<Site<'a>>>,
    /// The number of references in the shortest chain from an operation to each target. A target is absent if no chain leads from
    /// an operation to it.
    length: HashMap<Target, usize>,
    /// For each target of a chain, the index in `by_target` of the reference that is shown. Many findings share a target, and a
    /// target can have thousands of references.
    shown: RefCell<HashMap<Target, Option<usize>>>,
}

impl<'a> ReferenceChains<'a> {
    /// Collects the references of all files.
    pub(crate) fn of(texts: &'a HashMap<&str, Places<'_>>) -> Self {
        let mut by_target: HashMap<Target, Vec<Site<'a>>> = HashMap::new();
        let mut files: Vec<_> = texts.iter().collect();
        files.sort_by_key(|(file, _)| **file);
        for (file, places) in files {
            for reference in places.references() {
                if let Some(target) = target(file, &reference.target) {
                    by_target.entry(target).or_default().push((*file, reference));
                }
            }
        }
        let length = lengths(&by_target);
        Self { by_target, length, shown: RefCell::default() }
    }

    /// Returns the shortest chain of references from an operation to `pointer`, in reverse order: the reference nearest to
    /// `pointer` is first.
    ///
    /// The chain is empty if `pointer` is below `/paths`. If no operation refers to `pointer`, directly or indirectly, returns at
    /// most one reference: any `$ref` to `pointer` or to an object that contains it. A longer chain is cut after
    /// [`MOST_LINKS`] references.
    pub(crate) fn leading_to(&self, file: &str, pointer: &Pointer) -> Vec<Link> {
        let mut chain: Vec<Link> = Vec::new();
        let (mut file, mut pointer) = (file.to_owned(), pointer.clone());
        while !pointer.starts_with("/paths/") && chain.len() < MOST_LINKS {
            let remaining = self.length_to(&file, &pointer).map(|length| length - 1);
            let next = targets_around(&file, &pointer).find_map(|target| self.shown(target, remaining));
            let Some((next_file, reference)) = next else { break };
            file = next_file.to_owned();
            pointer = reference.holder.clone();
            chain.push(Link { file: file.clone(), pointer: pointer.clone(), place: reference.place.clone() });
            if remaining.is_none() {
                break;
            }
        }
        chain
    }

    /// Returns the first reference to `target` from which a chain with `remaining` references leads to an operation; `None` if
    /// there is no such reference. If `remaining` is `None`, returns any reference.
    fn shown(&self, target: Target, remaining: Option<usize>) -> Option<Site<'a>> {
        let sites = self.by_target.get(&target)?;
        if self.length.get(&target).map(|length| length - 1) != remaining {
            return None;
        }
        let is_next =
            |(file, reference): &Site<'_>| remaining.is_none() || self.length_to(file, &reference.holder) == remaining;
        let mut shown = self.shown.borrow_mut();
        let index = shown.entry(target).or_insert_with(|| sites.iter().position(is_next));
        index.and_then(|index| sites.get(index)).copied()
    }

    /// Returns the number of references in the shortest chain from an operation to `pointer`: 0 if `pointer` is below `/paths`,
    /// `None` if there is no chain.
    fn length_to(&self, file: &str, pointer: &Pointer) -> Option<usize> {
        if pointer.starts_with("/paths/") {
            return Some(0);
        }
        targets_around(file, pointer).filter_map(|target| self.length.get(&target).copied()).min()
    }
}

/// Returns `pointer` and all its ancestors, the innermost first. Each of them is paired with `file`.
fn targets_around(file: &str, pointer: &Pointer) -> impl Iterator<Item = Target> {
    let around = iter::successors(Some(pointer.clone()), Pointer::parent);
    around.map(move |pointer| (file.to_owned(), pointer))
}

/// Returns the length of the shortest chain to each target, by a breadth-first search from the references in operations.
fn lengths(by_target: &HashMap<Target, Vec<Site<'_>>>) -> HashMap<Target, usize> {
    let mut length: HashMap<Target, usize> = HashMap::new();
    let mut waiting: VecDeque<&Target> = VecDeque::new();
    // Maps each target to the targets of the references that it contains.
    let mut within: HashMap<Target, Vec<&Target>> = HashMap::new();
    for (target, sites) in by_target {
        for (file, reference) in sites {
            if reference.holder.starts_with("/paths/") {
                if length.insert(target.clone(), 1).is_none() {
                    waiting.push_back(target);
                }
                continue;
            }
            for around in targets_around(file, &reference.holder).filter(|around| by_target.contains_key(around)) {
                within.entry(around).or_default().push(target);
            }
        }
    }
    while let Some(target) = waiting.pop_front() {
        let next = length[target] + 1;
        for inner in within.get(target).into_iter().flatten() {
            if !length.contains_key(*inner) {
                length.insert((*inner).clone(), next);
                waiting.push_back(inner);
            }
        }
    }
    length
}

/// Returns the file and the JSON pointer that `reference` refers to. `file` contains the reference.
fn target(file: &str, reference: &str) -> Option<(String, Pointer)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let file = if path.is_empty() { file.to_owned() } else { resolve_path(file, path)? };
    Some((file, Pointer::from_fragment(fragment)?))
}
