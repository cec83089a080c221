//! Prepares the values of an `enum` for validation, so that a long list is searched in constant time.

use std::collections::HashSet;

use serde_json::{Number, Value};

use crate::json::{equality, number};
use crate::resolve::document::Schema;

/// The `enum` of one schema, prepared for validation.
#[derive(Debug)]
pub(super) struct Enumeration {
    /// The `enum` values as canonical JSON text. Equal values, such as `1` and `1.0`, have the same text.
    pub(super) values: HashSet<String>,
    /// Whether all numbers in the `enum` are in the range of the integer format of the schema, such as `int32`. Also true if the
    /// schema has no integer format.
    pub(super) fits_format: bool,
}

impl Enumeration {
    pub(super) fn new(schema: &Schema, values: &[Value]) -> Self {
        let range = schema.format.as_deref().and_then(number::format_range);
        let is_within = |number: &Number| range.is_none_or(|ends| number::compare_to_range(number, ends).is_eq());
        Self {
            values: values.iter().map(equality::canonical_text).collect(),
            fits_format: values.iter().filter_map(Value::as_number).all(is_within),
        }
    }
}
