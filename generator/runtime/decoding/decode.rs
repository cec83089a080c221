// copperplate runtime: copied unchanged into every generated crate.
//! Reading values: serde's own way, but for integers, which JSON may write with a fraction of zero.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::runtime::decoding::codec::Name;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::validation::number;

/// A value that is read from JSON. An object says how its members are read, and everything else how it is read as a whole.
///
/// They are one trait because each implementation of a trait costs the compiler, and a large API has thousands of objects.
pub trait Decode<'de>: Sized {
    /// What an object is, for messages.
    const NAME: &'static str = "";

    /// The members that an object keeps; `None` where it keeps all.
    const MEMBERS: Option<&'static [&'static str]> = None;

    /// Reads it, and notes what is read although the document forbids it.
    ///
    /// # Errors
    /// Where the value has another type.
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        object(deserializer, leniency)
    }

    /// Reads the members of an object, in whatever order they come.
    ///
    /// # Errors
    /// Where a member is missing, stands twice, or has another type.
    fn decode_members<A: MapAccess<'de>>(map: A, leniency: &Leniency) -> Result<Self, A::Error> {
        _ = (map, leniency);
        Err(Error::invalid_type(Unexpected::Map, &"another value"))
    }

    /// The members of an object that this value keeps; `None` where it keeps all.
    fn members(&self) -> Option<&'static [&'static str]> {
        Self::MEMBERS
    }
}

/// Reads a value for a reader who does not ask what was read although the document forbids it.
///
/// # Errors
/// Where the value has another type.
pub fn deserialize<'de, T: Decode<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::decode(deserializer, &Leniency::counted())
}

/// Reads an object: a value of another kind is refused by the name of the object.
///
/// # Errors
/// Where the value is no object, or its members are not as documented.
pub fn object<'de, T: Decode<'de>, D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<T, D::Error> {
    struct Members<'t, T>(&'t Leniency, PhantomData<T>);

    impl<'de, T: Decode<'de>> Visitor<'de> for Members<'_, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::decode_members(map, self.0)
        }
    }

    deserializer.deserialize_map(Members(leniency, PhantomData))
}

/// A value that is read from JSON and borrows nothing of it.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// A [`Decode`] value as serde wants it.
#[derive(Debug)]
pub struct Seed<'t, T>(&'t Leniency, PhantomData<T>);

impl<'t, T> Seed<'t, T> {
    /// The seed of any value.
    pub fn new(leniency: &'t Leniency) -> Self {
        Self(leniency, PhantomData)
    }
}

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer, self.0)
    }
}

/// Reads a whole text.
///
/// # Errors
/// Where it is no JSON, or the value has another type.
pub(crate) fn from_slice<T: DecodeOwned>(text: &[u8], leniency: &Leniency) -> Result<T, serde_json::Error> {
    let trial = leniency.on_trial();
    let mut read = (whole(text, &trial), trial);
    if read.0.is_err() || read.1.is_rounded() {
        read = spelt_out(text, read);
    }
    leniency.absorb(&read.1);
    read.0
}

/// A value, and what it was read with.
type Noted<T> = (Result<T, serde_json::Error>, Leniency);

/// Reads a text once more, with its integers spelt out: with an exponent or a fraction they may have come as doubles, or not at all.
#[cold]
#[inline(never)]
fn spelt_out<T: DecodeOwned>(text: &[u8], first: Noted<T>) -> Noted<T> {
    // Small ones are told by any double, and keep only a reader of 128 bits from reading.
    let from = if first.0.is_err() { 0 } else { number::ROUNDED as i128 };
    let Some(text) = number::spelt_out(text, from) else { return first };
    let trial = first.1.on_trial();
    match whole(&text, &trial) {
        Ok(value) => (Ok(value), trial),
        Err(_) => first,
    }
}

fn whole<T: DecodeOwned>(text: &[u8], leniency: &Leniency) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::decode(&mut deserializer, leniency)?;
    deserializer.end()?;
    Ok(value)
}

/// The value of a member.
///
/// # Errors
/// Where the value has another type.
pub fn member<'de, T: Decode<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    leniency: &Leniency,
) -> Result<T, A::Error> {
    leniency.inside(&name, || map.next_value_seed(Seed::new(leniency)))
}

