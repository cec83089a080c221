// copperplate runtime: copied unchanged into every generated crate.
//! The keyword `pattern`: matchers for the forms of patterns that need no regex engine.

pub mod automaton;
pub mod expression;
pub(crate) mod fixed_length;
pub mod matcher;
pub mod piece;
pub mod program;
pub mod sequence;
