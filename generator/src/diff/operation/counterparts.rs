//! Finds the counterpart of a removed alternative in `security`: an alternative of the newer document with fewer or with more
//! security schemes.

use std::collections::{BTreeSet, HashMap};

/// An element of a `security` list: the names of the security schemes that a request must satisfy together.
pub(super) type Alternative = BTreeSet<String>;

/// The maximum number of names that are compared for one operation. Operations of published documents have at most ten
/// alternatives. A removed alternative that is not compared is reported without its counterpart.
const MOST_COMPARED: usize = 200_000;

/// The alternatives of the newer document, by the names of their security schemes.
pub(super) struct Counterparts<'a> {
    after: Vec<&'a Alternative>,
    added: Vec<&'a Alternative>,
    /// For each name, the indices of the alternatives in `after` that may be a subset of a removed alternative with this name.
    /// Each of them is listed for one of its names, which the fewest removed alternatives have.
    of_after: HashMap<&'a str, Vec<usize>>,
    /// For each name, the indices of the alternatives in `added` that have this name.
    of_added: HashMap<&'a str, Vec<usize>>,
    /// The number of names that may still be compared.
    remaining: usize,
}

impl<'a> Counterparts<'a> {
    /// `after` are the alternatives of the newer document, and `added` are those that the older document lacks.
    pub(super) fn new(after: Vec<&'a Alternative>, added: Vec<&'a Alternative>, removed: &[&Alternative]) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        removed.iter().copied().flatten().for_each(|name| *counts.entry(name).or_default() += 1);
        let mut of_after: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, alternative) in after.iter().enumerate() {
            let count = |name: &&String| counts.get(name.as_str()).copied().unwrap_or_default();
            if let Some(name) = alternative.iter().min_by_key(count).filter(|name| count(name) > 0) {
                of_after.entry(name).or_default().push(index);
            }
        }
        let mut of_added: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, alternative) in added.iter().enumerate() {
            alternative.iter().for_each(|name| of_added.entry(name).or_default().push(index));
        }
        Self { after, added, of_after, of_added, remaining: MOST_COMPARED }
    }

    /// Returns the first alternative of the newer document whose security schemes `removed` has, too.
    pub(super) fn looser(&mut self, removed: &Alternative) -> Option<&'a Alternative> {
        let mut found: Option<usize> = None;
        for name in removed {
            for index in self.of_after.get(name.as_str()).into_iter().flatten() {
                if found.is_some_and(|found| found < *index) {
                    break;
                }
                self.remaining = self.remaining.checked_sub(self.after[*index].len())?;
                if self.after[*index].is_subset(removed) {
                    found = Some(*index);
                }
            }
        }
        found.map(|index| self.after[index])
    }

    /// Returns the first added alternative that has all security schemes of `removed`.
    pub(super) fn stricter(&mut self, removed: &Alternative) -> Option<&'a Alternative> {
        let of_name = |name: &String| self.of_added.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
        let fewest = removed.iter().map(of_name).min_by_key(|indices| indices.len())?;
        for index in fewest {
            self.remaining = self.remaining.checked_sub(removed.len())?;
            if removed.is_subset(self.added[*index]) {
                return Some(self.added[*index]);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alternatives(texts: &[&str]) -> Vec<Alternative> {
        texts.iter().map(|text| text.split_whitespace().map(str::to_owned).collect()).collect()
    }

    /// Returns the looser and the stricter alternative of each removed one.
    fn found(removed: &[&str], after: &[&str], remaining: usize) -> Vec<[String; 2]> {
        let (removed, after) = (alternatives(removed), alternatives(after));
        let removed: Vec<&Alternative> = removed.iter().collect();
        let mut counterparts = Counterparts::new(after.iter().collect(), after.iter().collect(), &removed);
        counterparts.remaining = remaining;
        let text = |found: Option<&Alternative>| {
            found.map(|names| names.iter().cloned().collect::<Vec<_>>().join(" ")).unwrap_or_default()
        };
        removed
            .iter()
            .map(|removed| [text(counterparts.looser(removed)), text(counterparts.stricter(removed))])
            .collect()
    }

    #[test]
    fn the_first_subset_and_the_first_superset_are_found() {
        let after = ["a b c", "a b d", "a c", "b", "c", "x"];
        let wanted = [["b", "a b c"], ["", "a b c"], ["c", ""], ["", ""], ["b", "a b d"]];
        assert_eq!(found(&["a b", "a", "c e", "d e", "b d"], &after, MOST_COMPARED), wanted);
    }

    #[test]
    fn alternatives_without_common_schemes_are_not_compared() {
        let names = |prefix: &str| (0..50).map(|index| format!("a{} {prefix}{index}", index % 5)).collect::<Vec<_>>();
        let (removed, after) = (names("b"), names("c"));
        let [removed, after] = [&removed, &after].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found(&removed, &after, 0), vec![[String::new(), String::new()]; 50]);
    }

    #[test]
    fn no_counterpart_is_found_after_too_many_comparisons() {
        assert_eq!(found(&["a b", "a c"], &["a", "b", "c"], 4), [["a", ""], ["a", ""]]);
        assert_eq!(found(&["a b", "a c"], &["a", "b", "c"], 3), [["a", ""], ["", ""]]);
    }
}
