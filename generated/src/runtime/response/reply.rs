// copperplate runtime: copied unchanged into every generated crate.
//! The response of a call that succeeded.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::printing::{Excerpt, Headers};

/// The response of a call that succeeded. `S` is the type of the decoded body. `H` is the type of the headers that the
/// OpenAPI document describes.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<S, H = ()> {
    /// The status of the response.
    pub status: StatusCode,
    /// The decoded body.
    pub value: S,
    /// The headers that the OpenAPI document describes, decoded.
    pub headers: H,
    /// All headers of the response, not decoded.
    pub all_headers: HeaderMap,
    /// The body, not decoded.
    pub body: Bytes,
}

impl<S, H> Reply<S, H> {
    pub(crate) fn new(value: S, headers: H, status: StatusCode, all_headers: HeaderMap, body: Bytes) -> Self {
        Self { status, value, headers, all_headers, body }
    }
}

/// Prints the whole decoded body, but only the first 200 bytes of the raw body. `…` replaces the values of headers that
/// can carry cookies or credentials.
impl<S: fmt::Debug, H: fmt::Debug> fmt::Debug for Reply<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("value", &self.value)
            .field("headers", &self.headers)
            .field("all_headers", &Headers(&self.all_headers))
            .field("body", &Excerpt(&self.body))
            .finish()
    }
}
