//! The call that the README of the generated crate shows as a quick start.

/// A call of one operation, with a sample value for each argument that the call passes.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickStart {
    /// The index of the operation in [`Api::operations`](crate::ir::Api::operations).
    pub operation: usize,
    /// The arguments, in the order of the operation's arguments; `None` for an argument that the call omits.
    pub arguments: Vec<Option<SampleValue>>,
}

/// A sample value that can be written as Rust code. The variant corresponds to the type of the value.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleValue {
    /// Null.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Double(f64),
    /// A string, or the bytes of a file or body.
    Text(String),
    /// Any JSON value, as JSON text. The type of the value is `Type::Any`.
    Json(String),
    /// The items of an array.
    List(Vec<SampleValue>),
    /// The members of a map.
    Map(Vec<(String, SampleValue)>),
    /// The fields of a struct, each with its index in [`Struct::fields`](crate::ir::Struct::fields) and its value. All required
    /// fields are included.
    Struct(Vec<(usize, SampleValue)>),
    /// A variant of a string enum, by its index.
    EnumVariant(usize),
    /// A variant of a union, by its index, and its content.
    UnionVariant(usize, Box<SampleValue>),
    /// A key: an argument of an overloaded method (`x-overload`).
    Key {
        /// The set of path parameters that the key holds, as an index into [`KeyType::forms`](crate::ir::KeyType::forms).
        form: usize,
        /// The values of the key's fields, in the order of [`KeyForm::fields`](crate::ir::KeyForm::fields).
        fields: Vec<String>,
    },
}

impl SampleValue {
    /// Returns the approximate number of values in the Rust code for this sample value, at any depth. A scalar counts as 1.
    pub fn count(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Self::Map(members) => 1 + members.iter().map(|(_, value)| value.count()).sum::<usize>(),
            Self::Struct(fields) => 1 + fields.iter().map(|(_, value)| value.count()).sum::<usize>(),
            Self::UnionVariant(_, content) => 1 + content.count(),
            Self::Key { fields, .. } => fields.len(),
            Self::Text(text) => 1 + text.len() / 100,
            // Each 16 bytes of JSON text count as one value. This is about the length of one value in Rust source code.
            Self::Json(json) => 1 + json.len() / 16,
            _ => 1,
        }
    }
}
