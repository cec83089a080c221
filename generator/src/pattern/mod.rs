//! Regular expressions of ECMA-262 with Unicode semantics: their structure, and whether a text matches one.
//!
//! What looks around, refers back or names a property of Unicode has no structure here; a backtracking engine matches it.

#[path = "../../runtime/validation/pattern/automaton.rs"]
mod automaton;
mod character_class;
mod parser;
mod structure;

use regress::Regex;

use automaton::{Automaton, AutomatonBuilder, Fragment};
pub use structure::{Class, Look, Part, Structure, Times};

/// The structure of `pattern`, a well-formed regular expression that an automaton of bounded size can match; `None` for all others.
pub fn structure(pattern: &str) -> Option<Structure> {
    let structure = parser::parse(pattern)?;
    automata(&structure).map(|_| structure)
}

/// Compiles `pattern` with Unicode semantics, as generated crates do.
///
/// # Errors
/// Why it is no regular expression.
pub fn compile(pattern: &str) -> Result<Compiled, String> {
    let engine = Regex::with_flags(pattern, "u").map_err(|error| error.text)?;
    Ok(match parser::parse(pattern).and_then(|structure| automata(&structure)) {
        Some(automata) => Compiled::Automata(automata),
        None => Compiled::Engine(Box::new(engine)),
    })
}

/// A pattern, ready to match.
#[derive(Debug)]
pub enum Compiled {
    /// Automata, and what each has to decide.
    Automata(Vec<(bool, Automaton)>),
    /// An engine that may go back over the text.
    Engine(Box<Regex>),
}

impl Compiled {
    /// Whether any part of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Automata(automata) => automata.iter().all(|(wanted, automaton)| automaton.is_match(text) == *wanted),
            // The same bound as that of generated crates.
            Self::Engine(engine) => text.len() <= LONGEST && engine.find(text).is_some(),
        }
    }
}

/// The longest text in bytes that the engine is tried on.
pub const LONGEST: usize = 65_536;

fn automata(structure: &Structure) -> Option<Vec<(bool, Automaton)>> {
    let looks = structure.looks.iter().map(|look| (!look.negated, automaton(&look.alternatives, true)));
    let all = looks.chain([(true, automaton(&structure.alternatives, false))]);
    all.map(|(wanted, automaton)| Some((wanted, automaton?))).collect()
}

fn automaton(sequences: &[Vec<Part>], at_start: bool) -> Option<Automaton> {
    let mut builder = AutomatonBuilder::default();
    let start = if at_start { builder.start() } else { builder.empty() };
    let whole = alternatives(&mut builder, sequences);
    let whole = builder.concat(start, whole);
    builder.finish(whole)
}

fn alternatives(builder: &mut AutomatonBuilder, sequences: &[Vec<Part>]) -> Fragment {
    let mut either = Fragment::default();
    for parts in sequences {
        let mut sequence = builder.empty();
        for part in parts {
            let next = match part {
                Part::Class(ranges, times) => repeat(builder, *times, |builder| builder.class(ranges)),
                Part::Group(inner, times) => repeat(builder, *times, |builder| alternatives(builder, inner)),
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
    times: Times,
    part: impl FnMut(&mut AutomatonBuilder) -> Fragment,
) -> Fragment {
    builder.repeat(times.min, times.max.unwrap_or(usize::MAX), part)
}

#[cfg(test)]
mod tests;
