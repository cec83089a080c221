//! Schemas: one flat view of all keywords.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::pointer::Pointer;

/// A schema in place, or the name of a component.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaRef {
    /// Written where it is used.
    Inline(Box<Schema>),
    /// `$ref: '#/components/schemas/NAME'`; the name exists in [`crate::resolve::document::Document::schemas`].
    Component {
        /// The component's name.
        name: String,
        /// Where the reference stands.
        pointer: Pointer,
    },
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

/// One flat view of a schema's keywords, whatever variant `openapiv3` files it under.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Where it stands.
    pub pointer: Pointer,
    /// Where what it says stands, for a schema that is made of several and stands nowhere itself: the first of them.
    pub made_from: Option<Pointer>,
    /// Where single keywords stand that another schema has brought in, by their names.
    pub origins: BTreeMap<&'static str, Pointer>,
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
    /// `enum`.
    pub values: Option<Vec<Value>>,
    /// `default`.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// An integer beyond 64 bits that an example elsewhere shows for it.
    pub shown: Option<Number>,
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
    /// `properties`, in order.
    pub properties: IndexMap<String, SchemaRef>,
    /// `required`, in order; the names need not be among the properties.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`; empty where absent.
    pub all_of: Vec<SchemaRef>,
    /// `oneOf`; empty where absent.
    pub one_of: Vec<SchemaRef>,
    /// `anyOf`; empty where absent.
    pub any_of: Vec<SchemaRef>,
    /// `not`.
    pub not: Option<SchemaRef>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `x-source`.
    pub source: Option<String>,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Additional {
    /// Absent: any member is allowed and none is described.
    #[default]
    Unsaid,
    /// `true` or `{}`.
    Any,
    /// `false`.
    None,
    /// A schema.
    Schema(SchemaRef),
}

/// `discriminator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`, in order.
    pub mapping: IndexMap<String, String>,
}

impl SchemaRef {
    /// Where it stands.
    pub fn pointer(&self) -> &Pointer {
        match self {
            Self::Inline(schema) => &schema.pointer,
            Self::Component { pointer, .. } => pointer,
        }
    }

    /// Takes the places away, so that two schemas are equal where they say the same.
    pub fn forget_places(&mut self) {
        match self {
            Self::Inline(schema) => {
                schema.pointer = Pointer::root();
                schema.made_from = None;
                schema.origins.clear();
                schema.children_mut().for_each(Self::forget_places);
            }
            Self::Component { pointer, .. } => *pointer = Pointer::root(),
        }
    }
}