/// Reads and keeps the value of a member that the document does not name, which may stand once as any other.
///
/// # Errors
/// Where the value has another type, or the member stood before.
pub fn additional_member<'de, T: Decode<'de>, A: MapAccess<'de>>(
    members: &mut BTreeMap<String, T>,
    name: &str,
    map: &mut A,
    leniency: &Leniency,
) -> Result<(), A::Error> {
    let value = member(map, name, leniency)?;
    match members.insert(name.to_owned(), value) {
        Some(_) => Err(A::Error::custom(format_args!("duplicate field `{name}`"))),
        None => Ok(()),
    }
}

/// Types that are read as serde reads them.
macro_rules! as_serde_does {
    ($($type:ty),*) => {
        $(impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, _: &Leniency) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer)
            }
        })*
    };
}

as_serde_does!((), bool, f32, String, serde_json::Value);

/// A number as its digits: in a crate where some dependency asks `serde_json` for numbers of any length, it shows all numbers so.
fn digits<'de, A: MapAccess<'de>>(map: A) -> Result<String, A::Error> {
    serde_json::Number::deserialize(MapAccessDeserializer::new(map)).map(|number| number.to_string())
}

/// Integers: `1.0` and `1e3` are some, and so is every number that a double holds exactly.
macro_rules! integers {
    ($($type:ident),*) => {
        $(impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
                struct Integer<'t>(&'t Leniency);

                impl<'de> Visitor<'de> for Integer<'_> {
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
                        let integer = self.0.whole(number).and_then(|whole| whole.try_into().ok());
                        integer.ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        let text = digits(map)?;
                        let integer = number::whole(&text).and_then(|whole| whole.try_into().ok());
                        integer.ok_or_else(|| Error::invalid_type(Unexpected::Other(&text), &self))
                    }
                }

                deserializer.deserialize_any(Integer(leniency))
            }
        })*
    };
}

integers!(i32, i64, u64);

impl<'de> Decode<'de> for i128 {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct Integer<'t>(&'t Leniency);

        impl Visitor<'_> for Integer<'_> {
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

            // A text shows its digits; this is one that was held as a value in between.
            fn visit_f64<E: Error>(self, number: f64) -> Result<i128, E> {
                self.0.whole(number).ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
            }
        }

        deserializer.deserialize_i128(Integer(leniency))
    }
}

impl<'de> Decode<'de> for f64 {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct Double<'t>(&'t Leniency);

        impl<'de> Visitor<'de> for Double<'_> {
            type Value = f64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("f64")
            }

            fn visit_f64<E>(self, number: f64) -> Result<f64, E> {
                Ok(number)
            }

            fn visit_i64<E>(self, number: i64) -> Result<f64, E> {
                let double = number as f64;
                self.0.compare(double, number.into());
                Ok(double)
            }

            fn visit_u64<E>(self, number: u64) -> Result<f64, E> {
                let double = number as f64;
                self.0.compare(double, number.into());
                Ok(double)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<f64, A::Error> {
                let text = digits(map)?;
                let double: f64 = text.parse().map_err(|_| Error::invalid_type(Unexpected::Other(&text), &self))?;
                if double.abs() >= number::ROUNDED
                    && let Some(whole) = number::whole(&text)
                {
                    self.0.compare(double, whole);
                }
                Ok(double)
            }
        }

        deserializer.deserialize_any(Double(leniency))
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        T::decode(deserializer, leniency).map(Box::new)
    }

    fn members(&self) -> Option<&'static [&'static str]> {
        (**self).members()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct Nullable<'t, T>(Seed<'t, T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Nullable<'_, T> {
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

        deserializer.deserialize_option(Nullable(Seed::new(leniency)))
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct Items<'t, T>(Seed<'t, T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Items<'_, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
                let Seed(leniency, _) = self.0;
                let mut items = Vec::new();
                while let Some(item) = leniency.inside(&items.len(), || array.next_element_seed(Seed::new(leniency)))? {
                    items.push(item);
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(Items(Seed::new(leniency)))
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for BTreeMap<String, T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        struct Members<'t, T>(Seed<'t, T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Members<'_, T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BTreeMap<String, T>, A::Error> {
                let mut members = BTreeMap::new();
                while let Some(name) = map.next_key::<Name<'de>>()? {
                    additional_member(&mut members, &name.0, &mut map, self.0.0)?;
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Members(Seed::new(leniency)))
    }
}
