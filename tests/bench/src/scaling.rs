//! Contenders with a small value and with a large value. They show how the time grows with the size of the value.

use std::hint::black_box;

use serde_json::Value;

use crate::documents::{payments, unique};
use crate::measurement::Contender;
use crate::orders::types::{Payments, Unique};
use crate::runtime::Validate;

/// The number of elements of the small value and of the large value.
pub const SIZES: (usize, usize) = (1_000, 100_000);

/// A contender, and the number of elements of its value.
pub struct ScalingContender {
    pub name: &'static str,
    pub parts: usize,
    pub contender: Contender<'static>,
}

/// Returns each contender twice: with the small value, then with the large value.
pub fn contenders() -> Vec<ScalingContender> {
    let sizes = [SIZES.0, SIZES.1];
    let all: [fn(usize) -> ScalingContender; 8] =
        [uniqueness, violations, plain, named, tried, parsing_plain, parsing_named, parsing_tried];
    all.into_iter().flat_map(|scaling| sizes.map(scaling)).collect()
}

fn uniqueness(parts: usize) -> ScalingContender {
    let value: Unique = serde_json::from_value(unique(parts)).unwrap();
    validated("uniqueItems of objects", parts, value, true)
}

fn violations(parts: usize) -> ScalingContender {
    validated("a violation in each object", parts, cards("plain", parts, "12"), false)
}

fn plain(parts: usize) -> ScalingContender {
    validated("valid objects", parts, cards("plain", parts, "4111111111111111"), true)
}

fn named(parts: usize) -> ScalingContender {
    validated("oneOf with a discriminator", parts, cards("named", parts, "4111111111111111"), true)
}

fn tried(parts: usize) -> ScalingContender {
    validated("oneOf without", parts, cards("tried", parts, "4111111111111111"), true)
}

fn parsing_plain(parts: usize) -> ScalingContender {
    parsed("reading objects", parts, &payments("plain", parts, "4111111111111111"))
}

fn parsing_named(parts: usize) -> ScalingContender {
    parsed("reading oneOf with a discriminator", parts, &payments("named", parts, "4111111111111111"))
}

fn parsing_tried(parts: usize) -> ScalingContender {
    parsed("reading oneOf without", parts, &payments("tried", parts, "4111111111111111"))
}

fn cards(member: &str, parts: usize, number: &str) -> Payments {
    serde_json::from_value(payments(member, parts, number)).unwrap()
}

fn validated(name: &'static str, parts: usize, value: impl Validate + 'static, is_valid: bool) -> ScalingContender {
    assert_eq!(value.is_valid(), is_valid, "{name}");
    ScalingContender {
        name,
        parts,
        contender: Contender::new(name, move || _ = black_box(black_box(&value).validate())),
    }
}

fn parsed(name: &'static str, parts: usize, value: &Value) -> ScalingContender {
    let text = value.to_string();
    let run = move || _ = black_box(serde_json::from_str::<Payments>(black_box(&text)).unwrap());
    ScalingContender { name, parts, contender: Contender::new(name, run) }
}
