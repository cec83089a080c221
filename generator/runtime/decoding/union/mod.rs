// copperplate runtime: copied into each generated crate that uses it.
//! Decodes and validates unions (`oneOf` and `anyOf`).

pub(crate) mod attempt;
pub mod attempt_error;
pub(crate) mod budget;
pub mod check;
pub mod decode;
pub(crate) mod macros;
pub(crate) mod outcome;
pub mod session;
pub mod traits;
pub(crate) mod variants;

pub use traits::{
    DecodeVariant, Discriminated, Discriminator, Union, ValidateVariant, decode_variant, serialize_with_discriminator,
};
