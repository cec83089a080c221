// copperplate runtime: copied into each generated crate that uses it.
//! Which failed calls a client sends again, and when.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::runtime::client::transport::TransportError;
use crate::runtime::client::transport_cause::{Cause, cause};
use crate::runtime::printing::TimeLimit;

/// Which failed calls a client sends again, and when. Set it with
/// [`Builder::retry`](crate::runtime::Builder::retry) or
/// [`CallOptions::retry`](crate::runtime::CallOptions::retry).
///
/// By default, a call has at most three attempts. An attempt follows in these cases:
///
/// - The connection could not be established, for any reason but TLS. The service has not received the request.
/// - The operation is idempotent, and the connection failed, the attempt timed out, or the status is 408, 429, 500, 502,
///   503 or 504.
///
/// An operation is idempotent if the document says so (`x-idempotent`), if the call has an idempotency key, or, if the
/// document says nothing, if its HTTP method is: `GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT` and `DELETE`. Any other request
/// that the service may have received is never sent twice.
///
/// The delay before the second attempt is a random time between zero and 500 ms, and the upper bound doubles with each
/// attempt, up to 20 seconds. If the service asks for a longer delay (`Retry-After`, in seconds or as a date), the client
/// waits as long as the service asks, but at most one minute: if the service asks for more, the call fails at once.
///
/// No attempt begins after the [timeout](crate::runtime::Builder::timeout) of the call. All clones of a client share a
/// budget: a hundred retries in a row, and then one for each five calls that succeed. So a service that is down does not
/// receive many times its usual load.
///
/// [`Error::earlier_attempts`](crate::runtime::Error::earlier_attempts) and
/// [`Reply::earlier_attempts`](crate::runtime::Reply::earlier_attempts) list the attempts that failed.
#[derive(Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    first_delay: Duration,
    longest_delay: Duration,
    pub(crate) longest_retry_after: Duration,
    statuses: Vec<u16>,
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .field("first_delay", &TimeLimit(self.first_delay))
            .field("longest_delay", &TimeLimit(self.longest_delay))
            .field("longest_retry_after", &TimeLimit(self.longest_retry_after))
            .field("statuses", &self.statuses)
            .finish()
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(20),
            longest_retry_after: Duration::from_secs(60),
            statuses: vec![408, 429, 500, 502, 503, 504],
        }
    }
}

impl RetryPolicy {
    /// Sends each request once.
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximal number of attempts, including the first one. The default is 3. Zero counts as one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the longest delay before the second attempt. The bound doubles with each further attempt. The default is
    /// 500 ms.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the longest delay before any attempt, unless the service asks for a longer one. The default is 20 seconds.
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// Sets the longest delay that the service may ask for with the header `Retry-After`, or with `retry` in server-sent events.
    /// If the service asks for more, the call or the stream fails at once. The default is 60 seconds.
    pub fn longest_retry_after(mut self, delay: Duration) -> Self {
        self.longest_retry_after = delay;
        self
    }

    /// Sets the statuses after which an idempotent operation is sent again. The default is 408, 429, 500, 502, 503 and
    /// 504.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.statuses = statuses.into_iter().map(|status| status.as_u16()).collect();
        self
    }

    /// Returns whether another attempt after this outcome may succeed, and does no harm.
    pub(crate) fn allows<B>(&self, is_idempotent: bool, outcome: &Result<http::Response<B>, TransportError>) -> bool {
        match outcome {
            Ok(response) => is_idempotent && self.statuses.contains(&response.status().as_u16()),
            Err(error) => may_repeat(is_idempotent, error),
        }
    }

    /// Returns the longest delay after this number of failed attempts.
    pub(crate) fn longest_delay_after(&self, failed: usize) -> Duration {
        let doublings = u32::try_from(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        let factor = 2_u32.checked_pow(doublings).unwrap_or(u32::MAX);
        self.first_delay.saturating_mul(factor).min(self.longest_delay)
    }
}

/// Returns whether a request may be sent again after an error of the transport. A failure of TLS lasts.
pub(crate) fn may_repeat(is_idempotent: bool, error: &TransportError) -> bool {
    match error {
        TransportError::Connect(_) => cause(error) != Some(Cause::Tls),
        TransportError::Connection(_) | TransportError::Timeout(_) => is_idempotent,
        TransportError::ResponseTooLarge(_) | TransportError::Other(_) => false,
    }
}
