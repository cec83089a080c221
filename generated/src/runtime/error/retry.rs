// copperplate runtime: copied into each generated crate that uses it.
//! Decides whether a failed call may be sent again, and when.

use std::time::{Duration, SystemTime};

use http::Method;
use http::header::RETRY_AFTER;

use crate::runtime::client::transport::TransportError;
use crate::runtime::client::transport_cause::{Cause, cause};
use crate::runtime::error::Error;
use crate::runtime::response::http_date::seconds_since_1970;

/// The longest wait that [`Error::retry_after`] returns, in seconds: a year. A longer wait could overflow a point in
/// time.
const LONGEST_WAIT: u64 = 365 * 24 * 60 * 60;

impl Error {
    /// Returns whether the same call may succeed if it is sent again, and sending it again does no harm.
    ///
    /// Returns true in these cases:
    /// - The connection could not be established. A failure of TLS is not retryable, because it lasts.
    /// - The status is 429, or it is 503 and the response has the header `Retry-After`. The service has not executed the
    ///   call.
    /// - The HTTP method is idempotent, such as `GET`, `PUT` or `DELETE`, and the service may have executed the call: the
    ///   status is 408, 500, 502, 503 or 504, the request timed out, or the connection failed.
    ///
    /// A client has no retries of its own.
    pub fn is_retryable(&self) -> bool {
        let is_idempotent = self.method().is_some_and(Method::is_idempotent);
        match self.transport_error() {
            Some(error @ TransportError::Connect(_)) => return cause(error) != Some(Cause::Tls),
            Some(TransportError::Connection(_) | TransportError::Timeout(_)) => return is_idempotent,
            Some(TransportError::ResponseTooLarge(_) | TransportError::Other(_)) => return false,
            None => {}
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
        let text = self.headers()?.get(RETRY_AFTER)?.to_str().ok()?.trim();
        let now = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = match is_number {
            true => text.parse().unwrap_or(LONGEST_WAIT),
            false => seconds_since_1970(text, now)?.saturating_sub(now),
        };
        Some(Duration::from_secs(seconds.min(LONGEST_WAIT)))
    }
}
