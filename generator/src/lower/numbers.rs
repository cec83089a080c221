//! Numbers: which Rust type holds an integer, and its limits without losing a digit.

use serde_json::Number;

use crate::ir::{Limit, Type};
use crate::resolve::document::Schema;

/// The type of an integer: as wide as its bounds and its listed values ask for.
pub fn integer(schema: &Schema) -> Type {
    let format = schema.format.as_deref();
    let listed = schema.values.iter().flatten().filter_map(|value| value.as_number().and_then(whole));
    let least = schema.minimum.as_ref().and_then(|limit| reach(limit, Side::Lower));
    let most = schema.maximum.as_ref().and_then(|limit| reach(limit, Side::Upper));
    let bounds: Vec<i128> = least.into_iter().chain(most).chain(listed).collect();
    let all_fit = |least: i128, most: i128| bounds.iter().all(|bound| (least..=most).contains(bound));
    let never_negative = least.map_or(format == Some("uint64"), |least| least >= 0);
    match format {
        Some("int32") if all_fit(i32::MIN.into(), i32::MAX.into()) => Type::Int32,
        Some("int64") => Type::Int64,
        Some("uint64") if never_negative && all_fit(0, u64::MAX.into()) => Type::UInt64,
        _ if all_fit(i64::MIN.into(), i64::MAX.into()) => Type::Int64,
        _ if never_negative && all_fit(0, u64::MAX.into()) => Type::UInt64,
        _ => Type::Int128,
    }
}

/// Which end of the range a limit stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `minimum`.
    Lower,
    /// `maximum`.
    Upper,
}

/// The integers that a type holds.
pub fn range(kind: &Type) -> Option<(i128, i128)> {
    match kind {
        Type::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
        Type::Int64 => Some((i64::MIN.into(), i64::MAX.into())),
        Type::UInt64 => Some((0, u64::MAX.into())),
        Type::Int128 => Some((i128::MIN, i128::MAX)),
        _ => None,
    }
}

/// The integer that a number is, if it is one; `1.0` is.
pub fn whole(number: &Number) -> Option<i128> {
    number.as_i128().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38)?;
        Some(float as i128)
    })
}

/// A limit of an integer: a fraction is rounded into the range. A limit that 128 bits do not hold is out of every integer's reach.
fn rounded(number: &Number, side: Side) -> Option<i128> {
    if let Some(limit) = number.as_i128() {
        return Some(limit);
    }
    let limit = number.as_f64()?;
    let rounded = match side {
        Side::Lower => limit.ceil(),
        Side::Upper => limit.floor(),
    };
    (rounded.abs() < 1e38).then_some(rounded as i128)
}

/// A bound that decides how wide an integer is. One that is no 64-bit integer has been rounded to a double, perhaps to the end of
/// their range: it lies beyond it.
fn reach(number: &Number, side: Side) -> Option<i128> {
    let limit = rounded(number, side)?;
    let rounded = number.as_i128().is_none() && limit == i128::from(i64::MIN);
    Some(if rounded { limit - 1 } else { limit })
}

/// The limit of an integer of this type, and whether the limit itself is out. One beyond the type's range, which nothing can
/// reach, becomes the end of it, and is out where it forbids all that the type holds.
pub fn integer_limit(number: &Number, exclusive: bool, side: Side, kind: &Type) -> Option<(Limit, bool)> {
    let (least, most) = range(kind)?;
    let is_fraction = whole(number).is_none() && number.as_f64().is_some_and(|float| float.fract() != 0.0);
    // What was rounded into the range is a part of it.
    let exclusive = exclusive && !is_fraction;
    match rounded(number, side) {
        Some(limit) if (least..=most).contains(&limit) => Some((Limit::Integer(limit), exclusive)),
        limit => {
            let is_high = limit.map_or(number.as_f64()? > 0.0, |limit| limit > most);
            match (side, is_high) {
                (Side::Lower, true) => Some((Limit::Integer(most), true)),
                (Side::Upper, false) => Some((Limit::Integer(least), true)),
                // Everything is within it.
                (Side::Lower, false) | (Side::Upper, true) => None,
            }
        }
    }
}

