// copperplate runtime: copied unchanged into every generated crate.
//! Matchers for the keyword `pattern`. Only patterns that the generator translates to a `Program` need backtracking.

pub mod automaton;
pub mod budget;
pub mod expression;
pub(crate) mod fixed_length;
pub mod matcher;
pub mod piece;
pub mod program;
pub mod sequence;
