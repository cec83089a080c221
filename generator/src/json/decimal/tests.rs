//! Tests of exact decimal numbers.

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a number")
}

#[test]
fn numbers_are_equal_whatever_their_notation() {
    for (text, written) in [
        ("0", "0"),
        ("-0.00", "0"),
        ("0e99", "0"),
        ("007", "7"),
        ("+1.50", "1.5"),
        ("10", "10"),
        ("1e1", "10"),
        ("10.0", "10"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1E-7", "1e-7"),
        ("1e16", "10000000000000000"),
        ("1000000000000000000000000", "1e24"),
        ("12e-6", "0.000012"),
        ("12e-7", "1.2e-6"),
        ("-9007199254740993", "-9007199254740993"),
        ("12345678901234567890123456789012345678901234567890", "12345678901234567890123456789012345678901234567890"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("1.5e300", "1.5e300"),
        ("2e-300", "2e-300"),
        ("123.456", "123.456"),
    ] {
        assert_eq!(decimal(text).to_string(), written, "{text}");
        assert_eq!(decimal(written), decimal(text), "{text}");
    }
    for text in ["", "-", ".", "e5", "1e", "1e+", "0x10", "1_000", ".inf", "1.2.3", "--1"] {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
}

#[test]
fn decimals_are_ordered_by_value() {
    let ascending = [
        "-1e99999999999999999999",
        "-1e24",
        "-9007199254740993",
        "-9007199254740992",
        "-1.5",
        "-1e-99999999999999999999",
        "0",
        "1e-400",
        "0.1",
        "0.1000000000000000055511151231257827",
        "0.11",
        "9007199254740992",
        "9007199254740992.5",
        "9007199254740993",
        "18446744073709551616",
        "1e24",
        "1.1e24",
        "1e400",
    ];
    for (index, left) in ascending.iter().enumerate() {
        for (other, right) in ascending.iter().enumerate() {
            assert_eq!(decimal(left).cmp(&decimal(right)), index.cmp(&other), "{left} {right}");
        }
    }
}

#[test]
fn rounding_fails_beyond_128_bits() {
    let most = "170141183460469231731687303715884105727";
    for (text, floor, ceil) in [
        ("4.5", Some(4), Some(5)),
        ("-4.5", Some(-5), Some(-4)),
        ("0.001", Some(0), Some(1)),
        ("-0.001", Some(-1), Some(0)),
        ("1e3", Some(1000), Some(1000)),
        (most, Some(i128::MAX), Some(i128::MAX)),
        ("170141183460469231731687303715884105727.5", Some(i128::MAX), None),
        ("-170141183460469231731687303715884105728", Some(i128::MIN), Some(i128::MIN)),
        ("170141183460469231731687303715884105728", None, None),
        ("1e39", None, None),
        ("1e99999999999999999999", None, None),
        ("1e-99999999999999999999", Some(0), Some(1)),
    ] {
        assert_eq!((decimal(text).floor(), decimal(text).ceil()), (floor, ceil), "{text}");
    }
    assert_eq!((decimal("1e3").to_i128(), decimal("1.5").to_i128()), (Some(1000), None));
}

#[test]
fn the_nearest_double_is_equal_to_its_exact_and_its_shortest_value() {
    for (text, order) in [
        ("1e24", Ordering::Equal),
        ("999999999999999983222784", Ordering::Equal),
        ("0.1", Ordering::Equal),
        ("0.1000000000000000055511151231257827021181583404541015625", Ordering::Equal),
        ("0.1000000000000000055511151231257827", Ordering::Less),
        ("18446744073709551616", Ordering::Equal),
        ("18446744073709551615", Ordering::Greater),
        ("9007199254740993", Ordering::Less),
        ("-9007199254740993", Ordering::Greater),
        ("9007199254740995", Ordering::Greater),
        ("1e400", Ordering::Greater),
        ("-1e400", Ordering::Less),
        ("1e-400", Ordering::Less),
    ] {
        assert_eq!(decimal(text).compare_nearest_f64(), order, "{text}");
    }
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
        ("3e22", "1e22", true),
        ("35e21", "1e22", false),
        (
            "123456789012345678901234567890123456789012345678902",
            "123456789012345678901234567890123456789012345678901",
            false,
        ),
        (
            "246913578024691357802469135780246913578024691357802",
            "123456789012345678901234567890123456789012345678901",
            true,
        ),
        ("1e99999999999999999999", "1024", true),
        ("1e99999999999999999999", "3", false),
        ("1e-99999999999999999999", "0.1", false),
    ] {
        assert_eq!(decimal(value).is_multiple_of(&decimal(step)), verdict, "{value} of {step}");
    }
}

#[test]
fn texts_have_at_most_the_digits_asked_for() {
    for (text, most, written) in [
        ("1200", 4, Some("1200")),
        ("1200", 3, Some("12e2")),
        ("-1200", 2, Some("-12e2")),
        ("1200", 1, None),
        ("0.0012", 2, Some("0.0012")),
        ("1.25", 3, Some("1.25")),
        ("1.25", 2, None),
        ("0", 1, Some("0")),
    ] {
        assert_eq!(decimal(text).to_text_within(most).as_deref(), written, "{text}");
    }
}

#[test]
fn numbers_with_more_digits_than_a_format_width_are_displayed() {
    for digits in [65_535, 65_536, 200_000] {
        let text = "7".repeat(digits);
        assert!(Decimal::parse(&text).is_some_and(|number| number.to_string() == text), "{digits}");
        assert!(Decimal::parse(&format!("{text}0")).is_some_and(|number| number.to_string() == format!("{text}0")));
    }
}
