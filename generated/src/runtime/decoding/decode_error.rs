// copperplate runtime: copied into each generated crate that uses it.
//! The error for a body that does not decode.

use std::fmt;

use crate::runtime::decoding::error_position::pointer_at;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::printing::{CutPointer, Escaped};
use crate::runtime::validation::pointer::HIDDEN_NAME;

/// The numbers of characters that a shortened message keeps: the first 150, and the last 150.
const MESSAGE_PARTS: (usize, usize) = (150, 150);

/// The error for JSON that does not decode: the text is not JSON, or a value does not have the type that its schema
/// requires.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The JSON Pointer of the value that does not decode.
    pub pointer: String,
    /// The reason: the expected type, and the line and column in the JSON text. The reason does not contain the value that
    /// does not decode, because the value can be a secret.
    pub message: String,
}

impl DecodeError {
    /// Converts an error of `serde_json`. `text` is the JSON text that does not decode. The line and column of the
    /// error are converted to a JSON Pointer. If decoding has failed in a secret, `leniency` says so, and the error does not
    /// contain the names of its parts.
    pub(crate) fn new(text: &[u8], error: &serde_json::Error, leniency: &Leniency) -> Self {
        let pointer = pointer_at(text, error.line(), error.column());
        let message = without_value(&error.to_string());
        let (pointer, message) = match leniency.failed_secret() {
            // The value of a union is read as a whole, so the error can be at a value around the secret.
            Some(secret) if secret.starts_with(&pointer) => (pointer, without_name(message)),
            Some(secret) => (format!("{secret}/{HIDDEN_NAME}"), without_name(message)),
            None => (pointer, message),
        };
        Self { pointer, message: shortened(message) }
    }

    /// Creates an error about the whole body. Its JSON Pointer is empty. `message` starts with "the body".
    pub(crate) fn of_body(message: String) -> Self {
        Self { pointer: String::new(), message }
    }

    /// Returns whether the error is about the whole body.
    pub(crate) fn is_of_whole_body(&self) -> bool {
        self.pointer.is_empty() && self.message.starts_with("the body ")
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        // The empty pointer names the whole text.
        if !pointer.is_empty() {
            write!(f, "at {:?}: ", CutPointer(pointer))?;
        }
        write!(f, "{}", Escaped(message))
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        f.debug_struct("DecodeError").field("pointer", &CutPointer(pointer)).field("message", message).finish()
    }
}

/// The words with which the messages of serde describe the type of a value.
const VALUE_TYPES: &[&str] =
    &["integer", "floating point", "string", "boolean", "character", "byte array", "null", "sequence", "map"];

/// Removes the value from a message of serde: ``invalid type: integer `7`, expected a string`` becomes
/// `invalid type: integer, expected a string`.
fn without_value(message: &str) -> String {
    let problems = ["invalid type: ", "invalid value: ", "unknown variant `"];
    let found = problems.iter().filter_map(|problem| Some((message.find(problem)?, *problem))).min();
    let (Some((start, problem)), Some(end)) = (found, message.rfind(", expected ")) else { return message.to_owned() };
    let Some(value) = message.get(start + problem.len()..end) else { return message.to_owned() };
    let kind = VALUE_TYPES.iter().find(|kind| value.starts_with(**kind)).copied().unwrap_or("another value");
    let kind = if problem.starts_with("unknown") { "another string" } else { kind };
    let problem = problem.trim_end_matches([' ', '`', ':']);
    format!("{}{problem}: {kind}{}", &message[..start], &message[end..])
}

/// Removes the name of a member: `unknown member "a" at line 1` becomes `unknown member at line 1`.
fn without_name(message: String) -> String {
    let problem = ["unknown member", "duplicate field"].into_iter().find(|problem| message.starts_with(problem));
    match (problem, message.rfind(" at line ")) {
        (Some(problem), Some(place)) => format!("{problem}{}", &message[place..]),
        (Some(problem), None) => problem.to_owned(),
        (None, _) => message,
    }
}

/// Removes the middle of a long message. The start of the message contains the problem. The end contains the expected
/// type, the line and the column.
fn shortened(message: String) -> String {
    let (head, tail) = MESSAGE_PARTS;
    match (message.char_indices().nth(head), message.char_indices().nth_back(tail)) {
        (Some((head, _)), Some((tail, _))) if head < tail => format!("{}…{}", &message[..head], &message[tail..]),
        _ => message,
    }
}

impl std::error::Error for DecodeError {}
