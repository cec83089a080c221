// copperplate runtime: copied unchanged into every generated crate.
//! Exact arithmetic on numbers as JSON writes them: `0.3` is a multiple of `0.1`.

use std::cmp::Ordering;
use std::fmt::{self, Display, Write};

use crate::runtime::validation::context::ValidationContext;

/// From here on a double may have lost digits of the integer that it was.
pub(crate) const ROUNDED: f64 = 9_007_199_254_740_992.0;

/// A decimal number: `mantissa · 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// The number that `text` writes; `None` where it has more digits than 128 bits hold.
    fn of(text: &str) -> Option<Self> {
        let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |whole| (true, whole));
        let magnitude = whole.bytes().chain(fraction.bytes()).try_fold(0_i128, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| i128::from(digit - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })?;
        let exponent = power.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self { mantissa: if negative { -magnitude } else { magnitude }, exponent })
    }

    /// The integer that it is, if it is one of 128 bits.
    fn whole(self) -> Option<i128> {
        let unit = || 10_i128.checked_pow(self.exponent.unsigned_abs());
        match self.exponent {
            _ if self.mantissa == 0 => Some(0),
            0.. => self.mantissa.checked_mul(unit()?),
            _ => unit().filter(|unit| self.mantissa % unit == 0).map(|unit| self.mantissa / unit),
        }
    }

    fn is_multiple_of(self, step: Self) -> bool {
        if self.mantissa == 0 || step.mantissa <= 0 {
            return true;
        }
        let exponent = self.exponent.min(step.exponent);
        let scale = u32::try_from(step.exponent.saturating_sub(exponent)).ok();
        let step = scale.and_then(|scale| 10_i128.checked_pow(scale)?.checked_mul(step.mantissa));
        // A step too large for the number's own scale is larger than the number.
        let Some(step) = step else { return false };
        let shift = self.exponent.saturating_sub(exponent);
        let remainder = (0..shift).try_fold(self.mantissa % step, |rest, _| match rest {
            0 => Some(0),
            rest => Some(rest.checked_mul(10)? % step),
        });
        remainder == Some(0)
    }
}

/// The type of a JSON number.
pub trait Number: Copy + Display {
    /// Whether the number is a whole multiple of `step`.
    fn is_multiple_of(self, step: Decimal) -> bool;
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl Number for $type {
            fn is_multiple_of(self, step: Decimal) -> bool {
                Decimal { mantissa: i128::from(self), exponent: 0 }.is_multiple_of(step)
            }
        })*
    };
}

integers!(i32, i64, u64, i128);

impl Number for f64 {
    fn is_multiple_of(self, step: Decimal) -> bool {
        quick_verdict(self, step).unwrap_or_else(|| written(self).is_some_and(|decimal| decimal.is_multiple_of(step)))
    }
}

/// The number that a double is written as; what is not finite is none.
fn written(double: f64) -> Option<Decimal> {
    let mut text = Digits { bytes: [0; 32], length: 0 };
    write!(text, "{double:e}").ok().and_then(|()| Decimal::of(text.as_str()))
}

/// How a double stands to an integer. It is equal to the one that it is to the last bit, and to the one that it is written as.
pub(crate) fn compared(double: f64, limit: i128) -> Option<Ordering> {
    let order = double.partial_cmp(&(limit as f64))?;
    if order.is_ne() {
        return Some(order);
    }
    let exact = double as i128;
    let written = written(double).and_then(Decimal::whole).unwrap_or(exact);
    Some(if exact == limit { Ordering::Equal } else { written.cmp(&limit) })
}

/// The integer that a text writes, however it does, if it is one of 128 bits.
pub(crate) fn whole(text: &str) -> Option<i128> {
    Decimal::of(text)?.whole()
}

