//! Merges the constraints on a value from all members of an `allOf`.
//!
//! A constraint that a member gains or loses has no effect if another member has the same constraint.

use std::collections::HashSet;

use crate::diff::schema::bounds::{self, Limit, limits};
use crate::resolve::document::Schema;

/// The required properties and the bounds of a value in the older and in the newer document, merged from all members of an
/// `allOf`.
#[derive(Debug)]
pub(crate) struct MergedConstraints {
    required: [HashSet<String>; 2],
    limits: [Vec<Option<Limit>>; 2],
}

impl MergedConstraints {
    /// Merges the constraints of all schemas in `old`, and separately those of all schemas in `new`. Each list contains a schema
    /// and the members of its `allOf`.
    pub(crate) fn new(old: &[&Schema], new: &[&Schema]) -> Self {
        let required =
            |members: &[&Schema]| members.iter().flat_map(|member| member.required.iter().cloned()).collect();
        Self { required: [required(old), required(new)], limits: [limits(old), limits(new)] }
    }

    /// Returns whether a property is required in both documents or in neither, after all `allOf` members are merged.
    /// `old_requires` and `new_requires` state whether the two compared schemas themselves require the property.
    pub(crate) fn is_required_alike(&self, name: &str, old_requires: bool, new_requires: bool) -> bool {
        let [old, new] = &self.required;
        (old_requires || old.contains(name)) == (new_requires || new.contains(name))
    }

    /// Returns the merged bounds in the older and in the newer document, each in the order of [`bounds::BOUNDS`].
    pub(crate) fn limits(&self) -> (&[Option<Limit>], &[Option<Limit>]) {
        (&self.limits[0], &self.limits[1])
    }

    /// Returns whether every merged bound is the same in both documents.
    pub(crate) fn has_same_bounds(&self) -> bool {
        let mut pairs = self.limits[0].iter().zip(&self.limits[1]);
        pairs.all(|(old, new)| bounds::are_equal(old.as_ref(), new.as_ref()))
    }
}
