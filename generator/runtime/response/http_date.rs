// copperplate runtime: copied into each generated crate that uses it.
//! Parses dates in headers, such as `Sun, 06 Nov 1994 08:49:37 GMT`, and splits a time into its date and time of day.

use std::time::SystemTime; // part: signing

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The mean length of a year in seconds.
const YEAR: u64 = 31_556_952;

/// Parses a date in one of the three forms of RFC 9110, and returns the seconds since 1970. `now` is the current time,
/// which decides the century of a year with two digits. Returns `None` for a date before 1970, and for any other text.
pub(crate) fn seconds_since_1970(text: &str, now: u64) -> Option<u64> {
    let parts: Vec<&str> = text.split([' ', ',', '-']).filter(|part| !part.is_empty()).take(7).collect();
    let (day, month, year, time) = match parts[..] {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let year = match (year.len(), number(year)?) {
        (4, year) => year,
        // A date that appears to be more than 50 years in the future is in the past.
        (2, year) => {
            let latest = 1970 + now / YEAR + 50;
            latest - (latest + 100 - year) % 100
        }
        _ => return None,
    };
    let day = number(day).filter(|day| (1..=length(month, year)).contains(day))?;
    let [hour, minute, second] = time.split(':').map(number).collect::<Option<Vec<_>>>()?.try_into().ok()?;
    if year < 1970 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let leap_days = |year: u64| year / 4 - year / 100 + year / 400;
    let days_before_year = (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
    let days = days_before_year + (0..month).map(|month| length(month, year)).sum::<u64>() + day - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

// part: signing
/// Returns the year, month and day of a time, and its hour, minute and second, in UTC. A time before 1970 counts as 1970, and
/// a time after 9999 as 9999.
pub(crate) fn date_and_time(time: SystemTime) -> ([u64; 3], [u64; 3]) {
    const LAST_SECOND: u64 = 253_402_300_799;
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs()).min(LAST_SECOND);
    let (mut day, mut year, mut month) = (seconds / 86_400, 1970, 0);
    while day >= length(month, year) {
        day -= length(month, year);
        (year, month) = if month == 11 { (year + 1, 0) } else { (year, month + 1) };
    }
    ([year, month as u64 + 1, day + 1], [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60])
}
// end of part

/// Parses a number of at most four digits.
fn number(text: &str) -> Option<u64> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Returns the number of days in a month. `month` counts from 0.
fn length(month: usize, year: u64) -> u64 {
    match month {
        1 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::seconds_since_1970;

    /// A time in November 2026.
    const NOW: u64 = 1_796_000_000;

    #[test]
    fn the_three_forms_of_a_date_are_read() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(seconds_since_1970(text, NOW), Some(784_111_777), "{text}");
        }
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("Wed, 31 Dec 2025 23:59:60 GMT", 1_767_225_600),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Friday, 01-Mar-24 00:00:00 GMT", 1_709_251_200),
            ("Tuesday, 01-Mar-76 00:00:00 GMT", 3_350_246_400),
            ("Tuesday, 01-Mar-77 00:00:00 GMT", 226_022_400),
        ] {
            assert_eq!(seconds_since_1970(text, NOW), Some(seconds), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_dates() {
        for text in [
            "",
            "06 Nov 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Thu, 29 Feb 2023 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 19940 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 +8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        ] {
            assert_eq!(seconds_since_1970(text, NOW), None, "{text}");
        }
    }
}
