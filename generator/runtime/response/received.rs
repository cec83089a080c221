// copperplate runtime: copied unchanged into every generated crate.
//! The parts of a response that an error keeps.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A response as it was received.
#[derive(Debug)]
pub(crate) struct ReceivedResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}
