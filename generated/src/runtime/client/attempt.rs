// copperplate runtime: copied into each generated crate that uses it.
//! An attempt to send the request of a call, and its outcome.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::runtime::client::transport::{ResponseLimit, TransportError};
use crate::runtime::printing::TimeLimit;

/// An attempt to send the request of a call. Each request has this value as an extension:
/// `request.extensions().get::<Attempt>()`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The `operationId`.
    pub operation: &'static str,
    /// The HTTP method of the operation.
    pub method: Method,
    /// The path template, such as `/pets/{id}`.
    pub path: &'static str,
    /// The number of the attempt. The first attempt has the number 1.
    pub number: u32,
    /// The timeout of the attempt, from connecting to the last byte of the response.
    pub timeout: Duration,
    /// The longest time without a byte of the body of the response, if the client or the call
    /// [sets](crate::runtime::Builder::idle_timeout) it.
    pub idle_timeout: Option<Duration>,
    /// The maximal length of the body of the response.
    ///
    /// The client checks the length of every complete response. A transport should also check while it reads the body, so
    /// that a long body does not exhaust the memory.
    pub response_limit: ResponseLimit,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, method, path, number, timeout, idle_timeout, response_limit } = self;
        f.debug_struct("Attempt")
            .field("operation", operation)
            .field("method", method)
            .field("path", path)
            .field("number", number)
            .field("timeout", &TimeLimit(*timeout))
            .field("idle_timeout", &idle_timeout.map(TimeLimit))
            .field("response_limit", response_limit)
            .finish()
    }
}

/// An attempt of a call that failed, and that another attempt followed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// The status of the response. `None` if no complete response was received.
    pub status: Option<StatusCode>,
    /// Why the attempt failed: the status of the response, or the error of the transport. It has one line and no secrets.
    pub reason: String,
    /// How long the client waited before the next attempt.
    pub delay: Duration,
}

/// The outcome of an attempt.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AttemptOutcome<'a> {
    /// The status of the response. `None` if no complete response was received.
    pub status: Option<StatusCode>,
    /// The error of the transport, if no complete response was received.
    pub error: Option<&'a TransportError>,
    /// How long the attempt took.
    pub elapsed: Duration,
    /// How long the client waits before the next attempt. `None` if this was the last attempt.
    pub delay: Option<Duration>,
}
