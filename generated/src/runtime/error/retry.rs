// copperplate runtime: copied into each generated crate that uses it.
//! Decides whether a failed call may be sent again, and when.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;

use crate::runtime::client::retry_policy::may_repeat;
use crate::runtime::error::Error;
use crate::runtime::response::retry_after::retry_after;

impl Error {
    /// Returns whether the same call may succeed if it is sent again, and sending it again does no harm.
    ///
    /// Returns true in these cases:
    /// - The connection could not be established. A failure of TLS is not retryable, because it lasts.
    /// - The status is 429, or it is 503 and the response has the header `Retry-After`. The service has not executed the
    ///   call.
    /// - The operation is idempotent, such as `GET`, `PUT` or `DELETE`, and the service may have executed the call: the
    ///   status is 408, 500, 502, 503 or 504, the request timed out, or the connection failed.
    ///
    /// The client has already sent the request again as far as its [`RetryPolicy`](crate::runtime::RetryPolicy) allows.
    pub fn is_retryable(&self) -> bool {
        let is_idempotent = self.0.request.is_idempotent;
        if let Some(error) = self.transport_error() {
            return may_repeat(is_idempotent, error);
        }
        match self.status().filter(|_| self.is_service()).map(|status| status.as_u16()) {
            Some(429) => true,
            Some(503) if self.headers().is_some_and(|headers| headers.contains_key(RETRY_AFTER)) => true,
            Some(408 | 500 | 502 | 503 | 504) => is_idempotent,
            _ => false,
        }
    }

    /// Returns how long the service asks to wait before the next call: the header `Retry-After`, which is a number of
    /// seconds or a date. The result is at most one year, and zero for a date in the past.
    ///
    /// Returns `None` if the response has no such header, or if the header is malformed. A date is compared with the
    /// clock of this computer: see [`Error::retry_after_from`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_from(SystemTime::now())
    }

    /// Returns how long the service asks to wait, like [`Error::retry_after`]. `now` is the current time.
    pub fn retry_after_from(&self, now: SystemTime) -> Option<Duration> {
        retry_after(self.headers()?, now)
    }
}
