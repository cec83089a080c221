// copperplate runtime: copied into each generated crate that uses it.
//! A JSON value as a flat list of its parts, from which the variants of a union are decoded.
//!
//! The parts are in document order, so the parts of an array or object follow it. A nested union is decoded from the
//! list of the outermost union, by the index of its value, and nothing is copied.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::runtime::decoding::member_name::MemberName;
use crate::runtime::decoding::memory;
use crate::runtime::decoding::scalar::{NUMBER, number_or_object, visit_scalars};
use crate::runtime::decoding::union::budget::UnionBudget;

/// The name of the newtype that a union requests from its deserializer. The deserializer of a buffered part hands over
/// its index, and any other deserializer decodes the content of the newtype.
pub(crate) const UNION: &str = "$copperplate::union";

/// The maximal number of members whose names are sorted without allocating memory.
const FEW: usize = 8;

/// The number of parts for which memory is reserved.
const USUAL_PARTS: usize = 8;

/// The number of bytes of a text that are copied in the time of one step of the budget.
const TEXT_PER_STEP: usize = 1_024;

thread_local! {
    /// The index of the part that a deserializer hands over.
    static HANDED_OVER: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A part of a value.
#[derive(Debug)]
pub(crate) enum Part {
    /// A null, boolean, number or string.
    Scalar(Value),
    /// The name of a member. The value of the member follows.
    Name(String),
    /// An array, with the number of parts of its items.
    Array(usize),
    /// An object, with the number of parts of its members.
    Object(usize),
}

impl Part {
    /// The number of steps that reading this part takes: one, and one for each kilobyte of a text.
    #[inline]
    pub(crate) fn steps(&self) -> usize {
        1 + self.text_length() / TEXT_PER_STEP
    }

    /// The length of a string or name, in bytes. 0 for any other part.
    #[inline]
    pub(crate) fn text_length(&self) -> usize {
        match self {
            Self::Scalar(Value::String(text)) | Self::Name(text) => text.len(),
            Self::Scalar(_) | Self::Array(_) | Self::Object(_) => 0,
        }
    }
}

/// A value as a list of parts, and the budget for decoding it.
#[derive(Debug)]
pub struct BufferedValue {
    parts: Vec<Part>,
    budget: UnionBudget,
}

/// The value of a union, as its deserializer provides it.
pub(crate) enum UnionInput {
    /// The value of an outermost union.
    Value(BufferedValue),
    /// The index of a part of the current value.
    Part(usize),
}

/// Reads the value of a union.
///
/// # Errors
/// Returns an error if the value is not JSON.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<UnionInput, D::Error> {
    let mut parts = Vec::new();
    deserializer.deserialize_newtype_struct(UNION, PartsVisitor(&mut parts))?;
    Ok(match HANDED_OVER.take() {
        Some(index) => UnionInput::Part(index),
        None => UnionInput::Value(BufferedValue::new(parts)),
    })
}

/// Hands over the part at `index` to [`read`].
pub(crate) fn hand_over<'de, V: Visitor<'de>, E: Error>(index: usize, visitor: V) -> Result<V::Value, E> {
    HANDED_OVER.set(Some(index));
    visitor.visit_bytes(UNION.as_bytes())
}

impl BufferedValue {
    fn new(parts: Vec<Part>) -> Self {
        let budget = UnionBudget::new(parts.len());
        Self { parts, budget }
    }

    pub(crate) fn from_json(json: Value) -> Self {
        let mut parts = Vec::new();
        push_json(json, &mut parts);
        Self::new(parts)
    }

    pub(crate) fn budget(&self) -> &UnionBudget {
        &self.budget
    }

    pub(crate) fn part(&self, index: usize) -> &Part {
        &self.parts[index]
    }

    /// The number of steps that reading the value once takes.
    pub(crate) fn steps(&self) -> usize {
        self.parts.iter().map(Part::steps).sum()
    }

    /// The part at `index` and all parts that belong to it.
    pub(crate) fn parts(&self, index: usize) -> &[Part] {
        &self.parts[index..self.end(index)]
    }

    /// The index after the part at `index` and all parts that belong to it.
    pub(crate) fn end(&self, index: usize) -> usize {
        end(&self.parts, index)
    }
}

fn end(parts: &[Part], index: usize) -> usize {
    match parts[index] {
        Part::Scalar(_) | Part::Name(_) => index + 1,
        Part::Array(length) | Part::Object(length) => index + 1 + length,
    }
}