/// A JSON text with its integers spelt out, of which some are written with an exponent or a fraction of zero; `None` where none is that
/// is as large as `from`.
pub(crate) fn spelt_out(text: &[u8], from: i128) -> Option<Vec<u8>> {
    let (mut spelt, mut kept, mut at) = (Vec::new(), 0, 0);
    while let Some(byte) = text.get(at) {
        let rest = &text[at..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = match byte {
            b'"' => string(rest),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| is_part(byte)).count(),
            _ => 1,
        };
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        if *byte != b'"'
            && word.contains(['.', 'e', 'E'])
            && let Some(integer) = whole(word).filter(|integer| integer.saturating_abs() >= from)
            && serde_json::from_str::<serde_json::Number>(word).is_ok()
        {
            spelt.extend_from_slice(&text[kept..at]);
            let sign = if integer == 0 && *byte == b'-' { "-" } else { "" };
            spelt.extend_from_slice(format!("{sign}{integer}").as_bytes());
            kept = at + length;
        }
        at += length;
    }
    spelt.extend_from_slice(&text[kept..]);
    (kept > 0).then_some(spelt)
}

/// How long the string is that begins a text.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// The verdict where the number and the step are integers of one scale that a double holds exactly.
fn quick_verdict(value: f64, step: Decimal) -> Option<bool> {
    let scale = 10_f64.powi(step.exponent.checked_neg().filter(|scale| (0..=22).contains(scale))?);
    let steps = i64::try_from(step.mantissa).ok().filter(|steps| *steps > 0)?;
    let scaled = (value * scale).round();
    // Below 2^53 the conversion is exact.
    (scaled.abs() < ROUNDED).then(|| scaled / scale == value && (scaled as i64) % steps == 0)
}

/// The digits of a double, where they cost no allocation.
struct Digits {
    bytes: [u8; 32],
    length: usize,
}

impl Digits {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl ValidationContext<'_> {
    /// `multipleOf`; the step is a text, so that no digit is lost.
    pub fn multiple_of<T: Number>(self, value: T, step: &'static str) -> Self {
        if !Decimal::of(step).is_none_or(|step| value.is_multiple_of(step)) {
            self.violated("multipleOf", Some(step.to_owned()), self.shown_number(value));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_spelt_out_wherever_they_stand() {
        let spelt = |text: &str| spelt_out(text.as_bytes(), 0).map(|text| String::from_utf8(text).expect("a text"));
        for (text, expected) in [
            ("1e16", Some("10000000000000000")),
            ("7.0000000000000000000000000000000000000000", Some("7")),
            (" [9007199254740993.0,-0.0, 1.5, 12]", Some(" [9007199254740993,-0, 1.5, 12]")),
            (r#"{"1e3\\":"\"1e3","b":-1.5E1}"#, Some(r#"{"1e3\\":"\"1e3","b":-15}"#)),
            ("[1, 2.5, 1e-3, \"1e3\"]", None),
            ("1e99", None),
            ("\"1e3", None),
            ("-", None),
            ("1e", None),
            ("[-e5, 1., 01.0]", None),
            ("", None),
        ] {
            assert_eq!(spelt(text).as_deref(), expected, "{text}");
        }
        assert_eq!(
            spelt_out(b"[5.0, 1e3, -1e16]", 10_000).as_deref(),
            Some(b"[5.0, 1e3, -10000000000000000]".as_slice())
        );
    }

    #[test]
    fn a_double_is_the_integer_that_it_is_written_as() {
        for (double, limit, order) in [
            (1e24, 10_i128.pow(24), Ordering::Equal),
            (1e24, 999_999_999_999_999_983_222_784, Ordering::Equal),
            (18_446_744_073_709_551_616.0, 18_446_744_073_709_551_616, Ordering::Equal),
            (18_446_744_073_709_551_616.0, 18_446_744_073_709_551_615, Ordering::Greater),
            (9_007_199_254_740_992.0, 9_007_199_254_740_993, Ordering::Less),
            (0.5, 0, Ordering::Greater),
            (1e300, i128::MAX, Ordering::Greater),
            (-1e300, i128::MIN, Ordering::Less),
        ] {
            assert_eq!(compared(double, limit), Some(order), "{double} {limit}");
        }
        assert_eq!(compared(f64::NAN, 0), None);
    }
}
