//! Decimal numbers of any length.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Number;

/// An exact decimal number: `0.DIGITS · 10^scale`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// The digits from the first nonzero digit to the last nonzero digit, as values from 0 to 9. The number zero has no digits.
    digits: Vec<u8>,
    /// The exponent of ten. `12.5` is `0.125 · 10^2`, so its scale is 2.
    scale: i64,
}

/// Integers with more trailing zeros than this are displayed with an exponent.
const TRAILING_ZEROS: i64 = 16;

/// Fractions with at least this many zeros after the decimal point are displayed with an exponent.
const LEADING_ZEROS: i64 = 5;

impl Decimal {
    /// Returns the shortest decimal that parses to `double`. Returns `None` if `double` is not finite.
    pub(crate) fn from_f64(double: f64) -> Option<Self> {
        double.is_finite().then(|| Self::parse(&format!("{double:e}"))).flatten()
    }

    /// Parses a number in the notation of JSON or YAML. Returns `None` if `text` is no number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (written, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let leading = all().take_while(|digit| *digit == b'0').count();
        let mut digits: Vec<u8> = all().skip(leading).map(|digit| digit - b'0').collect();
        digits.truncate(digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1));
        let scale = length(whole.len()).saturating_sub(length(leading)).saturating_add(power_of_ten(power)?);
        Some(match digits.is_empty() {
            true => Self { is_negative: false, digits, scale: 0 },
            false => Self { is_negative, digits, scale },
        })
    }

    /// Returns whether the number has no fractional part.
    pub(crate) fn is_integer(&self) -> bool {
        self.scale >= length(self.digits.len())
    }

    /// Returns whether the number is greater than zero.
    pub(crate) fn is_positive(&self) -> bool {
        !self.is_negative && !self.digits.is_empty()
    }

    /// Converts the number to an integer. Returns `None` if the number has a fractional part or does not fit in 128 bits.
    pub(crate) fn to_i128(&self) -> Option<i128> {
        if self.is_integer() { self.truncated() } else { None }
    }

    /// Returns the smallest integer that is not less than the number. Returns `None` if that integer does not fit in 128 bits.
    pub(crate) fn ceil(&self) -> Option<i128> {
        let up = i128::from(!self.is_integer() && !self.is_negative);
        self.truncated()?.checked_add(up)
    }

    /// Returns the largest integer that is not greater than the number. Returns `None` if that integer does not fit in 128 bits.
    pub(crate) fn floor(&self) -> Option<i128> {
        let down = i128::from(!self.is_integer() && self.is_negative);
        self.truncated()?.checked_sub(down)
    }

    /// Returns the integer part of the number. Returns `None` if the integer part does not fit in 128 bits.
    fn truncated(&self) -> Option<i128> {
        let count = usize::try_from(self.scale).unwrap_or_default();
        // 128 bits hold at most 39 digits.
        if self.scale > 39 {
            return None;
        }
        let digits = self.digits.iter().chain(std::iter::repeat(&0)).take(count);
        digits.copied().try_fold(0_i128, |number, digit| {
            let (ten, digit) = (number.checked_mul(10)?, i128::from(digit));
            if self.is_negative { ten.checked_sub(digit) } else { ten.checked_add(digit) }
        })
    }

    /// Returns the nearest double, or an infinity if the number exceeds the range of doubles.
    pub(crate) fn to_f64(&self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Compares the nearest double with the number: returns `Less` if the double is less than the number. Returns `Equal` also if
    /// the number is the shortest decimal that parses to this double, such as `0.1`.
    pub(crate) fn compare_nearest_f64(&self) -> Ordering {
        let double = self.to_f64();
        match Self::from_f64(double).map(|shortest| shortest.cmp(self)) {
            None if double > 0.0 => Ordering::Greater,
            None => Ordering::Less,
            Some(Ordering::Equal) => Ordering::Equal,
            // The exact value of a double has at most 1074 fractional digits.
            Some(order) => match Self::parse(&format!("{double:.1074}")).as_ref() == Some(self) {
                true => Ordering::Equal,
                false => order,
            },
        }
    }

    /// Returns whether the number is an integer multiple of `step`. Returns true if `step` is not positive, because a separate
    /// rule reports such a step.
    pub(crate) fn is_multiple_of(&self, step: &Self) -> bool {
        if self.digits.is_empty() || !step.is_positive() {
            return true;
        }
        let fraction = |number: &Self| length(number.digits.len()).saturating_sub(number.scale);
        // A number with more fractional digits than the step is no multiple of it.
        let Ok(zeros) = usize::try_from(fraction(step).saturating_sub(fraction(self))) else { return false };
        // An appended zero multiplies by 2 · 5. A step of `n` digits contains each of these factors at most `4 * n` times, so
        // more zeros cannot make the step a divisor.
        let zeros = zeros.min(4 * step.digits.len());
        let mut remainder = Vec::with_capacity(step.digits.len() + 1);
        for digit in self.digits.iter().chain(std::iter::repeat_n(&0, zeros)) {
            remainder.push(*digit);
            reduce(&mut remainder, &step.digits);
        }
        remainder.is_empty()
    }

    /// Returns the number divided by `10^exponent`. Returns `None` if the quotient is not an integer, or does not fit in 128
    /// bits.
    pub(crate) fn in_units(&self, exponent: i64) -> Option<i128> {
        let shifted = Self { scale: self.scale.checked_sub(exponent)?, ..self.clone() };
        shifted.to_i128()
    }

    /// Returns the power of ten of the last nonzero digit: 2 for `1200`, -1 for `0.5`.
    pub(crate) fn exponent(&self) -> i64 {
        self.scale.saturating_sub(length(self.digits.len()))
    }

    /// Formats the number. An integer of more than `most` digits gets an exponent: `1200` becomes `12e2` if `most` is 3. Returns
    /// `None` if the number has more than `most` digits without its leading and trailing zeros.
    pub(crate) fn to_text_within(&self, most: usize) -> Option<String> {
        let is_short = !self.is_integer() || self.scale <= length(most);
        let sign = if self.is_negative { "-" } else { "" };
        match self.digits.len() <= most {
            true if is_short => Some(self.to_string()),
            true => Some(format!("{sign}{}e{}", self.digits_as_text(), self.exponent())),
            false => None,
        }
    }

    fn digits_as_text(&self) -> String {
        self.digits.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// Converts the number to a JSON number.
    pub(crate) fn to_number(&self) -> Option<Number> {
        self.to_string().parse().ok()
    }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Parses an exponent. Clamps it to the range from `-i64::MAX / 4` to `i64::MAX / 4`.
fn power_of_ten(text: &str) -> Option<i64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let most = i64::MAX / 4;
    let is_exponent = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let power = is_exponent.then(|| digits.parse().map_or(most, |power: i64| power.min(most)))?;
    Some(if is_negative { -power } else { power })
}

/// Reduces `remainder` modulo `step`. Both are digits, the most significant digit first. `remainder` must be less than ten times
/// `step`, so that at most nine subtractions are needed.
fn reduce(remainder: &mut Vec<u8>, step: &[u8]) {
    let leading = remainder.iter().take_while(|digit| **digit == 0).count();
    remainder.drain(..leading);
    while remainder.len() > step.len() || (remainder.len() == step.len() && remainder.as_slice() >= step) {
        let mut borrowed = 0;
        let places = remainder.iter_mut().rev().zip(step.iter().rev().chain(std::iter::repeat(&0)));
        for (digit, taken) in places {
            let taken = taken + borrowed;
            borrowed = u8::from(*digit < taken);
            *digit = *digit + 10 * borrowed - taken;
        }
        let leading = remainder.iter().take_while(|digit| **digit == 0).count();
        remainder.drain(..leading);
    }
}

impl From<&Number> for Decimal {
    fn from(number: &Number) -> Self {
        Self::parse(&number.to_string()).unwrap_or(Self { is_negative: false, digits: Vec::new(), scale: 0 })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match number.digits.is_empty() {
            true => 0,
            false if number.is_negative => -1,
            false => 1,
        };
        let magnitudes = || self.scale.cmp(&other.scale).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| match self.is_negative {
            true => magnitudes().reverse(),
            false => magnitudes(),
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits_as_text();
        if self.is_negative {
            f.write_str("-")?;
        }
        let before = usize::try_from(self.scale).unwrap_or_default();
        match digits.split_at_checked(1) {
            None => f.write_str("0"),
            Some(_) if self.is_integer() && self.exponent() <= TRAILING_ZEROS => {
                // The width of a format is limited to 16 bits, which is less than a document may contain.
                let zeros = before.saturating_sub(digits.len());
                write!(f, "{digits}{}", "0".repeat(zeros))
            }
            Some(_) if before > 0 && !self.is_integer() => {
                let (whole, fraction) = digits.split_at_checked(before).unwrap_or((&digits, "0"));
                write!(f, "{whole}.{fraction}")
            }
            Some(_) if before == 0 && self.scale > -LEADING_ZEROS => {
                let zeros = usize::try_from(-self.scale).unwrap_or_default();
                write!(f, "0.{}{digits}", "0".repeat(zeros))
            }
            Some((first, "")) => write!(f, "{first}e{}", self.scale - 1),
            Some((first, rest)) => write!(f, "{first}.{rest}e{}", self.scale - 1),
        }
    }
}

#[cfg(test)]
mod tests;
