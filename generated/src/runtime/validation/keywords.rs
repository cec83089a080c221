// copperplate runtime: copied into each generated crate that uses it.
//! Checks keywords, with Rust methods of `ValidationContext`. Each Rust method reports a violation if the value is
//! invalid. It then returns the context, so that calls can be chained.

use crate::runtime::printing::cut_text;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::violation::LIMIT_LENGTH;

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

/// The value of `Violation::actual` if matching a `pattern` takes too many steps.
const UNDECIDED: &str = "not matched, because that takes too many steps";

/// Functions that report violations. A Rust method that checks a keyword is inlined, and calls one of these functions
/// if the check fails. These functions are not inlined, so that rustc can delay the creation of the context until a
/// check fails.
mod report {
    use super::ValidationContext;
    use super::{LIMIT_LENGTH, Matcher, UNDECIDED, cut_text};

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
    pub(crate) fn pattern(at: ValidationContext<'_>, value: &str, matcher: &(impl Matcher + ?Sized), is_decided: bool) {
        at.report_violation_with("pattern", || {
            let actual = if is_decided { at.actual_text(value) } else { Some(UNDECIDED.to_owned()) };
            (Some(cut_text(matcher.pattern(), LIMIT_LENGTH)), actual)
        });
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
}
