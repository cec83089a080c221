//! The keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use indexmap::IndexMap;
use serde_json::Value;

use crate::resolve::document::schema::{Schema, SchemaRef};

/// The keywords of a schema that JSON Schema 2020-12 defines, and OpenAPI 3.0 does not. Keywords with a counterpart in OpenAPI 3.0,
/// such as a list of types with null, are fields of [`Schema`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keywords2020 {
    /// Whether `enum_values` of the schema is the value of `const`.
    pub is_const: bool,
    /// The values of an enumeration that is written as `oneOf` or `anyOf` of `const`, with the annotations of each value.
    pub labels: IndexMap<String, ValueLabel>,
    /// `examples`.
    pub examples: Vec<Value>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `prefixItems`; empty if it is absent.
    pub prefix_items: Vec<SchemaRef>,
    /// `contains`.
    pub contains: Option<SchemaRef>,
    /// `minContains`.
    pub min_contains: Option<u64>,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `patternProperties` by pattern, in document order.
    pub pattern_properties: IndexMap<String, SchemaRef>,
    /// `propertyNames`.
    pub property_names: Option<SchemaRef>,
    /// `dependentRequired` by the name of the property that causes the requirement.
    pub dependent_required: IndexMap<String, Vec<String>>,
    /// `dependentSchemas` by the name of the property that causes the requirement.
    pub dependent_schemas: IndexMap<String, SchemaRef>,
    /// `if`. It is `None` if there is neither `then` nor `else`, because it has no effect then.
    pub condition: Option<SchemaRef>,
    /// `then`.
    pub consequence: Option<SchemaRef>,
    /// `else`.
    pub alternative: Option<SchemaRef>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<SchemaRef>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<SchemaRef>,
}

/// The annotations of a value of an enumeration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueLabel {
    /// `title`: the name of the value.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
}

impl Keywords2020 {
    /// Returns whether values can violate one of these keywords.
    pub fn constrain_values(&self) -> bool {
        !self.prefix_items.is_empty()
            || self.contains.is_some()
            || !self.pattern_properties.is_empty()
            || self.property_names.is_some()
            || !self.dependent_required.is_empty()
            || !self.dependent_schemas.is_empty()
            || self.condition.is_some()
            || self.unevaluated_properties.is_some()
            || self.unevaluated_items.is_some()
    }

    /// Returns the subschemas that apply to the same value as the schema.
    pub fn in_place_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let conditional = self.condition.iter().chain(&self.consequence).chain(&self.alternative);
        self.dependent_schemas.values().chain(conditional)
    }

    /// Returns the subschemas that apply to members, names of members or items of a value.
    fn inner_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let of_items = self.prefix_items.iter().chain(&self.contains).chain(&self.unevaluated_items);
        let of_members =
            self.pattern_properties.values().chain(&self.property_names).chain(&self.unevaluated_properties);
        of_items.chain(of_members)
    }

    /// Returns all direct subschemas.
    pub fn subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        self.inner_subschemas().chain(self.in_place_subschemas())
    }

    /// Returns mutable references to the subschemas that [`Keywords2020::in_place_subschemas`] returns.
    pub fn in_place_subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let conditional = self.condition.iter_mut().chain(&mut self.consequence).chain(&mut self.alternative);
        self.dependent_schemas.values_mut().chain(conditional)
    }

    /// Returns mutable references to the subschemas that [`Keywords2020::subschemas`] returns.
    pub fn subschemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let of_items = self.prefix_items.iter_mut().chain(&mut self.contains).chain(&mut self.unevaluated_items);
        let of_names = self.property_names.iter_mut().chain(&mut self.unevaluated_properties);
        let of_members = self.pattern_properties.values_mut().chain(of_names);
        let conditional = self.condition.iter_mut().chain(&mut self.consequence).chain(&mut self.alternative);
        of_items.chain(of_members).chain(self.dependent_schemas.values_mut()).chain(conditional)
    }
}

impl Schema {
    /// Returns the keywords of JSON Schema 2020-12, which are created if the schema has none.
    pub fn keywords_2020_mut(&mut self) -> &mut Keywords2020 {
        self.keywords_2020.get_or_insert_default()
    }

    /// Returns whether values can violate a keyword of JSON Schema 2020-12 that OpenAPI 3.0 does not have.
    pub fn has_constraints_2020(&self) -> bool {
        self.keywords_2020.as_ref().is_some_and(|keywords| keywords.constrain_values())
    }
}
