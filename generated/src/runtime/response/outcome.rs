// copperplate runtime: copied into each generated crate that uses it.
//! The classification of a response: a success, a failure, or a status that the OpenAPI document does not describe.

/// The classification of a response: a success, a failure, or a status that the OpenAPI document does not describe. `S`
/// is the Rust type of the body of a success, `H` the type of its headers, and `F` the failure enum.
#[derive(Debug)]
pub enum Outcome<S, H, F> {
    /// A success that the OpenAPI document describes: its body and its headers.
    Success(S, H),
    /// A failure that the OpenAPI document describes: its body. `None` if the body does not decode.
    Failure(Option<F>),
    /// A status that the OpenAPI document does not describe.
    Undocumented,
}

/// The condition of the extension `x-failure`. If a value in the body satisfies the condition, the response is a
/// failure.
#[derive(Debug, Clone, Copy)]
pub enum FailureCondition {
    /// The value is present, and is none of `null`, `""`, `[]` and `{}`.
    NonEmpty,
    /// The value equals the value of this JSON text.
    Equals(&'static str),
}
