//! Passes over the whole intermediate representation, after all its parts are lowered.

pub(crate) mod boxing;
pub(crate) mod direction;
pub(crate) mod sharing;
pub(crate) mod tag_groups;
pub(crate) mod unsupported;
pub(crate) mod unused;
