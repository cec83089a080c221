//! The syntax tree of a pattern that automata can match.

use crate::pattern::syntax::{Node, Syntax};

/// A pattern that automata can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// The lookaheads after `^` at the start of the pattern. Each of them is matched at the start of the text.
    pub lookaheads: Vec<Lookahead>,
    /// The alternatives, which are separated by `|`. At least one alternative has to match.
    pub alternatives: Vec<Sequence>,
}

/// `(?=…)` or `(?!…)` after `^`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookahead {
    /// Whether the lookahead is `(?!…)`: none of its alternatives may match.
    pub negated: bool,
    /// The alternatives inside the lookahead, which are separated by `|`.
    pub alternatives: Vec<Sequence>,
}

/// Parts of a pattern that match one after the other.
pub type Sequence = Vec<Part>;

/// A part of a [`Sequence`]: a class or group with its quantifier, or an anchor.
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

/// How often a part of a pattern has to match: `{2,4}` has the minimum 2 and the maximum 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantifier {
    /// The minimum number of repetitions.
    pub min: usize,
    /// The maximum number of repetitions; `None` if there is no maximum.
    pub max: Option<usize>,
}

impl Quantifier {
    /// The quantifier of a part that is written without a quantifier.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };
}

/// The maximum number of lookaheads. Each lookahead is matched in its own pass over the text.
const MAX_LOOKAHEADS: usize = 16;

/// Converts the syntax tree of a pattern to a [`Structure`]. Returns `None` if automata cannot match the pattern.
pub(super) fn structure(syntax: &Syntax) -> Option<Structure> {
    if syntax.has_unicode_escapes {
        return None;
    }
    let mut lookaheads = Vec::new();
    let mut alternatives = Vec::new();
    for (index, nodes) in syntax.alternatives.iter().enumerate() {
        let mut rest = nodes.as_slice();
        let mut parts = Vec::new();
        if index == 0
            && let [Node::Start, after @ ..] = rest
        {
            rest = after;
            parts.push(Part::Start);
            while let [Node::Look { behind: false, negated, alternatives }, after @ ..] = rest {
                lookaheads.push(Lookahead { negated: *negated, alternatives: sequences(alternatives)? });
                rest = after;
            }
        }
        parts.extend(sequence(rest)?);
        alternatives.push(parts);
    }
    // In a pattern with several alternatives, the lookaheads apply only to the first alternative. `Structure` cannot express
    // that.
    let can_express = lookaheads.is_empty() || alternatives.len() == 1;
    (can_express && lookaheads.len() <= MAX_LOOKAHEADS).then_some(Structure { lookaheads, alternatives })
}

fn sequences(alternatives: &[Vec<Node>]) -> Option<Vec<Sequence>> {
    alternatives.iter().map(|nodes| sequence(nodes)).collect()
}

fn sequence(nodes: &[Node]) -> Option<Sequence> {
    nodes.iter().map(|node| part(node, Quantifier::ONCE)).collect()
}

fn part(node: &Node, quantifier: Quantifier) -> Option<Part> {
    match node {
        Node::Class(class) => Some(Part::Class(class.to_vec(), quantifier)),
        Node::Group { alternatives, .. } => Some(Part::Group(sequences(alternatives)?, quantifier)),
        Node::Start => Some(Part::Start),
        Node::End => Some(Part::End),
        Node::Repeat { node, min, max, .. } => part(node, Quantifier { min: *min, max: *max }),
        Node::Boundary { .. } | Node::Look { .. } | Node::Reference(_) => None,
    }
}
