// copperplate runtime: copied unchanged into every generated crate.
//! JSON's equality: `1` is `1.0`, `true` is not `1`, and the order of members does not matter.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Error, Number, Value};

use super::validate::At;

/// Whether two values are the same.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => count(left) == count(right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        (left, right) => left == right,
    }
}

/// What a number counts, however it is written.
#[derive(PartialEq, Hash)]
enum Count {
    Whole(i128),
    /// The bits of a double that is not whole, or too large.
    Double(u64),
}

impl From<f64> for Count {
    fn from(number: f64) -> Self {
        // Below 10^38 the conversion of a whole number is exact.
        match number.fract() == 0.0 && number.abs() < 1e38 {
            true => Self::Whole(number as i128),
            false => Self::Double(number.to_bits()),
        }
    }
}

fn count(number: &Number) -> Count {
    match (number.as_i128(), number.as_f64()) {
        (Some(whole), _) => Count::Whole(whole),
        (None, number) => Count::from(number.unwrap_or_default()),
    }
}

/// How many items are compared without a table of their own.
const FEW: usize = 16;

/// The first two items that are the same. Fingerprints are compared first, so that it takes no longer than reading the items.
fn repeated<T: Serialize>(items: &[T]) -> Option<(usize, usize)> {
    let fingerprints = Fingerprints(&RandomState::new());
    let mut few = [0; FEW];
    let mut many = HashMap::new();
    if items.len() > FEW {
        many.reserve(items.len());
    }
    for (index, item) in items.iter().enumerate() {
        // What cannot be written as JSON is refused when it is written.
        let Ok(fingerprint) = item.serialize(fingerprints) else { continue };
        let earlier = if items.len() > FEW {
            match many.get(&fingerprint) {
                None => {
                    many.insert(fingerprint, index);
                    None
                }
                earlier => earlier.copied(),
            }
        } else {
            let earlier = few[..index].iter().position(|earlier| *earlier == fingerprint);
            few[index] = fingerprint;
            earlier
        };
        if let Some(earlier) = earlier.filter(|earlier| same(&items[*earlier], item)) {
            return Some((earlier, index));
        }
    }
    None
}

/// Whether two items with one fingerprint are the same; numbers beyond 64 bits are compared by their digits.
fn same<T: Serialize>(left: &T, right: &T) -> bool {
    match (serde_json::to_value(left), serde_json::to_value(right)) {
        (Ok(left), Ok(right)) => equal(&left, &right),
        _ => serde_json::to_vec(left).ok() == serde_json::to_vec(right).ok(),
    }
}

impl At<'_> {
    /// `uniqueItems`: no two items are the same JSON value.
    pub fn unique_items<T: Serialize>(self, items: &[T]) -> Self {
        if items.len() > 1
            && let Some((earlier, later)) = repeated(items)
        {
            self.violated("uniqueItems", None, Some(format!("the same at {earlier} and {later}")));
        }
        self
    }
}

/// Writes a value as a number that is the same for equal values, and another for nearly all others.
#[derive(Clone, Copy)]
struct Fingerprints<'a>(&'a RandomState);

impl Fingerprints<'_> {
    fn of(self, value: impl Hash) -> Result<u64, Error> {
        Ok(self.0.hash_one(value))
    }
}

/// What kind of value it is, so that values of different kinds differ.
const NULL: u8 = 0;
const BOOLEAN: u8 = 1;
const NUMBER: u8 = 2;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const OBJECT: u8 = 5;

/// Numbers are what they count, whatever their type.
macro_rules! whole_numbers {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<u64, Error> {
            self.of((NUMBER, Count::Whole(i128::from(number))))
        })*
    };
}

/// What no type of a document is: its types are written as the values that JSON has.
macro_rules! unknown_to_json {
    ($($method:ident($($argument:ty),*) -> $answer:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$answer, Error> {
            Err(serde::ser::Error::custom("a type that is no JSON value"))
        })*
    };
}

impl<'a> Serializer for Fingerprints<'a> {
    type Ok = u64;
    type Error = Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Impossible<u64, Error>;
    type SerializeTupleStruct = Impossible<u64, Error>;
    type SerializeTupleVariant = Impossible<u64, Error>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Impossible<u64, Error>;
    type SerializeStructVariant = Impossible<u64, Error>;

    whole_numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    unknown_to_json! {
        serialize_bytes(&[u8]) -> u64;
        serialize_unit_struct(&'static str) -> u64;
        serialize_unit_variant(&'static str, u32, &'static str) -> u64;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result<u64, Error> {
        self.of((BOOLEAN, value))
    }

    fn serialize_f32(self, number: f32) -> Result<u64, Error> {
        self.serialize_f64(f64::from(number))
    }

    fn serialize_f64(self, number: f64) -> Result<u64, Error> {
        self.of((NUMBER, Count::from(number)))
    }

    fn serialize_char(self, letter: char) -> Result<u64, Error> {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<u64, Error> {
        self.of((TEXT, text))
    }

    fn serialize_none(self) -> Result<u64, Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<u64, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<u64, Error> {
        self.of(NULL)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<u64, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<u64, Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Error> {
        let mut items = self.0.build_hasher();
        LIST.hash(&mut items);
        Ok(Items { of: self, items })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Error> {
        Ok(Members { of: self, name: 0, count: 0, sum: 0 })
    }
}

/// The fingerprint of a list: of its items, in order.
struct Items<'a> {
    of: Fingerprints<'a>,
    items: <RandomState as BuildHasher>::Hasher,
}

impl SerializeSeq for Items<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        item.serialize(self.of)?.hash(&mut self.items);
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        Ok(self.items.finish())
    }
}

/// The fingerprint of an object: of the sum of its members', so that their order does not matter.
struct Members<'a> {
    of: Fingerprints<'a>,
    name: u64,
    count: usize,
    sum: u64,
}

impl SerializeMap for Members<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.name = name.serialize(self.of)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let member = self.of.of((self.name, value.serialize(self.of)?))?;
        self.sum = self.sum.wrapping_add(member);
        self.count += 1;
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        self.of.of((OBJECT, self.count, self.sum))
    }
}
