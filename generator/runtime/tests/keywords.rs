//! Tests `multipleOf`, `uniqueItems`, `enum` and integer decoding, and `minimum` and `maximum` at the limit.

use std::collections::BTreeMap;

use copperplate_runtime::runtime::Leniency;
use copperplate_runtime::runtime::decode::{Decode, Seed};
use copperplate_runtime::runtime::validation::report::Report;
use copperplate_runtime::runtime::{Direction, Validate, ValidationContext};
use serde::Serialize;
use serde::de::DeserializeSeed;
use serde_json::{Value, json};

/// Returns the violation that `check` reports. Returns `None` if the value is valid.
fn violation(check: impl FnOnce(ValidationContext<'_>) -> ValidationContext<'_>) -> Option<String> {
    let report = Report::new(Direction::Request);
    _ = check(ValidationContext::root(&report));
    report.finish().err().map(|violations| violations.to_string())
}

/// Returns whether `$value` is a multiple of `$step`. `$value` can have any numeric Rust type.
macro_rules! is_multiple {
    ($value:expr, $step:expr) => {
        violation(|at| at.multiple_of($value, $step)).is_none()
    };
}

#[test]
fn multiples_are_exact_to_the_last_digit() {
    for (value, step, verdict) in [
        (0.3, "0.1", true),
        (0.7, "0.1", true),
        (19.99, "0.01", true),
        (4.35, "0.01", true),
        (-3.3, "0.01", true),
        (0.35, "0.1", false),
        (1.005, "0.01", false),
        (1e308, "0.5", true),
        (1e308, "0.123456789", false),
        (1e300, "7", false),
        (0.0075, "0.0001", true),
        (0.00751, "0.0001", false),
        (35.0, "1.5", false),
        (4.5, "1.5", true),
        (0.0, "1e300", true),
        (7.0, "1e300", false),
        (3e300, "1e300", true),
        (12391239123.0, "1e-8", true),
        (1e-7, "1e-8", true),
        (1e-9, "1e-8", false),
        (9007199254740993.0, "2", true),
        (f64::NAN, "1", false),
        (f64::INFINITY, "1", false),
    ] {
        assert_eq!(is_multiple!(value, step), verdict, "{value} of {step}");
    }
}

#[test]
fn multiples_of_integers_of_any_size_are_exact() {
    assert!(is_multiple!(9_i32, "3") && !is_multiple!(10_i32, "3") && is_multiple!(-9_i32, "3"));
    assert!(is_multiple!(u64::MAX, "5") && !is_multiple!(u64::MAX - 1, "5"));
    assert!(is_multiple!(i64::MIN, "2") && !is_multiple!(i64::MAX, "2"));
    assert!(is_multiple!(i128::MAX, "1") && is_multiple!(35_i64, "0.0001") && !is_multiple!(35_i64, "1.5"));
    assert!(is_multiple!(30_i64, "1.5") && is_multiple!(0_i64, "7"));
}

/// Returns the violation of `uniqueItems`. Returns `None` if all items differ.
fn unique_items<T: Serialize>(items: &[T]) -> Option<String> {
    violation(|at| at.unique_items(items))
}

fn duplicate(earlier: usize, later: usize) -> Option<String> {
    Some(format!("body: uniqueItems, but there are equal items at {earlier} and {later}"))
}

/// The maximal number of items that `uniqueItems` compares without a hash table.
const FEW: usize = 16;

#[track_caller]
fn assert_duplicate(list: Value, expected: Option<(usize, usize)>) {
    let items = list.as_array().cloned().unwrap_or_default();
    assert_eq!(unique_items(&items), expected.and_then(|(earlier, later)| duplicate(earlier, later)), "{list}");
    // The same items after `FEW` different items, so that `uniqueItems` uses a hash table.
    let others: Vec<Value> = (0..FEW).map(|number| json!({"another": number})).collect();
    let many = unique_items(&[others, items].concat());
    assert_eq!(many, expected.and_then(|(earlier, later)| duplicate(earlier + FEW, later + FEW)), "{list}");
}

#[test]
fn items_are_compared_as_json_values() {
    for list in [
        json!([1, 1.0]),
        json!([0, -0.0]),
        json!(["a", "a"]),
        json!([{"a": 1, "b": [2.0]}, {"b": [2], "a": 1}]),
        json!([null, null]),
        json!([[], []]),
        json!([18446744073709551615_u64, 18446744073709551615_u64]),
    ] {
        assert_duplicate(list, Some((0, 1)));
    }
    assert_duplicate(json!([1, 2, 3, 2, 1]), Some((1, 3)));
    let different = json!([
        1, true, "1", 0, false, null, "", [], {}, [1], [true], [[1]], {"a": 1}, {"a": true}, {"b": 1}, {"a": null},
        ["a", "b"], ["b", "a"], ["a,b"], {"a": {"b": 1}}, 1.5, 9007199254740993_i64, 9007199254740992_i64,
        18446744073709551615_u64, 18446744073709551614_u64, 1e300, 1e301, {"a": 1, "b": 2}, {"a": 2, "b": 1}
    ]);
    assert_duplicate(different, None);
}

#[test]
fn typed_items_are_compared_like_json_values() {
    assert_eq!(unique_items(&["a".to_owned(), "b".to_owned(), "a".to_owned()]), duplicate(0, 2));
    assert_eq!(unique_items(&[i128::MAX, i128::MAX - 1, i128::MAX]), duplicate(0, 2));
    assert_eq!(unique_items(&[Some(1), None, Some(2), None]), duplicate(1, 3));
    assert_eq!(unique_items(&[1_i64, 2, 3]), None);
    assert_eq!(unique_items(&[vec![0.5], vec![0.25]]), None);
}

fn decode<T: for<'de> Decode<'de>>(text: &str) -> Result<T, String> {
    let leniency = Leniency::counting();
    Seed::new(&leniency).deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|error| error.to_string())
}

