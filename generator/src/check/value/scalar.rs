//! Validates the keywords of numbers, and the bounds of lengths and counts.

use std::cmp::Ordering;

use serde_json::Number;

use crate::check::value::validator::Validator;
use crate::check::value::violation::Instance;
use crate::json::number;
use crate::resolve::document::Schema;

impl<'d> Validator<'d> {
    /// Validates the keywords of numbers.
    pub(super) fn validate_number(&self, schema: &'d Schema, given: &Number, instance: &mut Instance<'_>) {
        if let Some(bound) = &schema.minimum {
            validate_bound(given, bound, Ordering::Less, schema.exclusive_minimum, instance);
        }
        if let Some(bound) = &schema.maximum {
            validate_bound(given, bound, Ordering::Greater, schema.exclusive_maximum, instance);
        }
        if let Some(step) = &schema.multiple_of
            && !number::is_multiple(given, step)
        {
            instance.violates("multipleOf", format!("is {given}, which is not a multiple of {step}"));
        }
        if let Some(format) = schema.format.as_deref().filter(|format| !self.fits_format(schema, format, given)) {
            instance.violates("format", format!("is {given}, which does not have the format `{format}`"));
        }
    }
}

/// Adds a violation if `given` violates `bound`, a minimum (`invalid` is `Less`) or a maximum (`invalid` is `Greater`).
fn validate_bound(given: &Number, bound: &Number, invalid: Ordering, is_exclusive: bool, instance: &mut Instance<'_>) {
    let (keyword, comparison) = match invalid {
        Ordering::Less => ("minimum", "less"),
        _ => ("maximum", "greater"),
    };
    let order = number::compare(given, bound);
    if order == invalid {
        instance.violates(keyword, format!("is {given}, which is {comparison} than the {keyword} {bound}"));
    } else if is_exclusive && order == Ordering::Equal {
        instance.violates(keyword, format!("is {given}, which the exclusive {keyword} excludes"));
    }
}

/// Adds a violation if `size` is less than `min` or greater than `max`. Each bound is given with its keyword. `unit` is a noun
/// such as `items`.
pub(super) fn validate_size(
    size: u64,
    (min, min_keyword): (Option<u64>, &'static str),
    (max, max_keyword): (Option<u64>, &'static str),
    unit: &str,
    instance: &mut Instance<'_>,
) {
    if let Some(min) = min.filter(|min| size < *min) {
        instance.violates(min_keyword, format!("has {size} {unit}, fewer than {min}"));
    }
    if let Some(max) = max.filter(|max| size > *max) {
        instance.violates(max_keyword, format!("has {size} {unit}, more than {max}"));
    }
}
