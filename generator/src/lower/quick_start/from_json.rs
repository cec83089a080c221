//! Converts JSON examples to sample values.

use std::cell::Cell;

use copperplate_runtime::runtime::decoding::buffered_part::scalar_text;
use serde_json::{Map, Value as Json};

use crate::ir::{Field, Presence, SampleValue, Struct, Type, TypeDef, TypeId, TypeKind, Union, Value};
use crate::text::printable::is_unprintable;

/// The largest number of values that the conversion of one example examines. A union examines a value once for each variant, and
/// for unions inside unions these numbers multiply.
const MOST_EXAMINED: usize = 5_000;

/// Converts JSON to sample values of the API's types.
pub struct FromJson<'a> {
    types: &'a [TypeDef],
    /// How many more values the current conversion may examine.
    remaining: Cell<usize>,
}

impl<'a> FromJson<'a> {
    pub fn new(types: &'a [TypeDef]) -> Self {
        Self { types, remaining: Cell::default() }
    }

    /// Converts `json` to a sample of the type `value`. Returns `None` if `json` does not have this type, cannot be written in
    /// Rust source code, or takes too many attempts.
    pub fn sample(&self, value: &Value, json: &Json) -> Option<SampleValue> {
        self.remaining.set(MOST_EXAMINED);
        self.value(value, json)
    }

    fn value(&self, value: &Value, json: &Json) -> Option<SampleValue> {
        self.remaining.set(self.remaining.get().checked_sub(1)?);
        if value.nullable && json.is_null() {
            return Some(SampleValue::Null);
        }
        match (&value.kind, json) {
            (Type::String | Type::External(_), Json::String(text)) => Some(SampleValue::Text(text.clone())),
            (Type::Boolean, Json::Bool(value)) => Some(SampleValue::Boolean(*value)),
            (Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128, Json::Number(number)) => {
                let number = number.as_i128()?;
                is_in_range(&value.kind, number).then_some(SampleValue::Integer(number))
            }
            (Type::Double, Json::Number(number)) => number.as_f64().map(SampleValue::Double),
            (Type::Any, json) => is_source_code(json).then(|| SampleValue::Json(json.to_string())),
            (Type::List(items), Json::Array(values)) => {
                values.iter().map(|json| self.value(items, json)).collect::<Option<_>>().map(SampleValue::List)
            }
            (Type::Map { members, .. }, Json::Object(values)) => {
                let values = values.iter().map(|(name, json)| Some((name.clone(), self.value(members, json)?)));
                values.collect::<Option<_>>().map(SampleValue::Map)
            }
            (Type::Named { id, .. }, json) => self.named(*id, json),
            _ => None,
        }
    }

    fn named(&self, id: TypeId, json: &Json) -> Option<SampleValue> {
        match (&self.types[id.0].kind, json) {
            (TypeKind::Struct(structure), Json::Object(members)) => self.structure(structure, members),
            (TypeKind::StringEnum(variants), Json::String(text)) => {
                variants.iter().position(|variant| variant.wire == *text).map(SampleValue::EnumVariant)
            }
            (TypeKind::Newtype(value), json) => self.value(value, json),
            (TypeKind::Tuple(items), Json::Array(values)) if items.len() == values.len() => {
                let values = items.iter().zip(values).map(|(item, json)| self.value(item, json));
                values.collect::<Option<_>>().map(SampleValue::List)
            }
            (TypeKind::Union(union), json) => self.union(union, json),
            _ => None,
        }
    }

    fn structure(&self, structure: &Struct, members: &Map<String, Json>) -> Option<SampleValue> {
        let field = |(index, field): (usize, &Field)| match members.get(&field.wire) {
            Some(json) if field.presence == Presence::Required || !field.deprecated => {
                Some(Some((index, self.value(&field.value, json)?)))
            }
            _ if field.presence == Presence::Required => None,
            _ => Some(None),
        };
        let fields: Option<Vec<_>> = structure.fields.iter().enumerate().map(field).collect();
        Some(SampleValue::Struct(fields?.into_iter().flatten().collect()))
    }

    /// Converts `json` to a variant of a union. Selects the variant for the discriminator value in `json`. Without a
    /// discriminator value, selects the first variant that has fields for all members of `json`. If there is no such variant,
    /// selects the first variant that accepts `json`.
    fn union(&self, union: &Union, json: &Json) -> Option<SampleValue> {
        let variant = |index: usize| {
            let content = self.value(&union.variants[index].value, json)?;
            Some(SampleValue::UnionVariant(index, Box::new(content)))
        };
        let named =
            union.discriminator.as_ref().and_then(|discriminator| scalar_text(json.get(&discriminator.property)?));
        if let Some(named) = named {
            let has_name =
                |index: &usize| union.variants[*index].discriminator_values.iter().any(|value| *value == named);
            return (0..union.variants.len()).find(has_name).and_then(variant);
        }
        let describes_all = |index: &usize| self.describes_all(&union.variants[*index].value, json);
        let variants = 0..union.variants.len();
        variants.clone().filter(describes_all).find_map(variant).or_else(|| variants.clone().find_map(variant))
    }

    /// Returns whether the type `value` has a field for each member of `json`. Returns true if the type is not a struct, or if
    /// `json` is not an object.
    fn describes_all(&self, value: &Value, json: &Json) -> bool {
        let (Type::Named { id, .. }, Json::Object(members)) = (&value.kind, json) else { return true };
        let TypeKind::Struct(structure) = &self.types[id.0].kind else { return true };
        members.keys().all(|name| structure.fields.iter().any(|field| field.wire == *name))
    }
}

fn is_in_range(kind: &Type, number: i128) -> bool {
    match kind {
        Type::Int32 => i32::try_from(number).is_ok(),
        Type::Int64 => i64::try_from(number).is_ok(),
        Type::UInt64 => u64::try_from(number).is_ok(),
        _ => true,
    }
}

/// Returns whether the macro `json!` of serde_json accepts the JSON text. Some escapes and numbers of JSON are not valid in Rust.
fn is_source_code(json: &Json) -> bool {
    let is_text =
        |text: &str| !text.chars().any(|letter| is_unprintable(letter) && !matches!(letter, '\n' | '\r' | '\t'));
    match json {
        Json::Null | Json::Bool(_) => true,
        Json::Number(number) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Json::String(text) => is_text(text),
        Json::Array(items) => items.iter().all(is_source_code),
        Json::Object(members) => members.iter().all(|(name, value)| is_text(name) && is_source_code(value)),
    }
}
