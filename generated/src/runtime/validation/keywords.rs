// copperplate runtime: copied unchanged into every generated crate.
//! Checks keywords, with Rust methods of `ValidationContext`. Each Rust method reports a violation if the value is
//! invalid. It then returns the context, so that calls can be chained.

use std::fmt::Display;

use serde_json::Value;

use crate::runtime::validation::context::{ValidationContext, truncated};
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::violation::Direction;

/// Returns whether a string has more than `limit` code points. A string of N bytes has at least N/4 and at most N code
/// points. For most strings, the number of bytes therefore decides, and nothing is counted.
#[inline]
fn has_more_than(value: &str, limit: usize) -> bool {
    value.len() > limit && (value.len() > limit.saturating_mul(4) || counts_more_than(value, limit))
}

#[inline(never)]
fn counts_more_than(value: &str, limit: usize) -> bool {
    value.chars().count() > limit
}

/// Returns the number of members of an object. `required` and `additional` are numbers of members. `optional` has an
/// element for each optional member: whether the member is present.
pub fn member_count(required: usize, optional: &[bool], additional: usize) -> usize {
    required + optional.iter().filter(|present| **present).count() + additional
}

/// Formats the values of an `enum` for `Violation::limit`: `a, b`. Only the first eight values are listed. Returns
/// `None` if the `enum` has no values.
fn enum_text<T: Display>(values: &[T]) -> Option<String> {
    // An empty string would be invisible in the list, so it is quoted.
    let visible = |text: String| if text.is_empty() { "\"\"".to_owned() } else { text };
    let texts: Vec<String> = values.iter().take(8).map(|value| visible(value.to_string())).collect();
    let more = if values.len() > texts.len() { ", …" } else { "" };
    (!values.is_empty()).then(|| truncated(&texts.join(", ")) + more)
}

/// Returns the string for `Violation::actual` if `count` variants of a union match the value: `2 matching variants`.
pub(crate) fn matching_variants(count: usize) -> String {
    format!("{count} matching variants")
}

/// The value of `Violation::actual` if matching a `pattern` takes too many steps.
const UNDECIDED: &str = "not matched, because that takes too many steps";

/// Functions that report violations. A Rust method that checks a keyword is inlined, and calls one of these functions
/// if the check fails. These functions are not inlined, so that rustc can delay the creation of the context until a
/// check fails.
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
    /// Checks `minLength`. The length is counted in code points.
    #[inline]
    pub fn min_length(self, value: &str, limit: usize) -> Self {
        if limit > 0 && !has_more_than(value, limit - 1) {
            report::length(self, "minLength", value, limit);
        }
        self
    }

    /// Checks `maxLength`. The length is counted in code points.
    #[inline]
    pub fn max_length(self, value: &str, limit: usize) -> Self {
        if has_more_than(value, limit) {
            report::length(self, "maxLength", value, limit);
        }
        self
    }

    /// Checks `pattern`: a substring of the value must match.
    #[inline]
    pub fn pattern(self, value: &str, matcher: &(impl Matcher + ?Sized)) -> Self {
        let verdict = matcher.decide(value);
        if verdict != Some(true) {
            report::pattern(self, value, matcher, verdict.is_some());
        }
        self
    }

    /// Checks `minimum`.
    #[inline]
    pub fn minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_lt()) {
            report::bound(self, "minimum", value, limit);
        }
        self
    }

    /// Checks `minimum` with `exclusiveMinimum: true`.
    #[inline]
    pub fn exclusive_minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_le()) {
            report::bound(self, "exclusiveMinimum", value, limit);
        }
        self
    }

    /// Checks `maximum`.
    #[inline]
    pub fn maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_gt()) {
            report::bound(self, "maximum", value, limit);
        }
        self
    }

    /// Checks `maximum` with `exclusiveMaximum: true`.
    #[inline]
    pub fn exclusive_maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_ge()) {
            report::bound(self, "exclusiveMaximum", value, limit);
        }
        self
    }

    /// Checks `minItems`.
    #[inline]
    pub fn min_items(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minItems", count, limit);
        }
        self
    }

    /// Checks `maxItems`.
    #[inline]
    pub fn max_items(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxItems", count, limit);
        }
        self
    }

    /// Checks `minProperties`.
    #[inline]
    pub fn min_properties(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minProperties", count, limit);
        }
        self
    }

    /// Checks `maxProperties`.
    #[inline]
    pub fn max_properties(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxProperties", count, limit);
        }
        self
    }

    /// Checks the `enum` of a number or boolean.
    pub fn enumerated<T: PartialEq + Display + Copy>(self, value: T, values: &[T]) -> Self {
        if !values.contains(&value) {
            self.report_violation("enum", enum_text(values), self.actual_number(value));
        }
        self
    }

    /// Checks the `enum` of a JSON value of any type. Each of `values` is a JSON text.
    pub fn enumerated_json(self, value: &Value, values: &[&str]) -> Self {
        let is_value = |text: &&str| serde_json::from_str(text).is_ok_and(|listed: Value| equal(&listed, value));
        if !values.iter().any(is_value) {
            self.report_violation("enum", enum_text(values), self.actual_json(value));
        }
        self
    }

    /// Reports a violation of the `enum` of a string. Generated code calls this if `values` does not contain `value`.
    #[cold]
    #[inline(never)]
    pub fn unlisted_value(self, value: &str, values: &[&str]) -> Self {
        self.report_violation_with("enum", || (enum_text(values), self.actual_text(value)));
        self
    }

    /// Checks `required` for a member that is `readOnly` or `writeOnly`. Such a member is required only in `direction`.
    #[inline]
    pub fn required_in<T>(self, direction: Direction, value: &Option<T>) -> Self {
        if value.is_none() && self.direction() == direction {
            report::required(self);
        }
        self
    }

    /// Checks an `anyOf` whose subschemas have no keyword but `required`. `present` has an element for each subschema:
    /// whether all members that the subschema requires are present.
    pub fn requires_any_of(self, present: &[bool]) -> Self {
        if !present.contains(&true) {
            self.report_violation("anyOf", None, Some(matching_variants(0)));
        }
        self
    }

    /// Checks a `oneOf` whose subschemas have no keyword but `required`. `present` has an element for each subschema:
    /// whether all members that the subschema requires are present.
    pub fn requires_one_of(self, present: &[bool]) -> Self {
        let count = present.iter().filter(|present| **present).count();
        if count != 1 {
            self.report_violation("oneOf", None, Some(matching_variants(count)));
        }
        self
    }
}
