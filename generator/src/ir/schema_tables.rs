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
    /// A keyword that OpenAPI 3.0 does not have.
    Newer(Keyword2020),
    /// Performs no check. Contains the location of the component schema from which the table was created, such as
    /// `#/components/schemas/Pet`. In a table of a component schema, this keyword is the first.
    Component(String),
    /// Performs no check. Marks the validated values as secret, so that violations do not show them.
    Secret,
}

impl Keyword {
    /// Returns the patterns of the names of members, which `patternProperties` lists.
    pub fn patterns_of_names(&self) -> Vec<PatternId> {
        match self {
            Self::Newer(Keyword2020::Members { patterns, .. }) => patterns.iter().map(|(_, id, _)| *id).collect(),
            _ => Vec::new(),
        }
    }

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
            Self::Newer(keyword) => keyword.referenced_tables(),
            _ => Vec::new(),
        }
    }
}

/// A keyword of JSON Schema 2020-12 that OpenAPI 3.0 does not have.
#[derive(Debug, Clone)]
pub enum Keyword2020 {
    /// `patternProperties` and `additionalProperties`, with the names in `properties`.
    Members {
        /// The names in `properties`.
        properties: Vec<String>,
        /// `patternProperties`: the pattern as written, its constant, and the schema. There is no schema if the Rust type of the
        /// members expresses it.
        patterns: Vec<(String, PatternId, Option<SchemaTableId>)>,
        /// `additionalProperties`.
        additional: AdditionalProperties,
    },
    /// `prefixItems`, and `items` for the rest.
    PrefixItems(Vec<SchemaTableId>, Option<SchemaTableId>),
    /// `contains`, `minContains` and `maxContains`.
    Contains(SchemaTableId, u64, Option<u64>),
    /// `propertyNames`.
    PropertyNames(SchemaTableId),
    /// A member of `dependentRequired`.
    DependentRequired(String, Vec<String>),
    /// A member of `dependentSchemas`.
    DependentSchema(String, SchemaTableId),
    /// `if`, `then` and `else`.
    Conditional(SchemaTableId, Option<SchemaTableId>, Option<SchemaTableId>),
    /// `unevaluatedProperties`: the table of all keywords of the schema, and the schema of the members that they do not evaluate.
    UnevaluatedProperties(SchemaTableId, SchemaTableId),
    /// `unevaluatedItems`, in the same form as `unevaluatedProperties`.
    UnevaluatedItems(SchemaTableId, SchemaTableId),
}

impl Keyword2020 {
    fn referenced_tables(&self) -> Vec<SchemaTableId> {
        match self {
            Self::Members { patterns, additional, .. } => {
                let additional = match additional {
                    AdditionalProperties::Schema(id) => Some(*id),
                    AdditionalProperties::Any | AdditionalProperties::None => None,
                };
                patterns.iter().filter_map(|(_, _, id)| *id).chain(additional).collect()
            }
            Self::PrefixItems(ids, rest) => ids.iter().copied().chain(*rest).collect(),
            Self::Contains(id, ..) | Self::PropertyNames(id) | Self::DependentSchema(_, id) => vec![*id],
            Self::DependentRequired(..) => Vec::new(),
            Self::Conditional(condition, consequence, alternative) => {
                [Some(*condition), *consequence, *alternative].into_iter().flatten().collect()
            }
            Self::UnevaluatedProperties(whole, id) | Self::UnevaluatedItems(whole, id) => vec![*whole, *id],
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
