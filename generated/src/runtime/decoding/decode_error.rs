// copperplate runtime: copied unchanged into every generated crate.
//! The error for a body that does not decode.

use std::fmt;

use crate::runtime::decoding::error_position::pointer_at;
use crate::runtime::printing::{CutPointer, Escaped};

/// The number of characters at which a message is cut, at its start and at its end.
const MESSAGE_PARTS: (usize, usize) = (150, 150);

/// The error for a text that is not JSON, or for a value that is not of the documented type.
#[derive(Clone, PartialEq, Eq)]
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
        Self { pointer: pointer_at(text, error.line(), error.column()), message: shortened(error.to_string()) }
    }

    /// An error about the whole body.
    pub(crate) fn of_body(message: String) -> Self {
        Self { pointer: String::new(), message }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        write!(f, "at {:?}: {}", CutPointer(pointer), Escaped(message))
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        f.debug_struct("DecodeError").field("pointer", &CutPointer(pointer)).field("message", message).finish()
    }
}

/// Cuts the middle of a long message. The message of a type error begins with the value, which can be as long as the
/// body, and ends with the expected type and the position.
fn shortened(message: String) -> String {
    let (head, tail) = MESSAGE_PARTS;
    match (message.char_indices().nth(head), message.char_indices().nth_back(tail)) {
        (Some((head, _)), Some((tail, _))) if head < tail => format!("{}…{}", &message[..head], &message[tail..]),
        _ => message,
    }
}

impl std::error::Error for DecodeError {}
