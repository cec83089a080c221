//! Builds a tree of JSON values from YAML or JSON. Rejects YAML that JSON cannot express, such as tags and infinite numbers.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::map::{Entry, Map};

use crate::json::number;
use crate::load::text::observations::Observations;
use crate::load::text::yaml_trap::{is_ambiguous_key, is_yaml_1_1_boolean};

/// Builds a tree of JSON values. For a duplicate key, keeps the first value and records an observation.
///
/// The `Deserialize` implementations of two existing types are unsuitable. `serde_json::Value` silently keeps the last value of a
/// duplicate key. `serde_yaml::Value` rejects integers beyond 64 bits, and published documents use such integers as bounds.
#[derive(Clone, Copy)]
pub(crate) struct TreeReader<'o>(pub(crate) &'o Observations);

/// The key under which `serde_json` passes the digits of a number to a visitor, if `serde_json` is built with arbitrary
/// precision.
const NUMBER: &str = "$serde_json::private::Number";

impl TreeReader<'_> {
    /// Returns the number in `text` with all its digits.
    fn digits<E: Error>(self, text: &str) -> Result<Value, E> {
        self.0.add_text("")?;
        number::parse(text).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }
}

impl<'de> DeserializeSeed<'de> for TreeReader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeReader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.add_text("")?;
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.0.add_text("")?;
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.0.add_text("")?;
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.0.add_text("")?;
        Ok(number.into())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.digits(&number.to_string())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.digits(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.0.has_doubles.set(true);
        self.0.add_text("")?;
        let finite = serde_json::Number::from_f64(number).map(Value::Number);
        finite.ok_or_else(|| E::custom(format_args!("JSON has no number `{number}`")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.0.add_text(&text)?;
        if is_yaml_1_1_boolean(&text) {
            self.0.has_traps.set(true);
        }
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.add_text("")?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.add_text("")?;
        let mut object = Map::new();
        while let Some(key) = members.next_key_seed(Key)? {
            if key == NUMBER && object.is_empty() {
                return self.digits(&members.next_value::<String>()?);
            }
            self.0.add_text(&key)?;
            if is_ambiguous_key(&key) {
                self.0.has_traps.set(true);
            }
            if key == "<<" {
                self.0.has_merge_keys.set(true);
            }
            match object.entry(key) {
                Entry::Occupied(_) => {
                    self.0.has_duplicates.set(true);
                    members.next_value::<IgnoredAny>()?;
                }
                Entry::Vacant(entry) => _ = entry.insert(members.next_value_seed(self)?),
            }
        }
        Ok(Value::Object(object))
    }

    /// Rejects a tagged value, such as `!a b`, which `serde_yaml` passes as an enum.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, _) = tagged.variant_seed(Key)?;
        Err(A::Error::custom(format_args!("the tag `!{tag}` has no meaning in OpenAPI")))
    }
}

/// Reads a key as a string, exactly as it is written: the keys `200` and `true` become strings.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is plain text")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }
}
