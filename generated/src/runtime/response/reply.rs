// copperplate runtime: copied into each generated crate that uses it.
//! The response of a call that succeeded.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::client::attempt::FailedAttempt;
use crate::runtime::printing::{BodySummary, HeaderNames};

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
    /// The attempts that failed before this response was received, in order. See
    /// [`RetryPolicy`](crate::runtime::RetryPolicy).
    pub earlier_attempts: Vec<FailedAttempt>,
}

impl<S, H> Reply<S, H> {
    pub(crate) fn new(value: S, headers: H, status: StatusCode, all_headers: HeaderMap, body: Bytes) -> Self {
        Self { status, value, headers, all_headers, body, earlier_attempts: Vec::new() }
    }
}

/// Prints the status, the headers that the OpenAPI document describes, the names of all headers, and the length of the
/// body. The decoded body is not printed, because it can be a secret string. To print the decoded body, print the field
/// `value`.
impl<S, H: fmt::Debug> fmt::Debug for Reply<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("all_headers", &HeaderNames(&self.all_headers))
            .field("body", &BodySummary(&self.body, &self.all_headers))
            .field("earlier_attempts", &self.earlier_attempts)
            .finish_non_exhaustive()
    }
}
