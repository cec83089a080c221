//! The places of a document at which a value was skipped.

use crate::finding::code::Code;
use crate::finding::place_set::PlaceSet;
use crate::pointer::Pointer;

/// The JSON pointers of the findings that report a skipped value. Rules ask for them once for each value of a document, so the
/// answer must not take longer if there are more findings.
#[derive(Debug, Clone, Default)]
pub(super) struct SkippedPlaces {
    places: PlaceSet,
    /// Whether the document exceeds a limit. Values may then be missing anywhere.
    pub(super) is_limited: bool,
}

impl SkippedPlaces {
    /// Adds the JSON pointer of a finding if its code means that a value was skipped.
    pub(super) fn add(&mut self, code: Code, place: &Pointer) {
        self.is_limited |= code == Code::DocumentLimit;
        if matches!(code, Code::Shape | Code::RefMissing | Code::RefCycle | Code::RefRemote | Code::RefRefused) {
            self.places.insert(place);
        }
    }

    /// Returns whether a value at `place`, inside `place` or around `place` was skipped. The root contains every value, so a match
    /// with the root means nothing.
    pub(super) fn has(&self, place: &Pointer) -> bool {
        let root = Pointer::root();
        if self.places.is_empty() {
            return false;
        }
        let mut around = std::iter::successors(Some(place.clone()), Pointer::parent);
        (*place != root && self.places.has_within(place))
            || around.any(|place| place != root && self.places.contains(&place))
    }
}
