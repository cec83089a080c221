// copperplate runtime: copied into each generated crate that uses it.
//! Patterns with groups, alternatives and lookaheads. Position automata match such patterns, so that no regex engine is
//! needed.

use std::sync::OnceLock;

use crate::runtime::validation::pattern::automaton::{Automaton, AutomatonBuilder, Fragment};
use crate::runtime::validation::pattern::budget::limited;
use crate::runtime::validation::pattern::matcher::Matcher;

/// A term of a pattern: a class or group with its quantifier, or an anchor.
#[derive(Debug)]
pub enum Term {
    /// A character class: its inclusive ranges in ascending order, and the minimal and maximal number of repetitions.
    /// `usize::MAX` means unbounded.
    Class(&'static [(char, char)], usize, usize),
    /// A group: its alternatives, and the minimal and maximal number of repetitions. `usize::MAX` means unbounded.
    Group(Alternatives, usize, usize),
    /// `^`.
    Start,
    /// `$`.
    End,
}

/// The alternatives of a pattern such as `ab|c`. Each alternative is a sequence of terms. At least one alternative must
/// match.
pub type Alternatives = &'static [&'static [Term]];

/// A lookahead at the start of a pattern.
#[derive(Debug)]
pub enum Lookahead {
    /// `(?=…)`.
    Positive(Alternatives),
    /// `(?!…)`.
    Negative(Alternatives),
}

/// A pattern such as `^(a|b)+$`. The automata of the pattern are built when the first string is matched.
#[derive(Debug)]
pub struct Expression {
    text: &'static str,
    lookaheads: &'static [Lookahead],
    alternatives: Alternatives,
    /// The automaton of each lookahead, and then the automaton of `alternatives`. The `bool` says whether the automaton
    /// must match: false for a negative lookahead, and true for all other automata.
    automata: OnceLock<Vec<(bool, Automaton)>>,
}

impl Expression {
    /// Creates a pattern. `text` is the regular expression in the OpenAPI document.
    pub const fn new(text: &'static str, lookaheads: &'static [Lookahead], alternatives: Alternatives) -> Self {
        Self { text, lookaheads, alternatives, automata: OnceLock::new() }
    }

    fn build(&self) -> Vec<(bool, Automaton)> {
        let lookaheads = self.lookaheads.iter().map(|lookahead| match lookahead {
            Lookahead::Positive(alternatives) => (true, automaton(alternatives, true)),
            Lookahead::Negative(alternatives) => (false, automaton(alternatives, true)),
        });
        let all = lookaheads.chain([(true, automaton(self.alternatives, false))]);
        // `filter_map` drops no automaton, because the generator does not emit a pattern whose automaton is too large.
        all.filter_map(|(wanted, automaton)| Some((wanted, automaton?))).collect()
    }
}

impl Matcher for Expression {
    fn pattern(&self) -> &str {
        self.text
    }

    fn is_match(&self, text: &str) -> bool {
        self.decide(text) == Some(true)
    }

    fn decide(&self, text: &str) -> Option<bool> {
        let automata = self.automata.get_or_init(|| self.build());
        for (wanted, automaton) in automata {
            let (decision, _) = limited(text.len(), |allowed| automaton.decide(text, allowed));
            if decision? != *wanted {
                return Some(false);
            }
        }
        Some(true)
    }
}

fn automaton(sequences: Alternatives, at_start: bool) -> Option<Automaton> {
    let mut builder = AutomatonBuilder::default();
    let start = if at_start { builder.start() } else { builder.empty() };
    let whole = alternatives(&mut builder, sequences);
    let whole = builder.concat(start, whole);
    builder.finish(whole)
}

fn alternatives(builder: &mut AutomatonBuilder, sequences: Alternatives) -> Fragment {
    let mut either = Fragment::default();
    for terms in sequences {
        let mut sequence = builder.empty();
        for term in *terms {
            let next = match term {
                Term::Class(ranges, min, max) => builder.repeat(*min, *max, |builder| builder.class(ranges)),
                Term::Group(inner, min, max) => builder.repeat(*min, *max, |builder| alternatives(builder, inner)),
                Term::Start => builder.start(),
                Term::End => builder.end(),
            };
            sequence = builder.concat(sequence, next);
        }
        either = builder.alternate(either, sequence);
    }
    either
}
