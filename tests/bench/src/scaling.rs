//! What grows with the value: the time for one part of it, in a small value and in a large one.

use std::hint::black_box;

use serde_json::Value;

use crate::documents::{payments, unique};
use crate::measure::Contender;
use crate::orders::types::{Payments, Unique};
use crate::runtime::Validate;

/// How many parts the small value has, and how many the large one.
pub const SIZES: (usize, usize) = (1_000, 100_000);

/// A way to spend time, and the parts it is spent on.
pub struct Growing {
    pub name: &'static str,
    pub parts: usize,
    pub contender: Contender<'static>,
}

/// Each in both sizes, one after the other.
pub fn contenders() -> Vec<Growing> {
    let sizes = [SIZES.0, SIZES.1];
    let all: [fn(usize) -> Growing; 8] =
        [uniqueness, violations, plain, named, tried, parsing_plain, parsing_named, parsing_tried];
    all.into_iter().flat_map(|growing| sizes.map(growing)).collect()
}

fn uniqueness(parts: usize) -> Growing {
    let value: Unique = serde_json::from_value(unique(parts)).unwrap();
    validated("uniqueItems of objects", parts, value, true)
}

fn violations(parts: usize) -> Growing {
    validated("a violation in each object", parts, cards("plain", parts, "12"), false)
}

fn plain(parts: usize) -> Growing {
    validated("valid objects", parts, cards("plain", parts, "4111111111111111"), true)
}

fn named(parts: usize) -> Growing {
    validated("oneOf with a discriminator", parts, cards("named", parts, "4111111111111111"), true)
}

fn tried(parts: usize) -> Growing {
    validated("oneOf without", parts, cards("tried", parts, "4111111111111111"), true)
}

fn parsing_plain(parts: usize) -> Growing {
    parsed("reading objects", parts, &payments("plain", parts, "4111111111111111"))
}

fn parsing_named(parts: usize) -> Growing {
    parsed("reading oneOf with a discriminator", parts, &payments("named", parts, "4111111111111111"))
}

fn parsing_tried(parts: usize) -> Growing {
    parsed("reading oneOf without", parts, &payments("tried", parts, "4111111111111111"))
}

fn cards(member: &str, parts: usize, number: &str) -> Payments {
    serde_json::from_value(payments(member, parts, number)).unwrap()
}

fn validated(name: &'static str, parts: usize, value: impl Validate + 'static, is_valid: bool) -> Growing {
    assert_eq!(value.is_valid(), is_valid, "{name}");
    Growing { name, parts, contender: Contender::new(name, move || _ = black_box(black_box(&value).validate())) }
}

fn parsed(name: &'static str, parts: usize, value: &Value) -> Growing {
    let text = value.to_string();
    let run = move || _ = black_box(serde_json::from_str::<Payments>(black_box(&text)).unwrap());
    Growing { name, parts, contender: Contender::new(name, run) }
}
