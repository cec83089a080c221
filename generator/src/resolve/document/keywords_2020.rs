//! Questions about the keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use indexmap::IndexMap;

use crate::resolve::document::schema::{Keywords2020, Schema, SchemaRef};

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

    /// Returns whether values can violate `propertyNames`, and no other of these keywords.
    pub fn constrain_names_only(&self) -> bool {
        let others = Self { property_names: None, ..self.clone() };
        self.property_names.is_some() && !others.constrain_values()
    }

    /// Returns the subschemas that apply to the same value as the schema.
    pub fn in_place_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let conditional = self.condition.iter().chain(&self.consequence).chain(&self.alternative);
        self.dependent_schemas.values().chain(conditional)
    }

    /// Returns the subschemas that apply to members, names of members or items of a value, or to the JSON text in a string.
    fn inner_subschemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let of_items = self.prefix_items.iter().chain(&self.contains).chain(&self.unevaluated_items);
        let of_members =
            self.pattern_properties.values().chain(&self.property_names).chain(&self.unevaluated_properties);
        of_items.chain(of_members).chain(&self.content_schema)
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
        let of_members = of_members.chain(&mut self.content_schema);
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

    /// Returns whether the keywords of JSON Schema 2020-12 constrain values of both schemas alike. References to components are
    /// compared by name, and JSON Pointers are ignored.
    pub fn has_same_constraints_2020(&self, other: &Self) -> bool {
        match (self.has_constraints_2020(), other.has_constraints_2020()) {
            (false, false) => true,
            (true, true) => self.constraints_2020() == other.constraints_2020(),
            _ => false,
        }
    }

    /// Returns a schema with only the constraints of JSON Schema 2020-12, and without JSON Pointers.
    fn constraints_2020(&self) -> SchemaRef {
        let keywords = self.keywords_2020.as_deref().cloned().map(|keywords| Keywords2020 {
            is_const: false,
            labels: IndexMap::new(),
            examples: Vec::new(),
            content_media_type: None,
            content_schema: None,
            content_encoding: None,
            ..keywords
        });
        let mut constraints =
            SchemaRef::Inline(Box::new(Self { keywords_2020: keywords.map(Box::new), ..Self::default() }));
        constraints.erase_pointers();
        constraints
    }
}
