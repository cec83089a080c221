//! JSON values without loss: exact numbers and JSON's equality.
//!
//! A number keeps all its digits from the document to the emitted crate. No stage rounds a number to a double before comparing it.

pub(crate) mod decimal;
pub(crate) mod equality;
pub(crate) mod number;
pub(crate) mod range;
