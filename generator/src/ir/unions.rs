//! Unions: types that hold one of several alternatives, and schemas as tables for what no type can say.

use crate::ir::{Bound, Docs, Format, PatternId, SchemaId, Value};

/// A type that holds one of several alternatives; a value that none of them can hold is kept as it came.
#[derive(Debug, Clone)]
pub struct Union {
    /// `oneOf` or `anyOf`.
    pub keyword: UnionKeyword,
    /// The discriminator, given or found.
    pub tag: Option<Tag>,
    /// Whether two alternatives of a `oneOf` could take one value, so that a value has to be held against all of them.
    pub overlapping: bool,
    /// The alternatives, in document order.
    pub alternatives: Vec<Alternative>,
}

/// The keyword of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnionKeyword {
    /// `oneOf`: the value fits exactly one alternative.
    OneOf,
    /// `anyOf`: the value fits one alternative at least.
    AnyOf,
}

impl UnionKeyword {
    /// The keyword as documents write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
        }
    }
}

/// The member that names the alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name on the wire.
    pub property: String,
    /// Whether every alternative has values of its own, so that any other value is wrong.
    pub closed: bool,
}

/// One alternative of a union.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The variant.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// What it holds.
    pub value: Value,
    /// The values of the discriminator that name it.
    pub tags: Vec<String>,
    /// Whether its own schema describes the discriminator; if not, it is written beside what the schema describes.
    pub describes_tag: bool,
}

/// A rule for an object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectRule {
    /// `oneOf` or `anyOf` over alternatives that only require members: for each the indices of the fields.
    Requires(UnionKeyword, Vec<Vec<usize>>),
    /// What no type can say.
    Schema(SchemaId),
}

/// A schema as a table of keywords.
#[derive(Debug, Clone)]
pub struct SchemaTable {
    /// The constant that holds it.
    pub constant: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The keywords.
    pub keywords: Vec<Keyword>,
}

/// `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the document's own")]
pub enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

/// A keyword of a table.
#[derive(Debug, Clone)]
pub enum Keyword {
    /// `type`, and whether `nullable` stands beside it.
    Type(JsonType, bool),
    /// `enum`: the values as JSON texts.
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
    /// `multipleOf`, as the document writes it.
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
    Items(SchemaId),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// A name of `required`.
    Required(String),
    /// A name of `required` that binds requests only.
    RequiredInRequest(String),
    /// A name of `required` that binds responses only.
    RequiredInResponse(String),
    /// `properties` and `additionalProperties`.
    Properties(Vec<(String, SchemaId)>, Additional),
    /// `allOf`.
    AllOf(Vec<SchemaId>),
    /// `oneOf`.
    OneOf(Vec<SchemaId>),
    /// `anyOf`.
    AnyOf(Vec<SchemaId>),
    /// `not`.
    Not(SchemaId),
    /// Where the schema of a component stands; the first keyword of its table.
    Component(String),
    /// The value is a secret.
    Secret,
}

impl Keyword {
    /// The tables that the keyword refers to.
    pub fn tables(&self) -> Vec<SchemaId> {
        match self {
            Self::Items(id) | Self::Not(id) => vec![*id],
            Self::AllOf(ids) | Self::OneOf(ids) | Self::AnyOf(ids) => ids.clone(),
            Self::Properties(properties, additional) => {
                let rest = match additional {
                    Additional::Schema(id) => Some(*id),
                    Additional::Any | Additional::None => None,
                };
                properties.iter().map(|(_, id)| *id).chain(rest).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// `additionalProperties` of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additional {
    /// Any member is allowed.
    Any,
    /// None is.
    None,
    /// Those that this schema takes.
    Schema(SchemaId),
}
