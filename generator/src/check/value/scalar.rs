//! Validates `enum`, the keywords of numbers, and the bounds of lengths and counts.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::check::value::describe::describe;
use crate::check::value::enumeration::Enumeration;
use crate::check::value::validator::Validator;
use crate::check::value::violation::Instance;
use crate::json::{equality, number};
use crate::resolve::document::{Schema, SchemaType};

/// The largest number of `enum` values that a message lists.
const MOST_LISTED: usize = 8;

impl<'d> Validator<'d> {
    /// Validates `enum`.
    pub(super) fn validate_enum(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        let Some(values) = &schema.enum_values else { return };
        if !self.takes_steps_of(instance.value) {
            return;
        }
        let text = equality::canonical_text(instance.value);
        if self.with_enumeration(schema, values, |enumeration| enumeration.values.contains(&text)) {
            return;
        }
        let listed: Vec<_> = values.iter().take(MOST_LISTED).map(Value::to_string).collect();
        let more = if values.len() > listed.len() { ", …" } else { "" };
        let message = format!("is {}, which is none of {}{more}", describe(instance.value), listed.join(", "));
        instance.violates("enum", message);
    }

    /// Returns whether a number is in the range of the integer format `format`.
    ///
    /// Also returns true if a bound or an `enum` value of the schema is outside that range. In this case, a wider Rust type is
    /// generated, and `format` has no effect. The exception is `int64`, which always has an effect.
    pub(super) fn fits_format(&self, schema: &'d Schema, format: &str, given: &Number) -> bool {
        let Some(ends) = number::format_range(format) else { return true };
        let is_within = |number: &Number| number::compare_to_range(number, ends).is_eq();
        if schema.kind != Some(SchemaType::Integer) || is_within(given) {
            return true;
        }
        let do_bounds_fit = schema.minimum.iter().chain(&schema.maximum).all(is_within);
        let do_values_fit = schema
            .enum_values
            .as_ref()
            .is_none_or(|values| self.with_enumeration(schema, values, |enumeration| enumeration.fits_format));
        format != "int64" && !(do_bounds_fit && do_values_fit)
    }

    /// Calls `ask` with `values`, the `enum` of `schema`, as an [`Enumeration`]. The `Enumeration` is created on the first call
    /// for this schema.
    fn with_enumeration(&self, schema: &'d Schema, values: &[Value], ask: impl FnOnce(&Enumeration) -> bool) -> bool {
        let mut enumerations = self.enumerations.borrow_mut();
        ask(enumerations.entry(std::ptr::from_ref(schema)).or_insert_with(|| Enumeration::new(schema, values)))
    }

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
