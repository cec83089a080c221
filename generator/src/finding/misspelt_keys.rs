//! The misspelt keys of a document.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// The findings about misspelt keys, by their places. A document may have many misspelt keys and many references that lead nowhere,
/// so no reference may look at all of them.
#[derive(Debug, Clone, Default)]
pub(super) struct MisspeltKeys {
    /// For each place with the correct key, the position of the first finding about it, and the place with the key of the document.
    by_meant: HashMap<Pointer, (usize, Pointer)>,
    /// For each place with the key of the document, the position of the first finding about it, and the place with the correct key.
    by_written: HashMap<Pointer, (usize, Pointer)>,
}

impl MisspeltKeys {
    /// Adds the finding at this position of the list: the key at `written` should be the key at `meant`.
    pub(super) fn add(&mut self, position: usize, written: &Pointer, meant: &Pointer) {
        self.by_meant.entry(meant.clone()).or_insert_with(|| (position, written.clone()));
        self.by_written.entry(written.clone()).or_insert_with(|| (position, meant.clone()));
    }

    /// Returns whether the correct key at `place` is misspelt.
    pub(super) fn has(&self, place: &Pointer) -> bool {
        self.by_meant.contains_key(place)
    }

    /// Replaces the correct spelling of a key in `place` by the spelling of the document. See
    /// [`Findings::with_misspelling`](super::Findings::with_misspelling).
    pub(super) fn written(&self, place: &Pointer) -> Option<Pointer> {
        replaced(&self.by_meant, place)
    }

    /// Replaces the spelling of the document in `place` by the correct spelling of the key.
    pub(super) fn meant(&self, place: &Pointer) -> Option<Pointer> {
        replaced(&self.by_written, place)
    }
}

/// Replaces the prefix of `place` that the first finding is about.
fn replaced(keys: &HashMap<Pointer, (usize, Pointer)>, place: &Pointer) -> Option<Pointer> {
    if keys.is_empty() {
        return None;
    }
    let around = std::iter::successors(Some(place.clone()), Pointer::parent);
    let found = around.filter_map(|outer| keys.get(&outer).map(|(position, other)| (*position, outer, other)));
    let (_, outer, other) = found.min_by_key(|(position, ..)| *position)?;
    Some(place.rebased(&outer, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_finding_around_a_place_decides() {
        let place = |text| Pointer::parse(text).expect("a pointer");
        let mut keys = MisspeltKeys::default();
        keys.add(1, &place("/a/x"), &place("/a/b"));
        keys.add(2, &place("/z"), &place("/a"));
        keys.add(3, &place("/a/y"), &place("/a/b"));
        assert_eq!(keys.written(&place("/a/b/c")), Some(place("/a/x/c")));
        assert_eq!(keys.written(&place("/a/c")), Some(place("/z/c")));
        assert_eq!(keys.meant(&place("/a/y/c")), Some(place("/a/b/c")));
        assert_eq!(keys.meant(&place("/b")), None);
        assert!(keys.has(&place("/a/b")) && !keys.has(&place("/a/b/c")));
    }
}
