// copperplate runtime: copied into each generated crate that uses it.
//! Detects services that name a next page forever.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use crate::runtime::client::page_token::PageToken;

/// The default number of pages without items that may follow one another.
const MAX_EMPTY_PAGES: usize = 100;

/// The largest number of pages that are remembered.
const REMEMBERED: usize = 10_000;

/// The pages that were requested so far. Remembers a fingerprint of each place, because a place can contain a secret and can
/// be long.
#[derive(Clone)]
pub(crate) struct VisitedPages {
    hasher: RandomState,
    fingerprints: HashSet<u64>,
    /// The number of pages without items since the last page with items.
    empty_pages: usize,
    pub(crate) max_empty_pages: usize,
}

impl Default for VisitedPages {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            fingerprints: HashSet::new(),
            empty_pages: 0,
            max_empty_pages: MAX_EMPTY_PAGES,
        }
    }
}

/// Prints no fingerprint: there can be many of them.
impl fmt::Debug for VisitedPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VisitedPages").field("max_empty_pages", &self.max_empty_pages).finish_non_exhaustive()
    }
}

impl VisitedPages {
    /// Records that the page at `place` was received.
    pub(crate) fn record(&mut self, place: Option<&PageToken>, is_empty: bool) {
        self.empty_pages = if is_empty { self.empty_pages + 1 } else { 0 };
        if self.fingerprints.len() == REMEMBERED {
            self.fingerprints.clear();
        }
        if let Some(place) = place {
            self.fingerprints.insert(self.hasher.hash_one(&place.0));
        }
    }

    /// Returns the reason that the page at `next` is not requested, as the end of a sentence that begins with "the next page".
    pub(crate) fn problem(&self, next: &PageToken) -> Option<String> {
        if self.fingerprints.contains(&self.hasher.hash_one(&next.0)) {
            return Some("was received before, so the pages would never end".to_owned());
        }
        (self.empty_pages > self.max_empty_pages).then(|| {
            let count = self.max_empty_pages;
            format!("follows more than {count} pages without items; `max_empty_pages` sets this limit")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_number_of_pages_is_remembered() {
        let token = |number: usize| format!("parameter page {number}").parse::<PageToken>().unwrap();
        let mut visited = VisitedPages::default();
        (0..REMEMBERED).for_each(|number| visited.record(Some(&token(number)), false));
        assert!(visited.problem(&token(0)).is_some() && visited.problem(&token(REMEMBERED)).is_none());
        visited.record(Some(&token(REMEMBERED)), false);
        assert_eq!(visited.fingerprints.len(), 1);
        assert!(!format!("{visited:?}").contains("fingerprint"));
    }
}
