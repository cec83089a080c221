//! The call that the README of the crate shows as a quick start.

/// A call of one operation, with values for its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickStart {
    /// The index of the operation in [`Api::operations`](crate::ir::Api::operations).
    pub operation: usize,
    /// The arguments, in the order of the operation's; `None` if the call does not give one.
    pub arguments: Vec<Option<SampleValue>>,
}

/// A value that Rust code can construct. It has the shape of the type that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleValue {
    /// Null, where it is allowed.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Double(f64),
    /// Text, or the bytes of a file or body.
    Text(String),
    /// A value whose type is any JSON value, as JSON text.
    Json(String),
    /// The items of an array.
    List(Vec<SampleValue>),
    /// The members of a map.
    Map(Vec<(String, SampleValue)>),
    /// The fields of a struct, by their indices in [`Struct::fields`](crate::ir::Struct::fields). The required ones are among them.
    Struct(Vec<(usize, SampleValue)>),
    /// A variant of a string enum, by its index.
    EnumVariant(usize),
    /// A variant of a union, by its index, and its content.
    UnionVariant(usize, Box<SampleValue>),
    /// A key of an overloaded method.
    Key {
        /// The index of its form.
        form: usize,
        /// The values of the form's fields.
        fields: Vec<String>,
    },
}

impl SampleValue {
    /// The number of values that it consists of.
    pub fn count(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Self::Map(members) => 1 + members.iter().map(|(_, value)| value.count()).sum::<usize>(),
            Self::Struct(fields) => 1 + fields.iter().map(|(_, value)| value.count()).sum::<usize>(),
            Self::UnionVariant(_, content) => 1 + content.count(),
            Self::Key { fields, .. } => fields.len(),
            // JSON in source code is about as long as as many values.
            Self::Json(json) => 1 + json.len() / 16,
            _ => 1,
        }
    }
}
