//! Multipart bodies.

use crate::ir::structs::Struct;

/// A multipart body: its struct, and the encodings of its parts.
#[derive(Debug, Clone)]
pub struct Multipart {
    /// The struct that holds the body. It has a field for each part and for each documented header of a part.
    pub structure: Struct,
    /// The parts that the schema describes, in document order.
    pub parts: Vec<Part>,
    /// The encoding of parts that the schema does not describe. It is used only if the struct keeps such parts.
    pub additional: PartEncoding,
}

/// One part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// The index of a field of the body's struct. This field holds the content of the part.
    pub field: usize,
    /// How the content is converted to bytes.
    pub encoding: PartEncoding,
    /// The content type. It is empty for plain text, which is sent without a content type.
    pub content_type: String,
    /// The indices of fields of the body's struct. These fields hold the headers of the part.
    pub headers: Vec<usize>,
}

/// How the content of a part is converted to bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartEncoding {
    /// The bytes of a file, unchanged.
    File,
    /// Plain text.
    Text,
    /// JSON.
    Json,
    /// Plain text for a scalar, and JSON for an object. Each item of an array is a part. Some values of the type are scalars, and
    /// others can be arrays or objects.
    ScalarOrJson,
}
