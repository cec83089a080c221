// copperplate runtime: copied into each generated crate that uses it.
//! Implements `Decode` for types of the standard library: numbers, strings, `Vec` and `BTreeMap`.

use std::collections::BTreeMap; // part: maps
use std::fmt;
use std::marker::PhantomData; // part: maps

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::runtime::decoding::decode::{Decode, Seed};
use crate::runtime::decoding::decode::{MapKey, additional_member}; // part: maps
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::member_name::MemberName; // part: maps
use crate::runtime::decoding::memory;
use crate::runtime::validation::decimal::EXACT_DOUBLE_LIMIT; // part: floats
use crate::runtime::validation::decimal::parse_integer;

/// Implements [`Decode`] with `Deserialize`.
macro_rules! by_deserialize {
    ($($type:ty),*) => {
        $(impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, _: &Leniency) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer)
            }
        })*
    };
}

by_deserialize!((), bool, String);

// part: floats
by_deserialize!(f32);
// end of part

/// Returns the digits of a number that `serde_json` passes as a map. `serde_json` does this if the crate or a
/// dependency enables the feature `arbitrary_precision` of `serde_json`.
fn digits<'de, A: MapAccess<'de>>(map: A) -> Result<String, A::Error> {
    serde_json::Number::deserialize(MapAccessDeserializer::new(map)).map(|number| number.to_string())
}

/// Implements [`Decode`] for integer types. `1.0` and `1e3` are integers too, although `serde_json` passes them as
/// doubles.
macro_rules! integers {
    ($($type:ident),*) => {
        $(impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
                struct IntegerVisitor<'t>(&'t Leniency);

                impl<'de> Visitor<'de> for IntegerVisitor<'_> {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(stringify!($type))
                    }

                    fn visit_i64<E: Error>(self, number: i64) -> Result<$type, E> {
                        number.try_into().map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
                    }

                    fn visit_u64<E: Error>(self, number: u64) -> Result<$type, E> {
                        number.try_into().map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
                    }

                    fn visit_f64<E: Error>(self, number: f64) -> Result<$type, E> {
                        let integer = self.0.exact_integer(number).and_then(|integer| integer.try_into().ok());
                        integer.ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        let text = digits(map)?;
                        let integer = parse_integer(&text).and_then(|integer| integer.try_into().ok());
                        integer.ok_or_else(|| Error::invalid_type(Unexpected::Other(&text), &self))
                    }
                }

                deserializer.deserialize_any(IntegerVisitor(leniency))
            }
        })*
    };
}

integers!(i32, i64, u64);

// part: long_integers
impl<'de> Decode<'de> for i128 {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct IntegerVisitor<'t>(&'t Leniency);

        impl Visitor<'_> for IntegerVisitor<'_> {
            type Value = i128;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("i128")
            }

            fn visit_i64<E>(self, number: i64) -> Result<i128, E> {
                Ok(number.into())
            }

            fn visit_u64<E>(self, number: u64) -> Result<i128, E> {
                Ok(number.into())
            }

            fn visit_i128<E>(self, number: i128) -> Result<i128, E> {
                Ok(number)
            }

            // If the input is a JSON text, `serde_json` passes the digits as an integer. Only a `serde_json::Value`
            // passes a double.
            fn visit_f64<E: Error>(self, number: f64) -> Result<i128, E> {
                self.0.exact_integer(number).ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
            }
        }

        deserializer.deserialize_i128(IntegerVisitor(leniency))
    }
}
// end of part

// part: floats
impl<'de> Decode<'de> for f64 {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct DoubleVisitor<'t>(&'t Leniency);

        impl<'de> Visitor<'de> for DoubleVisitor<'_> {
            type Value = f64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("f64")
            }

            fn visit_f64<E>(self, number: f64) -> Result<f64, E> {
                Ok(number)
            }

            fn visit_i64<E>(self, number: i64) -> Result<f64, E> {
                let double = number as f64;
                self.0.note_conversion(double, number.into());
                Ok(double)
            }

            fn visit_u64<E>(self, number: u64) -> Result<f64, E> {
                let double = number as f64;
                self.0.note_conversion(double, number.into());
                Ok(double)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<f64, A::Error> {
                let text = digits(map)?;
                let double: f64 = text.parse().map_err(|_| Error::invalid_type(Unexpected::Other(&text), &self))?;
                // Without `arbitrary_precision`, `serde_json` rejects such a number with the same message.
                if !double.is_finite() {
                    return Err(Error::custom("number out of range"));
                }
                if double.abs() >= EXACT_DOUBLE_LIMIT
                    && let Some(integer) = parse_integer(&text)
                {
                    self.0.note_conversion(double, integer);
                }
                Ok(double)
            }
        }

        deserializer.deserialize_any(DoubleVisitor(leniency))
    }
}
// end of part

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        memory::take(size_of::<T>())?;
        T::decode(deserializer, leniency).map(Box::new)
    }

    fn members(&self) -> Option<&'static [&'static str]> {
        (**self).members()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct NullableVisitor<'t, T>(Seed<'t, T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for NullableVisitor<'_, T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
                self.0.deserialize(deserializer).map(Some)
            }
        }

        deserializer.deserialize_option(NullableVisitor(Seed::new(leniency)))
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct ArrayVisitor<'t, T>(Seed<'t, T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for ArrayVisitor<'_, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
                memory::begin_container()?;
                let leniency = self.0.0;
                let mut items = Vec::new();
                while let Some(item) = leniency.within(&items.len(), || array.next_element_seed(Seed::new(leniency)))? {
                    memory::take(size_of::<T>())?;
                    items.push(item);
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(ArrayVisitor(Seed::new(leniency)))
    }
}

// part: maps
impl<'de, K: MapKey, T: Decode<'de>> Decode<'de> for BTreeMap<K, T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct MapVisitor<'t, K, T>(Seed<'t, T>, PhantomData<K>);

        impl<'de, K: MapKey, T: Decode<'de>> Visitor<'de> for MapVisitor<'_, K, T> {
            type Value = BTreeMap<K, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BTreeMap<K, T>, A::Error> {
                memory::begin_container()?;
                let mut members = BTreeMap::new();
                while let Some(name) = map.next_key::<MemberName<'de>>()? {
                    additional_member(&mut members, &name.0, &mut map, self.0.0)?;
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(MapVisitor(Seed::new(leniency), PhantomData))
    }
}
// end of part
