//! `enum`, and the keywords of strings and numbers.

use std::cmp::Ordering;

use copperplate_runtime::runtime::validation::format;
use serde_json::{Number, Value};

use crate::check::value::{Subject, Validator, describe, equality, number};
use crate::resolve::document::{Schema, SchemaType};

/// `enum`.
pub(super) fn judge_enum(schema: &Schema, subject: &mut Subject<'_>) {
    let Some(values) = &schema.enum_values else { return };
    if !values.iter().any(|value| equality::is_equal(value, subject.value)) {
        let listed: Vec<_> = values.iter().take(8).map(Value::to_string).collect();
        let more = if values.len() > listed.len() { ", …" } else { "" };
        let message = format!("is {}, which is none of {}{more}", describe(subject.value), listed.join(", "));
        subject.violates("enum", message);
    }
}

impl<'d> Validator<'d> {
    /// The keywords of strings.
    pub(super) fn judge_text(&self, schema: &'d Schema, text: &str, subject: &mut Subject<'_>) {
        if schema.min_length.is_some() || schema.max_length.is_some() {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            judge_size(
                length,
                (schema.min_length, "minLength"),
                (schema.max_length, "maxLength"),
                "characters",
                subject,
            );
        }
        if let Some(pattern) = &schema.pattern
            && !self.matches(pattern, text)
        {
            subject.violates("pattern", format!("is {}, which does not match `{pattern}`", describe(subject.value)));
        }
        judge_format(schema, text, subject);
    }
}

/// `format`, as the generated validators judge it.
fn judge_format(schema: &Schema, text: &str, subject: &mut Subject<'_>) {
    if let Some(name) = &schema.format
        && let Some(decides) = format::deciding(name)
        && !decides(text)
    {
        subject.violates("format", format!("is {}, which is not of the format `{name}`", describe(subject.value)));
    }
}

/// The keywords of numbers.
pub(super) fn judge_number(schema: &Schema, given: &Number, subject: &mut Subject<'_>) {
    if let Some(bound) = &schema.minimum {
        judge_bound(given, bound, Ordering::Less, schema.exclusive_minimum, subject);
    }
    if let Some(bound) = &schema.maximum {
        judge_bound(given, bound, Ordering::Greater, schema.exclusive_maximum, subject);
    }
    if let Some(step) = &schema.multiple_of
        && !number::is_multiple(given, step)
    {
        subject.violates("multipleOf", format!("is {given}, which is no multiple of {step}"));
    }
    if let Some(format) = schema.format.as_deref().filter(|format| !is_held(schema, format, given)) {
        subject.violates("format", format!("is {given}, which is not of the format `{format}`"));
    }
}

/// Whether the type that the format of an integer asks for holds a number. Where other keywords ask for a wider one, it is that.
fn is_held(schema: &Schema, format: &str, given: &Number) -> bool {
    let Some(ends) = number::format_range(format) else { return true };
    let is_within = |number: &Number| number::compare_to_range(number, ends).is_eq();
    let listed = schema.enum_values.iter().flatten().filter_map(Value::as_number);
    let mut asked_for = schema.minimum.iter().chain(&schema.maximum).chain(listed);
    schema.kind != Some(SchemaType::Integer) || is_within(given) || (format != "int64" && !asked_for.all(is_within))
}

/// Reports `given` where it lies on the `wrong` side of `bound`, or on it though it is excluded.
fn judge_bound(given: &Number, bound: &Number, wrong: Ordering, excluded: bool, subject: &mut Subject<'_>) {
    let (keyword, side) = match wrong {
        Ordering::Less => ("minimum", "less"),
        _ => ("maximum", "more"),
    };
    let order = number::compare(given, bound);
    if order == wrong {
        subject.violates(keyword, format!("is {given}, {side} than the {keyword} {bound}"));
    } else if excluded && order == Ordering::Equal {
        subject.violates(keyword, format!("is {given}, which is excluded as the {keyword}"));
    }
}

/// Reports `size` where it is outside of its bounds.
pub(super) fn judge_size(
    size: u64,
    least: (Option<u64>, &'static str),
    most: (Option<u64>, &'static str),
    unit: &str,
    subject: &mut Subject<'_>,
) {
    if let (Some(bound), keyword) = least
        && size < bound
    {
        subject.violates(keyword, format!("has {size} {unit}, fewer than {bound}"));
    }
    if let (Some(bound), keyword) = most
        && size > bound
    {
        subject.violates(keyword, format!("has {size} {unit}, more than {bound}"));
    }
}
