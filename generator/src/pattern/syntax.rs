//! The syntax tree of a pattern.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A character class: ranges of characters, with both ends included. The ranges are in ascending order, and neither overlap nor
/// touch. Nodes and patterns can share a class, because the class of a Unicode property has hundreds of ranges.
pub type SharedClass = Arc<[(char, char)]>;

/// The syntax tree of a pattern.
#[derive(Debug)]
pub(super) struct Syntax {
    /// The alternatives, which are separated by `|`.
    pub(super) alternatives: Vec<Vec<Node>>,
    /// The number of capturing groups.
    pub(super) groups: usize,
    /// The indices of the named groups, by name. Groups in different alternatives can have the same name.
    pub(super) names: HashMap<String, Vec<usize>>,
    /// Whether the pattern has Unicode properties or surrogates. Automata do not match these.
    pub(super) has_unicode_escapes: bool,
}

/// A node of the syntax tree.
#[derive(Debug)]
pub(super) enum Node {
    /// A character class.
    Class(SharedClass),
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `\b`, or `\B` if `negated` is `true`.
    Boundary { negated: bool },
    /// A group. `capture` is the index of a capturing group, and `None` for `(?:…)`.
    Group { capture: Option<usize>, alternatives: Vec<Vec<Node>> },
    /// A lookaround; `behind` is true for a lookbehind.
    Look { behind: bool, negated: bool, alternatives: Vec<Vec<Node>> },
    /// A backreference.
    Reference(Target),
    /// A node with a quantifier. `groups` is the range of the indices of the capturing groups inside `node`.
    Repeat { node: Box<Node>, min: usize, max: Option<usize>, greedy: bool, groups: Range<usize> },
}

/// The group that a backreference refers to.
#[derive(Debug)]
pub(super) enum Target {
    /// The group with this index.
    Index(usize),
    /// The groups with this name.
    Name(String),
}
