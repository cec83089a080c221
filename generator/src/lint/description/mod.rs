//! Rules for descriptions.

pub(crate) mod described_bound;
mod statement;
