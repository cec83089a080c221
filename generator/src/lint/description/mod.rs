//! Rules about `description` texts.

pub(crate) mod described_bound;
mod statement;
