//! Named types.

use crate::ir::direction::Direction;
use crate::ir::docs::Docs;
use crate::ir::multipart::Multipart;
use crate::ir::structs::{AdditionalMembers, Struct};
use crate::ir::unions::Union;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// A named type.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The name.
    pub name: String,
    /// The location of the type's schema in the document.
    pub pointer: Pointer,
    /// The documentation of the type.
    pub docs: Docs,
    /// Whether requests, responses or both contain values of the type.
    pub direction: Direction,
    /// The definition.
    pub kind: TypeKind,
    /// The location of a component schema as it appears in violations, such as `#/components/schemas/Pet`. It is `None` for an
    /// inline schema, because equal inline schemas at several locations share one type.
    pub schema_location: Option<String>,
}

impl TypeDef {
    /// Whether the type is `#[non_exhaustive]`, so that a new member does not break callers. Types that callers construct are
    /// not.
    pub fn is_non_exhaustive(&self) -> bool {
        matches!(self.kind, TypeKind::Struct(_) | TypeKind::Multipart(_)) && !self.direction.sent
    }
}

/// The definition of a named type.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// An object for which the schema describes members.
    Struct(Struct),
    /// An `enum` of strings. A string that is not in the `enum` is kept.
    StringEnum(Vec<EnumVariant>),
    /// A multipart body.
    Multipart(Multipart),
    /// Another type under a new name, with rules of its own.
    Newtype(Value),
    /// A union: a value of one of several alternatives.
    Union(Union),
}

impl TypeKind {
    /// Returns the types that the definition directly contains, with their rules.
    pub fn contained_values(&self) -> Vec<&Value> {
        match self {
            Self::Struct(structure) | Self::Multipart(Multipart { structure, .. }) => {
                let additional = match &structure.additional {
                    AdditionalMembers::Keep { value, .. } => Some(&**value),
                    AdditionalMembers::Ignore | AdditionalMembers::Reject => None,
                };
                structure.fields.iter().map(|field| &field.value).chain(additional).collect()
            }
            Self::Newtype(value) => vec![value],
            Self::Union(union) => union.variants.iter().map(|variant| &variant.value).collect(),
            Self::StringEnum(_) => Vec::new(),
        }
    }
}

/// One string of an `enum`.
#[derive(Debug, Clone)]
pub struct EnumVariant {
    /// The name in Rust.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The string on the wire.
    pub wire: String,
}
