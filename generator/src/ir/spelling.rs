//! Spelling: the Rust text of what the representation says, for all that prints it. Emission makes tokens of it.

use crate::ir::{
    Api, Argument, Headers, Operation, Place, Presence, Struct, Type, TypeDef, TypeId, TypeKind, Union, Value,
};

/// How a text names what is not built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Beside the document's types: `Pet`.
    BesideTypes,
    /// In another module of the API: `types::Pet`.
    Elsewhere,
    /// For readers: `Pet`, `BTreeMap`, `runtime::File`.
    Short,
}

/// What becomes of the value that a caller hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// It is taken as it is.
    None,
    /// `Into::into`.
    Into,
    /// Each item is converted.
    Items,
    /// It is put into a `Box`.
    Box,
}

/// The type that an alternative of a union can be made of with `From`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeOf {
    /// None: another alternative has the same type, or the type takes everything.
    Nothing,
    /// Its own.
    Plain(String),
    /// What its box holds.
    Boxed(String),
}

/// A type that `of` wraps, such as `Option<String>`.
fn wrapped(wrapper: &str, of: &str) -> String {
    format!("{wrapper}<{of}>")
}

/// `text`, in an `Option` where that is said.
fn optional(text: String, is_optional: bool) -> String {
    if is_optional { wrapped("Option", &text) } else { text }
}

impl Api {
    /// The type of a value.
    pub fn type_text(&self, value: &Value, naming: Naming) -> String {
        optional(self.kind_text(&value.kind, naming), value.nullable)
    }

    fn kind_text(&self, kind: &Type, naming: Naming) -> String {
        let long = naming != Naming::Short;
        match kind {
            Type::String => "String".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Int32 => "i32".to_owned(),
            Type::Int64 => "i64".to_owned(),
            Type::UInt64 => "u64".to_owned(),
            Type::Int128 => "i128".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Any => "serde_json::Value".to_owned(),
            Type::Bytes => "bytes::Bytes".to_owned(),
            Type::File => if long { "crate::runtime::File" } else { "runtime::File" }.to_owned(),
            Type::List(items) => wrapped("Vec", &self.type_text(items, naming)),
            Type::Map(members) => self.map_text(members, naming),
            Type::Named { id, boxed } => {
                let name = &self.types[id.0].name;
                let path = if naming == Naming::Elsewhere { format!("types::{name}") } else { name.clone() };
                if *boxed { wrapped("Box", &path) } else { path }
            }
        }
    }

    /// The type of a map from names to `members`.
    pub fn map_text(&self, members: &Value, naming: Naming) -> String {
        let map = if naming == Naming::Short { "BTreeMap" } else { "std::collections::BTreeMap" };
        format!("{map}<String, {}>", self.type_text(members, naming))
    }

    /// The type by which a body is lent: a slice where it is a list.
    pub fn lent_text(&self, value: &Value, naming: Naming) -> String {
        match (&value.kind, value.nullable) {
            (Type::List(items), false) => format!("[{}]", self.type_text(items, naming)),
            (Type::String, false) => "str".to_owned(),
            (Type::Bytes, _) => "[u8]".to_owned(),
            _ => self.type_text(value, naming),
        }
    }

    /// The type in which a caller hands a value over, and what becomes of it.
    pub fn handed_over(&self, value: &Value, naming: Naming) -> (String, Conversion) {
        let whole = || self.type_text(value, naming);
        if value.nullable {
            return (whole(), Conversion::None);
        }
        match &value.kind {
            Type::String => ("impl Into<String>".to_owned(), Conversion::Into),
            Type::List(items) if is_plain_string(items) => {
                ("impl IntoIterator<Item = impl Into<String>>".to_owned(), Conversion::Items)
            }
            Type::List(_) | Type::File => (format!("impl Into<{}>", whole()), Conversion::Into),
            Type::Named { id, boxed: true } => {
                (self.kind_text(&Type::Named { id: *id, boxed: false }, naming), Conversion::Box)
            }
            Type::Named { id, boxed: false }
                if matches!(self.types[id.0].kind, TypeKind::StringEnum(_) | TypeKind::Union(_)) =>
            {
                (format!("impl Into<{}>", whole()), Conversion::Into)
            }
            _ => (whole(), Conversion::None),
        }
    }

