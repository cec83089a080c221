// copperplate runtime: copied into each generated crate that uses it.
//! Checks the keyword `multipleOf` in decimal arithmetic: `0.3` is a multiple of `0.1`. Double arithmetic would give a
//! remainder.

use std::fmt::Display;

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::decimal::{Decimal, EXACT_DOUBLE_LIMIT};

/// A Rust type that holds a JSON number.
pub trait Number: Copy + Display {
    /// Returns whether the number is `step` times an integer.
    fn is_multiple_of(self, step: Decimal) -> bool;
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl Number for $type {
            fn is_multiple_of(self, step: Decimal) -> bool {
                is_multiple(Decimal { mantissa: i128::from(self), exponent: 0 }, step)
            }
        })*
    };
}

integers!(i32, i64, u64, i128);

impl Number for f64 {
    fn is_multiple_of(self, step: Decimal) -> bool {
        fast_is_multiple(self, step)
            .unwrap_or_else(|| Decimal::shortest(self).is_some_and(|decimal| is_multiple(decimal, step)))
    }
}

fn is_multiple(number: Decimal, step: Decimal) -> bool {
    if number.mantissa == 0 || step.mantissa <= 0 {
        return true;
    }
    let exponent = number.exponent.min(step.exponent);
    let scale = u32::try_from(step.exponent.saturating_sub(exponent)).ok();
    let step = scale.and_then(|scale| 10_i128.checked_pow(scale)?.checked_mul(step.mantissa));
    // If the scaled step overflows, the step is larger than the number. The number is then not a multiple of the step.
    let Some(step) = step else { return false };
    let shift = number.exponent.saturating_sub(exponent);
    let remainder = (0..shift).try_fold(number.mantissa % step, |rest, _| match rest {
        0 => Some(0),
        rest => Some(rest.checked_mul(10)? % step),
    });
    remainder == Some(0)
}

/// Returns whether `value` is a multiple of `step`. Scales both to integers, which is faster than decimal arithmetic.
/// Returns `None` if a double may not represent these integers exactly.
fn fast_is_multiple(value: f64, step: Decimal) -> Option<bool> {
    let scale = 10_f64.powi(step.exponent.checked_neg().filter(|scale| (0..=22).contains(scale))?);
    let steps = i64::try_from(step.mantissa).ok().filter(|steps| *steps > 0)?;
    let scaled = (value * scale).round();
    (scaled.abs() < EXACT_DOUBLE_LIMIT).then(|| scaled / scale == value && (scaled as i64) % steps == 0)
}

impl ValidationContext<'_> {
    /// Checks `multipleOf`. `step` is a decimal number such as `0.01`, as a string, so that no digit is lost.
    pub fn multiple_of<T: Number>(self, value: T, step: &'static str) -> Self {
        if !Decimal::parse(step).is_none_or(|step| value.is_multiple_of(step)) {
            self.report_violation("multipleOf", Some(step.to_owned()), self.actual_number(value));
        }
        self
    }
}
