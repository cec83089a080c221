//! The syntax tree of a pattern that automata can match.

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// The lookaheads at the start of the text.
    pub lookaheads: Vec<Lookahead>,
    /// The alternatives, which are separated by `|`. One of them has to match.
    pub alternatives: Vec<Sequence>,
}

/// `(?=…)` or `(?!…)` after `^`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookahead {
    /// Whether the lookahead is `(?!…)`: none of its alternatives may match.
    pub negated: bool,
    /// The alternatives.
    pub alternatives: Vec<Sequence>,
}

/// Parts that have to match one after the other.
pub type Sequence = Vec<Part>;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A character class with its quantifier.
    Class(Class, Quantifier),
    /// The alternatives of a group, with its quantifier.
    Group(Vec<Sequence>, Quantifier),
    /// `^`.
    Start,
    /// `$`.
    End,
}

/// A character class: ranges of characters, with both ends included. The ranges are in ascending order, and neither overlap nor
/// touch.
pub type Class = Vec<(char, char)>;

/// How often a part has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantifier {
    /// The minimum.
    pub min: usize,
    /// The maximum; `None` if there is none.
    pub max: Option<usize>,
}

impl Quantifier {
    /// The quantifier of a part that has none.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };
}
