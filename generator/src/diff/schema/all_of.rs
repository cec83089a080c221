//! What a schema says together with the members of its `allOf`: what one of them says anew changes nothing where another says it.

use std::collections::HashSet;

use crate::diff::schema::bounds::{self, Limit, limits};
use crate::resolve::document::Schema;

/// What is in force in both documents for a value, whichever part says it.
#[derive(Debug)]
pub(crate) struct Whole {
    required: [HashSet<String>; 2],
    limits: [Vec<Option<Limit>>; 2],
}

impl Whole {
    pub(crate) fn of(old: &[&Schema], new: &[&Schema]) -> Self {
        let required = |parts: &[&Schema]| parts.iter().flat_map(|part| part.required.iter().cloned()).collect();
        Self { required: [required(old), required(new)], limits: [limits(old), limits(new)] }
    }

    /// Whether a member is required as before, though one part says otherwise than it did.
    pub(crate) fn is_required_alike(&self, name: &str, was: bool, is: bool) -> bool {
        let [old, new] = &self.required;
        (was || old.contains(name)) == (is || new.contains(name))
    }

    /// The bounds in force, in the order of their keywords.
    pub(crate) fn limits(&self) -> (&[Option<Limit>], &[Option<Limit>]) {
        (&self.limits[0], &self.limits[1])
    }

    /// Whether all bounds are what they were.
    pub(crate) fn is_bound_alike(&self) -> bool {
        let mut pairs = self.limits[0].iter().zip(&self.limits[1]);
        pairs.all(|(old, new)| bounds::are_alike(old.as_ref(), new.as_ref()))
    }
}
