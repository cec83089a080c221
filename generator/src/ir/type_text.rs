//! Writes types as Rust source, such as `Option<Vec<Pet>>`, for generated code, its documentation and `SURFACE.txt`.

use std::collections::HashMap;

use crate::ir::api::Api;
use crate::ir::arguments::{Argument, ArgumentLocation};
use crate::ir::ids::TypeId;
use crate::ir::types::TypeKind;
use crate::ir::unions::{Union, UnionVariant};
use crate::ir::values::{Type, Value};

/// How Rust source text refers to types that are not in the prelude of the standard library, such as `Pet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStyle {
    /// Paths that are valid in the module `types`, which contains the named types: `Pet`.
    InTypes,
    /// Paths that are valid in any other module of the API: `types::Pet`.
    OutsideTypes,
    /// Paths that are shortened for human readers: `Pet`, `BTreeMap`, `runtime::File`.
    Short,
}

/// How a setter or constructor converts its parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// The parameter is not converted.
    None,
    /// The parameter is converted with `Into::into`.
    Into,
    /// Each item of the parameter is converted with `Into::into`.
    Items,
    /// The parameter is put into a `Box`.
    Box,
    /// The parameter is converted with `Into::into`, and put into a `Box`.
    IntoBox,
}

/// The type `T` for which a union implements `From<T>`, to construct one of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromSource {
    /// The union does not implement `From` for this variant. Either another variant holds the same type, or the type accepts
    /// every JSON value.
    None,
    /// `T` is the type that the variant holds.
    Unboxed(String),
    /// `T` is the type inside the `Box` that the variant holds.
    Boxed(String),
}

fn generic(wrapper: &str, argument: &str) -> String {
    format!("{wrapper}<{argument}>")
}

fn optional(text: String, is_optional: bool) -> String {
    if is_optional { generic("Option", &text) } else { text }
}

impl Api {
    /// Returns the Rust type of a value as source text.
    pub fn type_text(&self, value: &Value, style: PathStyle) -> String {
        optional(self.kind_text(&value.kind, style), value.nullable)
    }

    fn kind_text(&self, kind: &Type, style: PathStyle) -> String {
        match kind {
            Type::String => "String".to_owned(),
            Type::External(external) if style == PathStyle::Short => external.name.clone(),
            Type::External(external) => external.source.clone(),
            Type::Boolean => "bool".to_owned(),
            Type::Int32 => "i32".to_owned(),
            Type::Int64 => "i64".to_owned(),
            Type::UInt64 => "u64".to_owned(),
            Type::Int128 => "i128".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Any => "serde_json::Value".to_owned(),
            Type::Bytes => "bytes::Bytes".to_owned(),
            Type::File if style == PathStyle::Short => "runtime::File".to_owned(),
            Type::File => "crate::runtime::File".to_owned(),
            Type::List(items) => generic("Vec", &self.type_text(items, style)),
            Type::Map { key, members } => self.map_text(*key, members, style),
            Type::Named { id, boxed } => {
                let name = &self.types[id.0].name;
                let path = if style == PathStyle::OutsideTypes { format!("types::{name}") } else { name.clone() };
                if *boxed { generic("Box", &path) } else { path }
            }
        }
    }

    /// Returns the type of a map to `members`, such as `BTreeMap<String, Pet>`. `key` is the type of the names if it is not
    /// `String`.
    pub fn map_text(&self, key: Option<TypeId>, members: &Value, style: PathStyle) -> String {
        let map = if style == PathStyle::Short { "BTreeMap" } else { "std::collections::BTreeMap" };
        let key = key.map_or(Type::String, |id| Type::Named { id, boxed: false });
        format!("{map}<{}, {}>", self.kind_text(&key, style), self.type_text(members, style))
    }

    /// Returns the type `T` with which a body is borrowed as `&T`, such as `[Pet]` for a list of `Pet` and `str` for a string.
    pub fn borrowed_text(&self, value: &Value, style: PathStyle) -> String {
        match (&value.kind, value.nullable) {
            (Type::List(items), false) => format!("[{}]", self.type_text(items, style)),
            (Type::String, false) => "str".to_owned(),
            (Type::Bytes, _) => "[u8]".to_owned(),
            _ => self.type_text(value, style),
        }
    }

    /// Returns the type of the parameter through which a setter or constructor takes `value`, and how the parameter is converted.
    pub fn setter_parameter(&self, value: &Value, style: PathStyle) -> (String, Conversion) {
        let whole = || self.type_text(value, style);
        if value.nullable {
            return (whole(), Conversion::None);
        }
        match &value.kind {
            Type::String => ("impl Into<String>".to_owned(), Conversion::Into),
            Type::List(items) if self.is_text(items) => {
                let items = self.type_text(items, style);
                (format!("impl IntoIterator<Item = impl Into<{items}>>"), Conversion::Items)
            }
            Type::List(_) | Type::File => (format!("impl Into<{}>", whole()), Conversion::Into),
            Type::Named { id, boxed } => {
                let own = self.kind_text(&Type::Named { id: *id, boxed: false }, style);
                let converts = matches!(
                    self.types[id.0].kind,
                    TypeKind::StringEnum(_) | TypeKind::Union(_) | TypeKind::Newtype(_)
                );
                match (converts, boxed) {
                    (true, true) => (format!("impl Into<{own}>"), Conversion::IntoBox),
                    (true, false) => (format!("impl Into<{own}>"), Conversion::Into),
                    (false, true) => (own, Conversion::Box),
                    (false, false) => (own, Conversion::None),
                }
            }
            _ => (whole(), Conversion::None),
        }
    }

