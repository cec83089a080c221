//! Names: every Rust identifier is decided here, once.

pub(crate) mod header_structs;
pub mod identifiers;
pub(crate) mod inline_schemas;
