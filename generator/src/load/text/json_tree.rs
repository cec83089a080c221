//! A JSON value that takes nothing but what JSON can say, from either parser.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::json::number;
use crate::load::text::yaml_trap::{is_no_text_of_yaml, is_truth_of_1_1};

/// What a text may grow to beyond its own length, in bytes of memory: aliases are copies.
const GROWTH: usize = 64 << 20;

/// What a value costs beside its text, in bytes of memory.
const COST: usize = 64;

/// What was noticed while a text was read, and is looked up in the text afterwards. A clean text is read once.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Some object has a key twice.
    pub(crate) has_duplicates: Cell<bool>,
    /// Some word means something else to other readers of YAML where it stands without quotes.
    pub(crate) has_traps: Cell<bool>,
    /// The aliases make too much of the text.
    pub(crate) is_overgrown: Cell<bool>,
    /// Some number was shown as a double, which need not have all its digits.
    pub(crate) has_doubles: Cell<bool>,
    /// How much more may be made of the text.
    rest: Cell<usize>,
}

impl Reading {
    /// Of `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            has_duplicates: Cell::new(false),
            has_traps: Cell::new(false),
            is_overgrown: Cell::new(false),
            has_doubles: Cell::new(false),
            rest: Cell::new(Self::most(text)),
        }
    }

    /// What may be made of `text`, which no text without aliases comes near.
    pub(crate) fn most(text: &str) -> usize {
        text.len().saturating_mul(COST).saturating_add(GROWTH)
    }

    /// What a scalar of this length, or a collection, costs.
    pub(crate) fn cost(text: &str) -> usize {
        COST + text.len()
    }

    fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        match self.rest.get().checked_sub(cost) {
            Some(rest) => {
                self.rest.set(rest);
                Ok(())
            }
            None => {
                self.is_overgrown.set(true);
                Err(E::custom("the aliases make too much of the text"))
            }
        }
    }
}

/// Reads a tree whose objects have no key twice, whose keys are strings, and whose numbers are finite.
///
/// `serde_json::Value` keeps the last of two equal keys in silence; `serde_yaml::Value` refuses whole numbers of more
/// than 64 bits, which published documents have as bounds.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'r>(pub(crate) &'r Reading);

/// The key under which `serde_json` shows a number as its digits, which nothing else keeps.
const NUMBER: &str = "$serde_json::private::Number";

impl Tree<'_> {
    /// A number as it is written.
    fn digits<E: Error>(self, text: &str) -> Result<Value, E> {
        self.0.spend(COST)?;
        number::parse(text).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(COST)?;
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.0.spend(COST)?;
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.0.spend(COST)?;
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.0.spend(COST)?;
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
        self.0.spend(COST)?;
        let finite = serde_json::Number::from_f64(number).map(Value::Number);
        finite.ok_or_else(|| E::custom(format_args!("JSON has no number `{number}`")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.0.spend(Reading::cost(&text))?;
        if is_truth_of_1_1(&text) {
            self.0.has_traps.set(true);
        }
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.spend(COST)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.spend(COST)?;
        let mut object = Map::new();
        while let Some(key) = members.next_key_seed(Key)? {
            if key == NUMBER && object.is_empty() {
                return self.digits(&members.next_value::<String>()?);
            }
            self.0.spend(Reading::cost(&key))?;
            if is_no_text_of_yaml(&key) {
                self.0.has_traps.set(true);
            }
            if object.contains_key(&key) {
                // The first counts, as everywhere where something is there twice.
                self.0.has_duplicates.set(true);
                members.next_value::<IgnoredAny>()?;
            } else {
                object.insert(key, members.next_value_seed(self)?);
            }
        }
        Ok(Value::Object(object))
    }

    /// `serde_yaml` shows a tagged value as an enum.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, _) = tagged.variant_seed(Key)?;
        Err(A::Error::custom(format_args!("the tag `!{tag}` has no meaning in OpenAPI")))
    }
}

/// Reads a key as it is written, since YAML's `200` and `true` are keys of an OpenAPI document too.
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
