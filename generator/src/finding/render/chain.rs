//! The chain of references that leads from an operation to a place.

use std::collections::{HashMap, HashSet, VecDeque};
use std::iter;

use crate::file_reference::resolve_path;
use crate::finding::place::{Place, Places, Reference};
use crate::pointer::Pointer;

/// A link of a chain: an object that is a reference.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) file: String,
    pub(crate) pointer: Pointer,
    pub(crate) place: Place,
}

/// A reference, and the file that it stands in.
type Site<'a> = (&'a str, &'a Reference);

/// How many references are followed backwards before the search gives up.
const FARTHEST: usize = 10_000;

/// Which references lead to a place.
pub(crate) struct Chains<'a> {
    sites: HashMap<(String, Pointer), Vec<Site<'a>>>,
}

impl<'a> Chains<'a> {
    /// Of the references of all texts.
    pub(crate) fn of(texts: &'a HashMap<&str, Places<'_>>) -> Self {
        let mut sites: HashMap<_, Vec<_>> = HashMap::new();
        let mut files: Vec<_> = texts.iter().collect();
        files.sort_by_key(|(file, _)| **file);
        for (file, places) in files {
            for reference in places.references() {
                if let Some(target) = target(file, &reference.target) {
                    sites.entry(target).or_default().push((*file, reference));
                }
            }
        }
        Self { sites }
    }

    /// The shortest chain from an operation to the place, its last link first; empty where the place stands in one, or no
    /// reference leads to it.
    pub(crate) fn to(&self, file: &str, pointer: &Pointer) -> Vec<Link> {
        let mut waiting: VecDeque<(&str, Pointer, Vec<&Site<'_>>)> = [(file, pointer.clone(), Vec::new())].into();
        let mut passed = HashSet::new();
        let mut longest = Vec::new();
        while let Some((file, pointer, chain)) = waiting.pop_front() {
            if pointer.starts_with("/paths/") || passed.len() > FARTHEST {
                longest = chain;
                break;
            }
            for around in iter::successors(Some(pointer), Pointer::parent) {
                for site in self.sites.get(&(file.to_owned(), around)).into_iter().flatten() {
                    if passed.insert((site.0, site.1.place.bytes.start)) {
                        let chain: Vec<_> = chain.iter().copied().chain([site]).collect();
                        // Where no operation is at the end of any, the first is as good.
                        if longest.is_empty() {
                            longest.clone_from(&chain);
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
        longest.iter().map(link).collect()
    }
}

/// The place that `reference` in `file` names.
fn target(file: &str, reference: &str) -> Option<(String, Pointer)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let file = if path.is_empty() { file.to_owned() } else { resolve_path(file, path)? };
    Some((file, Pointer::from_fragment(fragment)?))
}
