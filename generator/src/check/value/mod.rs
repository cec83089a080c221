//! Validates JSON values against schemas of a document, and collects every violation.
//!
//! All keywords of OpenAPI 3.0 are validated, and the formats that generated validators check. A keyword has no effect on values
//! of other types than its own.

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
