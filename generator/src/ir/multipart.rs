//! Multipart bodies.

use crate::ir::structs::Struct;

/// The parts of a multipart body.
#[derive(Debug, Clone)]
pub struct Multipart {
    /// The struct that holds the parts: a field for each part, and one for each documented header of a part.
    pub structure: Struct,
    /// How each described part is written, in order.
    pub parts: Vec<Part>,
    /// How a part that the schema does not describe is written, if the struct keeps such parts.
    pub additional: PartEncoding,
}

/// One part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// The index of the field that holds its content.
    pub field: usize,
    /// How the content becomes bytes.
    pub encoding: PartEncoding,
    /// The content type; empty for plain text, which is sent without one.
    pub content_type: String,
    /// The indices of the fields that hold its headers.
    pub headers: Vec<usize>,
}

/// How the content of a part becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartEncoding {
    /// The bytes of a file, unchanged.
    File,
    /// Text.
    Text,
    /// JSON.
    Json,
}