    /// Returns the type of the field that holds `argument` in the struct of arguments.
    pub fn argument_text(&self, argument: &Argument, style: PathStyle) -> String {
        let text = match &argument.location {
            ArgumentLocation::Body(content) => format!("&'a {}", self.borrowed_text(&content.value, style)),
            ArgumentLocation::Bodies { name, .. } => format!("{name}<'a>"),
            ArgumentLocation::Key(id) => self.key_types[id.0].name.clone(),
            ArgumentLocation::Path { value, .. }
            | ArgumentLocation::Query { value, .. }
            | ArgumentLocation::WholeQuery { value, .. }
            | ArgumentLocation::Header { value, .. }
            | ArgumentLocation::Cookie { value, .. } => self.type_text(value, style),
        };
        optional(text, !argument.required)
    }

    /// Returns the type of the parameter through which a method sets `argument`, and how the parameter is converted.
    pub fn argument_setter_parameter(&self, argument: &Argument, style: PathStyle) -> (String, Conversion) {
        match &argument.location {
            ArgumentLocation::Body(content) => {
                (format!("&'a {}", self.borrowed_text(&content.value, style)), Conversion::None)
            }
            ArgumentLocation::Bodies { name, .. } => (format!("impl Into<{name}<'a>>"), Conversion::Into),
            ArgumentLocation::Key(id) => (self.key_types[id.0].name.clone(), Conversion::None),
            ArgumentLocation::Path { value, .. }
            | ArgumentLocation::Query { value, .. }
            | ArgumentLocation::WholeQuery { value, .. }
            | ArgumentLocation::Header { value, .. }
            | ArgumentLocation::Cookie { value, .. } => self.setter_parameter(value, style),
        }
    }

    /// Returns, for each variant of a union, the `T` of the `From<T>` that constructs this variant.
    pub fn from_sources(&self, union: &Union, style: PathStyle) -> Vec<FromSource> {
        let kinds: Vec<String> = union.variants.iter().map(|variant| self.type_text(&variant.value, style)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        kinds.iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
        let from_source = |(variant, kind): (&UnionVariant, &String)| {
            let is_only = counts[kind.as_str()] == 1;
            match &variant.value.kind {
                _ if !is_only => FromSource::None,
                // A `From<serde_json::Value>` would also accept values that match no alternative. Such values belong in the
                // variant `Unknown`.
                Type::Any => FromSource::None,
                Type::Named { id, boxed: true } => {
                    let kind = Type::Named { id: *id, boxed: false };
                    FromSource::Boxed(self.type_text(&Value { kind, ..variant.value.clone() }, style))
                }
                _ => FromSource::Unboxed(kind.clone()),
            }
        };
        union.variants.iter().zip(&kinds).map(from_source).collect()
    }

    /// Returns whether null is a value of the type. If so, the field of an optional member needs a second `Option`, which is
    /// `None` if the member is absent.
    pub fn accepts_null(&self, value: &Value) -> bool {
        match &value.kind {
            _ if value.nullable => true,
            Type::Any => true,
            Type::Named { id: TypeId(id), .. } => match &self.types[*id].kind {
                TypeKind::Newtype(inner) => self.accepts_null(inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns whether every string converts to the type: `String`, an enum of strings, or a newtype around one of them.
    pub fn is_text(&self, value: &Value) -> bool {
        match &value.kind {
            _ if value.nullable => false,
            Type::String => true,
            Type::Named { id: TypeId(id), boxed: false } => match &self.types[*id].kind {
                TypeKind::StringEnum(_) => true,
                TypeKind::Newtype(inner) => self.is_text(inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns whether a newtype around the type implements `Hash` and `Ord`. It does if the type is a scalar, but
    /// neither a floating-point number nor a type of another crate.
    pub fn is_ordered(&self, value: &Value) -> bool {
        match &value.kind {
            Type::Double | Type::External(_) => false,
            Type::Named { id: TypeId(id), .. } => match &self.types[*id].kind {
                TypeKind::Newtype(inner) => self.is_ordered(inner),
                _ => self.is_scalar(value),
            },
            _ => self.is_scalar(value),
        }
    }

    /// Returns whether a newtype around the type implements `PartialOrd`.
    pub fn is_partially_ordered(&self, value: &Value) -> bool {
        match &value.kind {
            Type::External(_) => false,
            Type::Named { id: TypeId(id), .. } => match &self.types[*id].kind {
                TypeKind::Newtype(inner) => self.is_partially_ordered(inner),
                _ => self.is_scalar(value),
            },
            _ => self.is_scalar(value),
        }
    }

    /// Returns whether a path, a query or a header contains the value as a single string, not as a list or an object.
    pub fn is_scalar(&self, value: &Value) -> bool {
        match &value.kind {
            _ if value.nullable => false,
            Type::String
            | Type::External(_)
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::UInt64
            | Type::Int128
            | Type::Double => true,
            Type::Any | Type::Bytes | Type::File | Type::List(_) | Type::Map { .. } => false,
            Type::Named { id: TypeId(id), boxed } => match &self.types[*id].kind {
                TypeKind::StringEnum(_) => !boxed,
                TypeKind::Newtype(inner) => !boxed && self.is_scalar(inner),
                TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Union(_) | TypeKind::Multipart(_) => false,
            },
        }
    }
}
