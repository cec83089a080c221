//! The sources of the runtime, which every generated crate contains as they are.

use super::output::Output;

/// Pairs each file name with its text.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/", $name)))),*]
    };
}

/// The sources, by their paths below `src/runtime/`.
const SOURCES: &[(&str, &str)] = runtime![
    "mod.rs",
    "alternatives.rs",
    "answer.rs",
    "automaton.rs",
    "call.rs",
    "check.rs",
    "client.rs",
    "codec.rs",
    "effort.rs",
    "equality.rs",
    "error.rs",
    "expression.rs",
    "example.rs",
    "fingerprint.rs",
    "fixed.rs",
    "format.rs",
    "judged.rs",
    "number.rs",
    "form.rs",
    "media.rs",
    "multipart.rs",
    "over_blocking.rs",
    "over_reqwest.rs",
    "pattern.rs",
    "position.rs",
    "reading.rs",
    "request.rs",
    "schema.rs",
    "security.rs",
    "style.rs",
    "text.rs",
    "tolerated.rs",
    "transport.rs",
    "union.rs",
    "uri.rs",
    "validate.rs",
    "violation.rs",
];

/// Patterns that need a regex engine. Crates without such a pattern do not contain it.
const ENGINE: &str = include_str!("../../runtime/ecma.rs");

/// The runtime's files in a generated crate.
pub fn files(needs_engine: bool) -> impl Iterator<Item = Output> {
    let engine = needs_engine.then(|| Output::new("src/ecma.rs".to_owned(), ENGINE.to_owned()));
    let sources = SOURCES.iter().map(|(name, text)| Output::new(format!("src/runtime/{name}"), (*text).to_owned()));
    engine.into_iter().chain(sources)
}
