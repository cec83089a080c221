// copperplate runtime: copied unchanged into every generated crate.
//! Responses: the status selects the type of the body, and a success may turn out to be a failure.

pub(crate) mod media_type;
pub mod outcome;
pub mod raw_response;
pub(crate) mod received;
pub mod reply;
