//! The source files of the runtime. Every generated crate contains unchanged copies of them.

use super::output::Output;

/// Expands to a slice that pairs each file name with the text of the file, such as `("mod.rs", "//! …")`.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/", $name)))),*]
    };
}

/// The source files of the runtime. Each file is a path below `src/runtime/` and a text.
const SOURCES: &[(&str, &str)] = runtime![
    "mod.rs",
    "client/api.rs",
    "client/base64.rs",
    "client/base_url.rs",
    "client/blocking_transport.rs",
    "client/builder.rs",
    "client/call.rs",
    "client/call_options.rs",
    "client/config.rs",
    "client/default_transport.rs",
    "client/destination.rs",
    "client/host.rs",
    "client/mod.rs",
    "client/operation.rs",
    "client/reqwest_transport.rs",
    "client/response_policy.rs",
    "client/secret.rs",
    "client/security.rs",
    "client/send.rs",
    "client/transport.rs",
    "client/transport_cause.rs",
    "decoding/buffered_part.rs",
    "decoding/buffered_value.rs",
    "decoding/codec.rs",
    "decoding/decode.rs",
    "decoding/decode_error.rs",
    "decoding/error_position.rs",
    "decoding/from_json.rs",
    "decoding/integer_literals.rs",
    "decoding/json_value.rs",
    "decoding/leniency.rs",
    "decoding/member_name.rs",
    "decoding/memory.rs",
    "decoding/mod.rs",
    "decoding/object_writer.rs",
    "decoding/scalar.rs",
    "decoding/standard_types.rs",
    "decoding/string_macros.rs",
    "decoding/union/attempt.rs",
    "decoding/union/attempt_error.rs",
    "decoding/union/budget.rs",
    "decoding/union/check.rs",
    "decoding/union/decode.rs",
    "decoding/union/macros.rs",
    "decoding/union/mod.rs",
    "decoding/union/outcome.rs",
    "decoding/union/session.rs",
    "decoding/union/traits.rs",
    "decoding/unknown.rs",
    "error/display.rs",
    "error/failed_request.rs",
    "error/mod.rs",
    "error/retry.rs",
    "example.rs",
    "printing.rs",
    "request/body.rs",
    "request/builder.rs",
    "request/cookie.rs",
    "request/file.rs",
    "request/form.rs",
    "request/framing_header.rs",
    "request/mod.rs",
    "request/multipart.rs",
    "request/path_value.rs",
    "request/percent_encoding.rs",
    "request/style.rs",
    "request/text.rs",
    "response/html.rs",
    "response/http_date.rs",
    "response/media_type.rs",
    "response/mod.rs",
    "response/outcome.rs",
    "response/raw_response.rs",
    "response/received.rs",
    "response/reply.rs",
    "schema/budget.rs",
    "schema/check.rs",
    "schema/keyword.rs",
    "schema/mod.rs",
    "validation/context.rs",
    "validation/decimal.rs",
    "validation/equality.rs",
    "validation/fingerprint.rs",
    "validation/format.rs",
    "validation/keywords.rs",
    "validation/mod.rs",
    "validation/multiple_of.rs",
    "validation/number_value.rs",
    "validation/pattern/automaton.rs",
    "validation/pattern/budget.rs",
    "validation/pattern/expression.rs",
    "validation/pattern/fixed_length.rs",
    "validation/pattern/matcher.rs",
    "validation/pattern/mod.rs",
    "validation/pattern/piece.rs",
    "validation/pattern/program.rs",
    "validation/pattern/sequence.rs",
    "validation/report.rs",
    "validation/unique_items.rs",
    "validation/uri.rs",
    "validation/validate.rs",
    "validation/violation.rs",
];

/// The source of the module that matches patterns with backtracking. A generated crate contains this module only if one of its
/// patterns needs backtracking.
const BACKTRACKING: &str = include_str!("../../runtime/ecma.rs");

/// Returns the source files of the runtime as files of a generated crate. If `has_backtracking` is true, the crate also gets the
/// file `src/ecma.rs`, which matches patterns with backtracking.
pub fn files(has_backtracking: bool) -> impl Iterator<Item = Output> {
    let engine = has_backtracking.then(|| Output::new("src/ecma.rs".to_owned(), BACKTRACKING.to_owned()));
    let sources = SOURCES.iter().map(|(name, text)| Output::new(format!("src/runtime/{name}"), (*text).to_owned()));
    engine.into_iter().chain(sources)
}
