// copperplate runtime: copied into each generated crate that uses it.
//! Fingerprints: 64-bit hashes of JSON values. Equal values have the same fingerprint. Different values rarely have the
//! same fingerprint.
//!
//! A value that contains NaN or an infinity has no fingerprint, because JSON cannot represent such a number.

use std::fmt::Display;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Error;

use crate::runtime::validation::deadline;
use crate::runtime::validation::number_value::NumberValue;
use crate::runtime::validation::pointer::reference_token;

// part: floats or multipart
/// Returns the JSON Pointer of the first NaN or infinity in `value`, and this number as a string. Returns `None` if all
/// numbers are finite.
pub(crate) fn first_non_finite<T: Serialize + ?Sized>(value: &T) -> Option<(String, String)> {
    let error = value.serialize(FingerprintSerializer(&RandomState::new())).err()?.to_string();
    let (pointer, number) = error.rsplit_once(' ')?;
    Some((pointer.to_owned(), number.to_owned()))
}
// end of part

/// Prepends a reference token to the JSON Pointer in an error. The message of an error is a JSON Pointer, a space, and
/// the reason: `/a/0 NaN`.
#[cold]
fn prepend(step: impl Display, error: &Error) -> Error {
    Error::custom(format_args!("/{step}{error}"))
}

/// Serializes a value to its fingerprint.
#[derive(Clone, Copy)]
pub(crate) struct FingerprintSerializer<'a>(pub(crate) &'a RandomState);

impl FingerprintSerializer<'_> {
    fn hash(self, value: impl Hash) -> Result<u64, Error> {
        self.hash_long(value, 0)
    }

    /// Hashes a value of `length` bytes.
    fn hash_long(self, value: impl Hash, length: usize) -> Result<u64, Error> {
        match deadline::has_passed(WORK_OF_A_HASH + length / BYTES_PER_WORK) {
            true => Err(Error::custom(" not hashed: it took too long")),
            false => Ok(self.0.hash_one(value)),
        }
    }
}

/// The work of a hash, for the deadline.
const WORK_OF_A_HASH: usize = 5;

/// The number of bytes of a text that are hashed in a unit of work, for the deadline.
const BYTES_PER_WORK: usize = 4;

// Each JSON type has a tag, which is hashed with the value. So `0` and `false` have different fingerprints.
const NULL: u8 = 0;
const BOOLEAN: u8 = 1;
const NUMBER: u8 = 2;
const STRING: u8 = 3;
const ARRAY: u8 = 4;
const OBJECT: u8 = 5;

/// Emits a Rust method for each integer type. Equal integers of different types have the same fingerprint.
macro_rules! integers {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<u64, Error> {
            self.hash((NUMBER, NumberValue::Integer(i128::from(number))))
        })*
    };
}

/// Emits the Rust methods of `Serializer` that the types of an API never call.
macro_rules! unsupported {
    ($($method:ident($($argument:ty),*) -> $output:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$output, Error> {
            Err(Error::custom(" not a JSON value"))
        })*
    };
}

impl<'a> Serializer for FingerprintSerializer<'a> {
    type Ok = u64;
    type Error = Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Impossible<u64, Error>;
    type SerializeTupleStruct = Impossible<u64, Error>;
    type SerializeTupleVariant = Impossible<u64, Error>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Digits<'a>;
    type SerializeStructVariant = Impossible<u64, Error>;

    integers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    unsupported! {
        serialize_bytes(&[u8]) -> u64;
        serialize_unit_struct(&'static str) -> u64;
        serialize_unit_variant(&'static str, u32, &'static str) -> u64;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result<u64, Error> {
        self.hash((BOOLEAN, value))
    }

    fn serialize_f32(self, number: f32) -> Result<u64, Error> {
        self.serialize_f64(f64::from(number))
    }

    fn serialize_f64(self, number: f64) -> Result<u64, Error> {
        if !number.is_finite() {
            return Err(Error::custom(format_args!(" {number}")));
        }
        self.hash((NUMBER, NumberValue::from(number)))
    }

    fn serialize_char(self, letter: char) -> Result<u64, Error> {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<u64, Error> {
        self.hash_long((STRING, text), text.len())
    }

    fn serialize_none(self) -> Result<u64, Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<u64, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<u64, Error> {
        self.hash(NULL)
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
        ARRAY.hash(&mut items);
        Ok(Items { serializer: self, items, count: 0 })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Digits<'a>, Error> {
        Ok(Digits { serializer: self, fingerprint: Err(Error::custom(" not a JSON value")) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Error> {
        Ok(Members { serializer: self, name: 0, count: 0, sum: 0 })
    }
}

/// Computes the fingerprint of an array: a hash of the fingerprints of its items, in order.
pub(crate) struct Items<'a> {
    serializer: FingerprintSerializer<'a>,
    items: <RandomState as BuildHasher>::Hasher,
    count: usize,
}

impl SerializeSeq for Items<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        item.serialize(self.serializer).map_err(|error| prepend(self.count, &error))?.hash(&mut self.items);
        self.count += 1;
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        Ok(self.items.finish())
    }
}

/// Computes the fingerprint of a number that is serialized as a struct with its digits. `serde_json` does this if a
/// dependency of the crate enables the feature `arbitrary_precision` of `serde_json`.
pub(crate) struct Digits<'a> {
    serializer: FingerprintSerializer<'a>,
    fingerprint: Result<u64, Error>,
}

impl SerializeStruct for Digits<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, digits: &T) -> Result<(), Error> {
        let digits = serde_json::to_value(digits)?;
        let number = serde_json::from_str::<serde_json::Number>(digits.as_str().unwrap_or_default())?;
        self.fingerprint = self.serializer.hash((NUMBER, NumberValue::from(&number)));
        Ok(())
    }

    fn end(self) -> Result<u64, Error> {
        self.fingerprint
    }
}

/// Computes the fingerprint of an object: a hash of the sum of the fingerprints of its members. A sum does not depend
/// on the order of the members.
pub(crate) struct Members<'a> {
    serializer: FingerprintSerializer<'a>,
    name: u64,
    count: usize,
    sum: u64,
}

impl SerializeMap for Members<'_> {
    type Ok = u64;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.name = name.serialize(self.serializer)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let member = self.serializer.hash((self.name, value.serialize(self.serializer)?))?;
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
            prepend(reference_token(name.as_str().unwrap_or_default()), &error)
        })
    }

    fn end(self) -> Result<u64, Error> {
        self.serializer.hash((OBJECT, self.count, self.sum))
    }
}
