// copperplate runtime: copied unchanged into every generated crate.
//! Fingerprints of values: the same for equal values, and others for nearly all others. A number that JSON cannot write has none.

use std::fmt::Display;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Error;

use crate::runtime::validation::equality::{Count, count};

/// The pointer to the first number in `value` that JSON cannot write, and that number: NaN or an infinity.
pub(crate) fn unwritable<T: Serialize + ?Sized>(value: &T) -> Option<(String, String)> {
    let error = value.serialize(Fingerprints(&RandomState::new())).err()?.to_string();
    let (pointer, number) = error.rsplit_once(' ')?;
    Some((pointer.to_owned(), number.to_owned()))
}

/// An error in a part of a value: its text begins with the pointer to what is wrong.
#[cold]
fn below(step: impl Display, error: &Error) -> Error {
    Error::custom(format_args!("/{step}{error}"))
}

/// Writes a value as a fingerprint.
#[derive(Clone, Copy)]
pub(crate) struct Fingerprints<'a>(pub(crate) &'a RandomState);

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
    ($($method:ident($($argument:ty),*) -> $output:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$output, Error> {
            Err(Error::custom(" a type that is no JSON value"))
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
    type SerializeStruct = Digits<'a>;
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
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result<u64, Error> {
        self.of((BOOLEAN, value))
    }

    fn serialize_f32(self, number: f32) -> Result<u64, Error> {
        self.serialize_f64(f64::from(number))
    }

    fn serialize_f64(self, number: f64) -> Result<u64, Error> {
        if !number.is_finite() {
            return Err(Error::custom(format_args!(" {number}")));
        }
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
        Ok(Items { of: self, items, count: 0 })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Digits<'a>, Error> {
        Ok(Digits { of: self, fingerprint: Err(Error::custom(" a type that is no JSON value")) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Error> {
        Ok(Members { of: self, name: 0, count: 0, sum: 0 })
    }
}

/// The fingerprint of a list: of its items, in order.
pub(crate) struct Items<'a> {
    of: Fingerprints<'a>,
    items: <RandomState as BuildHasher>::Hasher,
    count: usize,
}

impl SerializeSeq for Items<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        item.serialize(self.of).map_err(|error| below(self.count, &error))?.hash(&mut self.items);
        self.count += 1;
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        Ok(self.items.finish())
    }
}

/// The fingerprint of a number that shows its digits: in a crate where some dependency asks `serde_json` for numbers of any length, all
/// numbers of values do.
pub(crate) struct Digits<'a> {
    of: Fingerprints<'a>,
    fingerprint: Result<u64, Error>,
}

impl SerializeStruct for Digits<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, digits: &T) -> Result<(), Error> {
        let digits = serde_json::to_value(digits)?;
        let number = serde_json::from_str::<serde_json::Number>(digits.as_str().unwrap_or_default())?;
        self.fingerprint = self.of.of((NUMBER, count(&number)));
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        self.fingerprint
    }
}

/// The fingerprint of an object: of the sum of its members', so that their order does not matter.
pub(crate) struct Members<'a> {
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

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        name: &K,
        value: &V,
    ) -> Result<(), Error> {
        self.serialize_key(name)?;
        self.serialize_value(value).map_err(|error| {
            let name = serde_json::to_value(name).unwrap_or_default();
            below(name.as_str().unwrap_or_default().replace('~', "~0").replace('/', "~1"), &error)
        })
    }

    fn end(self) -> Result<u64, Error> {
        self.of.of((OBJECT, self.count, self.sum))
    }
}
