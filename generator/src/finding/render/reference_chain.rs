//! Finds the chain of references that leads from an operation to a place.

use std::collections::{HashMap, HashSet, VecDeque};
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

/// The number of references after which the search gives up.
const MOST_VISITED: usize = 10_000;

/// The references in all texts, keyed by target.
pub(crate) struct ReferenceChains<'a> {
    by_target: HashMap<(String, Pointer), Vec<Site<'a>>>,
}

impl<'a> ReferenceChains<'a> {
    /// Collects the references of `texts`.
    pub(crate) fn of(texts: &'a HashMap<&str, Places<'_>>) -> Self {
        let mut by_target: HashMap<_, Vec<_>> = HashMap::new();
        let mut files: Vec<_> = texts.iter().collect();
        files.sort_by_key(|(file, _)| **file);
        for (file, places) in files {
            for reference in places.references() {
                if let Some(target) = target(file, &reference.target) {
                    by_target.entry(target).or_default().push((*file, reference));
                }
            }
        }
        Self { by_target }
    }

    /// Returns the shortest chain from an operation to the place, its last link first.
    ///
    /// The chain is empty if the place belongs to an operation itself, or if no reference leads to it.
    pub(crate) fn leading_to(&self, file: &str, pointer: &Pointer) -> Vec<Link> {
        let mut waiting: VecDeque<(&str, Pointer, Vec<&Site<'_>>)> = [(file, pointer.clone(), Vec::new())].into();
        let mut visited = HashSet::new();
        let mut found = Vec::new();
        while let Some((file, pointer, chain)) = waiting.pop_front() {
            if pointer.starts_with("/paths/") || visited.len() > MOST_VISITED {
                found = chain;
                break;
            }
            for around in iter::successors(Some(pointer), Pointer::parent) {
                for site in self.by_target.get(&(file.to_owned(), around)).into_iter().flatten() {
                    if visited.insert((site.0, site.1.place.bytes.start)) {
                        let chain: Vec<_> = chain.iter().copied().chain([site]).collect();
                        // If no chain starts at an operation, the first reference is still worth showing.
                        if found.is_empty() {
                            found.clone_from(&chain);
                        }
                        waiting.push_back((site.0, site.1.holder.clone(), chain));
                    }
                }
            }
        }
        let link = |(file, reference): &&Site<'_>| Link {
            file: (*file).to_owned(),
            pointer: reference.holder.clone(),
            place: reference.place.clone(),
        };
        found.iter().map(link).collect()
    }
}

/// The file and the place that `reference` in `file` refers to.
fn target(file: &str, reference: &str) -> Option<(String, Pointer)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let file = if path.is_empty() { file.to_owned() } else { resolve_path(file, path)? };
    Some((file, Pointer::from_fragment(fragment)?))
}
