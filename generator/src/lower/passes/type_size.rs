//! Estimates how many bytes the values of a Rust type take in place, without what they hold on the heap.

use crate::ir::{AdditionalMembers, Field, Presence, Struct, Type, TypeDef, TypeKind, Value};

const ADDRESS: Size = Size { bytes: 8, alignment: 8, has_niche: true };
const STRING: Size = Size { bytes: 24, alignment: 8, has_niche: true };
const MAP: Size = Size { bytes: 24, alignment: 8, has_niche: false };

/// The size of `serde_json::Value` without the feature `preserve_order`.
const JSON_VALUE: Size = Size { bytes: 32, alignment: 8, has_niche: true };
const BYTES: Size = Size { bytes: 32, alignment: 8, has_niche: true };
const FILE: Size = Size { bytes: 88, alignment: 8, has_niche: true };

/// The size of a type of another crate, which is unknown. Common ones are smaller, except `url::Url`, which has 88 bytes.
const EXTERNAL: Size = Size { bytes: 64, alignment: 8, has_niche: true };

/// The size of a Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// The number of bytes that a value takes in place.
    pub(super) bytes: usize,
    /// The number of bytes of which the address of a value is a multiple.
    alignment: usize,
    /// Whether the type has bit patterns that are no value, in which an `Option` stores `None`.
    has_niche: bool,
}

impl Size {
    /// The size of a type without content.
    pub(super) const EMPTY: Self = Self { bytes: 0, alignment: 1, has_niche: false };

    /// Returns the size of a number with `bytes` bytes.
    const fn number(bytes: usize) -> Self {
        Self { bytes, alignment: bytes, has_niche: false }
    }

    /// Returns the size of an `Option` of the type.
    fn optional(self) -> Self {
        if self.has_niche { self } else { Self { bytes: self.bytes + self.alignment, has_niche: true, ..self } }
    }

    /// Returns the size of a struct with the fields `sizes`.
    fn sum(sizes: impl Iterator<Item = Self>) -> Self {
        let sum = sizes.fold(Self::EMPTY, |sum, size| Self {
            bytes: sum.bytes.saturating_add(size.bytes),
            alignment: sum.alignment.max(size.alignment),
            has_niche: sum.has_niche || size.has_niche,
        });
        Self { bytes: sum.bytes.next_multiple_of(sum.alignment), ..sum }
    }

    /// Returns the size of an enum with the contents `sizes`, and a variant for any other JSON value. The niche of the largest
    /// content tells the variants apart, unless a second content is too large to leave the niche free.
    fn largest(sizes: impl Iterator<Item = Self>) -> Self {
        let (mut largest, mut second) = (JSON_VALUE, 0);
        for size in sizes {
            second = second.max(size.bytes.min(largest.bytes));
            largest.bytes = largest.bytes.max(size.bytes);
            largest.alignment = largest.alignment.max(size.alignment);
        }
        let tag = if second + 8 > largest.bytes { 1 } else { 0 };
        Self { bytes: (largest.bytes + tag).next_multiple_of(largest.alignment), ..largest }
    }
}

/// Returns the size of the type `definition`. `sizes` contains the sizes of the types that it contains without a `Box`.
pub(super) fn size_of(definition: &TypeDef, sizes: &[Size]) -> Size {
    match &definition.kind {
        TypeKind::Struct(structure) => size_of_struct(structure, sizes),
        TypeKind::Multipart(multipart) => size_of_struct(&multipart.structure, sizes),
        TypeKind::StringEnum(_) => STRING,
        TypeKind::Newtype(value) => size_of_value(value, sizes),
        TypeKind::Tuple(items) => Size::sum(items.iter().map(|item| size_of_value(item, sizes))),
        TypeKind::Union(union) => {
            Size::largest(union.variants.iter().map(|variant| size_of_value(&variant.value, sizes)))
        }
    }
}

fn size_of_struct(structure: &Struct, sizes: &[Size]) -> Size {
    let additional = matches!(structure.additional, AdditionalMembers::Keep { .. }).then_some(MAP);
    Size::sum(structure.fields.iter().map(|field| size_of_field(field, sizes)).chain(additional))
}

