// copperplate runtime: copied unchanged into every generated crate.
//! Patterns with groups and alternatives, matched in one pass without a regex engine.

use std::sync::OnceLock;

use crate::runtime::validation::keywords::Matcher;
use crate::runtime::validation::pattern::automaton::{Automaton, Builder, Fragment};

/// A part of a pattern.
#[derive(Debug)]
pub enum Term {
    /// A character class, its ranges in ascending order, how often it stands at least, and at most.
    Class(&'static [(char, char)], usize, usize),
    /// A group, and how often it stands.
    Group(Alternatives, usize, usize),
    /// `^`.
    Start,
    /// `$`.
    End,
}

/// Sequences of parts, one of which has to match.
pub type Alternatives = &'static [&'static [Term]];

/// What `(?=…)` or `(?!…)` demands of the start of the text.
#[derive(Debug)]
pub enum Lookahead {
    /// It matches there.
    Positive(Alternatives),
    /// It does not.
    Negative(Alternatives),
}

/// A pattern such as `^(a|b)+$`. Its automata are built on first use.
#[derive(Debug)]
pub struct Expression {
    text: &'static str,
    looks: &'static [Lookahead],
    alternatives: Alternatives,
    automata: OnceLock<Vec<(bool, Automaton)>>,
}

impl Expression {
    /// The pattern that the document writes as `text`.
    pub const fn new(text: &'static str, looks: &'static [Lookahead], alternatives: Alternatives) -> Self {
        Self { text, looks, alternatives, automata: OnceLock::new() }
    }

    /// The automata, and what each has to decide.
    fn build(&self) -> Vec<(bool, Automaton)> {
        let looks = self.looks.iter().map(|look| match look {
            Lookahead::Positive(alternatives) => (true, automaton(alternatives, true)),
            Lookahead::Negative(alternatives) => (false, automaton(alternatives, true)),
        });
        // The generator has made sure that none has too many positions.
        let all = looks.chain([(true, automaton(self.alternatives, false))]);
        all.filter_map(|(wanted, automaton)| Some((wanted, automaton?))).collect()
    }
}

impl Matcher for Expression {
    fn pattern(&self) -> &str {
        self.text
    }

    fn is_match(&self, text: &str) -> bool {
        let automata = self.automata.get_or_init(|| self.build());
        automata.iter().all(|(wanted, automaton)| automaton.is_match(text) == *wanted)
    }
}

fn automaton(sequences: Alternatives, at_start: bool) -> Option<Automaton> {
    let mut builder = Builder::default();
    let start = if at_start { builder.start() } else { builder.nothing() };
    let whole = alternatives(&mut builder, sequences);
    let whole = builder.then(start, whole);
    builder.finish(whole)
}

fn alternatives(builder: &mut Builder, sequences: Alternatives) -> Fragment {
    let mut either = Fragment::default();
    for parts in sequences {
        let mut sequence = builder.nothing();
        for part in *parts {
            let next = match part {
                Term::Class(ranges, min, max) => builder.repeat(*min, *max, |builder| builder.class(ranges)),
                Term::Group(inner, min, max) => builder.repeat(*min, *max, |builder| alternatives(builder, inner)),
                Term::Start => builder.start(),
                Term::End => builder.end(),
            };
            sequence = builder.then(sequence, next);
        }
        either = builder.or(either, sequence);
    }
    either
}
