//! The Rust types of values, with their validation rules.

use crate::format_type::FormatType;
use crate::ir::ids::TypeId;
use crate::ir::rules::Rule;

/// A use of a schema: the Rust type that holds a value of the schema, and the rules that validate the value.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The type, without the `Option` that represents null.
    pub kind: Type,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Whether values are secrets, which must not be shown in violations.
    pub secret: bool,
    /// The validation rules, in the order in which they are checked.
    pub rules: Vec<Rule>,
    /// The location that violations report for the schema. `#/…` starts at the root of the document. `/…` starts at the component
    /// schema or the operation that contains the schema.
    ///
    /// `None` if the runtime can derive the location: from the keyword that contains the schema, such as `/items` for `items`, or
    /// from the named type.
    pub schema_location: Option<String>,
}

impl Value {
    /// Returns a value of the type `kind` that is never null and has no validation rules.
    pub fn plain(kind: Type) -> Self {
        Self { kind, nullable: false, secret: false, rules: Vec::new(), schema_location: None }
    }

    /// Returns the type of another crate in the value, its items or its members. Does not look into named types.
    pub fn external_type(&self) -> Option<&FormatType> {
        match &self.kind {
            Type::List(inner) | Type::Map { members: inner, .. } => inner.external_type(),
            Type::External(external) => Some(external),
            _ => None,
        }
    }

    /// Returns the named type of the value. For a list or a map, returns the named type of its items or members. Returns `None`
    /// if there is no named type, as in a list of strings.
    pub fn named_type(&self) -> Option<TypeId> {
        match &self.kind {
            Type::List(inner) | Type::Map { members: inner, .. } => inner.named_type(),
            Type::Named { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Returns the named types of the value: the type that [`Value::named_type`] returns, and the types of the names of members.
    pub fn named_types(&self) -> Vec<TypeId> {
        match &self.kind {
            Type::List(inner) => inner.named_types(),
            Type::Map { key, members } => key.iter().copied().chain(members.named_types()).collect(),
            Type::Named { id, .. } => vec![*id],
            _ => Vec::new(),
        }
    }
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `String`.
    String,
    /// A type of another crate, which the user chose for the strings of a format.
    External(Box<FormatType>),
    /// `bool`.
    Boolean,
    /// `i32`.
    Int32,
    /// `i64`.
    Int64,
    /// `u64`.
    UInt64,
    /// `i128`, for integers that may not fit in 64 bits.
    Int128,
    /// `f64`.
    Double,
    /// Any JSON value.
    Any,
    /// The bytes of a body that is neither JSON nor text.
    Bytes,
    /// Bytes with a content type and an optional file name.
    File,
    /// An array.
    List(Box<Value>),
    /// An object without named fields. All of its members have the same type.
    Map {
        /// The type of the names of members: an enum of strings or a newtype of strings. `None` is `String`.
        key: Option<TypeId>,
        /// The type of the members.
        members: Box<Value>,
    },
    /// A named type.
    Named {
        /// The type.
        id: TypeId,
        /// Whether the type is in a `Box`. Without a `Box`, a recursive type would have infinite size, and a union would be as
        /// large as its largest variant.
        boxed: bool,
    },
}
