//! Writes the doc comments of emitted crates: text from the document as markdown that rustdoc accepts without warnings, and
//! sentences about the constraints of schemas.

mod constraints;
mod markdown;
mod schema;
mod wrapping;

pub(crate) use constraints::constraints;
pub(crate) use markdown::{code, line, paragraph, prose};
pub(crate) use schema::{deprecated, schema, source};
pub(crate) use wrapping::wrapped;
