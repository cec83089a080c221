//! Regular expressions, and the algorithms that match them.

use crate::ir::docs::Docs;
use crate::pattern::{Program, Structure};

/// A regular expression in the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The name of the constant for the pattern.
    pub constant: String,
    /// The documentation of the constant.
    pub docs: Docs,
    /// The expression, as the document writes it.
    pub text: String,
    /// The algorithm that matches the expression.
    pub matcher: Matcher,
}

/// An algorithm that matches a pattern. The variants are in order: the first is the cheapest, and the last is the most general.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// Greedy matching of a sequence of repeated character classes, such as `[a-z]+[0-9]{2}`, without backtracking.
    Classes {
        /// Whether the pattern begins with `^`.
        anchored_start: bool,
        /// Whether the pattern ends with `$`.
        anchored_end: bool,
        /// The character classes and their repetition counts, in order.
        classes: Vec<RepeatedClass>,
    },
    /// A finite automaton, which reads the string once.
    Automaton(Structure),
    /// Backtracking with a limited number of steps.
    Backtracking(Program),
}

/// A character class with a repetition count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedClass {
    /// The ranges of characters, both ends included, ascending and disjoint.
    pub ranges: Vec<(char, char)>,
    /// The minimum number of repetitions.
    pub min: usize,
    /// The maximum number of repetitions; `None` if it is unlimited.
    pub max: Option<usize>,
}