fn push_json(json: Value, parts: &mut Vec<Part>) {
    let start = parts.len();
    match json {
        Value::Array(items) => {
            parts.push(Part::Array(0));
            items.into_iter().for_each(|item| push_json(item, parts));
            parts[start] = Part::Array(parts.len() - start - 1);
        }
        Value::Object(members) => {
            parts.push(Part::Object(0));
            for (name, member) in members {
                parts.push(Part::Name(name));
                push_json(member, parts);
            }
            parts[start] = Part::Object(parts.len() - start - 1);
        }
        scalar => parts.push(Part::Scalar(scalar)),
    }
}

/// The members of the object at `start`, which is the last value in the list: their names, and the indexes of the names.
fn last_members(parts: &[Part], start: usize) -> impl Iterator<Item = (&str, usize)> {
    let mut at = start + 1;
    std::iter::repeat(()).map_while(move |()| {
        let Some(Part::Name(name)) = parts.get(at) else { return None };
        let member = (name.as_str(), at);
        at = end(parts, at + 1);
        Some(member)
    })
}

/// The indexes of the names that occur again in the object at `start`, which is the last value in the list.
fn duplicates(parts: &[Part], start: usize) -> Vec<usize> {
    let (mut few, mut many) = ([("", 0); FEW], Vec::new());
    let members = if last_members(parts, start).nth(FEW).is_none() {
        let count = last_members(parts, start).zip(&mut few).map(|(member, place)| *place = member).count();
        &mut few[..count]
    } else {
        many.extend(last_members(parts, start));
        &mut many
    };
    members.sort_unstable();
    let is_duplicate = |pair: &&[(&str, usize)]| pair[0].0 == pair[1].0;
    members.windows(2).filter(is_duplicate).map(|pair| pair[0].1).collect()
}

/// Keeps the last member of each name in the object at `start`, which is the last value in the list. A map of
/// `serde_json` does the same.
fn remove_duplicates(parts: &mut Vec<Part>, start: usize) {
    let mut duplicates = duplicates(parts, start);
    if duplicates.is_empty() {
        return;
    }
    duplicates.sort_unstable();
    let ends: Vec<usize> = duplicates.iter().map(|at| end(parts, at + 1)).collect();
    let mut ranges = duplicates.into_iter().zip(ends).peekable();
    let mut at = start;
    let members = parts.split_off(start + 1);
    parts.extend(members.into_iter().filter(|_| {
        at += 1;
        while ranges.next_if(|(_, end)| *end <= at).is_some() {}
        ranges.peek().is_none_or(|(first, _)| at < *first)
    }));
    parts[start] = Part::Object(parts.len() - start - 1);
}

/// Appends the parts of a value to a list.
struct PartsVisitor<'p>(&'p mut Vec<Part>);

impl PartsVisitor<'_> {
    fn push<E: Error>(&mut self, part: Part) -> Result<(), E> {
        memory::take(size_of::<Part>())?;
        self.0.push(part);
        Ok(())
    }

    fn scalar<E: Error>(mut self, value: Value) -> Result<(), E> {
        self.push(Part::Scalar(value))
    }
}

impl<'de> DeserializeSeed<'de> for PartsVisitor<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PartsVisitor<'_> {
    type Value = ();

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.reserve(USUAL_PARTS);
        deserializer.deserialize_any(self)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<(), E> {
        // Only `hand_over` provides bytes with an index.
        match HANDED_OVER.get() {
            Some(_) => Ok(()),
            None => Err(E::invalid_type(serde::de::Unexpected::Bytes(bytes), &self)),
        }
    }

    visit_scalars!();

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut array: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.push(Part::Array(0))?;
        while array.next_element_seed(PartsVisitor(self.0))?.is_some() {}
        self.0[start] = Part::Array(self.0.len() - start - 1);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.push(Part::Object(0))?;
        while let Some(MemberName(name)) = map.next_key()? {
            if name == NUMBER && self.0.len() == start + 1 {
                let mut value = number_or_object(map.next_value()?).map_err(A::Error::custom)?;
                match value.get_mut(NUMBER).map(Value::take) {
                    None => {
                        self.0[start] = Part::Scalar(value);
                        return Ok(());
                    }
                    Some(member) => {
                        self.0.push(Part::Name(name.into_owned()));
                        push_json(member, self.0);
                        continue;
                    }
                }
            }
            self.push(Part::Name(name.into_owned()))?;
            map.next_value_seed(PartsVisitor(self.0))?;
        }
        self.0[start] = Part::Object(self.0.len() - start - 1);
        remove_duplicates(self.0, start);
        Ok(())
    }
}
