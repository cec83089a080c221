// copperplate runtime: copied unchanged into every generated crate.
//! The response of a call that succeeded.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// The response of a call that succeeded: a body of type `S`, and documented headers of type `H`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<S, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// The decoded body.
    pub value: S,
    /// The headers that the document describes.
    pub headers: H,
    /// All headers of the response.
    pub all_headers: HeaderMap,
    /// The bytes of the body.
    pub body: Bytes,
}

impl<S, H> Reply<S, H> {
    pub(crate) fn new(value: S, headers: H, status: StatusCode, all_headers: HeaderMap, body: Bytes) -> Self {
        Self { status, value, headers, all_headers, body }
    }
}
