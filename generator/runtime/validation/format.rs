// copperplate runtime: copied into each generated crate that uses it.
//! Checks the keyword `format` of strings. There is one Rust method for each format that is validated. The rules are
//! those of the RFC that defines the format.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::uri;

/// Emits a Rust method for each row. A row has the name of the Rust method, the format, and the function that decides
/// whether a string is valid.
macro_rules! formats {
    ($($(#[$doc:meta])* $method:ident $name:literal $is_valid:expr;)*) => {
        impl ValidationContext<'_> {
            $(
                $(#[$doc])*
                pub fn $method(self, value: &str) -> Self {
                    let is_valid: fn(&str) -> bool = $is_valid;
                    if !is_valid(value) {
                        report_format(self, $name, value);
                    }
                    self
                }
            )*
        }

        /// Returns the function that decides whether a string is valid for the format `name`. Returns `None` if the
        /// format is not validated.
        pub fn validator(name: &str) -> Option<fn(&str) -> bool> {
            match name {
                $($name => Some($is_valid),)*
                _ => None,
            }
        }
    };
}

pub(crate) use formats; // part: formats_2020

#[cold]
#[inline(never)]
pub(crate) fn report_format(at: ValidationContext<'_>, format: &'static str, value: &str) {
    at.report_violation_with("format", || (Some(format.to_owned()), at.actual_text(value)));
}

formats! {
    /// Checks `format: date-time` (RFC 3339).
    date_time "date-time" is_date_time;
    /// Checks `format: date` (RFC 3339).
    date "date" |value| date(value.as_bytes());
    /// Checks `format: time` (RFC 3339). An offset such as `Z` is required.
    time "time" |value| time(value.as_bytes());
    /// Checks `format: duration` (RFC 3339, appendix A).
    duration "duration" is_duration;
    /// Checks `format: uuid` (RFC 4122): 36 characters.
    uuid "uuid" |value| is_uuid(value.as_bytes());
    /// Checks `format: ipv4`: four decimal numbers.
    ipv4 "ipv4" |value| value.parse::<Ipv4Addr>().is_ok();
    /// Checks `format: ipv6` (RFC 4291). A zone such as `%eth0` is invalid.
    ipv6 "ipv6" |value| value.parse::<Ipv6Addr>().is_ok();
    /// Checks `format: uri` (RFC 3986). A scheme is required.
    uri "uri" uri::is_uri;
    /// Checks `format: uri-reference` (RFC 3986).
    uri_reference "uri-reference" uri::is_reference;
    /// Checks `format: email` (RFC 5321).
    email "email" is_email;
    /// Checks `format: hostname` (RFC 1123). Labels that begin with `xn--` are not decoded.
    hostname "hostname" is_hostname;
    /// Checks `format: byte`: base64 with padding (RFC 4648, section 4).
    byte "byte" |value| is_base64(value.as_bytes());
    /// Checks `format: json-pointer` (RFC 6901).
    json_pointer "json-pointer" is_json_pointer;
}

/// Parses decimal digits. Returns `None` if a byte is not a decimal digit.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number: u32, digit| {
        digit.is_ascii_digit().then(|| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}

fn date(text: &[u8]) -> bool {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return false };
    let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2])) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// Returns whether `text` is a time with an offset: `12:30:00Z`, `12:30:00.5+02:00`. The second 60, a leap second, is
/// only valid if the time in UTC is 23:59:60.
fn time(text: &[u8]) -> bool {
    let Some((&[h1, h2, b':', m1, m2, b':', s1, s2], rest)) = text.split_first_chunk() else { return false };
    let (Some(hour), Some(minute), Some(second)) = (number(&[h1, h2]), number(&[m1, m2]), number(&[s1, s2])) else {
        return false;
    };
    let Some(offset) = without_fraction(rest).and_then(offset) else { return false };
    let in_day = hour <= 23 && minute <= 59;
    match second {
        60 => in_day && (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60) == 23 * 60 + 59,
        _ => in_day && second <= 59,
    }
}

fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let Some(fraction) = text.strip_prefix(b".") else { return Some(text) };
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then(|| &fraction[digits..])
}

/// Parses a UTC offset to minutes: `Z` is 0, `+01:30` is 90, `-01:30` is -90.
fn offset(text: &[u8]) -> Option<i64> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hour, minute) = (number(&[h1, h2])?, number(&[m1, m2])?);
            let minutes = i64::from(hour * 60 + minute);
            (hour <= 23 && minute <= 59).then_some(if sign == b'+' { minutes } else { -minutes })
        }
        _ => None,
    }
}

fn is_date_time(value: &str) -> bool {
    match value.as_bytes().split_first_chunk::<10>() {
        Some((day, [b'T' | b't', rest @ ..])) => date(day) && time(rest),
        _ => false,
    }
}

/// Returns whether `value` is a duration: `P2W`, `P1Y2M3D`, `PT1H` or `P1DT12H`. No unit may be skipped: `P1Y1D` is
/// invalid, because it has no months.
fn is_duration(value: &str) -> bool {
    let Some(value) = value.strip_prefix('P') else { return false };
    let (days, clock) = value.split_once('T').map_or((value, None), |(days, clock)| (days, Some(clock)));
    match (days, clock) {
        (days, None) => has_units(days, "YMD") || has_units(days, "W"),
        ("", Some(clock)) => has_units(clock, "HMS"),
        (days, Some(clock)) => has_units(days, "YMD") && has_units(clock, "HMS"),
    }
}

/// Returns whether `text` is one or more numbers with units, such as `1Y2M`. The units must be consecutive letters of
/// `units`, such as `YMD`.
fn has_units(text: &str, units: &str) -> bool {
    let mut expected: Option<&str> = None;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(unit) = rest[digits..].chars().next().filter(|_| digits > 0) else { return false };
        let found = match expected {
            None => units.split_once(unit),
            Some(next) => next.split_once(unit).filter(|(skipped, _)| skipped.is_empty()),
        };
        let Some((_, following)) = found else { return false };
        expected = Some(following);
        rest = &rest[digits + unit.len_utf8()..];
    }
    expected.is_some()
}

fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

pub(crate) fn is_hostname(value: &str) -> bool {
    value.is_ascii() && has_hostname_syntax(value)
}

/// Returns whether `value` has the syntax of a hostname. Characters beyond ASCII count as letters.
fn has_hostname_syntax(value: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    value.chars().count() <= 253 && value.split('.').all(is_label)
}

/// Returns whether `value` is an email address: `a.b@example.org`, `"a b"@example.org` or `a@[127.0.0.1]`.
fn is_email(value: &str) -> bool {
    value.is_ascii() && has_email_syntax(value)
}

/// Returns whether `value` has the syntax of an email address. Characters beyond ASCII count as letters.
pub(crate) fn has_email_syntax(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_local = match quoted {
        Some(inside) => is_quoted(inside),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom)),
    };
    let literal = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_domain = match literal {
        Some(address) => match address.strip_prefix("IPv6:") {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => address.parse::<Ipv4Addr>().is_ok(),
        },
        None => has_hostname_syntax(domain),
    };
    local.len() <= 64 && is_local && is_domain
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte) || !byte.is_ascii()
}

/// Returns whether `text` may be between the quotes of an email address such as `"a b"@example.org`. All characters
/// of ASCII must be printable. A backslash must precede each quote and each backslash.
fn is_quoted(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let printable = |byte: u8| (b' '..=b'~').contains(&byte) || !byte.is_ascii();
        let fits = match byte {
            b'\\' => bytes.next().is_some_and(printable),
            b'"' => false,
            byte => printable(byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

fn is_base64(text: &[u8]) -> bool {
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let symbols = &text[..text.len() - padding];
    text.len().is_multiple_of(4)
        && padding <= 2
        && symbols.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte))
}

fn is_json_pointer(value: &str) -> bool {
    let escapes_are_whole = value.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (value.is_empty() || value.starts_with('/')) && escapes_are_whole
}
