//! Rules about examples.

pub(crate) mod coverage;
pub(crate) mod exclusive_keyword;
pub(crate) mod member;
