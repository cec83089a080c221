//! Questions about schemas that several passes ask. Nothing here changes a schema or reports a finding.

pub(crate) mod canonical;
pub(crate) mod disjoint;
pub(crate) mod enum_values;
pub(crate) mod fingerprint;
pub(crate) mod formats;
pub(crate) mod numbers;
pub(crate) mod pattern_matcher;
pub(crate) mod predicates;
