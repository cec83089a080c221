// copperplate runtime: copied unchanged into every generated crate.
//! Validation: a context that follows a value, a check for each keyword, and the violations that they report.

pub mod context;
pub(crate) mod equality;
pub(crate) mod fingerprint;
pub mod format;
pub mod keywords;
pub(crate) mod number;
pub mod pattern;
pub(crate) mod uri;
pub mod violation;
