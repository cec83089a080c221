//! Pairs the names of a page with those of a document.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use crate::proof::budget::{self, Budget};

/// The similarity from which two names count as one name with a mistake.
const SIMILAR: f64 = 0.6;

/// The names of a page and of a document in pairs. Each number is an index.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// The same name.
    pub(crate) same: Vec<(usize, usize)>,
    /// Different names of one thing.
    pub(crate) renamed: Vec<(usize, usize)>,
    /// Only on the page.
    pub(crate) missing: Vec<usize>,
    /// Only in the document.
    pub(crate) extra: Vec<usize>,
}

/// Pairs names. `known` are pairs of different names that are known to belong together. If the budget does not suffice for the
/// others, they are not paired by similarity.
pub(crate) fn pair(page: &[String], document: &[String], known: &[(String, String)], budget: &mut Budget) -> Pairs {
    budget.spend_names(page.len().saturating_add(document.len()));
    let mut pairs = Pairs::default();
    let mut open = Positions::new((0..document.len()).map(|index| (document[index].as_str(), index)));
    for (index, name) in page.iter().enumerate() {
        match open.take(name.as_str()) {
            Some(position) => pairs.same.push((index, position)),
            None => pairs.missing.push(index),
        }
    }
    pairs.extra = open.rest();
    let names = Names { page, document, known: known.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect() };
    let letters =
        |names: &[String], indexes: &[usize]| budget::letters(indexes.iter().map(|index| names[*index].as_str()));
    let letters = letters(page, &pairs.missing).saturating_mul(letters(document, &pairs.extra));
    pairs.renamed = match budget.spend_letters(letters) {
        true => names.similar(&pairs.missing, &pairs.extra),
        false => names.moved(&pairs.missing, &pairs.extra),
    };
    let (left, right): (HashSet<usize>, HashSet<usize>) = pairs.renamed.iter().copied().unzip();
    pairs.missing.retain(|index| !left.contains(index));
    pairs.extra.retain(|index| !right.contains(index));
    pairs
}

/// The indexes of names. Each is taken once, the first one first.
struct Positions<N>(HashMap<N, VecDeque<usize>>);

impl<N: Hash + Eq> Positions<N> {
    fn new(names: impl Iterator<Item = (N, usize)>) -> Self {
        let mut positions: HashMap<N, VecDeque<usize>> = HashMap::new();
        names.for_each(|(name, index)| positions.entry(name).or_default().push_back(index));
        Self(positions)
    }

    fn take<Q: Hash + Eq + ?Sized>(&mut self, name: &Q) -> Option<usize>
    where
        N: Borrow<Q>,
    {
        self.0.get_mut(name)?.pop_front()
    }

    /// Returns the indexes that were not taken, in their order.
    fn rest(self) -> Vec<usize> {
        let mut rest: Vec<usize> = self.0.into_values().flatten().collect();
        rest.sort_unstable();
        rest
    }
}

/// The names of both sides.
struct Names<'n> {
    page: &'n [String],
    document: &'n [String],
    /// Pairs of different names that are known to belong together.
    known: HashSet<(&'n str, &'n str)>,
}

impl Names<'_> {
    /// Pairs each name with the most similar one of the other side.
    fn similar(&self, missing: &[usize], extra: &[usize]) -> Vec<(usize, usize)> {
        let least = if missing.len() == 1 && extra.len() == 1 { SIMILAR - 0.2 } else { SIMILAR };
        let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
        for (left, right) in missing.iter().flat_map(|left| extra.iter().map(move |right| (*left, *right))) {
            let (on_page, in_document) = (self.page[left].as_str(), self.document[right].as_str());
            let score = similarity(on_page, in_document);
            let is_moved =
                last_word(on_page).zip(last_word(in_document)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
            let is_same_place = first_word(on_page) == first_word(in_document);
            if self.known.contains(&(on_page, in_document)) || is_moved {
                candidates.push((2.0, left, right));
            } else if score >= least && is_same_place {
                candidates.push((score, left, right));
            }
        }
        candidates.sort_by(|left, right| right.0.total_cmp(&left.0));
        let (mut taken_left, mut taken_right) = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        for (_, left, right) in candidates {
            if !taken_left.contains(&left) && !taken_right.contains(&right) {
                taken_left.insert(left);
                taken_right.insert(right);
                pairs.push((left, right));
            }
        }
        pairs
    }

    /// Pairs the names that are known to belong together, or that only have another place. For so many names that comparing each
    /// with each would take long.
    fn moved(&self, missing: &[usize], extra: &[usize]) -> Vec<(usize, usize)> {
        let names = extra.iter().map(|index| (self.document[*index].as_str(), *index));
        let mut by_name = Positions::new(names.clone());
        let words = names.filter_map(|(name, index)| Some((last_word(name)?.to_ascii_lowercase(), index)));
        let mut by_word = Positions::new(words);
        let known: HashMap<&str, &str> = self.known.iter().copied().collect();
        let (mut taken, mut pairs) = (HashSet::new(), Vec::new());
        for left in missing {
            let name = self.page[*left].as_str();
            let of_name = known.get(name).and_then(|other| by_name.take(*other));
            let of_word = || by_word.take(last_word(name)?.to_ascii_lowercase().as_str());
            if let Some(right) = of_name.or_else(of_word).filter(|right| taken.insert(*right)) {
                pairs.push((*left, right));
            }
        }
        pairs
    }
}

/// Names of parameters have their place before them: `query limit`.
fn last_word(name: &str) -> Option<&str> {
    name.split_once(' ').map(|(_, name)| name)
}

fn first_word(name: &str) -> Option<&str> {
    name.split_once(' ').map(|(place, _)| place)
}

fn similarity(left: &str, right: &str) -> f64 {
    let name = |text: &str| last_word(text).unwrap_or(text).to_lowercase();
    strsim::normalized_levenshtein(&name(left), &name(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_paired_by_similarity() {
        let page = names(&["query limit", "query offset", "header X-Id", "query a", "query a"]);
        let document = names(&["query limit", "query ofset", "query x-id", "query a", "path zone"]);
        let pairs = pair(&page, &document, &[], &mut Budget::default());
        assert_eq!(pairs.same, [(0, 0), (3, 3)]);
        assert_eq!(pairs.renamed, [(2, 2), (1, 1)]);
        assert_eq!((pairs.missing, pairs.extra), (vec![4], vec![4]));
    }

    #[test]
    fn known_names_are_paired() {
        let known = [("query zone".to_owned(), "query az".to_owned())];
        let pairs =
            pair(&names(&["query zone", "query b"]), &names(&["query b", "query az"]), &known, &mut Budget::default());
        assert_eq!((pairs.same, pairs.renamed), (vec![(1, 0)], vec![(0, 1)]));
    }

    #[test]
    fn many_names_are_paired_if_they_are_known_or_only_moved() {
        let numbered = |place: &str| (0..2_000).map(|number| format!("{place} n{number}")).collect::<Vec<_>>();
        let (mut page, mut document) = (numbered("query"), numbered("header"));
        page.push("query zone".to_owned());
        document.push("query az".to_owned());
        page.push("query ofset".to_owned());
        document.push("query offset".to_owned());
        let known = [("query zone".to_owned(), "query az".to_owned())];
        let pairs = pair(&page, &document, &known, &mut Budget::default());
        assert_eq!(pairs.renamed, (0..=2_000).map(|index| (index, index)).collect::<Vec<_>>());
        assert_eq!((pairs.missing, pairs.extra), (vec![2_001], vec![2_001]));
    }
}
