// copperplate runtime: copied into each generated crate that uses it.
//! The deserializer of a part of a buffered value.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Number, Value};

use crate::runtime::decoding::buffered_value::{BufferedValue, Part, UNION, hand_over};
use crate::runtime::decoding::memory;
use crate::runtime::decoding::union::attempt_error::AttemptError;

/// The memory that a part takes in a JSON value, in bytes. An object with one member has three parts, and its map has room
/// for eleven members.
const MEMORY_OF_PART: usize = 220;

/// The length of a text from which its memory is counted, in bytes.
const LONG_TEXT: usize = 64;

/// A part of a buffered value, which can be decoded any number of times. Each time takes steps of the budget.
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

    /// Whether the part is an array or an object.
    pub(crate) fn is_container(self) -> bool {
        matches!(self.value.part(self.index), Part::Array(_) | Part::Object(_))
    }

    /// The number of steps that reading this part takes, with all parts that belong to it.
    pub(crate) fn steps(self) -> usize {
        self.value.parts(self.index).iter().map(Part::steps).sum()
    }

    /// The memory that a copy of this part takes as a JSON value, in bytes.
    pub(crate) fn memory_of_json(self) -> usize {
        self.value.parts(self.index).iter().map(|part| MEMORY_OF_PART + part.text_length()).sum()
    }

    /// The text of a string, number or boolean, with which a discriminator is compared.
    pub(crate) fn scalar_text(self) -> Option<Cow<'b, str>> {
        match self.value.part(self.index) {
            Part::Scalar(value) => scalar_text(value),
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

    /// Takes several steps of the budget.
    pub(crate) fn take_steps(self, count: usize) -> Result<(), AttemptError> {
        Ok(self.value.budget().take_steps(count)?)
    }

    /// Takes the steps that reading the part takes, and returns the part.
    fn read(self) -> Result<&'b Part, AttemptError> {
        let part = self.value.part(self.index);
        match part {
            Part::Scalar(Value::String(text)) if text.len() >= LONG_TEXT => self.take_text(part)?,
            _ => self.value.budget().step()?,
        }
        Ok(part)
    }

    /// Takes the steps and the memory of a long text, because each variant has its own copy.
    #[cold]
    fn take_text(self, text: &Part) -> Result<(), AttemptError> {
        self.value.budget().allow_texts(|| self.value.steps());
        self.value.budget().take_steps(text.steps())?;
        memory::take(text.text_length())
    }

    /// The error for a part that is not of the expected type.
    #[cold]
    fn invalid_type(self, expected: &dyn Expected) -> AttemptError {
        let unexpected = match self.value.part(self.index) {
            Part::Scalar(Value::Bool(value)) => Unexpected::Bool(*value),
            Part::Scalar(Value::String(text)) | Part::Name(text) => Unexpected::Str(text),
            Part::Scalar(Value::Number(number)) => unexpected_number(number),
            Part::Scalar(_) => Unexpected::Unit,
            Part::Array(_) => Unexpected::Seq,
            Part::Object(_) => Unexpected::Map,
        };
        AttemptError::invalid_type(unexpected, expected)
    }
}

fn unexpected_number(number: &Number) -> Unexpected<'static> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(number), ..) => Unexpected::Unsigned(number),
        (_, Some(number), _) => Unexpected::Signed(number),
        (_, _, Some(number)) => Unexpected::Float(number),
        (None, None, None) => Unexpected::Other("number"),
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &'de Number, visitor: V) -> Result<V::Value, AttemptError> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        number.deserialize_any(visitor).map_err(AttemptError::custom)
    }
}

/// The text of a string, number or boolean: `1` for the number 1 and for 1.0. `None` for any other value.
pub fn scalar_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => {
            let text = number.to_string();
            Some(Cow::Owned(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)))
        }
        Value::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        _ => None,
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
    type Error = AttemptError;

    fn next_element_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<Option<S::Value>, AttemptError> {
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
    type Error = AttemptError;

    fn next_key_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<Option<S::Value>, AttemptError> {
        let Some((name, member)) = self.members.next() else { return Ok(None) };
        self.current = Some(member);
        if name.len() >= LONG_TEXT {
            member.take_text(self.members.value.part(member.index - 1))?;
        }
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'b>>(&mut self, seed: S) -> Result<S::Value, AttemptError> {
        match self.current.take() {
            Some(member) => seed.deserialize(member),
            None => Err(AttemptError::custom("a value without a name")),
        }
    }
}

/// Methods that decode numbers. The deserializer of `serde_json` converts them as usual.
macro_rules! deserialize_number {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
            match self.read()? {
                Part::Scalar(Value::Number(number)) => number.$method(visitor).map_err(AttemptError::custom),
                _ => Err(self.invalid_type(&visitor)),
            }
        })*
    };
}

impl<'b> Deserializer<'b> for BufferedPart<'b> {
    type Error = AttemptError;

    deserialize_number! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    forward_to_deserialize_any! {
        <V: Visitor<'b>>
        bool char str string bytes byte_buf unit unit_struct tuple tuple_struct struct identifier
    }

    fn deserialize_any<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
        match self.read()? {
            Part::Scalar(Value::String(text)) => visitor.visit_borrowed_str(text),
            Part::Scalar(Value::Number(number)) => visit_number(number, visitor),
            Part::Scalar(Value::Bool(value)) => visitor.visit_bool(*value),
            Part::Scalar(_) => visitor.visit_unit(),
            Part::Name(name) => visitor.visit_borrowed_str(name),
            Part::Array(_) => visitor.visit_seq(self.items()),
            Part::Object(_) => visitor.visit_map(DecodedMembers { members: self.members(), current: None }),
        }
    }

    fn deserialize_seq<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
        match self.read()? {
            Part::Array(_) => visitor.visit_seq(self.items()),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
        match self.read()? {
            Part::Object(_) => visitor.visit_map(DecodedMembers { members: self.members(), current: None }),
            _ => Err(self.invalid_type(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
        match self.value.part(self.index) {
            Part::Scalar(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'b>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, AttemptError> {
        if name == UNION {
            self.value.budget().step()?;
            return hand_over(self.index, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'b>>(self, visitor: V) -> Result<V::Value, AttemptError> {
        self.value.budget().step()?;
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'b>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, AttemptError> {
        match self.read()? {
            Part::Scalar(Value::String(text)) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            _ => Err(self.invalid_type(&visitor)),
        }
    }
}
