//! Validation rules.

use crate::ir::ids::{PatternId, SchemaTableId};

/// One check of a value. Most rules correspond to one validation keyword.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(PatternId),
    /// `format` of a string.
    Format(Format),
    /// `minimum`.
    Minimum(Bound),
    /// `maximum`.
    Maximum(Bound),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `multipleOf`, as decimal digits.
    MultipleOf(String),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// Keywords that no Rust type can express. The runtime reads them from a table and validates values against them.
    SchemaTable(SchemaTableId),
    /// Performs no check. Sets the schema location for all following rules of the value, up to the next `SchemaLocation`. A
    /// violation of these rules reports this location. `None` restores the location of the value's own schema. The location is
    /// written as in [`Value::schema_location`](crate::ir::Value::schema_location).
    SchemaLocation(Option<String>),
    /// `enum` of integers.
    IntegerEnum(Vec<i128>),
    /// `enum` of numbers.
    DoubleEnum(Vec<f64>),
    /// `enum` of booleans.
    BooleanEnum(Vec<bool>),
    /// `enum` of values of any type, as JSON text.
    JsonEnum(Vec<String>),
}

/// A `format` against which strings are validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after its format")]
pub enum Format {
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Email,
    Hostname,
    Byte,
    JsonPointer,
    IdnEmail,
    Iri,
    IriReference,
    UriTemplate,
}

/// A lower or upper bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The limit.
    pub limit: Limit,
    /// Whether the limit itself is excluded.
    pub exclusive: bool,
}

/// The limit of a bound: an integer for integer types, and otherwise a floating-point number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// A limit for values of an integer type.
    Integer(i128),
    /// A limit for values of a floating-point type.
    Double(f64),
}
