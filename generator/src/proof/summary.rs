//! Counts the facts of a page that agree with the document.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::page::fact::Page;
use crate::pointer::Pointer;
use crate::proof::comparison::Proof;
use crate::proof::difference::Difference;

/// How a fact of a page relates to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactState {
    /// The document states the same.
    Agrees,
    /// Nothing in the document was compared with the fact.
    NotCompared,
    /// The document acknowledges the difference.
    Acknowledged,
    /// The document differs.
    Differs,
}

/// The result of proof-reading one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSummary {
    /// The name of the page, such as `001` for `001_create.txt`.
    pub name: String,
    /// The path of the page.
    pub file: String,
    /// Whether the document has an operation of the page.
    pub has_operation: bool,
    /// For each fact of the page, its index and how it relates to the document. Descriptions are not among them.
    pub states: Vec<(usize, FactState)>,
    /// The number of lines that were not read.
    pub unread: usize,
}

impl Proof {
    /// Counts the facts of each page. `is_open` tells whether a difference is not acknowledged.
    pub fn summaries(&self, pages: &[Page], is_open: impl Fn(&Difference) -> bool) -> Vec<PageSummary> {
        let one = |(index, (page, compared)): (usize, (&Page, &HashMap<usize, Pointer>))| {
            let of_page = |difference: &&Difference| difference.pages.iter().any(|(file, _)| *file == page.file);
            let (open, acknowledged): (Vec<_>, Vec<_>) =
                self.differences.iter().filter(of_page).partition(|difference| is_open(difference));
            let facts = |differences: &[&Difference]| -> HashSet<usize> {
                let places = differences.iter().flat_map(|difference| &difference.pages);
                places.filter(|(file, _)| *file == page.file).filter_map(|(_, place)| place.fact).collect()
            };
            let (differing, accepted) = (facts(&open), facts(&acknowledged));
            let state = |fact: usize| match () {
                () if differing.contains(&fact) => FactState::Differs,
                () if accepted.contains(&fact) => FactState::Acknowledged,
                () if compared.contains_key(&fact) => FactState::Agrees,
                () => FactState::NotCompared,
            };
            let comparable = page.facts.iter().enumerate().filter(|(_, fact)| fact.kind.is_comparable());
            PageSummary {
                name: name(&page.file),
                file: page.file.clone(),
                has_operation: self.operations.get(index).is_some_and(|count| *count > 0),
                states: comparable.map(|(index, _)| (index, state(index))).collect(),
                unread: page.unread_lines(),
            }
        };
        pages.iter().zip(&self.compared).enumerate().map(one).collect()
    }
}

/// Returns the short name of a page: its number, or else the name of its file without the ending.
fn name(file: &str) -> String {
    let file = file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let number = stem.split(['_', '-']).next().unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { number.to_owned() } else { stem.to_owned() }
}

impl PageSummary {
    /// Returns the number of facts in a state.
    pub fn count(&self, state: FactState) -> usize {
        self.states.iter().filter(|(_, other)| *other == state).count()
    }
}

impl fmt::Display for PageSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (agree, differ) = (self.count(FactState::Agrees), self.count(FactState::Differs));
        write!(f, "page {}: {} facts, {agree} agree", self.name, self.states.len())?;
        if differ > 0 {
            write!(f, ", {differ} differ")?;
        }
        if self.count(FactState::NotCompared) > 0 {
            write!(f, ", {} not compared", self.count(FactState::NotCompared))?;
        }
        write!(f, ", {} acknowledged, {} not read", self.count(FactState::Acknowledged), self.unread)
    }
}
