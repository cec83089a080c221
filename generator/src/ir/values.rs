//! The Rust types that values have, with the validation rules for them.

use crate::ir::ids::TypeId;
use crate::ir::rules::Rule;

/// What a schema becomes at the place that uses it: a Rust type, and the rules that its values are validated against.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The type, without the `Option` for null.
    pub kind: Type,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Whether values are secrets, which violations must not show.
    pub secret: bool,
    /// The validation rules, in the order of the keywords.
    pub rules: Vec<Rule>,
    /// The location of the schema, as violations report it: `#/…` counts from the root of the document, `/…` from the schema or
    /// the operation that contains it. `None` if the location follows from the containing schema (`properties`, `items`,
    /// `additionalProperties`) or is the named type's own.
    pub schema_location: Option<String>,
}

impl Value {
    /// A value of this type that is not null, without rules.
    pub fn plain(kind: Type) -> Self {
        Self { kind, nullable: false, secret: false, rules: Vec::new(), schema_location: None }
    }

    /// The named type of the value, or of the items or members of a list or map.
    pub fn named_type(&self) -> Option<TypeId> {
        match &self.kind {
            Type::List(inner) | Type::Map(inner) => inner.named_type(),
            Type::Named { id, .. } => Some(*id),
            _ => None,
        }
    }
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Text: `String`.
    String,
    /// `bool`.
    Boolean,
    /// `i32`.
    Int32,
    /// `i64`.
    Int64,
    /// `u64`.
    UInt64,
    /// `i128`, for integers that 64 bits may not hold.
    Int128,
    /// `f64`.
    Double,
    /// Any JSON value.
    Any,
    /// The bytes of a body that is not JSON.
    Bytes,
    /// Bytes with a content type and an optional file name.
    File,
    /// An array.
    List(Box<Value>),
    /// An object without named fields, whose members all have the same type.
    Map(Box<Value>),
    /// A named type.
    Named {
        /// The type.
        id: TypeId,
        /// Whether it is in a `Box`, so that the containing type has a finite or moderate size.
        boxed: bool,
    },
}