/// The limit of a number, and whether the limit itself is out. A limit between two doubles becomes the next one that keeps the
/// verdict on every double.
pub fn double_limit(number: &Number, exclusive: bool, side: Side) -> Option<(Limit, bool)> {
    let limit = number.as_f64()?;
    let Some(exact) = number.as_i128() else { return Some((Limit::Double(limit), exclusive)) };
    let order = (limit as i128).cmp(&exact);
    let exclusive = match (order, side) {
        (std::cmp::Ordering::Equal, _) => exclusive,
        (std::cmp::Ordering::Greater, Side::Upper) | (std::cmp::Ordering::Less, Side::Lower) => true,
        (std::cmp::Ordering::Less, Side::Upper) | (std::cmp::Ordering::Greater, Side::Lower) => false,
    };
    Some((Limit::Double(limit), exclusive))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).expect("a number")
    }

    fn of(minimum: Option<&str>, maximum: Option<&str>, format: Option<&str>) -> String {
        let schema = Schema {
            minimum: minimum.map(number),
            maximum: maximum.map(number),
            format: format.map(str::to_owned),
            ..Schema::default()
        };
        format!("{:?}", integer(&schema))
    }

    #[test]
    fn an_integer_is_as_wide_as_its_bounds() {
        for (minimum, maximum, format, kind) in [
            (None, None, None, "Int64"),
            (None, Some("2147483647"), Some("int32"), "Int32"),
            (None, Some("2147483648"), Some("int32"), "Int64"),
            (Some("0"), Some("18446744073709551615"), None, "UInt64"),
            (Some("0"), Some("9223372036854775807"), None, "Int64"),
            (None, Some("18446744073709551615"), None, "Int128"),
            (Some("0"), Some("1e30"), None, "Int128"),
            (Some("-1e19"), None, None, "Int128"),
            (Some("-9223372036854775808"), None, None, "Int64"),
            (Some("-9223372036854775809"), None, None, "Int128"),
            (None, None, Some("uint64"), "UInt64"),
            (Some("-1"), None, Some("uint64"), "Int64"),
            (Some("0"), Some("1e19"), Some("int64"), "Int64"),
            (None, Some("1.7976931348623157e308"), None, "Int64"),
        ] {
            assert_eq!(of(minimum, maximum, format), kind, "{minimum:?} {maximum:?} {format:?}");
        }
    }

    #[test]
    fn limits_of_integers_are_within_the_type() {
        let limit = |text, exclusive, side| integer_limit(&number(text), exclusive, side, &Type::Int32);
        assert_eq!(limit("5", true, Side::Upper), Some((Limit::Integer(5), true)));
        assert_eq!(limit("4.5", true, Side::Lower), Some((Limit::Integer(5), false)));
        assert_eq!(limit("-4.5", false, Side::Upper), Some((Limit::Integer(-5), false)));
        assert_eq!(limit("1e300", false, Side::Upper), None);
        assert_eq!(limit("1e300", false, Side::Lower), Some((Limit::Integer(i32::MAX.into()), true)));
        assert_eq!(limit("-1e12", false, Side::Upper), Some((Limit::Integer(i32::MIN.into()), true)));
    }

    #[test]
    fn a_limit_between_two_doubles_keeps_the_verdict() {
        let limit = |text, exclusive, side| double_limit(&number(text), exclusive, side);
        let (below, above) = (Limit::Double(9007199254740992.0), Limit::Double(9007199254740996.0));
        assert_eq!(limit("9007199254740993", true, Side::Upper), Some((below, false)));
        assert_eq!(limit("9007199254740993", false, Side::Lower), Some((below, true)));
        assert_eq!(limit("9007199254740995", false, Side::Upper), Some((above, true)));
        assert_eq!(limit("9007199254740995", true, Side::Lower), Some((above, false)));
        assert_eq!(limit("0.1", true, Side::Upper), Some((Limit::Double(0.1), true)));
    }
}