/// Returns the size of a field. The fields of members that may be absent are an `Option`.
fn size_of_field(field: &Field, sizes: &[Size]) -> Size {
    let size = size_of_value(&field.value, sizes);
    if field.presence == Presence::Required { size } else { size.optional() }
}

/// Returns the size of the Rust type of `value`.
pub(super) fn size_of_value(value: &Value, sizes: &[Size]) -> Size {
    let size = match &value.kind {
        Type::String | Type::List(_) => STRING,
        Type::External(_) => EXTERNAL,
        Type::Boolean => Size { has_niche: true, ..Size::number(1) },
        Type::Int32 => Size::number(4),
        Type::Int64 | Type::UInt64 | Type::Double => Size::number(8),
        Type::Int128 => Size::number(16),
        Type::Any => JSON_VALUE,
        Type::Bytes => BYTES,
        Type::File => FILE,
        Type::Map { .. } => MAP,
        Type::Named { boxed: true, .. } => ADDRESS,
        Type::Named { id, boxed: false } => sizes[id.0],
    };
    if value.nullable { size.optional() } else { size }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Size;
    use crate::ir::TypeDef;

    /// The struct that is emitted for the schema `Mixed` of the test, with a `Box` in its unions.
    #[expect(dead_code, reason = "only the size of the struct matters")]
    struct Mixed {
        text: String,
        count: Option<i64>,
        part: Option<i32>,
        share: f64,
        flag: Option<bool>,
        list: Option<Vec<String>>,
        map: Option<BTreeMap<String, i64>>,
        any: Option<JsonValue>,
        other: Option<Other>,
        others: Others,
        nothing: Option<Option<i64>>,
    }

    #[expect(dead_code, reason = "only the size of the struct matters")]
    struct Other {
        first: i64,
        second: i32,
    }

    /// `serde_json::Value`, which is larger here, because copperplate uses it with `preserve_order`.
    #[expect(dead_code, reason = "only the size of the enum matters")]
    enum JsonValue {
        Null,
        Boolean(bool),
        Number(u64, u64),
        String(String),
        Array(Vec<JsonValue>),
        Object(BTreeMap<String, JsonValue>),
    }

    #[expect(dead_code, reason = "only the size of the enum matters")]
    enum Others {
        Other(Box<Other>),
        String(String),
        Unknown(JsonValue),
    }

    /// Returns the names and sizes of the types that are emitted for `schemas`.
    fn sizes(schemas: &str) -> Vec<(String, usize)> {
        let api = crate::pipeline::lowered_schemas("3.1.0", schemas);
        let mut sizes = vec![Size::EMPTY; api.types.len()];
        // The sizes of contained types are final after as many rounds as types.
        for _ in &api.types {
            for (index, definition) in api.types.iter().enumerate() {
                sizes[index] = super::size_of(definition, &sizes);
            }
        }
        let named = |(definition, size): (&TypeDef, &Size)| (definition.name.clone(), size.bytes);
        api.types.iter().zip(&sizes).map(named).collect()
    }

    #[test]
    fn sizes_are_those_of_the_emitted_types() {
        let schemas = "    Other:
      {type: object, required: [first, second], properties: {first: {type: integer}, second: {type: integer, format: int32}}}
    Others: {oneOf: [{$ref: '#/components/schemas/Other'}, {type: string}]}
    Mixed:
      type: object
      required: [text, share, others]
      properties:
        text: {type: string}
        count: {type: integer}
        part: {type: integer, format: int32}
        share: {type: number}
        flag: {type: boolean}
        list: {type: array, items: {type: string}}
        map: {type: object, additionalProperties: {type: integer}}
        any: {}
        other: {$ref: '#/components/schemas/Other'}
        others: {$ref: '#/components/schemas/Others'}
        nothing: {type: [integer, 'null']}
";
        let expected = [("Other", size_of::<Other>()), ("Others", size_of::<Others>()), ("Mixed", size_of::<Mixed>())];
        let expected = expected.map(|(name, size)| (name.to_owned(), size));
        assert_eq!(sizes(schemas), expected);
    }
}
