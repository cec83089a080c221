//! Parses and matches regular expressions of ECMA-262 with the flag `u`.
//!
//! Most patterns are matched by automata, in time linear in the text. Lookarounds other than lookaheads at the start,
//! backreferences, word boundaries and Unicode properties need a backtracking engine. Generated crates make the same distinction.

#[path = "../../runtime/validation/pattern/automaton.rs"]
mod automaton;
mod character_class;
mod parser;
mod structure;

use automaton::{Automaton, AutomatonBuilder, Fragment};
use regress::Regex;
pub use structure::{Class, Lookahead, Part, Quantifier, Sequence, Structure};

/// The syntax tree of `pattern`. `None` if automata of limited size cannot match the pattern.
pub fn structure(pattern: &str) -> Option<Structure> {
    let structure = parser::parse(pattern)?;
    automata(&structure).map(|_| structure)
}

/// Compiles `pattern`.
///
/// # Errors
/// Returns the reason if `pattern` is not a regular expression.
pub fn compile(pattern: &str) -> Result<Compiled, String> {
    let engine = Regex::with_flags(pattern, "u").map_err(|error| error.text)?;
    Ok(match parser::parse(pattern).and_then(|structure| automata(&structure)) {
        Some(automata) => Compiled::Automata(automata),
        None => Compiled::Engine(Box::new(engine)),
    })
}

/// A compiled pattern.
#[derive(Debug)]
pub enum Compiled {
    /// Automata for the lookaheads and for the pattern itself. The `bool` says whether the automaton must match (true) or must not
    /// match.
    Automata(Vec<(bool, Automaton)>),
    /// A backtracking engine.
    Engine(Box<Regex>),
}

impl Compiled {
    /// Whether any part of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Automata(automata) => {
                automata.iter().all(|(must_match, automaton)| automaton.is_match(text) == *must_match)
            }
            Self::Engine(engine) => text.len() <= ENGINE_TEXT_LIMIT && engine.find(text).is_some(),
        }
    }
}

/// The longest text that the backtracking engine is used for, in bytes. Longer texts do not match. Generated crates have the same
/// limit.
pub const ENGINE_TEXT_LIMIT: usize = 65_536;

/// Builds the automata for [`Compiled::Automata`]. `None` if one of them is too large.
fn automata(structure: &Structure) -> Option<Vec<(bool, Automaton)>> {
    let lookaheads =
        structure.lookaheads.iter().map(|lookahead| (!lookahead.negated, automaton(&lookahead.alternatives, true)));
    let all = lookaheads.chain([(true, automaton(&structure.alternatives, false))]);
    all.map(|(must_match, automaton)| Some((must_match, automaton?))).collect()
}

fn automaton(sequences: &[Sequence], at_start: bool) -> Option<Automaton> {
    let mut builder = AutomatonBuilder::default();
    let start = if at_start { builder.start() } else { builder.empty() };
    let whole = alternatives(&mut builder, sequences);
    let whole = builder.concat(start, whole);
    builder.finish(whole)
}

fn alternatives(builder: &mut AutomatonBuilder, sequences: &[Sequence]) -> Fragment {
    let mut either = Fragment::default();
    for parts in sequences {
        let mut sequence = builder.empty();
        for part in parts {
            let next = match part {
                Part::Class(ranges, quantifier) => repeat(builder, *quantifier, |builder| builder.class(ranges)),
                Part::Group(inner, quantifier) => repeat(builder, *quantifier, |builder| alternatives(builder, inner)),
                Part::Start => builder.start(),
                Part::End => builder.end(),
            };
            sequence = builder.concat(sequence, next);
        }
        either = builder.alternate(either, sequence);
    }
    either
}

fn repeat(
    builder: &mut AutomatonBuilder,
    quantifier: Quantifier,
    part: impl FnMut(&mut AutomatonBuilder) -> Fragment,
) -> Fragment {
    builder.repeat(quantifier.min, quantifier.max.unwrap_or(usize::MAX), part)
}

#[cfg(test)]
mod tests;
