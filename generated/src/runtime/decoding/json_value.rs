// copperplate runtime: copied unchanged into every generated crate.
//! Implements `Decode` for JSON values of any type, and counts their memory.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::runtime::decoding::buffered_value::{NUMBER, number_or_object};
use crate::runtime::decoding::decode::{Decode, Seed};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::member_name::MemberName;
use crate::runtime::decoding::memory;

impl<'de> Decode<'de> for Value {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor(leniency))
    }
}

struct JsonVisitor<'t>(&'t Leniency);

/// Returns a number, including an integer beyond 64 bits if `serde_json` can represent it.
fn number<'de, E: Error>(number: impl IntoDeserializer<'de, E>) -> Result<Value, E> {
    Value::deserialize(number.into_deserializer())
}

impl<'de> Visitor<'de> for JsonVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i128<E: Error>(self, long: i128) -> Result<Value, E> {
        number(long)
    }

    fn visit_u128<E: Error>(self, long: u128) -> Result<Value, E> {
        number(long)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value, A::Error> {
        let mut items: Vec<Value> = Vec::new();
        while let Some(item) = array.next_element_seed(Seed::new(self.0))? {
            memory::take(size_of::<Value>())?;
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(MemberName(name)) = map.next_key()? {
            if name == NUMBER && members.is_empty() {
                let mut value = number_or_object(map.next_value()?).map_err(A::Error::custom)?;
                let Some(member) = value.get_mut(NUMBER).map(Value::take) else { return Ok(value) };
                members.insert(name.into_owned(), member);
                continue;
            }
            memory::take_member::<Value, _>(members.len())?;
            members.insert(name.into_owned(), map.next_value_seed(Seed::<Value>::new(self.0))?);
        }
        Ok(members.into())
    }
}
