// copperplate runtime: copied unchanged into every generated crate.
//! The error for a body that does not decode.

use std::fmt;

use crate::runtime::decoding::error_position::pointer_at;

/// The error for a text that is not JSON, or for a value that is not of the documented type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The JSON Pointer of the value that does not decode.
    pub pointer: String,
    /// The reason: what was expected, and the line and column in the text.
    pub message: String,
}

impl DecodeError {
    /// Converts an error of `serde_json`, and finds its JSON Pointer in `text`, which is the text that does not decode.
    pub(crate) fn new(text: &[u8], error: &serde_json::Error) -> Self {
        Self { pointer: pointer_at(text, error.line(), error.column()), message: error.to_string() }
    }

    /// An error about the whole body.
    pub(crate) fn of_body(message: String) -> Self {
        Self { pointer: String::new(), message }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        write!(f, "at {pointer:?}: {message}")
    }
}

impl std::error::Error for DecodeError {}
