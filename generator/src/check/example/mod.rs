//! Rules about examples: they must not contradict the document.

pub(crate) mod report;
pub(crate) mod values;
pub(crate) mod whole_request;
