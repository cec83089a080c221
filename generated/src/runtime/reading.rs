// copperplate runtime: copied unchanged into every generated crate.
//! Reading values: serde's own way, but for integers, which JSON may write with a fraction of zero.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::codec::Name;
use super::tolerated::Tolerated;

/// A value that is read from JSON. An object says how its members are read, and everything else how it is read as a whole.
///
/// They are one trait because each implementation of a trait costs the compiler, and a large API has thousands of objects.
pub trait Read<'de>: Sized {
    /// What an object is, for messages.
    const NAME: &'static str = "";

    /// The members that an object keeps; `None` where it keeps all.
    const MEMBERS: Option<&'static [&'static str]> = None;

    /// Reads it, and notes what is read although the document forbids it.
    ///
    /// # Errors
    /// Where the value has another type.
    fn read<D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<Self, D::Error> {
        object(deserializer, tolerated)
    }

    /// Reads the members of an object, in whatever order they come.
    ///
    /// # Errors
    /// Where a member is missing, stands twice, or has another type.
    fn read_members<A: MapAccess<'de>>(map: A, tolerated: &Tolerated) -> Result<Self, A::Error> {
        _ = (map, tolerated);
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
pub fn alone<'de, T: Read<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer, &Tolerated::counted())
}

/// Reads an object: a value of another kind is refused by the name of the object.
///
/// # Errors
/// Where the value is no object, or its members are not as documented.
pub fn object<'de, T: Read<'de>, D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<T, D::Error> {
    struct Members<'t, T>(&'t Tolerated, PhantomData<T>);

    impl<'de, T: Read<'de>> Visitor<'de> for Members<'_, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::read_members(map, self.0)
        }
    }

    deserializer.deserialize_map(Members(tolerated, PhantomData))
}

/// A value that is read from JSON and borrows nothing of it.
pub trait ReadOwned: for<'de> Read<'de> {}

impl<T: for<'de> Read<'de>> ReadOwned for T {}

/// A [`Read`] value as serde wants it.
#[derive(Debug)]
pub struct Seed<'t, T>(&'t Tolerated, PhantomData<T>);

impl<'t, T> Seed<'t, T> {
    /// The seed of any value.
    pub fn new(tolerated: &'t Tolerated) -> Self {
        Self(tolerated, PhantomData)
    }
}

impl<'de, T: Read<'de>> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer, self.0)
    }
}

/// Reads a whole text.
///
/// # Errors
/// Where it is no JSON, or the value has another type.
pub(super) fn from_slice<'de, T: Read<'de>>(text: &'de [u8], tolerated: &Tolerated) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::read(&mut deserializer, tolerated)?;
    deserializer.end()?;
    Ok(value)
}

/// The value of a member.
///
/// # Errors
/// Where the value has another type.
pub fn member<'de, T: Read<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    tolerated: &Tolerated,
) -> Result<T, A::Error> {
    tolerated.inside(&name, || map.next_value_seed(Seed::new(tolerated)))
}

/// Reads and keeps the value of a member that the document does not name, which may stand once as any other.
///
/// # Errors
/// Where the value has another type, or the member stood before.
pub fn kept<'de, T: Read<'de>, A: MapAccess<'de>>(
    members: &mut BTreeMap<String, T>,
    name: &str,
    map: &mut A,
    tolerated: &Tolerated,
) -> Result<(), A::Error> {
    let value = member(map, name, tolerated)?;
    match members.insert(name.to_owned(), value) {
        Some(_) => Err(A::Error::custom(format_args!("duplicate field `{name}`"))),
        None => Ok(()),
    }
}

/// Types that are read as serde reads them.
macro_rules! as_serde_does {
    ($($type:ty),*) => {
        $(impl<'de> Read<'de> for $type {
            fn read<D: Deserializer<'de>>(deserializer: D, _: &Tolerated) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        })*
    };
}

as_serde_does!((), bool, f32, f64, i128, String, serde_json::Value);

/// Integers: `1.0` and `1e3` are some, and so is every number that a double holds exactly.
macro_rules! integers {
    ($($type:ident $method:ident),*) => {
        $(impl<'de> Read<'de> for $type {
            fn read<D: Deserializer<'de>>(deserializer: D, _: &Tolerated) -> Result<Self, D::Error> {
                struct Integer;

                impl Visitor<'_> for Integer {
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
                        // From 2^53 on a double may have lost digits; below it the conversion is exact.
                        let exact = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
                        let whole = exact.then_some(number as i64);
                        let integer = whole.and_then(|whole| whole.try_into().ok());
                        integer.ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
                    }
                }

                deserializer.$method(Integer)
            }
        })*
    };
}

integers!(i32 deserialize_i32, i64 deserialize_i64, u64 deserialize_u64);

impl<'de, T: Read<'de>> Read<'de> for Box<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<Self, D::Error> {
        T::read(deserializer, tolerated).map(Box::new)
    }

    fn members(&self) -> Option<&'static [&'static str]> {
        (**self).members()
    }
}

impl<'de, T: Read<'de>> Read<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<Self, D::Error> {
        struct Nullable<'t, T>(Seed<'t, T>);

        impl<'de, T: Read<'de>> Visitor<'de> for Nullable<'_, T> {
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

        deserializer.deserialize_option(Nullable(Seed::new(tolerated)))
    }
}

impl<'de, T: Read<'de>> Read<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<Self, D::Error> {
        struct Items<'t, T>(Seed<'t, T>);

        impl<'de, T: Read<'de>> Visitor<'de> for Items<'_, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
                let Seed(tolerated, _) = self.0;
                let mut items = Vec::new();
                while let Some(item) =
                    tolerated.inside(&items.len(), || array.next_element_seed(Seed::new(tolerated)))?
                {
                    items.push(item);
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(Items(Seed::new(tolerated)))
    }
}

impl<'de, T: Read<'de>> Read<'de> for BTreeMap<String, T> {
    fn read<D: Deserializer<'de>>(deserializer: D, tolerated: &Tolerated) -> Result<Self, D::Error> {
        struct Members<'t, T>(Seed<'t, T>);

        impl<'de, T: Read<'de>> Visitor<'de> for Members<'_, T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BTreeMap<String, T>, A::Error> {
                let mut members = BTreeMap::new();
                while let Some(name) = map.next_key::<Name<'de>>()? {
                    kept(&mut members, &name.0, &mut map, self.0.0)?;
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Members(Seed::new(tolerated)))
    }
}
