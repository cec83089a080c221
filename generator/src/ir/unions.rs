//! Unions: types that hold one of several alternatives.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// A type for a value of one of several alternatives. A value that matches no alternative is kept as JSON.
#[derive(Debug, Clone)]
pub struct Union {
    /// `oneOf` or `anyOf`.
    pub keyword: UnionKeyword,
    /// The discriminator. If the document does not declare one, it may be inferred from the alternatives.
    pub discriminator: Option<Discriminator>,
    /// Whether two alternatives of a `oneOf` may both accept a value. If so, a value must be compared with all alternatives.
    pub overlapping: bool,
    /// The alternatives, in document order.
    pub variants: Vec<UnionVariant>,
}

/// The keyword of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnionKeyword {
    /// `oneOf`: a value must match exactly one alternative.
    OneOf,
    /// `anyOf`: a value must match at least one alternative.
    AnyOf,
}

impl UnionKeyword {
    /// Returns the keyword as it is written in a document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
        }
    }
}

/// The property that selects the variant of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator {
    /// The name of the property on the wire.
    pub property: String,
    /// Whether every variant has known values of the property that no other variant has. If so, any other value is invalid.
    pub closed: bool,
}

/// One alternative of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The name of the variant.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The content of the variant.
    pub value: Value,
    /// The values of the discriminator that select the variant.
    pub discriminator_values: Vec<String>,
    /// Whether the variant's own schema describes the discriminator property. If not, the encoder adds the property.
    pub describes_discriminator: bool,
}
