// copperplate runtime: copied into each generated crate that uses it.
//! The macro that implements the traits of serde for structs with an unnamed field for each item of an array.
#![allow(unused_macros, reason = "a crate uses the macros that its schemas need")]

use serde::de::{Error, Expected, IgnoredAny, SeqAccess};

use crate::runtime::decoding::decode::{Decode, Seed};
use crate::runtime::decoding::leniency::Leniency;

/// Implements `Eq` and the traits of serde for a struct with unnamed fields, which is an array of a fixed length in JSON.
///
/// The argument of the macro is a table with the direction (`sent`, `received` or `both`), the Rust type, and the positions
/// of the fields.
macro_rules! tuple {
    (both $type:ident $table:tt) => {
        impl Eq for $type {}
        $crate::runtime::codec::serialize_tuple!($type $table);
        $crate::runtime::codec::deserialize_tuple!($type $table);
    };
    (sent $type:ident $table:tt) => {
        impl Eq for $type {}
        $crate::runtime::codec::serialize_tuple!($type $table);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::deserialize_tuple!($type $table);
    };
    (received $type:ident $table:tt) => {
        impl Eq for $type {}
        $crate::runtime::codec::deserialize_tuple!($type $table);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::serialize_tuple!($type $table);
    };
}

macro_rules! serialize_tuple {
    ($type:ident { $($position:tt),* $(,)? }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut array = serde::Serializer::serialize_seq(serializer, Some([$($position),*].len()))?;
                $(serde::ser::SerializeSeq::serialize_element(&mut array, &self.$position)?;)*
                serde::ser::SerializeSeq::end(array)
            }
        }
    };
}

macro_rules! deserialize_tuple {
    ($type:ident { $($position:tt),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }

        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            fn decode<D: serde::Deserializer<'de>>(
                deserializer: D,
                leniency: &$crate::runtime::Leniency,
            ) -> Result<Self, D::Error> {
                struct TupleVisitor<'t>(&'t $crate::runtime::Leniency);

                impl<'de> serde::de::Visitor<'de> for TupleVisitor<'_> {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(f, "an array of length {}", [$($position),*].len())
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut array: A) -> Result<$type, A::Error> {
                        $crate::runtime::decoding::memory::begin_fields()?;
                        let tuple = $type($(
                            $crate::runtime::decoding::tuple::item(&mut array, $position, self.0, &self)?
                        ),*);
                        $crate::runtime::decoding::tuple::end(array, [$($position),*].len(), &self)?;
                        Ok(tuple)
                    }
                }

                deserializer.deserialize_seq(TupleVisitor(leniency))
            }
        }
    };
}

pub(crate) use {deserialize_tuple, serialize_tuple, tuple};

/// Decodes the item at `position`.
///
/// # Errors
/// Returns an error if the array ends before the item, or if the item does not decode.
pub fn item<'de, T: Decode<'de>, A: SeqAccess<'de>>(
    array: &mut A,
    position: usize,
    leniency: &Leniency,
    expected: &dyn Expected,
) -> Result<T, A::Error> {
    let item = leniency.within(&position, || array.next_element_seed(Seed::new(leniency)))?;
    item.ok_or_else(|| Error::invalid_length(position, expected))
}

/// Ends the decoding of an array with `length` items.
///
/// # Errors
/// Returns an error if there is a further item.
pub fn end<'de, A: SeqAccess<'de>>(mut array: A, length: usize, expected: &dyn Expected) -> Result<(), A::Error> {
    match array.next_element::<IgnoredAny>()? {
        Some(_) => Err(Error::invalid_length(length + 1, expected)),
        None => Ok(()),
    }
}
