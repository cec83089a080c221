//! Parses and matches regular expressions of ECMA-262. A pattern has the meaning that it has with the flag `u`. If it is not valid
//! with this flag, it has the meaning that it has without the flag.
//!
//! Most patterns are matched by automata, in time linear in the length of the text. Backtracking is needed for backreferences,
//! word boundaries, Unicode properties, surrogates, lookarounds other than lookaheads at the start, and patterns that are too
//! large for an automaton. Backtracking has a budget of steps. Generated crates use the same algorithm for each pattern, with the
//! same budget.

mod character_class;
mod legacy;
mod parser;
mod program;
mod structure;
mod syntax;
mod unicode_property;

use std::borrow::Cow;

use copperplate_runtime::runtime::validation::pattern::automaton::{Automaton, AutomatonBuilder, Fragment};
pub use program::Program;
use regress::{Flags, Regex};
pub use structure::{Class, Lookahead, Part, Quantifier, Sequence, Structure};
pub use syntax::SharedClass;

/// The maximum length of a pattern, in bytes.
pub const MAX_LENGTH: usize = 65_536;

/// Returns the algorithm that matches `pattern`, which must be a valid regular expression; `None` if the pattern exceeds a limit.
pub fn algorithm(pattern: &str) -> Option<Algorithm> {
    let syntax = parser::parse(&valid(pattern).ok()?)?;
    let structure = structure::structure(&syntax).filter(|structure| automata(structure).is_some());
    match structure {
        Some(structure) => Some(Algorithm::Automata(structure)),
        None => program::program(&syntax).map(Algorithm::Backtracking),
    }
}

/// An algorithm that matches a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Algorithm {
    /// Automata, built from this syntax tree. Each automaton passes over the text once.
    Automata(Structure),
    /// Backtracking with a limited number of steps.
    Backtracking(Program),
}

/// Compiles `pattern`.
///
/// # Errors
/// Returns the reason if `pattern` is not a regular expression, or if it exceeds a limit.
pub fn compile(pattern: &str) -> Result<Compiled, String> {
    let pattern = &*valid(pattern)?;
    let unsupported = "it has modifiers such as `(?i:`, is nested too deeply, or has too many character ranges";
    let syntax = parser::parse(pattern).ok_or(unsupported)?;
    if let Some(automata) = structure::structure(&syntax).and_then(|structure| automata(&structure)) {
        return Ok(Compiled::Automata(automata));
    }
    let program = program::program(&syntax).ok_or(unsupported)?;
    Ok(Compiled::Backtracking(program))
}

/// Returns `pattern` in a form that is valid with the flag `u`.
///
/// # Errors
/// Returns the reason if `pattern` is not a regular expression, or if it is too long.
fn valid(pattern: &str) -> Result<Cow<'_, str>, String> {
    if pattern.len() > MAX_LENGTH {
        return Err(format!("it is longer than {MAX_LENGTH} bytes"));
    }
    let Err(error) = parse_only(pattern, true) else { return Ok(Cow::Borrowed(pattern)) };
    match legacy::modernized(pattern).filter(|modern| parse_only(modern, true).is_ok()) {
        Some(modern) if parse_only(pattern, false).is_ok() => Ok(Cow::Owned(modern)),
        _ => Err(error),
    }
}

/// Parses a pattern, and returns the syntax error if there is one. Does not optimize the result, which would take quadratic time.
fn parse_only(pattern: &str, unicode: bool) -> Result<(), String> {
    let flags = Flags { unicode, no_opt: true, ..Flags::default() };
    Regex::with_flags(pattern, flags).map(drop).map_err(|error| error.text)
}

/// A compiled pattern.
#[derive(Debug)]
pub enum Compiled {
    /// One automaton for each lookahead, and one for the rest of the pattern. The `bool` is `false` for a negative lookahead,
    /// whose automaton must not match. It is `true` for all other automata, which must match.
    Automata(Vec<(bool, Automaton)>),
    /// A program for a backtracking match.
    Backtracking(Program),
}

impl Compiled {
    /// Returns whether any substring of `text` matches. Returns `false` if a backtracking match takes too many steps.
    pub fn is_match(&self, text: &str) -> bool {
        self.decide(text) == Some(true)
    }

    /// Returns whether any substring of `text` matches; `None` if a backtracking match takes too many steps.
    pub fn decide(&self, text: &str) -> Option<bool> {
        self.decide_within(text, usize::MAX).0
    }

    /// Decides whether any substring of `text` matches, in at most `allowed` steps. Also returns the number of steps.
    pub fn decide_within(&self, text: &str, allowed: usize) -> (Option<bool>, usize) {
        let automata = match self {
            Self::Automata(automata) => automata,
            Self::Backtracking(program) => return program.decide_within(text, allowed),
        };
        let mut taken = 0;
        for (must_match, automaton) in automata {
            let (decision, steps) = automaton.decide(text, allowed.saturating_sub(taken));
            taken += steps;
            if decision != Some(*must_match) {
                return (decision.map(|_| false), taken);
            }
        }
        (Some(true), taken)
    }
}

/// Builds the automata for [`Compiled::Automata`]; `None` if an automaton is too large.
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
