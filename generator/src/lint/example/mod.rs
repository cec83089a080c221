//! Rules about examples.

mod combination;
pub(crate) mod coverage;
pub(crate) mod exclusive_keyword;
pub(crate) mod member;
