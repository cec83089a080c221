//! Decides whether a schema becomes a struct, an enum or a built-in type.

use serde_json::Value as Json;

use crate::lower::analysis::predicates::{
    are_strings, has_alternatives, has_name_patterns, has_named_integers, has_validation_keywords,
    requires_described_members, requires_undescribed_members, tuple_items,
};
use crate::lower::state::Lowering;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaType};

/// The kind of Rust type that a schema becomes.
pub(crate) enum Shape {
    /// A struct.
    Struct,
    /// An enum of these strings.
    StringEnum(Vec<String>),
    /// A newtype of integers with a constant for each value.
    NamedIntegers,
    /// A struct with an unnamed field for each item of an array.
    Tuple,
    /// An enum with a variant for each alternative.
    Union,
    /// A built-in type, or a newtype around a built-in type.
    Other,
}

impl Lowering<'_> {
    /// Returns the kind of Rust type that a schema becomes.
    pub(crate) fn shape(&self, schema: &Schema) -> Shape {
        if has_alternatives(schema) && !requires_described_members(schema) && !requires_undescribed_members(schema) {
            return Shape::Union;
        }
        match (&schema.enum_values, schema.kind) {
            // A Rust enum of strings validates only that a string is one of its variants. A schema that also needs a schema table
            // therefore does not become an enum.
            (Some(_), _) if self.needs_table(schema) => Shape::Other,
            (Some(values), Some(SchemaType::String)) => Shape::StringEnum(strings(values)),
            (Some(values), None) if are_strings(values) => Shape::StringEnum(strings(values)),
            (Some(_), Some(SchemaType::Integer)) if has_named_integers(schema) => Shape::NamedIntegers,
            (Some(_), Some(_)) => Shape::Other,
            (Some(_), None) if !has_validation_keywords(schema) && schema.properties.is_empty() => Shape::Other,
            (None, Some(SchemaType::Array)) if tuple_items(schema).is_some() => Shape::Tuple,
            (None, Some(SchemaType::Object) | None) if !schema.properties.is_empty() => Shape::Struct,
            (None, Some(SchemaType::Object)) if !schema.required.is_empty() => Shape::Struct,
            (None, Some(SchemaType::Object)) if has_name_patterns(schema) => Shape::Other,
            (None, Some(SchemaType::Object))
                if matches!(schema.additional_properties, AdditionalProperties::Forbidden) =>
            {
                Shape::Struct
            }
            (None, Some(SchemaType::Object)) if self.needs_struct_for_table(schema) => Shape::Struct,
            _ => Shape::Other,
        }
    }
}

fn strings(values: &[Json]) -> Vec<String> {
    values.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}
