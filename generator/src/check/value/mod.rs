//! Validates JSON values against the schemas of a document, and returns all violations.
//!
//! The validated keywords are those of OpenAPI 3.0 and of JSON Schema 2020-12. The validated formats are those that generated validators check. A keyword is
//! ignored if it does not apply to the type of the value, such as `maxLength` for a number.

mod collection;
mod describe;
mod enumeration;
mod keywords_2020;
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
