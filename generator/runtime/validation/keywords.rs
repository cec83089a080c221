// copperplate runtime: copied into each generated crate that uses it.
//! Checks keywords, with Rust methods of `ValidationContext`. Each Rust method reports a violation if the value is
//! invalid. It then returns the context, so that calls can be chained.

use std::fmt::Display; // part: bounds or enums

use serde_json::Value; // part: json_enums

use crate::runtime::printing::cut_list; // part: enums
use crate::runtime::printing::cut_text; // part: enums or pattern
use crate::runtime::validation::context::TEXT_LENGTH; // part: enums
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::listed_value::is_listed; // part: json_enums
use crate::runtime::validation::pattern::matcher::Matcher; // part: pattern
use crate::runtime::validation::violation::Direction; // part: directions
use crate::runtime::validation::violation::LIMIT_LENGTH; // part: pattern

// part: lengths
/// Returns whether a string has more than `limit` code points. A string of N bytes has at least N/4 and at most N code
/// points. For most strings, the number of bytes therefore decides, and nothing is counted.
#[inline]
fn has_more_than(value: &str, limit: usize) -> bool {
    value.len() > limit && (value.len() > limit.saturating_mul(4) || counts_more_than(value, limit))
}
// end of part

// part: lengths
#[inline(never)]
fn counts_more_than(value: &str, limit: usize) -> bool {
    value.chars().count() > limit
}
// end of part

// part: member_counts
/// Returns the number of members of an object. `required` and `additional` are numbers of members. `optional` has an
/// element for each optional member: whether the member is present.
pub fn member_count(required: usize, optional: &[bool], additional: usize) -> usize {
    required + optional.iter().filter(|present| **present).count() + additional
}
// end of part

// part: enums
/// Formats the values of an `enum` for `Violation::limit`: `a, b`. Only the first eight values are listed. Returns
/// `None` if the `enum` has no values.
fn enum_text<T: Display>(values: &[T]) -> Option<String> {
    // An empty string would be invisible in the list, so it is quoted.
    let visible = |text: String| if text.is_empty() { "\"\"".to_owned() } else { text };
    let texts = values.iter().take(8).map(|value| visible(cut_text(value, TEXT_LENGTH)));
    let more = if values.len() > 8 { ", …" } else { "" };
    (!values.is_empty()).then(|| cut_list(texts, TEXT_LENGTH) + more)
}
// end of part

// part: requirements or schema or unions
/// Returns the string for `Violation::actual` if `count` variants of a union match the value: `2 matching variants`.
pub(crate) fn matching_variants(count: usize) -> String {
    format!("{count} matching variants")
}
// end of part

// part: pattern
/// The value of `Violation::actual` if matching a `pattern` takes too many steps.
const UNDECIDED: &str = "not matched, because that takes too many steps";
// end of part

// part: lengths or item_counts or member_counts or bounds or pattern or directions
/// Functions that report violations. A Rust method that checks a keyword is inlined, and calls one of these functions
/// if the check fails. These functions are not inlined, so that rustc can delay the creation of the context until a
/// check fails.
mod report {
    use std::fmt::Display; // part: bounds

    use super::ValidationContext;
    use super::{LIMIT_LENGTH, Matcher, UNDECIDED, cut_text}; // part: pattern

    // part: lengths
    #[cold]
    #[inline(never)]
    pub(crate) fn length(at: ValidationContext<'_>, keyword: &'static str, value: &str, limit: usize) {
        count(at, keyword, value.chars().count(), limit);
    }
    // end of part

    // part: lengths or item_counts or member_counts
    #[cold]
    #[inline(never)]
    pub(crate) fn count(at: ValidationContext<'_>, keyword: &'static str, count: usize, limit: usize) {
        at.report_violation_with(keyword, || (Some(limit.to_string()), Some(count.to_string())));
    }
    // end of part

    // part: bounds
    #[cold]
    #[inline(never)]
    pub(crate) fn bound<T: Display>(at: ValidationContext<'_>, keyword: &'static str, value: T, limit: T) {
        at.report_violation_with(keyword, || (Some(limit.to_string()), at.actual_number(value)));
    }
    // end of part

    // part: pattern
    #[cold]
    #[inline(never)]
    pub(crate) fn pattern(at: ValidationContext<'_>, value: &str, matcher: &(impl Matcher + ?Sized), is_decided: bool) {
        at.report_violation_with("pattern", || {
            let actual = if is_decided { at.actual_text(value) } else { Some(UNDECIDED.to_owned()) };
            (Some(cut_text(matcher.pattern(), LIMIT_LENGTH)), actual)
        });
    }
    // end of part

    // part: directions
    #[cold]
    #[inline(never)]
    pub(crate) fn required(at: ValidationContext<'_>) {
        at.report_in_parent_schema("required", None, None);
    }
    // end of part
}
// end of part

