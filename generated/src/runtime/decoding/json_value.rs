// copperplate runtime: copied into each generated crate that uses it.
//! Implements `Decode` for JSON values of any type, and counts their memory.

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::runtime::decoding::decode::{Decode, Seed};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::member_name::MemberName;
use crate::runtime::decoding::memory;
use crate::runtime::decoding::scalar::{NUMBER, number_or_object, visit_scalars};

impl<'de> Decode<'de> for Value {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor(leniency))
    }
}

/// Returns the string that a value is in JSON, or its JSON text if it is another value. Returns an empty string if the value does
/// not serialize.
#[allow(dead_code, reason = "a crate without types of other crates does not use it")]
pub(crate) fn text(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

struct JsonVisitor<'t>(&'t Leniency);

impl JsonVisitor<'_> {
    fn scalar<E>(self, value: Value) -> Result<Value, E> {
        Ok(value)
    }
}

impl<'de> Visitor<'de> for JsonVisitor<'_> {
    type Value = Value;

    visit_scalars!();

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
