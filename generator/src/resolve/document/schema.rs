//! Schemas, each with all of its keywords in one struct.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::pointer::Pointer;

/// An inline schema, or a reference to a component.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaRef {
    /// An inline schema.
    Inline(Box<Schema>),
    /// `$ref: '#/components/schemas/NAME'`.
    Component {
        /// The component's name, which is a key of [`Document::schemas`](crate::resolve::document::Document::schemas).
        name: String,
        /// The JSON Pointer of the reference.
        pointer: Pointer,
    },
}

impl SchemaRef {
    /// Returns the JSON Pointer of the inline schema or of the reference.
    pub fn pointer(&self) -> &Pointer {
        match self {
            Self::Inline(schema) => &schema.pointer,
            Self::Component { pointer, .. } => pointer,
        }
    }

    /// Replaces every JSON Pointer in the schema by the empty pointer, so that `==` compares only the keywords.
    pub fn erase_pointers(&mut self) {
        match self {
            Self::Inline(schema) => {
                schema.pointer = Pointer::root();
                schema.derived_from = None;
                schema.keyword_origins.clear();
                schema.subschemas_mut().for_each(Self::erase_pointers);
            }
            Self::Component { pointer, .. } => *pointer = Pointer::root(),
        }
    }
}

/// `type` of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum SchemaType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

impl SchemaType {
    /// Returns the value of `type`, in backticks for messages.
    pub fn quoted(self) -> &'static str {
        match self {
            Self::String => "`string`",
            Self::Number => "`number`",
            Self::Integer => "`integer`",
            Self::Boolean => "`boolean`",
            Self::Array => "`array`",
            Self::Object => "`object`",
        }
    }
}

/// A schema with all of its keywords, whether or not they apply to its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// The JSON Pointer of the Schema Object. If a later stage derives the schema from other schemas, the document has no value
    /// at this pointer.
    pub pointer: Pointer,
    /// The JSON Pointer of the schema from which a later stage derived this schema. If this schema was derived from several
    /// schemas, this is the JSON Pointer of the first one. `None` if this schema is part of the document.
    pub derived_from: Option<Pointer>,
    /// The origins of the keywords that a later stage merged into this schema. Maps each of these keywords to the JSON Pointer of
    /// the schema from which it was taken.
    pub keyword_origins: BTreeMap<&'static str, Pointer>,
    /// `type`.
    pub kind: Option<SchemaType>,
    /// `nullable`.
    pub nullable: bool,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `format`.
    pub format: Option<String>,
    /// Whether no string is validated against `format`.
    pub has_unvalidated_format: bool,
    /// `enum`.
    pub enum_values: Option<Vec<Value>>,
    /// `default`.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// An integer example of this schema that does not fit in an `i64`. It can come from any example in the document that
    /// contains a value of this schema. `None` if no example contains such an integer.
    pub wide_example: Option<Number>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `minLength`, in code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in code points.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: bool,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `items`.
    pub items: Option<SchemaRef>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties` by name, in document order.
    pub properties: IndexMap<String, SchemaRef>,
    /// `required`, in document order. It may have names that are not in `properties`.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional_properties: AdditionalProperties,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`; empty if it is absent.
    pub all_of: Vec<SchemaRef>,
    /// `oneOf`; empty if it is absent.
    pub one_of: Vec<SchemaRef>,
    /// `anyOf`; empty if it is absent.
    pub any_of: Vec<SchemaRef>,
    /// `not`.
    pub not: Option<SchemaRef>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `x-source`: the section of the API's documentation that describes the schema.
    pub source: Option<String>,
    /// The keywords that OpenAPI 3.0 does not have; `None` if there are none.
    pub keywords_2020: Option<Box<Keywords2020>>,
}

impl Schema {
    /// Returns whether the schema has `properties`, and neither `type` nor `enum`. JSON Schema accepts values of other types for
    /// it; published documents mean an object.
    pub fn is_untyped_object(&self) -> bool {
        self.kind.is_none() && self.enum_values.is_none() && !self.properties.is_empty()
    }

    /// Returns `example` and all `examples`, each with its JSON Pointer.
    pub fn examples(&self) -> impl Iterator<Item = (Pointer, &Value)> {
        let listed = self.keywords_2020.as_deref().map(|keywords| keywords.examples.as_slice()).unwrap_or_default();
        // Without `example`, the field `example` has the first of `examples`.
        let own = self.example.as_ref().filter(|example| listed.first() != Some(*example));
        let own = own.map(|example| (self.pointer.join("example"), example));
        let place = |index| self.pointer.join("examples").join(index);
        own.into_iter().chain(listed.iter().enumerate().map(move |(index, example)| (place(index), example)))
    }

    /// Returns the `format` against which strings are validated.
    pub fn validated_format(&self) -> Option<&str> {
        self.format.as_deref().filter(|_| !self.has_unvalidated_format)
    }
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum AdditionalProperties {
    /// `additionalProperties` is absent. Additional members are allowed with any value, as with `true`, but the document does not
    /// ask for them.
    #[default]
    Absent,
    /// `true` or `{}`: additional members are explicitly allowed, with any value.
    Any,
    /// `false`: additional members are not allowed.
    Forbidden,
    /// The schema of all additional members.
    Schema(SchemaRef),
}

/// `discriminator` of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property_name: String,
    /// `mapping` from values of the discriminator property to schema names or references, in document order.
    pub mapping: IndexMap<String, String>,
    /// `defaultMapping`: the schema name or reference for a value that selects no other variant.
    pub default_mapping: Option<String>,
}

impl Discriminator {
    /// Returns the name of the component in a value of `mapping` that is a reference, such as `#/components/schemas/Cat`; `None` for
    /// a plain name.
    pub(crate) fn referenced_name(target: &str) -> Option<String> {
        let fragment = target.rsplit('#').next().unwrap_or(target);
        Pointer::parse(fragment).and_then(|pointer| pointer.last())
    }
}

/// The keywords of a schema that JSON Schema 2020-12 defines, and OpenAPI 3.0 does not. Keywords with a counterpart in OpenAPI 3.0,
/// such as a list of types with null, are fields of [`Schema`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keywords2020 {
    /// Whether `enum_values` of the schema is the value of `const`.
    pub is_const: bool,
    /// The values of an enumeration that is written as `oneOf` or `anyOf` of `const`, with the annotations of each value. The key
    /// is the string, or the digits of an integer.
    pub labels: IndexMap<String, ValueLabel>,
    /// `examples`.
    pub examples: Vec<Value>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`, beside a `contentMediaType` for JSON.
    pub content_schema: Option<SchemaRef>,
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
    /// `deprecated`.
    pub deprecated: bool,
}
