//! Exact operations on JSON values: numbers of any length, and the equality and size of values.
//!
//! A number keeps all its digits from the document to the emitted crate. No stage rounds a number to a double before comparing it.

pub(crate) mod decimal;
pub(crate) mod equality;
pub(crate) mod member;
pub(crate) mod number;
pub(crate) mod range;
pub(crate) mod size;