    /// The type in which an operation holds an argument.
    pub fn argument_text(&self, argument: &Argument, naming: Naming) -> String {
        let text = match &argument.place {
            Place::Body(content) => format!("&'a {}", self.lent_text(&content.value, naming)),
            Place::Bodies { name, .. } => format!("{name}<'a>"),
            Place::Key(id) => self.keys[id.0].name.clone(),
            Place::Path { value, .. }
            | Place::Query { value, .. }
            | Place::Header { value, .. }
            | Place::Cookie { value, .. } => self.type_text(value, naming),
        };
        optional(text, !argument.required)
    }

    /// The type in which a caller hands an argument over, and what becomes of it.
    pub fn argument_handed_over(&self, argument: &Argument, naming: Naming) -> (String, Conversion) {
        match &argument.place {
            Place::Body(content) => (format!("&'a {}", self.lent_text(&content.value, naming)), Conversion::None),
            Place::Bodies { name, .. } => (format!("impl Into<{name}<'a>>"), Conversion::Into),
            Place::Key(id) => (self.keys[id.0].name.clone(), Conversion::None),
            Place::Path { value, .. }
            | Place::Query { value, .. }
            | Place::Header { value, .. }
            | Place::Cookie { value, .. } => self.handed_over(value, naming),
        }
    }

    /// What each alternative of a union can be made of.
    pub fn made_of(&self, union: &Union, naming: Naming) -> Vec<MadeOf> {
        let kinds: Vec<String> =
            union.alternatives.iter().map(|alternative| self.type_text(&alternative.value, naming)).collect();
        let made_of = |(alternative, kind): (&crate::ir::Alternative, &String)| {
            let is_only = kinds.iter().filter(|other| *other == kind).count() == 1;
            match &alternative.value.kind {
                _ if !is_only => MadeOf::Nothing,
                // From<Value> would take everything, what was kept as it came included.
                Type::Any => MadeOf::Nothing,
                Type::Named { id, boxed: true } => {
                    let kind = Type::Named { id: *id, boxed: false };
                    MadeOf::Boxed(self.type_text(&Value { kind, ..alternative.value.clone() }, naming))
                }
                _ => MadeOf::Plain(kind.clone()),
            }
        };
        union.alternatives.iter().zip(&kinds).map(made_of).collect()
    }

    /// Whether null is one of the values that the type itself holds, and no sign that there is none.
    pub fn holds_null(&self, value: &Value) -> bool {
        match &value.kind {
            _ if value.nullable => true,
            Type::Any => true,
            Type::Named { id: TypeId(id), .. } => match &self.types[*id].kind {
                TypeKind::Newtype(inner) => self.holds_null(inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value stands in paths, queries and headers as one text.
    pub fn is_text(&self, value: &Value) -> bool {
        match &value.kind {
            _ if value.nullable => false,
            Type::String | Type::Boolean | Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 | Type::Double => {
                true
            }
            Type::Any | Type::Bytes | Type::File | Type::List(_) | Type::Map(_) => false,
            Type::Named { id: TypeId(id), boxed } => match &self.types[*id].kind {
                TypeKind::StringEnum(_) => !boxed,
                TypeKind::Newtype(inner) => !boxed && self.is_text(inner),
                TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Parts(_) => false,
            },
        }
    }
}

fn is_plain_string(value: &Value) -> bool {
    matches!(value.kind, Type::String) && !value.nullable
}

impl Argument {
    /// Whether the argument is lent: a body is, and nothing else.
    pub fn is_body(&self) -> bool {
        matches!(self.place, Place::Body(_) | Place::Bodies { .. })
    }
}

impl Operation {
    /// Whether other crates may neither build nor match its struct of arguments whole: the client's method makes it, so that
    /// another optional argument breaks no caller.
    pub const IS_NON_EXHAUSTIVE: bool = true;

    /// Whether it borrows its body.
    pub fn borrows(&self) -> bool {
        self.arguments.iter().any(Argument::is_body)
    }
}

impl TypeDef {
    /// Whether it may get more members without a caller's noticing: callers do not make what only services send.
    pub fn is_non_exhaustive(&self) -> bool {
        matches!(self.kind, TypeKind::Struct(_) | TypeKind::Parts(_)) && !self.travels.sent
    }
}

impl Struct {
    /// Whether it can be made of nothing.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }
}

impl Headers {
    /// Whether equality is reflexive: a number may be none that is equal to itself.
    pub fn has_eq(&self) -> bool {
        self.fields.iter().all(|field| field.value.is_none())
    }
}
