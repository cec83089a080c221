// copperplate runtime: copied into each generated crate that uses it.
//! The response that an error contains: its status, headers and body.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::printing::{BodySummary, Cut, HeaderNames};

/// The status, the headers and the body of a response, as they were received.
pub(crate) struct ReceivedResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// The ID by which the service identifies the request.
    pub request_id: Option<String>,
}

impl fmt::Debug for ReceivedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedResponse")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &BodySummary(&self.body, &self.headers))
            .field("request_id", &self.request_id.as_deref().map(Cut::new))
            .finish()
    }
}
