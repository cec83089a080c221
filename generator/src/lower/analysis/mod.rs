//! Functions that analyze schemas for several passes. They neither change a schema nor report a finding.

pub(crate) mod bounds;
pub(crate) mod canonical;
pub(crate) mod disjoint;
pub(crate) mod formats;
pub(crate) mod integer_type;
pub(crate) mod numbers;
pub(crate) mod pattern_matcher;
pub(crate) mod predicates;
pub(crate) mod secrets;
