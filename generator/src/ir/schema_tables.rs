//! Schema tables: schemas that are stored as tables of their keywords. The runtime reads these tables to validate values. A table
//! is needed if a schema has a keyword that no Rust type can express, such as `not`.

use crate::ir::docs::Docs;
use crate::ir::ids::{PatternId, SchemaTableId};
use crate::ir::rules::{Bound, Format};

/// A schema that is stored as a table of its keywords. The runtime reads the table to validate values.
#[derive(Debug, Clone)]
pub struct SchemaTable {
    /// The name of the constant for the table.
    pub constant: String,
    /// The documentation of the constant.
    pub docs: Docs,
    /// The keywords.
    pub keywords: Vec<Keyword>,
}

/// A value of the keyword `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after its value")]
pub enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

/// A keyword of a schema table.
#[derive(Debug, Clone)]
pub enum Keyword {
    /// `type`, and whether the schema has `nullable: true`.
    Type(JsonType, bool),
    /// `enum`: the values as JSON text.
    Enum(Vec<String>),
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(PatternId),
    /// `minimum`.
    Minimum(Bound),
    /// `maximum`.
    Maximum(Bound),
    /// `multipleOf`, as decimal digits.
    MultipleOf(String),
    /// `format`.
    Format(Format),
    /// `uniqueItems`.
    UniqueItems,
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `items`.
    Items(SchemaTableId),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// A name in `required`.
    Required(String),
    /// The name of a `writeOnly` property in `required`. Requests must contain the property, and responses need not.
    RequiredInRequest(String),
    /// The name of a `readOnly` property in `required`. Responses must contain the property, and requests need not.
    RequiredInResponse(String),
    /// `properties` and `additionalProperties`.
    Properties(Vec<(String, SchemaTableId)>, AdditionalProperties),
    /// `allOf`.
    AllOf(Vec<SchemaTableId>),
    /// `oneOf`.
    OneOf(Vec<SchemaTableId>),
    /// `anyOf`.
    AnyOf(Vec<SchemaTableId>),
    /// `not`.
    Not(SchemaTableId),
    /// Performs no check. Contains the location of the component schema from which the table was created, such as
    /// `#/components/schemas/Pet`. In a table of a component schema, this keyword is the first.
    Component(String),
    /// Performs no check. Marks the validated values as secret, so that violations do not show them.
    Secret,
}

impl Keyword {
    /// Returns the tables that the keyword refers to.
    pub fn referenced_tables(&self) -> Vec<SchemaTableId> {
        match self {
            Self::Items(id) | Self::Not(id) => vec![*id],
            Self::AllOf(ids) | Self::OneOf(ids) | Self::AnyOf(ids) => ids.clone(),
            Self::Properties(properties, additional) => {
                let additional = match additional {
                    AdditionalProperties::Schema(id) => Some(*id),
                    AdditionalProperties::Any | AdditionalProperties::None => None,
                };
                properties.iter().map(|(_, id)| *id).chain(additional).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The value of `additionalProperties` in a schema table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdditionalProperties {
    /// Members that `properties` does not name are allowed.
    Any,
    /// Members that `properties` does not name are not allowed.
    None,
    /// Members that `properties` does not name must match this schema.
    Schema(SchemaTableId),
}
