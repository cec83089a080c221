//! Writes the doc comments of emitted crates. Converts descriptions of a document to Markdown that rustdoc accepts without
//! warnings, and describes the constraints of schemas in sentences.

mod constraints;
mod markdown;
mod schema;
mod wrapping;

pub(crate) use constraints::constraints;
pub(crate) use markdown::{code, line, paragraph, prose};
pub(crate) use schema::{deprecated, schema, source};
pub(crate) use wrapping::wrapped;
