// copperplate runtime: copied into each generated crate that uses it.
//! Validates values against their schemas: the trait `Validate`, the checks of keywords and formats, and the violations
//! that they report.

pub mod context;
pub(crate) mod deadline;
pub(crate) mod decimal;
pub(crate) mod equality;
pub mod keywords;
pub(crate) mod number_value;
pub mod pattern;
pub(crate) mod pointer;
pub mod report;
pub mod validate;
pub mod violation;
