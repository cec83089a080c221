//! Converts `minimum` and `maximum` to limits of a Rust type. The converted limits accept exactly the same values of this type.

use std::cmp::Ordering;

use serde_json::Number;

use crate::ir::{Limit, Type};
use crate::json::decimal::Decimal;

/// Whether a limit is a lower or an upper bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// `minimum`.
    Lower,
    /// `maximum`.
    Upper,
}

/// Returns the smallest and the largest integer of a type; `None` for types that are not integers.
pub(crate) fn range(kind: &Type) -> Option<(i128, i128)> {
    match kind {
        Type::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
        Type::Int64 => Some((i64::MIN.into(), i64::MAX.into())),
        Type::UInt64 => Some((0, u64::MAX.into())),
        Type::Int128 => Some((i128::MIN, i128::MAX)),
        _ => None,
    }
}

/// Converts a number to an integer; `None` if it has a fraction or does not fit in 128 bits. `1.0` is an integer.
pub(crate) fn to_i128(number: &Number) -> Option<i128> {
    Decimal::from(number).to_i128()
}

/// Rounds a limit to an integer: a lower bound up, an upper bound down. Returns `None` if the result does not fit in 128 bits.
pub(crate) fn rounded(number: &Number, side: Side) -> Option<i128> {
    let limit = Decimal::from(number);
    match side {
        Side::Lower => limit.ceil(),
        Side::Upper => limit.floor(),
    }
}

/// Converts a limit to the integer type `kind`. Returns the converted limit, and whether it is exclusive. Returns `None` if every
/// value of the type is within the limit. If no value is within the limit, returns the largest value of the type as an exclusive
/// lower limit, or the smallest value as an exclusive upper limit.
pub(crate) fn integer_limit(number: &Number, exclusive: bool, side: Side, kind: &Type) -> Option<(Limit, bool)> {
    let (least, most) = range(kind)?;
    let exact = Decimal::from(number);
    // A limit with a fraction is rounded to an integer inside the range, so the result is inclusive: `x > 4.5` becomes `x >= 5`.
    let exclusive = exclusive && exact.is_integer();
    match rounded(number, side) {
        Some(limit) if (least..=most).contains(&limit) => Some((Limit::Integer(limit), exclusive)),
        limit => {
            let is_high = limit.map_or(exact.is_positive(), |limit| limit > most);
            match (side, is_high) {
                (Side::Lower, true) => Some((Limit::Integer(most), true)),
                (Side::Upper, false) => Some((Limit::Integer(least), true)),
                // Every value is within the limit.
                (Side::Lower, false) | (Side::Upper, true) => None,
            }
        }
    }
}

/// Converts a limit to the nearest `f64`. Returns this `f64`, and whether it is exclusive. If rounding moves an exclusive limit
/// into the valid range, the result is inclusive, because the `f64` is itself a valid value.
pub(crate) fn double_limit(number: &Number, exclusive: bool, side: Side) -> Option<(Limit, bool)> {
    let exact = Decimal::from(number);
    let inside = match side {
        Side::Lower => Ordering::Greater,
        Side::Upper => Ordering::Less,
    };
    Some((Limit::Double(exact.to_f64()), exclusive && exact.compare_nearest_f64() != inside))
}

/// Converts a limit for a schema table, which the runtime interprets to validate JSON values. The limit applies to integers and
/// to numbers with a fraction. The converted limit is an integer if possible, otherwise the nearest `f64`. Returns the converted
/// limit, and whether it is exclusive.
pub(crate) fn any_limit(number: &Number, exclusive: bool, side: Side) -> Option<(Limit, bool)> {
    /// Every `f64` of at least this magnitude is an integer.
    const INTEGERS_ONLY: u64 = 1 << 53;
    let exact = Decimal::from(number);
    let is_large = exact.to_f64().abs() >= INTEGERS_ONLY as f64;
    match rounded(number, side) {
        // At this magnitude, no `f64` lies between a limit with a fraction and the next integer.
        Some(limit) if exact.is_integer() || is_large => Some((Limit::Integer(limit), exclusive && exact.is_integer())),
        // A small limit with a fraction, or a limit that does not fit in 128 bits.
        _ => double_limit(number, exclusive, side),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).expect("a number")
    }

    #[test]
    fn limits_of_integers_are_within_their_type() {
        let limit = |text, exclusive, side| integer_limit(&number(text), exclusive, side, &Type::Int32);
        assert_eq!(limit("5", true, Side::Upper), Some((Limit::Integer(5), true)));
        assert_eq!(limit("4.5", true, Side::Lower), Some((Limit::Integer(5), false)));
        assert_eq!(limit("-4.5", false, Side::Upper), Some((Limit::Integer(-5), false)));
        assert_eq!(limit("1e300", false, Side::Upper), None);
        assert_eq!(limit("1e300", false, Side::Lower), Some((Limit::Integer(i32::MAX.into()), true)));
        assert_eq!(limit("-1e12", false, Side::Upper), Some((Limit::Integer(i32::MIN.into()), true)));
        let limit = |text, exclusive, side| integer_limit(&number(text), exclusive, side, &Type::Int128);
        assert_eq!(limit("1e24", false, Side::Upper), Some((Limit::Integer(10_i128.pow(24)), false)));
        let huge = "-170141183460469231731687303715884105729";
        assert_eq!(limit(huge, true, Side::Lower), None);
        assert_eq!(limit(huge, false, Side::Upper), Some((Limit::Integer(i128::MIN), true)));
    }

    #[test]
    fn limits_of_untyped_numbers_are_integers_if_possible() {
        for (text, side, limit) in [
            ("1e24", Side::Upper, (Limit::Integer(10_i128.pow(24)), true)),
            ("2.5", Side::Upper, (Limit::Double(2.5), true)),
            ("9007199254740993.5", Side::Upper, (Limit::Integer(9007199254740993), false)),
            ("9007199254740993.5", Side::Lower, (Limit::Integer(9007199254740994), false)),
            ("4.00000000000000000000001", Side::Upper, (Limit::Double(4.0), false)),
            ("4.00000000000000000000001", Side::Lower, (Limit::Double(4.0), true)),
            ("1e40", Side::Lower, (Limit::Double(1e40), true)),
        ] {
            assert_eq!(any_limit(&number(text), true, side), Some(limit), "{text}");
        }
    }

    #[test]
    fn a_limit_between_two_doubles_accepts_the_same_values() {
        let limit = |text, exclusive, side| double_limit(&number(text), exclusive, side);
        let (below, above) = (Limit::Double(9007199254740992.0), Limit::Double(9007199254740996.0));
        assert_eq!(limit("9007199254740993", true, Side::Upper), Some((below, false)));
        assert_eq!(limit("9007199254740993", true, Side::Lower), Some((below, true)));
        assert_eq!(limit("9007199254740993", false, Side::Lower), Some((below, false)));
        assert_eq!(limit("9007199254740995", true, Side::Upper), Some((above, true)));
        assert_eq!(limit("9007199254740995", false, Side::Upper), Some((above, false)));
        assert_eq!(limit("9007199254740995", true, Side::Lower), Some((above, false)));
        assert_eq!(limit("0.1", true, Side::Upper), Some((Limit::Double(0.1), true)));
        assert_eq!(limit("1e24", false, Side::Lower), Some((Limit::Double(1e24), false)));
        assert_eq!(
            limit("18446744073709551616", false, Side::Upper),
            Some((Limit::Double(18446744073709551616.0), false))
        );
    }
}
