// copperplate runtime: copied unchanged into every generated crate.
//! The types of the tables. A schema is a list of keywords.

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::violation::Direction;

/// A schema, as a list of keywords. A value is valid if it satisfies all of them.
#[derive(Debug)]
pub struct Schema(pub &'static [Keyword]);

/// A JSON type: the value of the keyword `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `string`.
    String,
    /// `number`.
    Number,
    /// `integer`: a number without a fraction.
    Integer,
    /// `boolean`.
    Boolean,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl JsonType {
    /// Returns the type as OpenAPI writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The limit that a keyword such as `minimum` sets.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// A limit that is an integer.
    Integer(i128),
    /// Any other limit. It has a fraction, or does not fit in an `i128`.
    Double(f64),
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(limit) => limit.fmt(f),
            Self::Double(limit) => limit.fmt(f),
        }
    }
}

/// A keyword. As in JSON Schema, a keyword about one type ignores values of other types.
#[derive(Clone, Copy)]
pub enum Keyword {
    /// `type`.
    Type(JsonType),
    /// `type` with `nullable`.
    TypeOrNull(JsonType),
    /// `enum`, with the values as JSON texts.
    Enum(&'static [&'static str]),
    /// `minLength`.
    MinLength(usize),
    /// `maxLength`.
    MaxLength(usize),
    /// `pattern`.
    Pattern(&'static (dyn Matcher + Sync)),
    /// `minimum`.
    Minimum(Limit),
    /// `minimum` with `exclusiveMinimum`.
    ExclusiveMinimum(Limit),
    /// `maximum`.
    Maximum(Limit),
    /// `maximum` with `exclusiveMaximum`.
    ExclusiveMaximum(Limit),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `format`, as the method that checks it.
    Format(for<'a, 'v> fn(ValidationContext<'a>, &'v str) -> ValidationContext<'a>),
    /// `uniqueItems`.
    UniqueItems,
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `items`.
    Items(&'static Schema),
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// One name in `required`.
    Required(&'static str),
    /// One name in `required`, if the property is `readOnly` or `writeOnly`. It is required in this direction only.
    RequiredIn(Direction, &'static str),
    /// `properties` and `additionalProperties`.
    Properties(&'static [(&'static str, &'static Schema)], AdditionalProperties),
    /// `allOf`.
    AllOf(&'static [&'static Schema]),
    /// `oneOf`.
    OneOf(&'static [&'static Schema]),
    /// `anyOf`.
    AnyOf(&'static [&'static Schema]),
    /// `not`.
    Not(&'static Schema),
    /// The pointer of the schema, if the schema is a component. It precedes all other keywords.
    Component(&'static str),
    /// Marks the value as a secret, which no violation shows. It precedes the keywords that could show the value.
    Secret,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Copy)]
pub enum AdditionalProperties {
    /// `true`.
    Any,
    /// `false`.
    None,
    /// A schema.
    Schema(&'static Schema),
}

impl std::fmt::Debug for Keyword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A schema may contain itself, so the content of a keyword is not printed.
        f.write_str("Keyword")
    }
}
