// copperplate runtime: copied into each generated crate that uses it.
//! Matchers for the keyword `pattern`. Only patterns that the generator translates to a `Program` need backtracking.

pub mod automaton;
pub mod budget;
pub mod expression;
pub(crate) mod fixed_length;
pub mod matcher;
pub mod piece;
pub mod program;
pub mod ranges;
pub mod sequence;
