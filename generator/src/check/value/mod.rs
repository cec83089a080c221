//! Validates JSON values against the schemas of a document. Returns all violations.
//!
//! All keywords of OpenAPI 3.0 are validated. Of the formats, those are validated that generated validators check. A keyword has
//! no effect on values of a type that it does not apply to.

mod collection;
mod describe;
pub(crate) mod pattern_length;
mod scalar;
mod string;
#[cfg(test)]
mod tests;
mod union;
mod validator;
mod violation;

pub(crate) use describe::type_name;
pub(crate) use validator::{Direction, Validator};
pub(crate) use violation::Violation;
