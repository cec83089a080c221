//! Whether two schemas can take one value: where they cannot, a union of them needs no comparing.

use serde_json::Value;

use crate::lower::schema;
use crate::lower::schema::all_of::Components;
use crate::lower::schema::enum_values;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// How far references are followed.
const FAR: usize = 16;

/// Whether no value fits both schemas. A no may be wrong; a yes is not.
pub(crate) fn are_apart(left: &SchemaRef, right: &SchemaRef, components: &Components) -> bool {
    apart(left, right, components, FAR)
}

fn apart(left: &SchemaRef, right: &SchemaRef, components: &Components, far: usize) -> bool {
    let (Some(left), Some(right)) = (resolved(left, components), resolved(right, components)) else { return false };
    if far == 0 {
        return false;
    }
    for (union, other) in [(left, right), (right, left)] {
        let alternatives = if union.one_of.is_empty() { &union.any_of } else { &union.one_of };
        if !alternatives.is_empty()
            && alternatives.iter().all(|alternative| apart_from(alternative, other, components, far))
        {
            return true;
        }
    }
    kinds_differ(left.kind, right.kind)
        || values_differ(left, right)
        || (is_object(left) && is_object(right) && objects_differ(left, right, components, far))
}

fn apart_from(alternative: &SchemaRef, other: &Schema, components: &Components, far: usize) -> bool {
    apart(alternative, &SchemaRef::Inline(Box::new(other.clone())), components, far - 1)
}

/// The schema that a reference leads to, through those that say nothing else.
fn resolved<'c>(schema: &'c SchemaRef, components: &'c Components) -> Option<&'c Schema> {
    let mut schema = schema;
    for _ in 0..FAR {
        let found = match schema {
            SchemaRef::Inline(schema) => schema,
            SchemaRef::Component { name, .. } => components.get(name)?,
        };
        match found.all_of.as_slice() {
            [only] if schema::says_nothing_beside_all_of(found) => schema = only,
            _ => return Some(found),
        }
    }
    None
}

fn kinds_differ(left: Option<SchemaType>, right: Option<SchemaType>) -> bool {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => false,
        (Some(left), Some(right)) => left != right,
        _ => false,
    }
}

fn values_differ(left: &Schema, right: &Schema) -> bool {
    match (&left.enum_values, &right.enum_values) {
        (Some(left), Some(right)) => !left.iter().any(|value| enum_values::has(right, value)),
        (Some(values), None) | (None, Some(values)) => {
            let other = if left.enum_values.is_none() { left } else { right };
            other.kind.is_some_and(|kind| !values.iter().any(|value| is_of(value, kind)))
        }
        (None, None) => false,
    }
}

fn is_of(value: &Value, kind: SchemaType) -> bool {
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

/// Objects are apart where one must have a member that the other cannot have, or not with such a value.
fn objects_differ(left: &Schema, right: &Schema, components: &Components, far: usize) -> bool {
    [(left, right), (right, left)].into_iter().any(|(one, other)| {
        one.required.iter().any(|name| match (one.properties.get(name), other.properties.get(name)) {
            (Some(mine), Some(theirs)) => apart(mine, theirs, components, far - 1),
            (_, None) => matches!(other.additional_properties, AdditionalProperties::Forbidden),
            (None, Some(_)) => false,
        })
    })
}
