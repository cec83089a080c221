//! Contexts with a finite number of values: those of an `enum`, and booleans.

use std::collections::HashSet;

use serde_json::Value;

use crate::diff::schema::inclusion::context::{Context, unions_of};
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::Prover;
use crate::diff::schema::inclusion::types::Types;

static BOOLEANS: [Value; 2] = [Value::Bool(false), Value::Bool(true)];

impl<'a> Prover<'_, 'a> {
    /// Returns all values that have this context, if their number is finite. Null is left out. Returns `None` if there may be
    /// other values, or if the validator of the generator is not exact for one of the values.
    pub(super) fn listed_values(&mut self, context: &Context<'a>) -> Option<Vec<&'a Value>> {
        let lists = context.parts.iter().filter_map(|part| part.schema.enum_values.as_deref());
        let shortest = lists.min_by_key(|values| values.len());
        let values: &'a [Value] = match shortest {
            Some(values) => values,
            None if Types::of(context).is_within(Types::BOOLEAN) => &BOOLEANS,
            None => return None,
        };
        let is_exact = |value: &Value| match value {
            Value::Array(_) | Value::Object(_) => !self.known.has_discriminators && !contains_null(value),
            _ => true,
        };
        let mut parts = context.parts.iter().chain(&context.excluded);
        if !values.iter().all(is_exact) || parts.any(|part| self.counts_variants(*part)) {
            return None;
        }
        self.take_steps(values.len() / 8);
        let values = values.iter().filter(|value| !value.is_null());
        let remain = values.filter(|value| {
            context.parts.iter().all(|part| self.accepts(*part, value))
                && !context.excluded.iter().any(|part| self.accepts(*part, value))
        });
        Some(remain.collect())
    }

    /// Returns whether the validator of the generator reads a schema in another way than this proof: it always counts the variants
    /// of `oneOf` that match a string, a number or a boolean, even if the union has a discriminator.
    pub(super) fn counts_variants(&self, part: Part<'a>) -> bool {
        if !self.selects {
            return false;
        }
        let (mut pending, mut seen) = (vec![part], HashSet::new());
        while let Some(part) = pending.pop() {
            if !seen.insert(std::ptr::from_ref(part.schema)) {
                continue;
            }
            if unions_of(part).any(|union| union.is_exclusive && union.discriminator().is_some()) {
                return true;
            }
            let schema = part.schema;
            let inner = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).chain(&schema.not);
            pending.extend(inner.filter_map(|inner| part.resolve(inner)));
        }
        false
    }

    /// Returns whether a value that [`Prover::listed_values`] returned matches a schema. [`Prover::counts_variants`] must be false.
    pub(super) fn accepts(&self, part: Part<'a>, value: &Value) -> bool {
        self.validator(part).violations_of(part.schema, value).is_empty()
    }
}

fn contains_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(contains_null),
        Value::Object(members) => members.values().any(contains_null),
        _ => false,
    }
}
