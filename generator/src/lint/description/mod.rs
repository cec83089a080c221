//! Rules about descriptions.

pub(crate) mod described_bound;
mod statement;
