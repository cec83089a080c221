// copperplate runtime: copied unchanged into every generated crate.
//! The meaning of a response according to the document.

/// The meaning of a response according to the document. `S` is the body of a success, `H` the documented headers of a
/// success, and `F` the documented failures.
#[derive(Debug)]
pub enum Outcome<S, H, F> {
    /// A documented success.
    Success(S, H),
    /// A documented failure. `None` if its body does not decode.
    Failure(Option<F>),
    /// A status that the document does not describe.
    Undocumented,
}

/// The condition of the extension `x-failure`, under which a value in the body makes a response a failure.
#[derive(Debug, Clone, Copy)]
pub enum FailureCondition {
    /// The value is present, not null, and not an empty string, array or object.
    NonEmpty,
    /// The value equals this JSON text.
    Equals(&'static str),
}
