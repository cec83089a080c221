//! Exact arithmetic on JSON numbers: `0.3` is a multiple of `0.1`, and no bound loses a digit.

use std::cmp::Ordering;

use serde_json::Number;

/// A decimal number: `mantissa · 10^exponent`, the mantissa not divisible by ten unless zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// The number as its shortest text writes it.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        let mut exponent = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.checked_add(1)?;
        }
        Some(Self { mantissa, exponent: if mantissa == 0 { 0 } else { exponent } })
    }

    /// The mantissa at a smaller or equal exponent; `None` where it has too many digits.
    fn at(self, exponent: i32) -> Option<i128> {
        let shift = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        10_i128.checked_pow(shift)?.checked_mul(self.mantissa)
    }
}

/// The two numbers as integers of one scale.
fn scaled(left: Decimal, right: Decimal) -> Option<(i128, i128)> {
    let exponent = left.exponent.min(right.exponent);
    Some((left.at(exponent)?, right.at(exponent)?))
}

/// Whether `number` has no fraction; `1.0` has none.
pub(crate) fn is_whole(number: &Number) -> bool {
    match Decimal::of(number) {
        Some(decimal) => decimal.exponent >= 0,
        None => number.as_f64().is_some_and(|float| float.fract() == 0.0),
    }
}

/// How `left` stands to `right`.
pub(crate) fn compare(left: &Number, right: &Number) -> Ordering {
    let exact = Decimal::of(left).zip(Decimal::of(right)).and_then(|(left, right)| scaled(left, right));
    match exact {
        Some((left, right)) => left.cmp(&right),
        // Too far apart for one scale, so that rounding does not matter.
        None => left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal),
    }
}

/// Whether `number` is a whole multiple of `step`; a step of zero or less divides everything, since its own rule
/// reports it.
pub(crate) fn is_multiple(number: &Number, step: &Number) -> bool {
    let (Some(number), Some(step)) = (Decimal::of(number), Decimal::of(step)) else {
        return true;
    };
    if number.mantissa == 0 || step.mantissa <= 0 {
        return true;
    }
    let exponent = number.exponent.min(step.exponent);
    // A step too large for the number's scale is larger than the number.
    let Some(step) = step.at(exponent) else { return false };
    let shift = number.exponent.saturating_sub(exponent);
    let remainder = (0..shift).try_fold(number.mantissa % step, |rest, _| Some(rest.checked_mul(10)? % step));
    remainder.is_none_or(|rest| rest == 0)
}

/// Two bounds, each with or without the bound itself.
pub(crate) struct Range<'n> {
    /// The lower bound.
    pub(crate) low: &'n Number,
    /// Whether the lower bound is excluded.
    pub(crate) without_low: bool,
    /// The upper bound.
    pub(crate) high: &'n Number,
    /// Whether the upper bound is excluded.
    pub(crate) without_high: bool,
}

impl Range<'_> {
    /// Whether no number lies in it.
    pub(crate) fn is_empty(&self) -> bool {
        match compare(self.low, self.high) {
            Ordering::Less => false,
            Ordering::Equal => self.without_low || self.without_high,
            Ordering::Greater => true,
        }
    }

    /// Whether a whole multiple of `step` lies in it; `None` where the numbers have too many digits for an answer, or the step is none.
    pub(crate) fn has_multiple(&self, step: &Number) -> Option<bool> {
        let [low, high, step] = [Decimal::of(self.low)?, Decimal::of(self.high)?, Decimal::of(step)?];
        let exponent = low.exponent.min(high.exponent).min(step.exponent);
        let [low, high, step] = [low.at(exponent)?, high.at(exponent)?, step.at(exponent)?];
        if step <= 0 {
            return None;
        }
        let above = low.rem_euclid(step);
        let first = if above == 0 { low } else { low.checked_add(step - above)? };
        let first = if first == low && self.without_low { first.checked_add(step)? } else { first };
        Some(first < high || (first == high && !self.without_high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).expect("a number")
    }

    #[test]
    fn multiples_are_exact() {
        for (value, step, verdict) in [
            ("0.3", "0.1", true),
            ("19.99", "0.01", true),
            ("4.35", "0.01", true),
            ("0.35", "0.1", false),
            ("1e308", "0.5", true),
            ("1e300", "7", false),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("18446744073709551615", "5", true),
            ("18446744073709551614", "5", false),
            ("-9", "3", true),
            ("0", "1e300", true),
            ("7", "1e300", false),
            ("12391239123", "1e-8", true),
        ] {
            assert_eq!(is_multiple(&number(value), &number(step)), verdict, "{value} of {step}");
        }
    }

    #[test]
    fn comparison_keeps_every_digit() {
        for (left, right, order) in [
            ("9007199254740993", "9007199254740992.0", Ordering::Greater),
            ("18446744073709551615", "18446744073709551614", Ordering::Greater),
            ("1", "1.0", Ordering::Equal),
            ("-1e300", "1e-300", Ordering::Less),
            ("1e-300", "2e-300", Ordering::Less),
            ("-0.0", "0", Ordering::Equal),
        ] {
            assert_eq!(compare(&number(left), &number(right)), order, "{left} {right}");
        }
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        for (text, verdict) in
            [("1", true), ("1.0", true), ("1e3", true), ("1.5", false), ("1e-3", false), ("-0.0", true)]
        {
            assert_eq!(is_whole(&number(text)), verdict, "{text}");
        }
    }
}
