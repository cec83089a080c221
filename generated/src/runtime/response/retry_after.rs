// copperplate runtime: copied into each generated crate that uses it.
//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::runtime::response::http_date::seconds_since_1970;

/// The longest delay that is returned, in seconds: a year. A longer delay could overflow a point in time.
const LONGEST: u64 = 365 * 24 * 60 * 60;

/// Returns the delay that the header `Retry-After` asks for: a number of seconds, or a date, which is compared with `now`. The
/// result is zero for a date in the past. Returns `None` if the header is absent or malformed.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let now = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = match is_number {
        true => text.parse().unwrap_or(LONGEST),
        false => seconds_since_1970(text, now)?.saturating_sub(now),
    };
    Some(Duration::from_secs(seconds.min(LONGEST)))
}
