//! Chooses the Rust types of integers.

use serde_json::Value;

use crate::ir::Type;
use crate::lower::analysis::numbers::{Side, rounded, to_i128};
use crate::resolve::document::Schema;

/// Returns the Rust type of an integer schema. The format `int64` always gives [`Type::Int64`]. The formats `int32` and `uint64`
/// give [`Type::Int32`] and [`Type::UInt64`] if the bounds and the values of `enum` fit. In all other cases, the type is wide
/// enough for the bounds, the values of `enum`, the default and the examples.
pub(crate) fn integer_type(schema: &Schema) -> Type {
    let format = schema.format.as_deref();
    let listed = schema.enum_values.iter().flatten().filter_map(as_integer);
    let least = schema.minimum.as_ref().and_then(|limit| rounded(limit, Side::Lower));
    let most = schema.maximum.as_ref().and_then(|limit| rounded(limit, Side::Upper));
    let mut bounds: Vec<i128> = least.into_iter().chain(most).chain(listed).collect();
    let all_fit = |bounds: &[i128], least: i128, most: i128| bounds.iter().all(|bound| (least..=most).contains(bound));
    let never_negative = least.map_or(format == Some("uint64"), |least| least >= 0);
    match format {
        Some("int32") if all_fit(&bounds, i32::MIN.into(), i32::MAX.into()) => return Type::Int32,
        Some("int64") => return Type::Int64,
        Some("uint64") if never_negative && all_fit(&bounds, 0, u64::MAX.into()) => return Type::UInt64,
        _ => {
            bounds.extend(
                schema.default.iter().chain(schema.examples().map(|(_, example)| example)).filter_map(as_integer),
            );
            bounds.extend(schema.wide_example.as_ref().and_then(to_i128));
        }
    }
    if all_fit(&bounds, i64::MIN.into(), i64::MAX.into()) {
        Type::Int64
    } else if never_negative && all_fit(&bounds, 0, u64::MAX.into()) {
        Type::UInt64
    } else {
        Type::Int128
    }
}

fn as_integer(value: &Value) -> Option<i128> {
    value.as_number().and_then(to_i128)
}

#[cfg(test)]
mod tests {
    use serde_json::Number;

    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).expect("a number")
    }

    fn type_of(minimum: Option<&str>, maximum: Option<&str>, format: Option<&str>) -> String {
        let schema = Schema {
            minimum: minimum.map(number),
            maximum: maximum.map(number),
            format: format.map(str::to_owned),
            ..Schema::default()
        };
        format!("{:?}", integer_type(&schema))
    }

    #[test]
    fn integer_types_are_wide_enough_for_their_bounds() {
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
            (None, Some("1e24"), None, "Int128"),
        ] {
            assert_eq!(type_of(minimum, maximum, format), kind, "{minimum:?} {maximum:?} {format:?}");
        }
    }
}
