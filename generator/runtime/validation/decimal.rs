// copperplate runtime: copied into each generated crate that uses it.
//! Decimal numbers that keep all digits of a JSON number. A double would lose some digits.

use std::cmp::Ordering; // part: exact_comparison
use std::fmt::{self, Write}; // part: exact_comparison or multiple_of

/// 2^53. A double represents every integer below this limit exactly. A larger integer may change when it is converted
/// to a double.
pub(crate) const EXACT_DOUBLE_LIMIT: f64 = 9_007_199_254_740_992.0;

/// A decimal number: `mantissa · 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    pub(crate) mantissa: i128,
    pub(crate) exponent: i32,
}

impl Decimal {
    /// Parses a JSON number. Returns `None` if its mantissa does not fit in an `i128`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let (negative, integer) = integer.strip_prefix('-').map_or((false, integer), |integer| (true, integer));
        let magnitude = integer.bytes().chain(fraction.bytes()).try_fold(0_i128, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| i128::from(digit - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })?;
        let exponent = power.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self { mantissa: if negative { -magnitude } else { magnitude }, exponent })
    }

    // part: exact_comparison or multiple_of
    /// Returns the shortest decimal number that parses to `double`. Returns `None` for NaN and the infinities.
    pub(crate) fn shortest(double: f64) -> Option<Self> {
        let mut text = StackText { bytes: [0; 32], length: 0 };
        write!(text, "{double:e}").ok().and_then(|()| Self::parse(text.as_str()))
    }
    // end of part

    /// Converts the number to an integer. Returns `None` if the number has a fraction, or does not fit in an `i128`.
    fn to_integer(self) -> Option<i128> {
        let unit = || 10_i128.checked_pow(self.exponent.unsigned_abs());
        match self.exponent {
            _ if self.mantissa == 0 => Some(0),
            0.. => self.mantissa.checked_mul(unit()?),
            _ => unit().filter(|unit| self.mantissa % unit == 0).map(|unit| self.mantissa / unit),
        }
    }
}

/// Parses a JSON number that is an integer, such as `12`, `1.2e1` or `12.0`. Returns `None` if the number has a
/// fraction, or does not fit in an `i128`.
pub(crate) fn parse_integer(text: &str) -> Option<i128> {
    Decimal::parse(text)?.to_integer()
}

// part: exact_comparison
/// Compares a double with an integer. A double counts as equal to its exact value, and also to the integer that
/// `Display` prints. So `1e24` equals both 999999999999999983222784 and 10^24.
pub(crate) fn compare_with_integer(double: f64, limit: i128) -> Option<Ordering> {
    let order = double.partial_cmp(&(limit as f64))?;
    if order.is_ne() {
        return Some(order);
    }
    let exact = double as i128;
    let printed = Decimal::shortest(double).and_then(Decimal::to_integer).unwrap_or(exact);
    Some(if exact == limit { Ordering::Equal } else { printed.cmp(&limit) })
}
// end of part

// part: exact_comparison or multiple_of
/// A buffer on the stack for the decimal digits of a double.
struct StackText {
    bytes: [u8; 32],
    length: usize,
}
// end of part

// part: exact_comparison or multiple_of
impl StackText {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}
// end of part

// part: exact_comparison or multiple_of
impl Write for StackText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let free = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
// end of part

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_equals_the_integer_that_it_is_printed_as() {
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
            assert_eq!(compare_with_integer(double, limit), Some(order), "{double} {limit}");
        }
        assert_eq!(compare_with_integer(f64::NAN, 0), None);
    }
}
