//! Named types: the structs, enums and newtypes that the schemas of a document become.

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
    /// The JSON Pointer of the type's schema in the document.
    pub pointer: Pointer,
    /// The documentation of the type.
    pub docs: Docs,
    /// Whether requests, responses or both contain values of the type.
    pub direction: Direction,
    /// The definition.
    pub kind: TypeKind,
    /// The named values of a newtype of integers.
    pub constants: Vec<Constant>,
    /// The schema location that violations report for a component schema, such as `#/components/schemas/Pet`. `None` for an
    /// inline schema, because inline schemas at several locations share one type if they are equal.
    pub schema_location: Option<String>,
    /// Whether a value can contain a secret at any place.
    pub contains_secret: bool,
}

impl TypeDef {
    /// Returns the struct of a type that has a constructor: a struct or a multipart body that requests contain.
    pub fn constructed_struct(&self) -> Option<&Struct> {
        match &self.kind {
            TypeKind::Struct(structure) | TypeKind::Multipart(Multipart { structure, .. }) if self.direction.sent => {
                Some(structure)
            }
            _ => None,
        }
    }
}

/// The definition of a named type.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// A struct, for objects whose schema names members.
    Struct(Struct),
    /// An `enum` of strings. A received string that is not in the `enum` is kept in the variant `Unknown`.
    StringEnum(Vec<EnumVariant>),
    /// A multipart body.
    Multipart(Multipart),
    /// A struct with one unnamed field, such as `struct Name(String)`, and the validation rules of this field.
    Newtype(Value),
    /// A struct with an unnamed field for each item of an array, such as `struct Point(f64, f64)`.
    Tuple(Vec<Value>),
    /// A union: an enum with a variant for each alternative of `oneOf` or `anyOf`.
    Union(Union),
}

impl TypeKind {
    /// Returns the types that the definition directly contains, with their validation rules.
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
            Self::Tuple(items) => items.iter().collect(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.value).collect(),
            Self::StringEnum(_) => Vec::new(),
        }
    }
}

/// A named value of a newtype: an associated constant.
#[derive(Debug, Clone)]
pub struct Constant {
    /// The Rust identifier of the constant.
    pub name: String,
    /// The documentation of the constant.
    pub docs: Docs,
    /// The digits of the integer.
    pub wire: String,
}

/// One string of an `enum`.
#[derive(Debug, Clone)]
pub struct EnumVariant {
    /// The Rust identifier of the variant.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The string in JSON.
    pub wire: String,
}
