// copperplate runtime: copied into each generated crate that uses it.
//! Matchers for the keyword `pattern`. Only patterns that the generator translates to a `Program` need backtracking.

pub(crate) mod fixed_length;
pub mod matcher;
pub mod piece;
pub mod sequence;
