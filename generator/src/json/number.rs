//! Exact operations on JSON numbers: `0.3` is a multiple of `0.1`.

use std::cmp::Ordering;

use serde_json::Number;

use crate::json::decimal::Decimal;

/// The maximum length, in bytes, of a text that [`parse`] accepts. The only longer texts that it accepts are 64-bit integers with
/// many leading zeros.
pub(crate) const LONGEST: usize = 1_000;

/// Parses a number without rounding. Returns `None` if `text` is no number, exceeds the range of doubles, or is longer than
/// [`LONGEST`].
///
/// Different notations of a number give the same result: `1.50` becomes `1.5`. But the integer `5` stays different from `5.0`.
pub(crate) fn parse(text: &str) -> Option<Number> {
    if let Ok(small) = text.parse::<i64>() {
        return Some(small.into());
    }
    if let Ok(large) = text.parse::<u64>() {
        return Some(large.into());
    }
    let decimal = Decimal::parse(text).filter(|_| text.len() <= LONGEST)?;
    let double = Number::from_f64(decimal.to_f64())?;
    let is_integer = !text.contains(['.', 'e', 'E']);
    if is_integer || Decimal::from(&double) != decimal { decimal.to_number() } else { Some(double) }
}

/// Returns whether `number` has no fractional part. `1.0` has none.
pub(crate) fn is_integer(number: &Number) -> bool {
    Decimal::from(number).is_integer()
}

/// Returns the number as a non-negative integer; `None` if it is negative or has a fractional part. `2.0` is the integer 2.
pub(crate) fn to_count(number: &Number) -> Option<u64> {
    let integral = || number.as_f64().filter(|double| is_integer(number) && (0.0..=9e15).contains(double));
    number.as_u64().or_else(|| integral().map(|double| double as u64))
}

/// Compares two numbers by value.
pub(crate) fn compare(left: &Number, right: &Number) -> Ordering {
    Decimal::from(left).cmp(&Decimal::from(right))
}

/// Returns the smallest and the largest integer of an integer `format` such as `int32`. Returns `None` for any other format.
pub(crate) fn format_range(format: &str) -> Option<(i128, i128)> {
    match format {
        "int32" => Some((i32::MIN.into(), i32::MAX.into())),
        "int64" => Some((i64::MIN.into(), i64::MAX.into())),
        "uint64" => Some((0, u64::MAX.into())),
        _ => None,
    }
}

/// Returns whether `number` is below (`Less`), within (`Equal`) or above (`Greater`) the range from `least` to `most`.
pub(crate) fn compare_to_range(number: &Number, (least, most): (i128, i128)) -> Ordering {
    let number = Decimal::from(number);
    let is_above = number.ceil().map_or(number.is_positive(), |number| number > most);
    match number.floor().map_or(!number.is_positive(), |number| number < least) {
        true => Ordering::Less,
        false if is_above => Ordering::Greater,
        false => Ordering::Equal,
    }
}

/// Returns whether `number` is an integer multiple of `step`. Returns true if `step` is not positive, because a separate rule
/// reports such a `multipleOf`.
pub(crate) fn is_multiple(number: &Number, step: &Number) -> bool {
    Decimal::from(number).is_multiple_of(&Decimal::from(step))
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
            let number = super::parse(text).expect("a number");
            assert_eq!(compare(&number, &text.parse().expect("a number")), Ordering::Equal, "{text}");
            assert_eq!(Decimal::from(&number), Decimal::parse(written).expect("a number"), "{text}");
            assert_eq!(number.to_string().replace("e+", "e"), written, "{text}");
        }
        for text in ["", "1e400", "-1e400", "x", &format!("0.{}1", "0".repeat(LONGEST))] {
            assert_eq!(super::parse(text), None, "{text}");
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
    fn an_integer_has_no_fraction() {
        for (text, verdict) in
            [("1", true), ("1.0", true), ("1e3", true), ("1.5", false), ("1e-3", false), ("-0.0", true)]
        {
            assert_eq!(is_integer(&number(text)), verdict, "{text}");
        }
    }
}
