//! Exact arithmetic on JSON numbers: `0.3` is a multiple of `0.1`, and no bound loses a digit.
//!
//! A number of the document keeps its digits from its text to the emitted crate: no stage makes a double of it that decides anything.

mod decimal;
pub(crate) mod equality;

use std::cmp::Ordering;

use serde_json::Number;

pub(crate) use decimal::Decimal;

/// The most that a text of a number may have.
pub(crate) const LONGEST: usize = 1_000;

/// The JSON number that `text` writes, with all its digits; `None` where it writes none, or one beyond all doubles, or a very long one.
///
/// Numbers that are equal are written alike, but for integers that are written with a fraction or an exponent.
pub(crate) fn number(text: &str) -> Option<Number> {
    if let Ok(small) = text.parse::<i64>() {
        return Some(small.into());
    }
    if let Ok(large) = text.parse::<u64>() {
        return Some(large.into());
    }
    let decimal = Decimal::parse(text).filter(|_| text.len() <= LONGEST)?;
    let double = Number::from_f64(decimal.nearest())?;
    let is_integer = !text.contains(['.', 'e', 'E']);
    if is_integer || Decimal::of(&double) != decimal { decimal.number() } else { Some(double) }
}

/// Whether `number` has no fraction; `1.0` has none.
pub(crate) fn is_whole(number: &Number) -> bool {
    Decimal::of(number).is_whole()
}

/// How `left` stands to `right`.
pub(crate) fn compare(left: &Number, right: &Number) -> Ordering {
    Decimal::of(left).cmp(&Decimal::of(right))
}

/// The least and the greatest integer of a format that names a range.
pub(crate) fn ends(format: &str) -> Option<(i128, i128)> {
    match format {
        "int32" => Some((i32::MIN.into(), i32::MAX.into())),
        "int64" => Some((i64::MIN.into(), i64::MAX.into())),
        "uint64" => Some((0, u64::MAX.into())),
        _ => None,
    }
}

/// Whether `number` is less than what lies between the ends, or more, or one of it.
pub(crate) fn beyond(number: &Number, (least, most): (i128, i128)) -> Ordering {
    let number = Decimal::of(number);
    let is_above = number.ceil().map_or(number.is_positive(), |number| number > most);
    match number.floor().map_or(!number.is_positive(), |number| number < least) {
        true => Ordering::Less,
        false if is_above => Ordering::Greater,
        false => Ordering::Equal,
    }
}

/// Whether `number` is a whole multiple of `step`; a step of zero or less divides everything, since its own rule
/// reports it.
pub(crate) fn is_multiple(number: &Number, step: &Number) -> bool {
    Decimal::of(number).is_multiple_of(&Decimal::of(step))
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
        let [low, high, step] = [self.low, self.high, step].map(Decimal::of);
        let exponent = low.exponent().min(high.exponent()).min(step.exponent());
        let [low, high, step] = [low.units(exponent)?, high.units(exponent)?, step.units(exponent)?];
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
    fn numbers_keep_their_digits() {
        for (text, written) in [
            ("5.0", "5.0"),
            ("1.50", "1.5"),
            ("1e3", "1000.0"),
            ("1E+24", "1e24"),
            ("1000000000000000000000000", "1e24"),
            ("-18446744073709551616", "-18446744073709551616"),
            ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
            ("9007199254740993.0", "9007199254740993"),
        ] {
            let number = super::number(text).expect("a number");
            assert_eq!(compare(&number, &text.parse().expect("a number")), Ordering::Equal, "{text}");
            assert_eq!(Decimal::of(&number), Decimal::parse(written).expect("a number"), "{text}");
            assert_eq!(number.to_string().replace("e+", "e"), written, "{text}");
        }
        for text in ["", "1e400", "-1e400", "x", &format!("0.{}1", "0".repeat(LONGEST))] {
            assert_eq!(super::number(text), None, "{text}");
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
