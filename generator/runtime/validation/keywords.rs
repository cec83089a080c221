// copperplate runtime: copied unchanged into every generated crate.
//! One check for each keyword. Each reports at the place it is called on, and answers that place for the next check.

use std::fmt::Display;

use serde_json::Value;

use crate::runtime::validation::context::{ValidationContext, cut};
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::violation::Direction;

/// Something that decides whether a text matches a `pattern`.
pub trait Matcher {
    /// The pattern as the document writes it.
    fn pattern(&self) -> &str;

    /// Whether any part of `text` matches, as ECMA-262 has it.
    fn is_match(&self, text: &str) -> bool;
}

/// Counts code points, but only where the bytes leave it open: a text has at least a quarter as many code points as bytes,
/// and at most as many.
#[inline]
fn has_more_than(value: &str, limit: usize) -> bool {
    value.len() > limit && (value.len() > limit.saturating_mul(4) || counts_more_than(value, limit))
}

#[inline(never)]
fn counts_more_than(value: &str, limit: usize) -> bool {
    value.chars().count() > limit
}

/// How many members an object has: those that are always there, those of the others that are present, and those that are kept.
pub fn member_count(always: usize, present: &[bool], kept: usize) -> usize {
    always + present.iter().filter(|present| **present).count() + kept
}

/// Listed values for people, the first few of them.
fn joined<T: Display>(listed: &[T]) -> Option<String> {
    // Nothing at all could not be seen.
    let shown = |text: String| if text.is_empty() { "\"\"".to_owned() } else { text };
    let texts: Vec<String> = listed.iter().take(8).map(|listed| shown(listed.to_string())).collect();
    let more = if listed.len() > texts.len() { ", …" } else { "" };
    (!listed.is_empty()).then(|| cut(&texts.join(", ")) + more)
}

/// What is broken, apart from what is checked: a place that is handed over by value is put together only where something is wrong.
mod broken {
    use std::fmt::Display;

    use super::{Matcher, ValidationContext};

    #[cold]
    #[inline(never)]
    pub(crate) fn length(at: ValidationContext<'_>, keyword: &'static str, value: &str, limit: usize) {
        count(at, keyword, value.chars().count(), limit);
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn count(at: ValidationContext<'_>, keyword: &'static str, count: usize, limit: usize) {
        at.found(keyword, || (Some(limit.to_string()), Some(count.to_string())));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn bound<T: Display>(at: ValidationContext<'_>, keyword: &'static str, value: T, limit: T) {
        at.found(keyword, || (Some(limit.to_string()), at.shown_number(value)));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn pattern(at: ValidationContext<'_>, value: &str, matcher: &(impl Matcher + ?Sized)) {
        at.found("pattern", || (Some(matcher.pattern().to_owned()), at.shown(value)));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn required(at: ValidationContext<'_>) {
        at.violated_in_holder("required", None, None);
    }
}

impl ValidationContext<'_> {
    /// `minLength`, in code points.
    #[inline]
    pub fn min_length(self, value: &str, limit: usize) -> Self {
        if limit > 0 && !has_more_than(value, limit - 1) {
            broken::length(self, "minLength", value, limit);
        }
        self
    }

    /// `maxLength`, in code points.
    #[inline]
    pub fn max_length(self, value: &str, limit: usize) -> Self {
        if has_more_than(value, limit) {
            broken::length(self, "maxLength", value, limit);
        }
        self
    }

    /// `pattern`: some part of the value matches.
    #[inline]
    pub fn pattern(self, value: &str, matcher: &(impl Matcher + ?Sized)) -> Self {
        if !matcher.is_match(value) {
            broken::pattern(self, value, matcher);
        }
        self
    }

    /// `minimum`.
    #[inline]
    pub fn minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_lt()) {
            broken::bound(self, "minimum", value, limit);
        }
        self
    }

    /// `minimum` with `exclusiveMinimum`.
    #[inline]
    pub fn exclusive_minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_le()) {
            broken::bound(self, "exclusiveMinimum", value, limit);
        }
        self
    }

    /// `maximum`.
    #[inline]
    pub fn maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_gt()) {
            broken::bound(self, "maximum", value, limit);
        }
        self
    }

    /// `maximum` with `exclusiveMaximum`.
    #[inline]
    pub fn exclusive_maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_ge()) {
            broken::bound(self, "exclusiveMaximum", value, limit);
        }
        self
    }

    pub(crate) fn shown_number(&self, value: impl Display) -> Option<String> {
        (!self.is_secret()).then(|| value.to_string())
    }

    /// `minItems`.
    #[inline]
    pub fn min_items(self, count: usize, limit: usize) -> Self {
        if count < limit {
            broken::count(self, "minItems", count, limit);
        }
        self
    }

    /// `maxItems`.
    #[inline]
    pub fn max_items(self, count: usize, limit: usize) -> Self {
        if count > limit {
            broken::count(self, "maxItems", count, limit);
        }
        self
    }

    /// `minProperties`.
    #[inline]
    pub fn min_properties(self, count: usize, limit: usize) -> Self {
        if count < limit {
            broken::count(self, "minProperties", count, limit);
        }
        self
    }

    /// `maxProperties`.
    #[inline]
    pub fn max_properties(self, count: usize, limit: usize) -> Self {
        if count > limit {
            broken::count(self, "maxProperties", count, limit);
        }
        self
    }

    /// `enum` of numbers or booleans.
    pub fn enumerated<T: PartialEq + Display + Copy>(self, value: T, listed: &[T]) -> Self {
        if !listed.contains(&value) {
            self.violated("enum", joined(listed), self.shown_number(value));
        }
        self
    }

    /// `enum` of values of any type, as JSON texts.
    pub fn enumerated_json(self, value: &Value, listed: &[&str]) -> Self {
        let is_value = |text: &&str| serde_json::from_str(text).is_ok_and(|listed: Value| equal(&listed, value));
        if !listed.iter().any(is_value) {
            let actual = (!self.is_secret()).then(|| cut(&value.to_string()));
            self.violated("enum", joined(listed), actual);
        }
        self
    }

    /// `enum`: reports a value that the document does not list.
    #[cold]
    #[inline(never)]
    pub fn unlisted_value(self, value: &str, listed: &[&str]) -> Self {
        self.found("enum", || (joined(listed), self.shown(value)));
        self
    }

    /// `required` of a member that binds one direction only, because it is `readOnly` or `writeOnly`.
    #[inline]
    pub fn required_in<T>(self, direction: Direction, value: &Option<T>) -> Self {
        if value.is_none() && self.direction() == direction {
            broken::required(self);
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
