//! Queries over the findings of earlier stages. A stage uses these queries to avoid findings that are only consequences of
//! earlier findings.

use std::collections::HashSet;

use crate::finding::findings::Findings;
use crate::pointer::Pointer;

impl Findings {
    /// Returns whether a finding reports that a value at `place`, inside `place` or around `place` was skipped. If so, a missing
    /// value at `place` needs no finding of its own.
    pub(crate) fn has_skipped(&self, place: &Pointer) -> bool {
        self.skipped().has(place)
    }

    /// Returns whether a finding reports that the document exceeds a limit, so that parts of it were not read.
    pub(crate) fn has_limit(&self) -> bool {
        self.skipped().is_limited
    }

    /// Returns whether a finding reports a misspelling of the last key in `place`, such as `titel` if `place` is `/info/title`.
    pub(crate) fn has_misspelling_of(&self, place: &Pointer) -> bool {
        self.misspelt().has(place)
    }

    /// Replaces a key in `place` by the misspelling of that key in the document. For example, `/components/schemas` becomes
    /// `/component/schemas` if the document misspells `components`. Returns `None` if the document misspells no key in `place`.
    pub(crate) fn with_misspelling(&self, place: &Pointer) -> Option<Pointer> {
        self.misspelt().written(place)
    }

    /// Replaces a misspelt key in `place` by its correct spelling: `/component` becomes `/components`. Returns `None` if `place` has
    /// no misspelt key.
    pub(crate) fn without_misspelling(&self, place: &Pointer) -> Option<Pointer> {
        self.misspelt().meant(place)
    }

    /// Returns whether a finding reports that the media type at `place` is misspelt. If so, the schema of the media type needs no
    /// finding of its own.
    pub(crate) fn is_misspelt_media_type(&self, place: &Pointer) -> bool {
        self.misspelt_media_types().contains(place)
    }

    /// Returns whether a finding reports a mistake at the keyword `place` of a schema, such as a misspelt name in `required`. If so,
    /// values that violate the keyword need no findings of their own.
    pub(crate) fn explains_invalid_values_of(&self, place: &Pointer) -> bool {
        self.schema_mistakes().has_within(place)
    }

    /// Removes each finding that has the same code, JSON pointer and message as an earlier finding. So a problem of a component
    /// is reported once, even if the component is used often.
    pub(crate) fn deduplicate(&mut self) {
        let mut seen = HashSet::new();
        self.retain(|finding| seen.insert((finding.code, finding.pointer.clone(), finding.message.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::code::Code;

    #[test]
    fn a_skipped_place_is_known_from_above_and_from_below() {
        let mut findings = Findings::new("test.yaml");
        findings.add(Code::Shape, &Pointer::root().join("a").join("b"), "", "");
        findings.add(Code::RefSiblings, &Pointer::root().join("b"), "", "");
        findings.add(Code::Shape, &Pointer::root(), "", "");
        let skipped = |text| findings.has_skipped(&Pointer::parse(text).expect("a pointer"));
        assert!(skipped("/a") && skipped("/a/b") && skipped("/a/b/c"));
        assert!(!skipped("/a/bc") && !skipped("/b"));
    }
}
