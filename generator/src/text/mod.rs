//! Writes texts of documents so that they stay text wherever they are printed: on a terminal, in Markdown, in doc comments and in
//! JSON.
//!
//! Documents are untrusted. Their names and descriptions, and the names of their files, may contain control characters, Markdown,
//! HTML and Rust code.

pub mod code_span;
pub mod inline;
pub mod printable;
