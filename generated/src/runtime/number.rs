// copperplate runtime: copied unchanged into every generated crate.
//! Exact arithmetic on numbers as JSON writes them: `0.3` is a multiple of `0.1`.

use std::fmt::{self, Display, Write};

use super::validate::At;

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
        let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |whole| (true, whole));
        let magnitude = whole.bytes().chain(fraction.bytes()).try_fold(0_i128, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| i128::from(digit - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })?;
        let exponent = power.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self { mantissa: if negative { -magnitude } else { magnitude }, exponent })
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
        quick_verdict(self, step).unwrap_or_else(|| {
            let mut text = Digits { bytes: [0; 32], length: 0 };
            // What is not finite has no digits.
            let decimal = write!(text, "{self:e}").ok().and_then(|()| Decimal::of(text.as_str()));
            decimal.is_some_and(|decimal| decimal.is_multiple_of(step))
        })
    }
}

/// The verdict where the number and the step are integers of one scale that a double holds exactly.
fn quick_verdict(value: f64, step: Decimal) -> Option<bool> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let scale = 10_f64.powi(step.exponent.checked_neg().filter(|scale| (0..=22).contains(scale))?);
    let steps = i64::try_from(step.mantissa).ok().filter(|steps| *steps > 0)?;
    let scaled = (value * scale).round();
    // Below 2^53 the conversion is exact.
    (scaled.abs() < EXACT).then(|| scaled / scale == value && (scaled as i64) % steps == 0)
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

impl At<'_> {
    /// `multipleOf`; the step is the document's own text, so that no digit is lost.
    pub fn multiple_of<T: Number>(self, value: T, step: &'static str) -> Self {
        if !Decimal::of(step).is_none_or(|step| value.is_multiple_of(step)) {
            self.violated("multipleOf", Some(step.to_owned()), self.shown_number(value));
        }
        self
    }
}
