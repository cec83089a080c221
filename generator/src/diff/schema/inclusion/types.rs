//! The set of types that a value can have, without null.

use serde_json::{Number, Value};

use crate::diff::schema::inclusion::context::Context;
use crate::json::number;
use crate::resolve::document::{Schema, SchemaType};

/// A set of types. Integers and numbers with a fractional part are two types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const BOOLEAN: Self = Self(1);
    pub(crate) const INTEGER: Self = Self(2);
    pub(crate) const FRACTION: Self = Self(4);
    pub(crate) const STRING: Self = Self(8);
    pub(crate) const ARRAY: Self = Self(16);
    pub(crate) const OBJECT: Self = Self(32);
    pub(crate) const NUMBER: Self = Self(2 | 4);
    const ALL: Self = Self(63);

    /// Returns the types that a context allows.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        context.parts.iter().fold(Self::ALL, |types, part| Self(types.0 & Self::of_schema(part.schema).0))
    }

    fn of_schema(schema: &Schema) -> Self {
        let stated = schema.kind.map_or(Self::ALL, Self::of_kind);
        let listed = schema.enum_values.as_ref().map_or(Self::ALL, |values| {
            Self(values.iter().map(Self::of_value).fold(0, |types, value| types | value.0))
        });
        let is_whole = |step: &Number| number::is_integer(step) && number::compare(step, &0.into()).is_gt();
        let stepped = if schema.multiple_of.as_ref().is_some_and(is_whole) { !Self::FRACTION.0 } else { Self::ALL.0 };
        Self(stated.0 & listed.0 & stepped)
    }

    pub(crate) fn of_kind(kind: SchemaType) -> Self {
        match kind {
            SchemaType::Boolean => Self::BOOLEAN,
            SchemaType::Integer => Self::INTEGER,
            SchemaType::Number => Self::NUMBER,
            SchemaType::String => Self::STRING,
            SchemaType::Array => Self::ARRAY,
            SchemaType::Object => Self::OBJECT,
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self(0),
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number::is_integer(number) => Self::INTEGER,
            Value::Number(_) => Self::FRACTION,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(crate) fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Returns whether the sets have a type in common.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the types of the set, each as a set.
    pub(crate) fn each(self) -> impl Iterator<Item = Self> {
        let all = [Self::BOOLEAN, Self::INTEGER, Self::FRACTION, Self::STRING, Self::ARRAY, Self::OBJECT];
        all.into_iter().filter(move |kind| self.meets(*kind))
    }
}
