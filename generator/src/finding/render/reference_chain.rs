//! Finds the chain of references that leads from an operation to a place.

use std::collections::{HashMap, VecDeque};
use std::iter;

use crate::file_reference::resolve_path;
use crate::finding::place::{Place, Places, Reference};
use crate::pointer::Pointer;

/// A link of a chain: a `$ref`, and the object that has it.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) file: String,
    pub(crate) pointer: Pointer,
    pub(crate) place: Place,
}

/// A reference, and its file.
type Site<'a> = (&'a str, &'a Reference);

/// A place that references lead to, and its file.
type Target = (String, Pointer);

/// The references in all texts.
pub(crate) struct ReferenceChains<'a> {
    by_target: HashMap<Target, Vec<Site<'a>>>,
    /// For each target, the length of the shortest chain that leads from an operation to it. Absent if there is no chain.
    length: HashMap<Target, usize>,
}

impl<'a> ReferenceChains<'a> {
    /// Collects the references of `texts`.
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
        Self { by_target, length }
    }

    /// Returns the shortest chain from an operation to the place, its last link first.
    ///
    /// The chain is empty if the place belongs to an operation itself. If no chain starts at an operation, the result is the first
    /// reference to the place, if any.
    pub(crate) fn leading_to(&self, file: &str, pointer: &Pointer) -> Vec<Link> {
        let mut chain: Vec<Link> = Vec::new();
        let (mut file, mut pointer) = (file.to_owned(), pointer.clone());
        while !pointer.starts_with("/paths/") {
            let remaining = self.length_to(&file, &pointer).map(|length| length - 1);
            let is_next = |(file, reference): &&Site<'_>| {
                remaining.is_none() || self.length_to(file, &reference.holder) == remaining
            };
            let next = targets_around(&file, &pointer)
                .filter_map(|target| self.by_target.get(&target))
                .flatten()
                .find(is_next);
            let Some((next_file, reference)) = next.copied() else { break };
            file = next_file.to_owned();
            pointer = reference.holder.clone();
            chain.push(Link { file: file.clone(), pointer: pointer.clone(), place: reference.place.clone() });
            if remaining.is_none() {
                break;
            }
        }
        chain
    }

    /// The length of the shortest chain that leads from an operation to the place; 0 if the place belongs to an operation itself.
    /// `None` if there is no chain.
    fn length_to(&self, file: &str, pointer: &Pointer) -> Option<usize> {
        if pointer.starts_with("/paths/") {
            return Some(0);
        }
        targets_around(file, pointer).filter_map(|target| self.length.get(&target).copied()).min()
    }
}

/// The places that contain `pointer`, the innermost first.
fn targets_around(file: &str, pointer: &Pointer) -> impl Iterator<Item = Target> {
    let around = iter::successors(Some(pointer.clone()), Pointer::parent);
    around.map(move |pointer| (file.to_owned(), pointer))
}

/// Computes the lengths of the shortest chains, by a search that begins at the references in operations.
fn lengths(by_target: &HashMap<Target, Vec<Site<'_>>>) -> HashMap<Target, usize> {
    let mut length: HashMap<Target, usize> = HashMap::new();
    let mut waiting: VecDeque<&Target> = VecDeque::new();
    // For each target, the targets of the references within it.
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

/// The file and the place that `reference` in `file` refers to.
fn target(file: &str, reference: &str) -> Option<(String, Pointer)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let file = if path.is_empty() { file.to_owned() } else { resolve_path(file, path)? };
    Some((file, Pointer::from_fragment(fragment)?))
}
