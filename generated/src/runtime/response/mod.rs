// copperplate runtime: copied into each generated crate that uses it.
//! Reads responses. The status of a response selects the Rust type of its body. A body can report a failure even if the
//! status is a success.

#[cfg(feature = "mock")]
pub(crate) mod comparison;
pub(crate) mod failure_body;
pub(crate) mod html;
pub(crate) mod http_date;
pub mod media_type;
pub mod outcome;
pub mod raw_response;
pub(crate) mod received;
pub mod reply;
pub(crate) mod retry_after;
