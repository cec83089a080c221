// copperplate runtime: copied unchanged into every generated crate.
//! One check for each keyword. Each reports at the place it is called on, and answers that place for the next check.

use std::fmt::Display;

use serde_json::Value;

use super::equality::equal;
use super::validate::{At, cut};
use super::violation::Direction;

/// Something that decides whether a text matches a `pattern`.
pub trait Matcher {
    /// The pattern as the document writes it.
    fn pattern(&self) -> &str;

    /// Whether any part of `text` matches, as ECMA-262 has it.
    fn is_match(&self, text: &str) -> bool;
}

/// Counts code points, but only where the bytes leave it open: a text has at least a quarter as many code points as bytes,
/// and at most as many.
fn has_more_than(value: &str, limit: usize) -> bool {
    value.len() > limit && (value.len() > limit.saturating_mul(4) || value.chars().count() > limit)
}

/// How many members an object has: those that are always there, those of the others that are present, and those that are kept.
pub fn members(always: usize, present: &[bool], kept: usize) -> usize {
    always + present.iter().filter(|present| **present).count() + kept
}

/// Listed values for people, the first few of them.
fn joined<T: Display>(listed: &[T]) -> Option<String> {
    let texts: Vec<String> = listed.iter().take(8).map(ToString::to_string).collect();
    let more = if listed.len() > texts.len() { ", …" } else { "" };
    (!listed.is_empty()).then(|| cut(&texts.join(", ")) + more)
}

impl At<'_> {
    /// `minLength`, in code points.
    pub fn min_length(self, value: &str, limit: usize) -> Self {
        if limit > 0 && !has_more_than(value, limit - 1) {
            self.violated("minLength", Some(limit.to_string()), Some(value.chars().count().to_string()));
        }
        self
    }

    /// `maxLength`, in code points.
    pub fn max_length(self, value: &str, limit: usize) -> Self {
        if has_more_than(value, limit) {
            self.violated("maxLength", Some(limit.to_string()), Some(value.chars().count().to_string()));
        }
        self
    }

    /// `pattern`: some part of the value matches.
    pub fn pattern(self, value: &str, matcher: &(impl Matcher + ?Sized)) -> Self {
        if !matcher.is_match(value) {
            self.violated("pattern", Some(matcher.pattern().to_owned()), self.shown(value));
        }
        self
    }

    /// `minimum`.
    pub fn minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_lt()) {
            self.violated("minimum", Some(limit.to_string()), self.shown_number(value));
        }
        self
    }

    /// `minimum` with `exclusiveMinimum`.
    pub fn exclusive_minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_le()) {
            self.violated("exclusiveMinimum", Some(limit.to_string()), self.shown_number(value));
        }
        self
    }

    /// `maximum`.
    pub fn maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_gt()) {
            self.violated("maximum", Some(limit.to_string()), self.shown_number(value));
        }
        self
    }

    /// `maximum` with `exclusiveMaximum`.
    pub fn exclusive_maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_ge()) {
            self.violated("exclusiveMaximum", Some(limit.to_string()), self.shown_number(value));
        }
        self
    }

    pub(super) fn shown_number(&self, value: impl Display) -> Option<String> {
        (!self.is_secret()).then(|| value.to_string())
    }

    /// `minItems`.
    pub fn min_items(self, count: usize, limit: usize) -> Self {
        if count < limit {
            self.violated("minItems", Some(limit.to_string()), Some(count.to_string()));
        }
        self
    }

    /// `maxItems`.
    pub fn max_items(self, count: usize, limit: usize) -> Self {
        if count > limit {
            self.violated("maxItems", Some(limit.to_string()), Some(count.to_string()));
        }
        self
    }

    /// `minProperties`.
    pub fn min_properties(self, count: usize, limit: usize) -> Self {
        if count < limit {
            self.violated("minProperties", Some(limit.to_string()), Some(count.to_string()));
        }
        self
    }

    /// `maxProperties`.
    pub fn max_properties(self, count: usize, limit: usize) -> Self {
        if count > limit {
            self.violated("maxProperties", Some(limit.to_string()), Some(count.to_string()));
        }
        self
    }

    /// `enum` of numbers or booleans.
    pub fn one_of<T: PartialEq + Display + Copy>(self, value: T, listed: &[T]) -> Self {
        if !listed.contains(&value) {
            self.violated("enum", joined(listed), self.shown_number(value));
        }
        self
    }

    /// `enum` of values of any type, as JSON texts.
    pub fn one_of_json(self, value: &Value, listed: &[&str]) -> Self {
        let is_value = |text: &&str| serde_json::from_str(text).is_ok_and(|listed: Value| equal(&listed, value));
        if !listed.iter().any(is_value) {
            let actual = (!self.is_secret()).then(|| cut(&value.to_string()));
            self.violated("enum", joined(listed), actual);
        }
        self
    }

    /// `enum`: reports a value that the document does not list.
    pub fn unknown_value(self, value: &str) -> Self {
        self.violated("enum", None, self.shown(value));
        self
    }

    /// `required` of a member that binds one direction only, because it is `readOnly` or `writeOnly`.
    pub fn required_in<T>(self, direction: Direction, value: &Option<T>) -> Self {
        if self.direction() == direction && value.is_none() {
            self.violated_in_holder("required", None, None);
        }
        self
    }

    /// `anyOf` over alternatives that only require members: whether what each requires is there.
    pub fn requires_any_of(self, present: &[bool]) -> Self {
        if !present.contains(&true) {
            self.violated("anyOf", None, Some("right for 0 alternatives".to_owned()));
        }
        self
    }

    /// `oneOf` over alternatives that only require members: whether what each requires is there.
    pub fn requires_one_of(self, present: &[bool]) -> Self {
        let count = present.iter().filter(|present| **present).count();
        if count != 1 {
            self.violated("oneOf", None, Some(format!("right for {count} alternatives")));
        }
        self
    }
}
