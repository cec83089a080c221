//! Rules about schemas.

pub(crate) mod bounds;
pub(crate) mod combination;
pub(crate) mod keyword;
pub(crate) mod mapping;
pub(crate) mod missing_items;
pub(crate) mod own_value;
pub(crate) mod pattern;
mod pattern_remedy;
pub(crate) mod required;
pub(crate) mod satisfiability;