impl ValidationContext<'_> {
    // part: lengths
    /// Checks `minLength`. The length is counted in code points.
    #[inline]
    pub fn min_length(self, value: &str, limit: usize) -> Self {
        if limit > 0 && !has_more_than(value, limit - 1) {
            report::length(self, "minLength", value, limit);
        }
        self
    }
    // end of part

    // part: lengths
    /// Checks `maxLength`. The length is counted in code points.
    #[inline]
    pub fn max_length(self, value: &str, limit: usize) -> Self {
        if has_more_than(value, limit) {
            report::length(self, "maxLength", value, limit);
        }
        self
    }
    // end of part

    // part: pattern
    /// Checks `pattern`: a substring of the value must match.
    #[inline]
    pub fn pattern(self, value: &str, matcher: &(impl Matcher + ?Sized)) -> Self {
        let verdict = matcher.decide(value);
        if verdict != Some(true) {
            report::pattern(self, value, matcher, verdict.is_some());
        }
        self
    }
    // end of part

    // part: bounds
    /// Checks `minimum`.
    #[inline]
    pub fn minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_lt()) {
            report::bound(self, "minimum", value, limit);
        }
        self
    }
    // end of part

    // part: bounds
    /// Checks `minimum` with `exclusiveMinimum: true`.
    #[inline]
    pub fn exclusive_minimum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_le()) {
            report::bound(self, "exclusiveMinimum", value, limit);
        }
        self
    }
    // end of part

    // part: bounds
    /// Checks `maximum`.
    #[inline]
    pub fn maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_gt()) {
            report::bound(self, "maximum", value, limit);
        }
        self
    }
    // end of part

    // part: bounds
    /// Checks `maximum` with `exclusiveMaximum: true`.
    #[inline]
    pub fn exclusive_maximum<T: PartialOrd + Display>(self, value: T, limit: T) -> Self {
        if value.partial_cmp(&limit).is_none_or(|order| order.is_ge()) {
            report::bound(self, "exclusiveMaximum", value, limit);
        }
        self
    }
    // end of part

    // part: item_counts
    /// Checks `minItems`.
    #[inline]
    pub fn min_items(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minItems", count, limit);
        }
        self
    }
    // end of part

    // part: item_counts
    /// Checks `maxItems`.
    #[inline]
    pub fn max_items(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxItems", count, limit);
        }
        self
    }
    // end of part

    // part: member_counts
    /// Checks `minProperties`.
    #[inline]
    pub fn min_properties(self, count: usize, limit: usize) -> Self {
        if count < limit {
            report::count(self, "minProperties", count, limit);
        }
        self
    }
    // end of part

    // part: member_counts
    /// Checks `maxProperties`.
    #[inline]
    pub fn max_properties(self, count: usize, limit: usize) -> Self {
        if count > limit {
            report::count(self, "maxProperties", count, limit);
        }
        self
    }
    // end of part

    // part: enums
    /// Checks the `enum` of a number or boolean.
    pub fn enumerated<T: PartialEq + Display + Copy>(self, value: T, values: &[T]) -> Self {
        if !values.contains(&value) {
            self.report_violation_with("enum", || (enum_text(values), self.actual_number(value)));
        }
        self
    }
    // end of part

    // part: json_enums
    /// Checks the `enum` of a JSON value of any type. Each of `values` is a JSON text.
    pub fn enumerated_json(self, value: &Value, values: &'static [&'static str]) -> Self {
        if !is_listed(value, values) {
            self.report_violation_with("enum", || (enum_text(values), self.actual_json(value)));
        }
        self
    }
    // end of part

    // part: enums
    /// Reports a violation of the `enum` of a string. Generated code calls this if `values` does not contain `value`.
    #[cold]
    #[inline(never)]
    pub fn unlisted_value(self, value: &str, values: &[&str]) -> Self {
        self.report_violation_with("enum", || (enum_text(values), self.actual_text(value)));
        self
    }
    // end of part

    // part: directions
    /// Checks `required` for a member that is `readOnly` or `writeOnly`. Such a member is required only in `direction`.
    #[inline]
    pub fn required_in<T>(self, direction: Direction, value: &Option<T>) -> Self {
        if value.is_none() && self.direction() == direction {
            report::required(self);
        }
        self
    }
    // end of part

    // part: requirements
    /// Checks an `anyOf` whose subschemas have no keyword but `required`. `present` has an element for each subschema:
    /// whether all members that the subschema requires are present.
    pub fn requires_any_of(self, present: &[bool]) -> Self {
        if !present.contains(&true) {
            self.report_violation("anyOf", None, Some(matching_variants(0)));
        }
        self
    }
    // end of part

    // part: requirements
    /// Checks a `oneOf` whose subschemas have no keyword but `required`. `present` has an element for each subschema:
    /// whether all members that the subschema requires are present.
    pub fn requires_one_of(self, present: &[bool]) -> Self {
        let count = present.iter().filter(|present| **present).count();
        if count != 1 {
            self.report_violation("oneOf", None, Some(matching_variants(count)));
        }
        self
    }
    // end of part
}
