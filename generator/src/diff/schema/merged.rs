//! Merges the constraints of a value from all members of its `allOf`.
//!
//! A change in one member has no effect if another member already has the constraint.

use std::collections::HashSet;

use crate::diff::schema::bounds::{self, Limit, limits};
use crate::resolve::document::Schema;

/// The required members and the bounds of a value in the older and the newer document. They are merged from all members of
/// `allOf`.
#[derive(Debug)]
pub(crate) struct MergedConstraints {
    required: [HashSet<String>; 2],
    limits: [Vec<Option<Limit>>; 2],
}

impl MergedConstraints {
    /// Merges the constraints of the `allOf` members in each document.
    pub(crate) fn new(old: &[&Schema], new: &[&Schema]) -> Self {
        let required =
            |members: &[&Schema]| members.iter().flat_map(|member| member.required.iter().cloned()).collect();
        Self { required: [required(old), required(new)], limits: [limits(old), limits(new)] }
    }

    /// Whether a property is required in both documents or in neither, according to all members. `old_requires` and
    /// `new_requires` state whether the compared schemas themselves require it.
    pub(crate) fn is_required_alike(&self, name: &str, old_requires: bool, new_requires: bool) -> bool {
        let [old, new] = &self.required;
        (old_requires || old.contains(name)) == (new_requires || new.contains(name))
    }

    /// Returns the merged bounds in the older and the newer document, in the order of their keywords.
    pub(crate) fn limits(&self) -> (&[Option<Limit>], &[Option<Limit>]) {
        (&self.limits[0], &self.limits[1])
    }

    /// Whether every merged bound is the same in both documents.
    pub(crate) fn has_same_bounds(&self) -> bool {
        let mut pairs = self.limits[0].iter().zip(&self.limits[1]);
        pairs.all(|(old, new)| bounds::are_equal(old.as_ref(), new.as_ref()))
    }
}
