// copperplate runtime: copied unchanged into every generated crate.
//! The deserializer of a part of a buffered value.

use std::convert::Infallible;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Error, Value};

use crate::runtime::decoding::buffered_value::{BufferedValue, Part, UNION, hand_over};

/// A part of a buffered value, which can be decoded any number of times. Each time is a step of the budget.
#[derive(Debug, Clone, Copy)]
pub struct BufferedPart<'b> {
    value: &'b BufferedValue,
    index: usize,
}

impl<'b> BufferedPart<'b> {
    /// The part at `index`, which is not the name of a member.
    pub(crate) fn new(value: &'b BufferedValue, index: usize) -> Self {
        Self { value, index }
    }

    /// The place of the part in the buffered value.
    pub(crate) fn index(self) -> usize {
        self.index
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self.value.part(self.index), Part::Object(_))
    }

    pub(crate) fn as_str(self) -> Option<&'b str> {
        match self.value.part(self.index) {
            Part::Scalar(value) => value.as_str(),
            _ => None,
        }
    }

    /// The items of an array. Empty for any other value.
    pub(crate) fn items(self) -> Items<'b> {
        let is_array = matches!(self.value.part(self.index), Part::Array(_));
        Items { value: self.value, at: self.index + 1, end: if is_array { self.value.end(self.index) } else { 0 } }
    }

    /// The members of an object. Empty for any other value.
    pub(crate) fn members(self) -> Members<'b> {
        let end = if self.is_object() { self.value.end(self.index) } else { 0 };
        Members { value: self.value, at: self.index + 1, end }
    }

    pub(crate) fn member(self, name: &str) -> Option<Self> {
        self.members().find(|(known, _)| *known == name).map(|(_, member)| member)
    }

    /// Copies the part.
    pub(crate) fn to_json(self) -> Value {
        match self.value.part(self.index) {
            Part::Scalar(value) => value.clone(),
            Part::Array(_) => self.items().map(Self::to_json).collect(),
            Part::Object(_) => self.members().map(|(name, member)| (name, member.to_json())).collect(),
            Part::Name(name) => Value::from(name.as_str()),
        }
    }

    /// Takes a step, and returns the part.
    fn read(self) -> Result<&'b Part, Error> {
        self.value.budget().step()?;
        Ok(self.value.part(self.index))
    }

    /// The error for a part that is not of the expected type.
    #[cold]
    fn invalid_type(self, expected: &dyn Expected) -> Error {
        match self.value.part(self.index) {
            // The deserializer of `serde_json` describes a number in its own way.
            Part::Scalar(value) => match value.deserialize_unit_struct("", Mismatch(expected)) {
                Ok(never) => match never {},
                Err(error) => error,
            },
            Part::Name(name) => Error::invalid_type(Unexpected::Str(name), expected),
            Part::Array(_) => Error::invalid_type(Unexpected::Seq, expected),
            Part::Object(_) => Error::invalid_type(Unexpected::Map, expected),
        }
    }
}

/// A visitor that expects something and accepts nothing.
struct Mismatch<'e>(&'e dyn Expected);

impl Visitor<'_> for Mismatch<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The items of an array.
pub(crate) struct Items<'b> {
    value: &'b BufferedValue,
    at: usize,
    end: usize,
}

impl<'b> Iterator for Items<'b> {
    type Item = BufferedPart<'b>;

    fn next(&mut self) -> Option<BufferedPart<'b>> {
        let item = (self.at < self.end).then(|| BufferedPart::new(self.value, self.at))?;
        self.at = self.value.end(self.at);
        Some(item)
    }
}

impl<'b> SeqAccess<'b> for Items<'b> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next().map(|item| seed.deserialize(item)).transpose()
    }
}

/// The members of an object.
pub(crate) struct Members<'b> {
    value: &'b BufferedValue,
    at: usize,
    end: usize,
}

impl<'b> Iterator for Members<'b> {
    type Item = (&'b str, BufferedPart<'b>);

    fn next(&mut self) -> Option<(&'b str, BufferedPart<'b>)> {
        let Part::Name(name) = self.value.part((self.at < self.end).then_some(self.at)?) else { return None };
        let member = BufferedPart::new(self.value, self.at + 1);
        self.at = self.value.end(self.at + 1);
        Some((name, member))
    }
}

/// The members of an object, while they are decoded.
struct DecodedMembers<'b> {
    members: Members<'b>,
    /// The value of the member whose name was decoded last.
    current: Option<BufferedPart<'b>>,
}

impl<'b> MapAccess<'b> for DecodedMembers<'b> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((name, member)) = self.members.next() else { return Ok(None) };
        self.current = Some(member);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.current.take() {
            Some(member) => seed.deserialize(member),
            None => Err(Error::custom("a value without a name")),
        }
    }
}

/// Methods that decode a scalar. The deserializer of `serde_json` decodes it, so that all types of numbers are
/// converted as usual.
macro_rules! deserialize_scalar {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {
        $(fn $method<V: Visitor<'b>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Error> {
            match self.read()? {
                Part::Scalar(value) => value.$method($($argument,)* visitor),
                _ => Err(self.invalid_type(&visitor)),
            }
        })*
    };
}

impl<'b> Deserializer<'b> for BufferedPart<'b> {
    type Error = Error;

    deserialize_scalar! {
        deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_unit() deserialize_identifier()
        deserialize_unit_struct(name: &'static str)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_any<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.read()? {
            Part::Scalar(value) => value.deserialize_any(visitor),
            Part::Name(name) => visitor.visit_borrowed_str(name),
            Part::Array(_) => visitor.visit_seq(self.items()),
            Part::Object(_) => visitor.visit_map(DecodedMembers { members: self.members(), current: None }),
        }
    }

    fn deserialize_seq<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.read()? {
            Part::Array(_) => visitor.visit_seq(self.items()),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.read()? {
            Part::Object(_) => visitor.visit_map(DecodedMembers { members: self.members(), current: None }),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.part(self.index) {
            Part::Scalar(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'b>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == UNION {
            self.value.budget().step()?;
            return hand_over(self.index, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, Error> {
        self.value.budget().step()?;
        visitor.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'b>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'b>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'b>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }
}
