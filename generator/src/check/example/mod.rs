//! Rules about examples: an example must match its schema and its operation.

pub(crate) mod report;
pub(crate) mod values;
pub(crate) mod whole_request;