#[test]
fn an_integer_may_have_an_exponent_or_a_fraction_of_zero() {
    assert_eq!(decode::<i64>("1.0"), Ok(1));
    assert_eq!(decode::<i32>("1e3"), Ok(1000));
    assert_eq!(decode::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(decode::<i128>("-18446744073709551616"), Ok(-18446744073709551616));
    assert_eq!(
        decode::<Vec<Option<Box<i64>>>>("[1.0, null, -2]"),
        Ok(vec![Some(Box::new(1)), None, Some(Box::new(-2))])
    );
    assert_eq!(decode::<BTreeMap<String, i64>>(r#"{"a": 2e0}"#), Ok(BTreeMap::from([("a".to_owned(), 2)])));
}

#[test]
fn no_other_value_decodes_to_an_integer() {
    for text in ["1.5", "\"1\"", "true", "null", "9223372036854775808", "1e19", "-9223372036854775809", "[]"] {
        assert!(decode::<i64>(text).is_err(), "{text}");
    }
    // As a double, this number loses its last digit. With the feature `arbitrary_precision` of `serde_json`, the number
    // keeps all digits.
    assert!(matches!(decode::<i64>("9007199254740993.0"), Err(_) | Ok(9_007_199_254_740_993)));
    assert!(decode::<i32>("2147483648").is_err() && decode::<i32>("2147483648.0").is_err());
    assert!(decode::<u64>("-1").is_err() && decode::<u64>("-1.0").is_err());
}

#[test]
fn bounds_are_exact_at_the_limit() {
    assert_eq!(violation(|at| at.minimum(u64::MAX, u64::MAX)), None);
    assert_eq!(
        violation(|at| at.exclusive_minimum(-18446744073709551616_i128, -18446744073709551616)).as_deref(),
        Some("body: exclusiveMinimum -18446744073709551616, but the value is -18446744073709551616")
    );
    assert_eq!(violation(|at| at.maximum(-18446744073709551617_i128, -18446744073709551616)), None);
    assert!(violation(|at| at.minimum(f64::NAN, 0.0)).is_some());
}

#[test]
fn enum_values_are_compared_as_json_values() {
    assert_eq!(violation(|at| at.enumerated(2, &[1, 2])), None);
    assert_eq!(violation(|at| at.enumerated(3, &[1, 2])).as_deref(), Some("body: enum 1, 2, but the value is 3"));
    assert_eq!(violation(|at| at.enumerated(0.5, &[0.25, 0.5])), None);
    assert_eq!(
        violation(|at| at.enumerated(false, &[true])).as_deref(),
        Some("body: enum true, but the value is false")
    );
    assert_eq!(violation(|at| at.enumerated(1, &[])).as_deref(), Some("body: enum, but the value is 1"));
    let values: &'static [&'static str] = &["1", "\"a\"", "null", "{\"a\":[1,2.0]}"];
    for value in [json!(1.0), json!("a"), json!(null), json!({"a": [1.0, 2]})] {
        assert_eq!(violation(|at| at.enumerated_json(&value, values)), None, "{value}");
    }
    for value in [json!(true), json!("1"), json!(2), json!({}), json!({"a": [2, 1]}), json!([])] {
        assert!(violation(|at| at.enumerated_json(&value, values)).is_some(), "{value}");
    }
    assert_eq!(
        violation(|at| at.secret().enumerated_json(&json!(2), &["1"])).as_deref(),
        Some("body: enum 1"),
        "a violation omits a secret"
    );
}

/// An array in which every item is invalid.
struct Invalid(usize);

impl Validate for Invalid {
    fn check(&self, at: ValidationContext<'_>) {
        let at = at.with_schema("#/definitions/wrong");
        for index in 0..self.0 {
            _ = at.item(index).maximum(index + 1, 0);
        }
    }
}

#[test]
fn violations_serialize_to_json() {
    let violations = Invalid(101).validate().unwrap_err();
    let written = serde_json::to_value(&violations).unwrap();
    let first = json!({
        "location": "body", "pointer": "/0", "keyword": "maximum", "schema": "#/definitions/wrong/items", "limit": "0", "actual": "1",
    });
    assert_eq!((&written["violations"][0], &written["omitted"]), (&first, &json!(1)));
}
