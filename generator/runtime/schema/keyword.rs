// copperplate runtime: copied into each generated crate that uses it.
//! The type `Schema`, which is a table of keywords, and the types of the keywords.

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::violation::Direction;

/// A schema: a table of keywords. A value is valid if it satisfies every keyword.
#[derive(Debug)]
pub struct Schema(pub &'static [Keyword]);

/// A JSON type, as in the keyword `type`.
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
    /// Returns the name of the type in OpenAPI, such as `string`.
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

/// The number in a keyword such as `minimum`.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// An integer.
    Integer(i128),
    /// A number that has a fraction, or does not fit in an `i128`.
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

/// A keyword of a schema. A keyword for one JSON type ignores values of all other types: `minLength` ignores numbers.
#[derive(Clone, Copy)]
pub enum Keyword {
    /// `type`.
    Type(JsonType),
    /// `type` with `nullable: true`.
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
    /// `minimum` with `exclusiveMinimum: true`.
    ExclusiveMinimum(Limit),
    /// `maximum`.
    Maximum(Limit),
    /// `maximum` with `exclusiveMaximum: true`.
    ExclusiveMaximum(Limit),
    /// `multipleOf`, as a decimal number such as `0.01`.
    MultipleOf(&'static str),
    /// `format`, as the Rust function that checks the format.
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
    /// One name in `required`, for a property that is `readOnly` or `writeOnly`. The property is required only in this
    /// direction.
    RequiredIn(Direction, &'static str),
    /// `properties`, sorted by name, and `additionalProperties`.
    Properties(&'static [(&'static str, &'static Schema)], AdditionalProperties),
    /// `allOf`.
    AllOf(&'static [&'static Schema]),
    /// `oneOf`.
    OneOf(&'static [&'static Schema]),
    /// `anyOf`.
    AnyOf(&'static [&'static Schema]),
    /// `not`.
    Not(&'static Schema),
    // part: schema_2020
    /// A keyword that OpenAPI 3.0 does not have.
    Newer(Keyword2020),
    // end of part
    /// The JSON Pointer of the component schema that contains the keywords after this one, such as
    /// `#/components/schemas/Pet`. Violations of those keywords refer to this schema. Checks nothing.
    Component(&'static str),
    /// Marks the value as a secret, so that no violation shows the value. Only the keywords after this one are
    /// affected.
    Secret,
}

// part: schema_2020
/// A schema together with its JSON Pointer, which starts at the schema that contains it: `/prefixItems/0`.
pub type Subschema = (&'static str, &'static Schema);

/// A pattern for names of members, and the schema of these members.
pub type NamePattern = (&'static (dyn Matcher + Sync), Option<Subschema>);

/// A keyword of JSON Schema 2020-12 that OpenAPI 3.0 does not have. A keyword for one JSON type ignores values of all
/// other types.
#[derive(Clone, Copy)]
pub enum Keyword2020 {
    /// `patternProperties` and `additionalProperties`, together with the names in `properties`.
    Members {
        /// The names in `properties`, sorted. Another keyword checks the values of these members.
        properties: &'static [&'static str],
        /// `patternProperties`. A pattern has no schema if the Rust type of the members already expresses it.
        patterns: &'static [NamePattern],
        /// `additionalProperties`.
        additional: AdditionalProperties,
    },
    /// `prefixItems`, and `items` for the items after them.
    PrefixItems(&'static [Subschema], Option<&'static Schema>),
    /// `contains`, `minContains` and `maxContains`.
    Contains(&'static Schema, usize, usize),
    /// `propertyNames`.
    PropertyNames(&'static Schema),
    /// One member of `dependentRequired`: if an object has the member, it must have the members in the list.
    DependentRequired(&'static str, &'static [&'static str]),
    /// One member of `dependentSchemas`: if an object has the member, the schema applies to the object.
    DependentSchema(&'static str, Subschema),
    /// `if`, `then` and `else`.
    Conditional(&'static Schema, Option<&'static Schema>, Option<&'static Schema>),
    // part: unevaluated
    /// `unevaluatedProperties`. The first schema has all keywords of the schema with `unevaluatedProperties`. The second
    /// schema applies to the members that none of these keywords evaluates.
    UnevaluatedProperties(&'static Schema, &'static Schema),
    /// `unevaluatedItems`, in the same form as `unevaluatedProperties`.
    UnevaluatedItems(&'static Schema, &'static Schema),
    // end of part
}
// end of part

/// `additionalProperties`.
#[derive(Debug, Clone, Copy)]
pub enum AdditionalProperties {
    /// `additionalProperties: true`.
    Any,
    /// `additionalProperties: false`.
    None,
    /// `additionalProperties` with a schema.
    Schema(&'static Schema),
}

impl std::fmt::Debug for Keyword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The content of a keyword is not printed, because a recursive schema would be printed without end.
        f.write_str("Keyword")
    }
}
