//! Multipart bodies.

use crate::ir::structs::Struct;

/// The parts of a multipart body.
#[derive(Debug, Clone)]
pub struct Multipart {
    /// The struct that holds the body. It has a field for each part and for each documented header of a part.
    pub structure: Struct,
    /// The parts that the schema describes, in order.
    pub parts: Vec<Part>,
    /// How parts that the schema does not describe are encoded, if the struct keeps such parts.
    pub additional: PartEncoding,
}

/// One part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// The index of the field that holds the content of the part.
    pub field: usize,
    /// How the content is converted to bytes.
    pub encoding: PartEncoding,
    /// The content type. It is empty for plain text, which is sent without a content type.
    pub content_type: String,
    /// The indices of the fields that hold the headers of the part.
    pub headers: Vec<usize>,
}

/// How the content of a part is converted to bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartEncoding {
    /// The bytes of a file, unchanged.
    File,
    /// Text.
    Text,
    /// JSON.
    Json,
}
