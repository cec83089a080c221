// copperplate runtime: copied into each generated crate that uses it.
//! Decodes JSON to the types of an API, and encodes these types as JSON.

pub mod buffered_part;
pub mod buffered_value;
pub mod codec;
pub mod decode;
pub mod decode_error;
pub(crate) mod error_position;
pub mod from_json;
pub(crate) mod integer_literals;
pub mod json_copy;
pub(crate) mod json_value;
pub mod leniency;
pub mod member_name;
pub mod members;
pub(crate) mod memory;
pub mod object_writer;
pub(crate) mod scalar;
mod standard_types;
pub(crate) mod string_macros;
pub mod tuple;
pub mod union;
pub mod unknown;
pub mod webhook;
