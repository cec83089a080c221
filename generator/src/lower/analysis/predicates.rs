//! Predicates on the keywords of a schema.

use serde_json::Value as Json;

use crate::lower::analysis::formats;
use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema, SchemaRef, SchemaType};

/// Returns whether values of the schema are secrets: `writeOnly`, or `format: password`.
pub(crate) fn is_secret(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("password") || schema.write_only
}

/// A response header is sensitive if its name contains one of these words. Such a header can carry a credential or a cookie. The
/// runtime has the same list.
const SENSITIVE_WORDS: &[&str] =
    &["auth", "cookie", "credential", "key", "password", "secret", "session", "signature", "token"];

/// Returns whether a response header of this name can carry a credential or a cookie.
pub(crate) fn is_sensitive_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SENSITIVE_WORDS.iter().any(|word| name.contains(word))
}

/// Returns whether a schema is the boolean schema `false`, which accepts no value. It is read as `not: {}`.
pub(crate) fn is_no_value(schema: &SchemaRef) -> bool {
    let SchemaRef::Inline(schema) = schema else { return false };
    let accepts_all = |not: &SchemaRef| match not {
        SchemaRef::Inline(not) => has_only_all_of(not) && not.all_of.is_empty() && not.kind.is_none(),
        SchemaRef::Component { .. } => false,
    };
    schema.not.as_ref().is_some_and(accepts_all)
}

/// Returns whether the schema is an enumeration of integers, at least one of which has a title.
pub(crate) fn has_named_integers(schema: &Schema) -> bool {
    let labels = schema.keywords_2020.as_ref().map(|keywords| &keywords.labels);
    schema.kind == Some(SchemaType::Integer)
        && labels.is_some_and(|labels| labels.values().any(|label| label.title.is_some()))
}

/// Returns whether the schema has `patternProperties`.
pub(crate) fn has_name_patterns(schema: &Schema) -> bool {
    schema.keywords_2020.as_ref().is_some_and(|keywords| !keywords.pattern_properties.is_empty())
}

/// Returns the schemas of the items if the schema describes arrays of a fixed length, with a schema for each position. A tuple
/// expresses these keywords completely.
pub(crate) fn tuple_items(schema: &Schema) -> Option<&[SchemaRef]> {
    let keywords = schema.keywords_2020.as_deref().filter(|keywords| !keywords.prefix_items.is_empty())?;
    let count = keywords.prefix_items.len() as u64;
    let has_fixed_length = schema.min_items == Some(count)
        && (schema.max_items == Some(count)
            || schema.max_items.is_none() && schema.items.as_ref().is_some_and(is_no_value));
    let rest = Keywords2020 { prefix_items: Vec::new(), ..keywords.clone() };
    let is_complete = !rest.constrain_values()
        && !schema.unique_items
        && schema.enum_values.is_none()
        && schema.in_place_subschemas().next().is_none();
    let is_array = schema.kind == Some(SchemaType::Array);
    (is_array && has_fixed_length && is_complete && count <= MAX_TUPLE).then_some(&keywords.prefix_items)
}

/// The largest number of items in a tuple.
const MAX_TUPLE: u64 = 12;

/// Returns whether the schema has `prefixItems`.
pub(crate) fn has_prefix_items(schema: &Schema) -> bool {
    schema.keywords_2020.as_ref().is_some_and(|keywords| !keywords.prefix_items.is_empty())
}

/// Returns whether all members of an object must match the only pattern in `patternProperties`, so that they have one type.
pub(crate) fn is_pattern_map(schema: &Schema) -> bool {
    let has_one = schema.keywords_2020.as_ref().is_some_and(|keywords| keywords.pattern_properties.len() == 1);
    has_one && schema.properties.is_empty() && matches!(schema.additional_properties, AdditionalProperties::Forbidden)
}

/// Returns whether the schema has `oneOf` or `anyOf`.
pub(crate) fn has_alternatives(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

/// Returns the alternatives of `oneOf`, or of `anyOf` if there is no `oneOf`.
pub(crate) fn alternatives(schema: &Schema) -> &Vec<SchemaRef> {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}

/// Returns the schema without `oneOf` and `anyOf`.
pub(crate) fn without_alternatives(schema: &Schema) -> Schema {
    Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() }
}

/// Returns whether the schema constrains values only by `type`, `nullable` and `allOf`.
pub(crate) fn has_only_all_of(schema: &Schema) -> bool {
    is_unconstrained(schema) && !has_alternatives(schema)
}

/// Returns whether the schema constrains values only by `type`, `nullable`, `allOf`, `oneOf` and `anyOf`.
pub(crate) fn is_unconstrained(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.enum_values.is_none()
        && schema.not.is_none()
        && !schema.unique_items
        && schema.multiple_of.is_none()
        && matches!(schema.additional_properties, AdditionalProperties::Absent)
        && !schema.validated_format().is_some_and(formats::constrains_values)
        && !has_validation_keywords(schema)
        && !schema.has_constraints_2020()
}

/// Returns whether the schema has `pattern`, `items`, `required`, or a limit on a number, on the length of a string, or on the
/// number of items or members.
pub(crate) fn has_validation_keywords(schema: &Schema) -> bool {
    schema.min_length.is_some()
        || schema.max_length.is_some()
        || schema.pattern.is_some()
        || schema.minimum.is_some()
        || schema.maximum.is_some()
        || schema.min_items.is_some()
        || schema.max_items.is_some()
        || schema.items.is_some()
        || schema.min_properties.is_some()
        || schema.max_properties.is_some()
        || !schema.required.is_empty()
}

/// Returns whether `enum` may list objects, arrays, or values of more than one JSON type. No scalar Rust type represents such
/// values.
pub(crate) fn is_mixed_enum(schema: &Schema) -> bool {
    schema.enum_values.is_some() && matches!(schema.kind, None | Some(SchemaType::Array | SchemaType::Object))
}

/// Returns whether all values are strings or null, and at least one value is a string.
pub(crate) fn are_strings(values: &[Json]) -> bool {
    values.iter().any(Json::is_string) && values.iter().all(|value| value.is_string() || value.is_null())
}

/// Returns whether each alternative of `oneOf` or `anyOf` contains only `required`, and the schema itself has `properties`.
/// Such a schema becomes a struct with a validation rule, not a union.
pub(crate) fn requires_described_members(schema: &Schema) -> bool {
    !schema.properties.is_empty() && has_only_required_alternatives(schema)
}

/// Returns whether each alternative of `oneOf` or `anyOf` contains only `required`, and the schema has no `properties`.
pub(crate) fn requires_undescribed_members(schema: &Schema) -> bool {
    schema.properties.is_empty() && has_only_required_alternatives(schema)
}

fn has_only_required_alternatives(schema: &Schema) -> bool {
    let alternatives = alternatives(schema);
    !alternatives.is_empty() && alternatives.iter().all(has_only_required)
}

/// Returns whether an inline schema constrains values only by `required` and `type: object`.
pub(crate) fn has_only_required(schema: &SchemaRef) -> bool {
    let SchemaRef::Inline(schema) = schema else { return false };
    let others = Schema { required: Vec::new(), ..(**schema).clone() };
    let is_object = matches!(schema.kind, None | Some(SchemaType::Object));
    !schema.required.is_empty() && is_object && has_only_all_of(&others) && others.all_of.is_empty()
}
