//! A set of places of a document that knows which values contain one of them.

use std::collections::HashSet;

use crate::pointer::Pointer;

/// A set of places of a document. A query takes the same time however many places the set has.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlaceSet {
    places: HashSet<Pointer>,
    /// The JSON pointers of all values that contain one of `places`, and `places` themselves.
    around: HashSet<Pointer>,
}

impl PlaceSet {
    /// Adds a place.
    pub(crate) fn insert(&mut self, place: &Pointer) {
        if !self.places.insert(place.clone()) {
            return;
        }
        let mut around = Some(place.clone());
        while let Some(place) = around.filter(|place| !self.around.contains(place)) {
            around = place.parent();
            self.around.insert(place);
        }
    }

    /// Returns whether the set has no places.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns whether the set has exactly this place.
    pub(crate) fn contains(&self, place: &Pointer) -> bool {
        self.places.contains(place)
    }

    /// Returns whether the set has `outer` or a place within it.
    pub(crate) fn has_within(&self, outer: &Pointer) -> bool {
        self.around.contains(outer)
    }
}

impl<'p> FromIterator<&'p Pointer> for PlaceSet {
    fn from_iter<I: IntoIterator<Item = &'p Pointer>>(places: I) -> Self {
        let mut set = Self::default();
        places.into_iter().for_each(|place| set.insert(place));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_from_above() {
        let place = |text| Pointer::parse(text).expect("a pointer");
        let set: PlaceSet = [place("/a/b")].iter().collect();
        assert!(set.has_within(&place("/a/b")) && set.has_within(&place("/a")) && set.has_within(&place("")));
        assert!(!set.has_within(&place("/a/b/c")) && !set.has_within(&place("/a/bc")));
        assert!(set.contains(&place("/a/b")) && !set.contains(&place("/a")));
    }
}
