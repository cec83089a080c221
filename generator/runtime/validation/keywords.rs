// copperplate runtime: copied unchanged into every generated crate.
//! The checks of keywords, as methods of `ValidationContext`. Each method reports a violation if there is one, and
//! returns the context for the next check.

use std::fmt::Display;

use serde_json::Value;

use crate::runtime::validation::context::{ValidationContext, truncated};
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::violation::Direction;

/// Returns whether a text has more than `limit` code points. A text of N bytes has at most N and at least N/4 code
/// points, so most texts need no counting.
#[inline]
fn has_more_than(value: &str, limit: usize) -> bool {
    value.len() > limit && (value.len() > limit.saturating_mul(4) || counts_more_than(value, limit))
}

#[inline(never)]
fn counts_more_than(value: &str, limit: usize) -> bool {
    value.chars().count() > limit
}

/// Returns the number of members of an object: its required ones, the optional ones that are present, and the
/// additional ones.
pub fn member_count(required: usize, optional: &[bool], additional: usize) -> usize {
    required + optional.iter().filter(|present| **present).count() + additional
}

/// Returns the values of an `enum` as a violation shows them. It shows the first eight.
fn enum_text<T: Display>(values: &[T]) -> Option<String> {
    // An empty string would be invisible.
    let visible = |text: String| if text.is_empty() { "\"\"".to_owned() } else { text };
    let texts: Vec<String> = values.iter().take(8).map(|value| visible(value.to_string())).collect();
    let more = if values.len() > texts.len() { ", …" } else { "" };
    (!values.is_empty()).then(|| truncated(&texts.join(", ")) + more)
}

/// A number of matching variants as a violation shows it.
pub(crate) fn matching_variants(count: usize) -> String {
    format!("{count} matching variants")
}

/// What a violation of `pattern` shows if the text exhausts the budget of the matcher.
const UNDECIDED: &str = "not matched, because that takes too many steps";

/// Functions that report violations. They are not inlined, so that an inlined check builds a context only if it fails.
mod report {
    use std::fmt::Display;

    use super::{Matcher, UNDECIDED, ValidationContext};

    #[cold]
    #[inline(never)]
    pub(crate) fn length(at: ValidationContext<'_>, keyword: &'static str, value: &str, limit: usize) {
        count(at, keyword, value.chars().count(), limit);
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn count(at: ValidationContext<'_>, keyword: &'static str, count: usize, limit: usize) {
        at.report_violation_with(keyword, || (Some(limit.to_string()), Some(count.to_string())));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn bound<T: Display>(at: ValidationContext<'_>, keyword: &'static str, value: T, limit: T) {
        at.report_violation_with(keyword, || (Some(limit.to_string()), at.actual_number(value)));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn pattern(at: ValidationContext<'_>, value: &str, matcher: &(impl Matcher + ?Sized), is_decided: bool) {
        at.report_violation_with("pattern", || {
            let actual = if is_decided { at.actual_text(value) } else { Some(UNDECIDED.to_owned()) };
            (Some(matcher.pattern().to_owned()), actual)
        });
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn required(at: ValidationContext<'_>) {
        at.report_in_parent_schema("required", None, None);
    }
}

impl ValidationContext<'_> {
    /// `minLength`, in code points.
    #[inline]
    pub fn min_length(self, value: &str, limit: usize) -> Self {
        if limit > 0 && !has_more_than(value, limit - 1) {
            report::length(self, "minLength", value, limit);
        }
        self
    }

    /// `maxLength`, in code points.
    #[inline]
    pub fn max_length(self, value: &str, limit: usize) -> Self {
        if has_more_than(value, limit) {
            report::length(self, "maxLength", value, limit);
        }
        self
    }

    /// `pattern`: some part of the value must match.
    #[inline]
    pub fn pattern(self, value: &str, matcher: &(impl Matcher + ?Sized)) -> Self {
        let verdict = matcher.decide(value);
        if verdict != Some(true) {
            report::pattern(self, value, matcher, verdict.is_some());
        }
        self
    }

    /// `minimum`.
    #[inline]
    pub fn minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_lt()) {
            report::bound(self, "minimum", value, limit);
        }
        self
    }

    /// `minimum` with `exclusiveMinimum`.
    #[inline]
    pub fn exclusive_minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_le()) {
            report::bound(self, "exclusiveMinimum", value, limit);
        }
        self
    }

    /// `maximum`.
    #[inline]
    pub fn maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_gt()) {
            report::bound(self, "maximum", value, limit);
        }
        self
    }

    /// `maximum` with `exclusiveMaximum`.
    #[inline]
    pub fn exclusive_maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_ge()) {
            report::bound(self, "exclusiveMaximum", value, limit);
        }
        self
    }

    /// `minItems`.
    #[inline]
    pub fn min_items(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minItems", count, limit);
        }
        self
    }

    /// `maxItems`.
    #[inline]
    pub fn max_items(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxItems", count, limit);
        }
        self
    }

    /// `minProperties`.
    #[inline]
    pub fn min_properties(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minProperties", count, limit);
        }
        self
    }

    /// `maxProperties`.
    #[inline]
    pub fn max_properties(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxProperties", count, limit);
        }
        self
    }

    /// `enum` of numbers or booleans.
    pub fn enumerated<T: PartialEq + Display + Copy>(self, value: T, values: &[T]) -> Self {
        if !values.contains(&value) {
            self.report_violation("enum", enum_text(values), self.actual_number(value));
        }
        self
    }

    /// `enum` of values of any type. `values` are JSON texts.
    pub fn enumerated_json(self, value: &Value, values: &[&str]) -> Self {
        let is_value = |text: &&str| serde_json::from_str(text).is_ok_and(|listed: Value| equal(&listed, value));
        if !values.iter().any(is_value) {
            self.report_violation("enum", enum_text(values), self.actual_json(value));
        }
        self
    }

    /// `enum` of strings. Reports a value that the document does not list.
    #[cold]
    #[inline(never)]
    pub fn unlisted_value(self, value: &str, values: &[&str]) -> Self {
        self.report_violation_with("enum", || (enum_text(values), self.actual_text(value)));
        self
    }

    /// `required`, for a member that is `readOnly` or `writeOnly`, and therefore required in one direction only.
    #[inline]
    pub fn required_in<T>(self, direction: Direction, value: &Option<T>) -> Self {
        if value.is_none() && self.direction() == direction {
            report::required(self);
        }
        self
    }

    /// `anyOf`, if its subschemas only have `required`. `present` has an element for each subschema: whether the
    /// members that it requires are present.
    pub fn requires_any_of(self, present: &[bool]) -> Self {
        if !present.contains(&true) {
            self.report_violation("anyOf", None, Some(matching_variants(0)));
        }
        self
    }

    /// `oneOf`, if its subschemas only have `required`. `present` has an element for each subschema: whether the
    /// members that it requires are present.
    pub fn requires_one_of(self, present: &[bool]) -> Self {
        let count = present.iter().filter(|present| **present).count();
        if count != 1 {
            self.report_violation("oneOf", None, Some(matching_variants(count)));
        }
        self
    }
}
