//! Decides whether two schemas are disjoint, which means that no value matches both. If the alternatives of `oneOf` are disjoint,
//! generated code need not check that only one of them matches.

use std::cell::Cell;
use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::json::equality::canonical_text;
use crate::lower::analysis::predicates::{alternatives, has_only_all_of};
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// The maximum nesting depth of compared schemas, and the maximum length of a chain of references.
const DEPTH: usize = 16;

/// The maximum number of pairs of schemas that are compared for one document. The names in `required` and the values of `enum` count
/// as well. Without the limit, unions of unions could need exponentially many comparisons.
const COMPARISONS: usize = 2_000_000;

/// Decides whether schemas of one document are disjoint, with at most [`COMPARISONS`] comparisons.
#[derive(Debug)]
pub(crate) struct Comparison<'c> {
    components: &'c IndexMap<String, Schema>,
    /// The number of pairs of schemas, names and values that may still be compared.
    remaining: Cell<usize>,
}

impl<'c> Comparison<'c> {
    pub(crate) fn new(components: &'c IndexMap<String, Schema>) -> Self {
        Self { components, remaining: Cell::new(COMPARISONS) }
    }

    /// Returns `true` if no value can match both schemas. Returns `false` if a value can match both, or if this is not known.
    fn are_disjoint(&self, left: &SchemaRef, right: &SchemaRef) -> bool {
        self.are_disjoint_references(left, right, DEPTH)
    }

    /// Returns `true` if no value can match two of the schemas, as far as this is known.
    pub(crate) fn are_all_disjoint(&self, schemas: &[SchemaRef]) -> bool {
        let mut lefts = schemas.iter().enumerate();
        lefts.all(|(index, left)| schemas[index + 1..].iter().all(|right| self.are_disjoint(left, right)))
    }

    fn are_disjoint_references(&self, left: &SchemaRef, right: &SchemaRef, depth: usize) -> bool {
        let (Some(left), Some(right)) = (self.resolved(left), self.resolved(right)) else { return false };
        self.are_disjoint_schemas(left, right, depth)
    }

    fn are_disjoint_schemas(&self, left: &Schema, right: &Schema, depth: usize) -> bool {
        let work = 1 + [left, right].map(|schema| schema.required.len() + values(schema)).iter().sum::<usize>();
        let Some(rest) = self.remaining.get().checked_sub(work).filter(|_| depth > 0) else { return false };
        self.remaining.set(rest);
        for (union, other) in [(left, right), (right, left)] {
            let alternatives = alternatives(union);
            let is_disjoint = |alternative: &SchemaRef| {
                self.resolved(alternative).is_some_and(|schema| self.are_disjoint_schemas(schema, other, depth - 1))
            };
            if !alternatives.is_empty() && alternatives.iter().all(is_disjoint) {
                return true;
            }
        }
        have_disjoint_types(left.kind, right.kind)
            || have_disjoint_enums(left, right)
            || (is_object(left) && is_object(right) && self.are_disjoint_objects(left, right, depth))
    }

    /// Follows references, and wrappers such as `allOf: [A]`, to the schema behind them. Returns `None` if [`DEPTH`] steps are
    /// not enough.
    fn resolved<'s>(&self, schema: &'s SchemaRef) -> Option<&'s Schema>
    where
        'c: 's,
    {
        let mut schema = schema;
        for _ in 0..DEPTH {
            let found = match schema {
                SchemaRef::Inline(schema) => schema,
                SchemaRef::Component { name, .. } => self.components.get(name)?,
            };
            match found.all_of.as_slice() {
                [only] if has_only_all_of(found) => schema = only,
                _ => return Some(found),
            }
        }
        None
    }

    /// Returns whether two object schemas are disjoint because one of them requires a property, and the other one forbids this
    /// property or has a disjoint schema for it.
    fn are_disjoint_objects(&self, left: &Schema, right: &Schema, depth: usize) -> bool {
        [(left, right), (right, left)].into_iter().any(|(one, other)| {
            one.required.iter().any(|name| match (one.properties.get(name), other.properties.get(name)) {
                (Some(left), Some(right)) => self.are_disjoint_references(left, right, depth - 1),
                (_, None) => matches!(other.additional_properties, AdditionalProperties::Forbidden),
                (None, Some(_)) => false,
            })
        })
    }
}

/// Returns the number of values in the `enum` of a schema.
fn values(schema: &Schema) -> usize {
    schema.enum_values.as_ref().map_or(0, Vec::len)
}

fn have_disjoint_types(left: Option<SchemaType>, right: Option<SchemaType>) -> bool {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => false,
        (Some(left), Some(right)) => left != right,
        _ => false,
    }
}

fn have_disjoint_enums(left: &Schema, right: &Schema) -> bool {
    match (&left.enum_values, &right.enum_values) {
        (Some(left), Some(right)) => {
            let right: HashSet<String> = right.iter().map(canonical_text).collect();
            !left.iter().any(|value| right.contains(&canonical_text(value)))
        }
        (Some(values), None) | (None, Some(values)) => {
            let other = if left.enum_values.is_none() { left } else { right };
            other.kind.is_some_and(|kind| !values.iter().any(|value| has_type(value, kind)))
        }
        (None, None) => false,
    }
}

fn has_type(value: &Value, kind: SchemaType) -> bool {
    match kind {
        SchemaType::String => value.is_string(),
        SchemaType::Number | SchemaType::Integer => value.is_number(),
        SchemaType::Boolean => value.is_boolean(),
        SchemaType::Array => value.is_array(),
        SchemaType::Object => value.is_object(),
    }
}

fn is_object(schema: &Schema) -> bool {
    schema.kind == Some(SchemaType::Object)
}
