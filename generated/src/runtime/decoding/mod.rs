// copperplate runtime: copied unchanged into every generated crate.
//! Decoding: JSON to typed values, and typed values to JSON.

pub mod codec;
pub mod decode;
pub(crate) mod error_position;
pub mod from_json;
pub mod leniency;
pub mod union;
pub(crate) mod union_macros;
