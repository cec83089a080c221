//! Unions: types whose values match one of the alternatives of `oneOf` or `anyOf`.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// A type for the values of `oneOf` or `anyOf`, with a variant for each alternative. A value that matches no alternative is kept
/// as JSON.
#[derive(Debug, Clone)]
pub struct Union {
    /// `oneOf` or `anyOf`.
    pub keyword: UnionKeyword,
    /// The discriminator. If the document declares no discriminator, the stage `lower` may infer one from the alternatives.
    pub discriminator: Option<Discriminator>,
    /// Whether a value may match two alternatives of a `oneOf`. If so, the runtime must check the value against all alternatives.
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
    /// The name of the property in JSON.
    pub property: String,
    /// Whether the discriminator values of every variant are known. If so, a value of the union with any other discriminator
    /// value is invalid.
    pub closed: bool,
}

/// One alternative of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The name of the variant.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The type that the variant holds, with its validation rules.
    pub value: Value,
    /// The values of the discriminator property that select the variant.
    pub discriminator_values: Vec<String>,
    /// Whether the variant's own schema describes the discriminator property. If not, the encoder adds the property.
    pub describes_discriminator: bool,
}
