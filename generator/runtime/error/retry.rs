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

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method, StatusCode};

    use crate::runtime::client::transport::{ResponseLimit, TransportError};
    use crate::runtime::error::failed_request::FailedRequest;
    use crate::runtime::error::{Error, ServiceFailure};
    use crate::runtime::response::received::ReceivedResponse;

    fn request(method: &Method) -> FailedRequest {
        let is_idempotent = method.is_idempotent();
        FailedRequest { is_idempotent, ..FailedRequest::unsent("op", Some(method.clone())) }
    }

    fn service(method: &Method, status: u16, retry_after: Option<&'static str>) -> Error {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|text| (http::header::RETRY_AFTER, HeaderValue::from_static(text))));
        let status = StatusCode::from_u16(status).expect("a status");
        let received = ReceivedResponse { status, headers, body: Bytes::new(), request_id: None };
        let (code, message, body_text, failure) = (None, None, None, None);
        let failure = ServiceFailure { received, code, message, body_text, failure, is_documented: false };
        Error::service(request(method), failure)
    }

    #[test]
    fn a_call_is_retryable_if_it_cannot_run_twice() {
        for status in [408, 500, 502, 503, 504] {
            assert!(service(&Method::DELETE, status, None).is_retryable(), "{status}");
            assert!(!service(&Method::POST, status, None).is_retryable(), "{status}");
        }
        for status in [200, 302, 400, 401, 404, 409, 501] {
            assert!(!service(&Method::GET, status, Some("1")).is_retryable(), "{status}");
        }
        assert!(service(&Method::POST, 429, None).is_retryable());
        assert!(service(&Method::POST, 503, Some("1")).is_retryable());
        assert!(!service(&Method::POST, 502, Some("1")).is_retryable());

        let retryable =
            |method: &Method, error: TransportError| Error::transport(request(method), error).is_retryable();
        assert!(retryable(&Method::POST, TransportError::Connect("dns error".into())));
        assert!(!retryable(&Method::GET, TransportError::Connect("invalid peer certificate: Expired".into())));
        for lost in [TransportError::Connection, TransportError::Timeout] {
            assert!(retryable(&Method::PUT, lost("x".into())) && !retryable(&Method::POST, lost("x".into())));
        }
        assert!(!retryable(&Method::GET, TransportError::Other("x".into())));
        assert!(!retryable(&Method::GET, TransportError::ResponseTooLarge(ResponseLimit(1))));
    }

    #[test]
    fn the_wait_is_bounded() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wait = |text: &'static str| service(&Method::GET, 429, Some(text)).retry_after_from(now);
        let seconds = |text: &'static str| wait(text).map(|wait| wait.as_secs());
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("99999999999999999999999999"), Some(31_536_000));
        assert_eq!(seconds("18446744073709551615"), Some(31_536_000));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:47 GMT"), Some(10));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:27 GMT"), Some(0));
        assert_eq!(seconds("Sat, 06 Nov 2094 08:49:27 GMT"), Some(31_536_000));
        for malformed in ["", "-1", "+1", "1.5", "1s", "soon", "1,2"] {
            assert_eq!(seconds(malformed), None, "{malformed}");
        }
        assert_eq!(service(&Method::GET, 429, None).retry_after(), None);
        let before_1970 = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        let error = service(&Method::GET, 429, Some("Thu, 01 Jan 1970 00:00:05 GMT"));
        assert_eq!(error.retry_after_from(before_1970), Some(Duration::from_secs(5)));
    }
}
