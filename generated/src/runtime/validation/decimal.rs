// copperplate runtime: copied into each generated crate that uses it.
//! Decimal numbers that keep all digits of a JSON number. A double would lose some digits.

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
