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
    "client/blocking_transport.rs",
    "client/call.rs",
    "client/mod.rs",
    "client/reqwest_transport.rs",
    "client/security.rs",
    "client/transport.rs",
    "decoding/codec.rs",
    "decoding/decode.rs",
    "decoding/error_position.rs",
    "decoding/from_json.rs",
    "decoding/leniency.rs",
    "decoding/mod.rs",
    "decoding/union.rs",
    "decoding/union_macros.rs",
    "error.rs",
    "example.rs",
    "request/form.rs",
    "request/mod.rs",
    "request/multipart.rs",
    "request/style.rs",
    "request/text.rs",
    "response/media_type.rs",
    "response/mod.rs",
    "schema/budget.rs",
    "schema/mod.rs",
    "validation/context.rs",
    "validation/equality.rs",
    "validation/fingerprint.rs",
    "validation/format.rs",
    "validation/keywords.rs",
    "validation/mod.rs",
    "validation/number.rs",
    "validation/pattern/automaton.rs",
    "validation/pattern/expression.rs",
    "validation/pattern/fixed_length.rs",
    "validation/pattern/mod.rs",
    "validation/uri.rs",
    "validation/violation.rs",
];

/// Patterns that need a regex engine. Crates without such a pattern do not contain it.
const ENGINE: &str = include_str!("../../runtime/ecma.rs");

/// The runtime's files in a generated crate.
pub fn files(needs_engine: bool) -> impl Iterator<Item = Output> {
    let engine = needs_engine.then(|| Output::new("src/ecma.rs".to_owned(), ENGINE.to_owned()));
    let sources = SOURCES.iter().map(|(name, text)| Output::new(format!("src/runtime/{name}"), (*text).to_owned()));
    engine.into_iter().chain(sources)
}
