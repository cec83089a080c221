// copperplate runtime: copied unchanged into every generated crate.
//! The error for a body that does not decode.

use std::fmt;

use crate::runtime::decoding::error_position::pointer_at;

/// A text is not JSON, or its value is not of the documented type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The JSON Pointer of the value that does not decode.
    pub pointer: String,
    /// What was expected, and the line and column of the text.
    pub message: String,
}

impl DecodeError {
    /// Locates an error of `serde_json` in the text that it comes from.
    pub(crate) fn new(text: &[u8], error: &serde_json::Error) -> Self {
        Self { pointer: pointer_at(text, error.line(), error.column()), message: error.to_string() }
    }

    /// An error about a body as a whole.
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
