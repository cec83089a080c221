// copperplate runtime: copied unchanged into every generated crate.
//! Reads responses. The status selects the type of the body. The body of a response with a success status can still
//! report a failure.

pub(crate) mod media_type;
pub mod outcome;
pub mod raw_response;
pub(crate) mod received;
pub mod reply;
