//! Iterators over the subschemas of a schema.

use crate::resolve::document::schema::{AdditionalProperties, Schema, SchemaRef};

impl Schema {
    /// Returns the subschemas that apply to the same value as the schema: those of `allOf`, `oneOf`, `anyOf` and `not`, in this
    /// order. JSON Schema calls these keywords in-place applicators.
    pub fn in_place_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        self.all_of.iter().chain(&self.one_of).chain(&self.any_of).chain(&self.not)
    }

    /// Returns mutable references to the subschemas that [`Schema::in_place_subschemas`] returns.
    pub fn in_place_subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not)
    }

    /// Returns all direct subschemas: first those of `properties`, `additionalProperties` and `items`, then the [in-place
    /// subschemas](Schema::in_place_subschemas).
    pub fn subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let additional = match &self.additional_properties {
            AdditionalProperties::Schema(schema) => Some(schema),
            AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => None,
        };
        self.properties.values().chain(additional).chain(&self.items).chain(self.in_place_subschemas())
    }

    /// Returns mutable references to the subschemas that [`Schema::subschemas`] returns.
    pub fn subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let additional = match &mut self.additional_properties {
            AdditionalProperties::Schema(schema) => Some(schema),
            AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => None,
        };
        let in_place = self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not);
        self.properties.values_mut().chain(additional).chain(&mut self.items).chain(in_place)
    }
}
