//! A schema with the document that contains it.

use crate::diff::change::Direction;
use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::wrapper::is_omitted;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// A schema with the document that contains it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub side: ComparedDocument<'a>,
    pub schema: &'a Schema,
}

impl<'a> Part<'a> {
    pub(crate) fn new(side: ComparedDocument<'a>, schema: &'a Schema) -> Self {
        Self { side, schema }
    }

    /// Returns the schema that `reference`, a schema in the same document, refers to. Returns `None` if it does not exist.
    pub(crate) fn resolve(self, reference: &'a SchemaRef) -> Option<Self> {
        Some(Self { side: self.side, schema: self.side.resolve(reference)? })
    }

    pub(crate) fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.schema, other.schema)
    }

    /// Returns the schema of the property `name`; if the schema has no such property, the schema of `additionalProperties`.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        match self.schema.properties.get(name) {
            Some(property) => self.resolve(property),
            None => self.additional(),
        }
    }

    /// Returns the schema of `additionalProperties`.
    pub(crate) fn additional(self) -> Option<Self> {
        match &self.schema.additional_properties {
            AdditionalProperties::Schema(schema) => self.resolve(schema),
            _ => None,
        }
    }

    pub(crate) fn items(self) -> Option<Self> {
        self.schema.items.as_ref().and_then(|items| self.resolve(items))
    }

    pub(crate) fn is_closed(self) -> bool {
        self.schema.additional_properties == AdditionalProperties::Forbidden
    }

    /// Returns whether messages of this direction omit the property `name`: requests omit a `readOnly` property, and responses omit
    /// a `writeOnly` property.
    pub(crate) fn omits(self, name: &str, direction: Direction) -> bool {
        let property = self.schema.properties.get(name).and_then(|property| self.resolve(property));
        property.is_some_and(|property| is_omitted(property.side, property.schema, direction))
    }

    /// Returns whether the schema requires the property `name` in messages of this direction.
    pub(crate) fn requires(self, name: &str, direction: Direction) -> bool {
        self.schema.required.iter().any(|required| required == name) && !self.omits(name, direction)
    }
}
