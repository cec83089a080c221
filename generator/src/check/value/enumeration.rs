//! Validates `enum`. Each list is converted to a set of canonical texts once, so that a long list is searched in constant time.

use std::collections::HashSet;

use serde_json::{Number, Value};

use crate::check::value::describe::describe;
use crate::check::value::validator::Validator;
use crate::check::value::violation::Instance;
use crate::json::{equality, number};
use crate::resolve::document::{Schema, SchemaType};

/// The largest number of `enum` values that a message lists.
const MOST_LISTED: usize = 8;

/// The `enum` of one schema, prepared for validation.
#[derive(Debug)]
pub(super) struct Enumeration {
    /// The canonical texts of the values.
    values: HashSet<String>,
    /// Whether all numbers in the list are in the range of the schema's integer format. Also true if there is no such format.
    fits_format: bool,
}

impl Enumeration {
    fn new(schema: &Schema, values: &[Value]) -> Self {
        let range = schema.format.as_deref().and_then(number::format_range);
        let is_within = |number: &Number| range.is_none_or(|ends| number::compare_to_range(number, ends).is_eq());
        Self {
            values: values.iter().map(equality::canonical_text).collect(),
            fits_format: values.iter().filter_map(Value::as_number).all(is_within),
        }
    }
}

impl<'d> Validator<'d> {
    /// Validates `enum`.
    pub(super) fn validate_enum(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        let Some(values) = &schema.enum_values else { return };
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

    /// Calls `ask` with the prepared `enum` of a schema. `values` are the values of this `enum`.
    fn with_enumeration(&self, schema: &'d Schema, values: &[Value], ask: impl FnOnce(&Enumeration) -> bool) -> bool {
        let mut enumerations = self.enumerations.borrow_mut();
        ask(enumerations.entry(std::ptr::from_ref(schema)).or_insert_with(|| Enumeration::new(schema, values)))
    }
}
