// copperplate runtime: copied unchanged into every generated crate.
//! Decodes JSON to the types of an API, and encodes these types as JSON.

pub mod attempt_error;
pub mod buffered_part;
pub mod buffered_value;
pub mod codec;
pub mod decode;
pub mod decode_error;
pub(crate) mod error_position;
pub mod from_json;
pub(crate) mod integer_literals;
pub mod leniency;
pub mod member_name;
pub mod object_writer;
mod standard_types;
pub mod union;
pub(crate) mod union_attempt;
pub(crate) mod union_budget;
pub mod union_decoding;
pub(crate) mod union_macros;
pub(crate) mod union_outcome;
pub mod union_session;
pub mod union_validation;
