//! Ranges of numbers, as `minimum` and `maximum` describe them.

use std::cmp::Ordering;

use serde_json::Number;

use crate::json::decimal::Decimal;
use crate::json::number;

/// The numbers between two bounds.
pub(crate) struct Range<'n> {
    /// The lower bound.
    pub(crate) minimum: &'n Number,
    /// Whether the lower bound itself is excluded.
    pub(crate) exclusive_minimum: bool,
    /// The upper bound.
    pub(crate) maximum: &'n Number,
    /// Whether the upper bound itself is excluded.
    pub(crate) exclusive_maximum: bool,
}

impl Range<'_> {
    /// Returns whether the range contains no number.
    pub(crate) fn is_empty(&self) -> bool {
        match number::compare(self.minimum, self.maximum) {
            Ordering::Less => false,
            Ordering::Equal => self.exclusive_minimum || self.exclusive_maximum,
            Ordering::Greater => true,
        }
    }

    /// Returns whether the range contains a multiple of `step`. The calculation multiplies the bounds and `step` by a power of
    /// ten, so that all three become integers. Returns `None` if one of these integers exceeds 128 bits, or if `step` is not
    /// positive.
    pub(crate) fn contains_multiple(&self, step: &Number) -> Option<bool> {
        let [minimum, maximum, step] = [self.minimum, self.maximum, step].map(Decimal::from);
        let exponent = minimum.exponent().min(maximum.exponent()).min(step.exponent());
        let [minimum, maximum, step] =
            [minimum.in_units(exponent)?, maximum.in_units(exponent)?, step.in_units(exponent)?];
        if step <= 0 {
            return None;
        }
        let above = minimum.rem_euclid(step);
        let first = if above == 0 { minimum } else { minimum.checked_add(step - above)? };
        let first = if first == minimum && self.exclusive_minimum { first.checked_add(step)? } else { first };
        Some(first < maximum || (first == maximum && !self.exclusive_maximum))
    }
}
