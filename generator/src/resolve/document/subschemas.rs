//! Iterators over the subschemas of a schema.

use crate::resolve::document::schema::{AdditionalProperties, Schema, SchemaRef};

impl Schema {
    /// Returns the subschemas that apply to the same value as the schema: those of `allOf`, `oneOf`, `anyOf`, `not` and
    /// the conditional keywords of JSON Schema 2020-12, in this order. JSON Schema calls these keywords in-place applicators.
    pub fn in_place_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let of_2020 = self.keywords_2020.iter().flat_map(|keywords| keywords.in_place_subschemas());
        self.all_of.iter().chain(&self.one_of).chain(&self.any_of).chain(&self.not).chain(of_2020)
    }

    /// Returns mutable references to the subschemas that [`Schema::in_place_subschemas`] returns.
    pub fn in_place_subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let of_2020 = self.keywords_2020.iter_mut().flat_map(|keywords| keywords.in_place_subschemas_mut());
        self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not).chain(of_2020)
    }

    /// Returns all direct subschemas: first those of `properties`, `additionalProperties` and `items`, then the [in-place
    /// subschemas](Schema::in_place_subschemas).
    pub fn subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let additional = match &self.additional_properties {
            AdditionalProperties::Schema(schema) => Some(schema),
            AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => None,
        };
        let in_place = self.all_of.iter().chain(&self.one_of).chain(&self.any_of).chain(&self.not);
        let of_2020 = self.keywords_2020.iter().flat_map(|keywords| keywords.subschemas());
        self.properties.values().chain(additional).chain(&self.items).chain(in_place).chain(of_2020)
    }

    /// Returns mutable references to the subschemas that [`Schema::subschemas`] returns.
    pub fn subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let additional = match &mut self.additional_properties {
            AdditionalProperties::Schema(schema) => Some(schema),
            AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => None,
        };
        let in_place = self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not);
        let of_2020 = self.keywords_2020.iter_mut().flat_map(|keywords| keywords.subschemas_mut());
        self.properties.values_mut().chain(additional).chain(&mut self.items).chain(in_place).chain(of_2020)
    }
}
