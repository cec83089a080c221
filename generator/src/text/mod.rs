//! Escapes strings from documents for output on a terminal, in Markdown, in doc comments and in JSON, and cuts them.
//!
//! Documents are untrusted: a name, a description or a file name may contain control characters, Markdown, HTML or Rust code.

pub(crate) mod boundary;
pub mod code_span;
pub mod inline;
pub mod printable;
