// copperplate runtime: copied unchanged into every generated crate.
//! Types and JSON: tables of wire names, from which these macros write serde's traits.
//!
//! A table costs the compiler half of what a derive costs. Each direction is written only where an API uses it; the feature
//! `symmetric` adds the other one, for mocks and caches.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::runtime::decoding::decode::{self, Decode};
use crate::runtime::decoding::leniency::Leniency;

/// The name of a member; it borrows from the input where the input has it unescaped.
#[derive(Debug)]
pub struct Name<'de>(pub Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Reads a value that is made of a text.
///
/// # Errors
/// Where there is no text.
pub fn from_text<'de, T: for<'t> From<&'t str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text: Name<'de> = serde::Deserialize::deserialize(deserializer)?;
    Ok(T::from(&*text.0))
}

/// An object that is being written. The first failure ends it and is told at its end: an early return behind every member costs
/// the compiler more than all else that writes an object.
pub struct Written<M: SerializeMap>(Result<M, M::Error>);

impl<M: SerializeMap> Written<M> {
    /// Begins an object.
    pub fn begin<S>(serializer: S) -> Self
    where
        S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>,
    {
        Self(serializer.serialize_map(None))
    }

    /// A member that is always there.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(object) = &mut self.0
            && let Err(failure) = object.serialize_entry(name, value)
        {
            self.0 = Err(failure);
        }
    }

    /// A member that may be absent.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// A member that may be absent, or null.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Members that the document does not name.
    pub fn rest<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        members.iter().for_each(|(name, value)| self.required(name, value));
    }

    /// Ends the object.
    ///
    /// # Errors
    /// Where no object could be written, or a value of it.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0?.end()
    }
}

/// Reads and keeps the value of a member; one that stands twice is refused, since either value could be the one that is meant.
///
/// Reading stands here and not in the tables: each early return of a function with a local per member costs the compiler.
///
/// # Errors
/// Where the value has another type, or the member stood before.
pub fn once<'de, T: Decode<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    name: &'static str,
    map: &mut A,
    leniency: &Leniency,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(serde::de::Error::duplicate_field(name));
    }
    *place = Some(decode::member(map, name, leniency)?);
    Ok(())
}

/// How a member is read, by its presence.
pub mod read {
    use super::{Decode, Leniency, MapAccess, once};

    pub use super::once as required;
    pub use super::once as nullable;

    /// One that may be absent. Services send null for it, and the document does not allow that.
    ///
    /// # Errors
    /// Where the value has another type, or the member stood before.
    pub fn optional<'de, T: Decode<'de>, A: MapAccess<'de>>(
        place: &mut Option<Option<T>>,
        name: &'static str,
        map: &mut A,
        leniency: &Leniency,
    ) -> Result<(), A::Error> {
        once(place, name, map, leniency)?;
        if let Some(None) = place {
            leniency.null(name);
        }
        Ok(())
    }
}

/// `sent`, `received` or `both`, then a type and its members: `"wire name" => field required`, `optional` or `nullable`. The last
/// row says what becomes of other members: `_ => skip`, `_ => refuse` or `_ => keep field`.
macro_rules! object {
    (both $($table:tt)*) => {
        $crate::runtime::codec::write_object!($($table)*);
        $crate::runtime::codec::read_object!($($table)*);
    };
    (sent $($table:tt)*) => {
        $crate::runtime::codec::write_object!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::read_object!($($table)*);
    };
    (received $($table:tt)*) => {
        $crate::runtime::codec::read_object!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::write_object!($($table)*);
    };
}

macro_rules! write_object {
    ($type:ident { $($wire:literal => $field:ident $presence:ident,)* _ => $($rest:ident)+, }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut object = $crate::runtime::codec::Written::begin(serializer);
                // Without members nothing is written to it.
                _ = &mut object;
                $(object.$presence($wire, &self.$field);)*
                $crate::runtime::codec::write_rest!(self object $($rest)+);
                object.end()
            }
        }
    };
}

macro_rules! write_rest {
    ($self:ident $object:ident keep $rest:ident) => {
        $object.rest(&$self.$rest);
    };
    ($self:ident $object:ident $rest:ident) => {};
}

macro_rules! read_object {
    ($type:ident { $($wire:literal => $field:ident $presence:ident,)* _ => $($rest:ident)+, }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }

        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const MEMBERS: Option<&'static [&'static str]> =
                $crate::runtime::codec::read_rest!(members $($rest)+, [$($wire),*]);

            fn decode_members<A: serde::de::MapAccess<'de>>(
                mut map: A,
                leniency: &$crate::runtime::Leniency,
            ) -> Result<Self, A::Error> {
                // Without members nothing is told to it.
                _ = leniency;
                $(let mut $field = None;)*
                $crate::runtime::codec::read_rest!(let $($rest)+);
                while let Some(name) = map.next_key::<$crate::runtime::codec::Name<'de>>()? {
                    match &*name.0 {
                        $($wire => $crate::runtime::codec::read::$presence(&mut $field, $wire, &mut map, leniency),)*
                        other => $crate::runtime::codec::read_rest!(map leniency other $($rest)+),
                    }?;
                }
                $($crate::runtime::codec::present!($presence $field, $wire);)*
                $crate::runtime::codec::read_rest!(Self $($rest)+, {
                    $($field,)*
                })
            }
        }
    };
}

/// What became of a member: services send null for one that may be absent, and `nullable` tells the two apart.
macro_rules! present {
    (required $field:ident, $wire:literal) => {
        // A function with `?` would cost the compiler three times as much.
        let Some($field) = $field else { return Err(serde::de::Error::missing_field($wire)) };
    };
    (optional $field:ident, $wire:literal) => {
        let $field = $field.flatten();
    };
    (nullable $field:ident, $wire:literal) => {};
}

macro_rules! read_rest {
    (members keep $rest:ident, $members:tt) => {
        None
    };
    (members $rest:ident, $members:tt) => {
        Some(&$members)
    };
    (let keep $rest:ident) => {
        let mut $rest = std::collections::BTreeMap::new();
    };
    (let $rest:ident) => {};
    (Self keep $rest:ident, { $($fields:tt)* }) => {
        Ok(Self { $rest, $($fields)* })
    };
    (Self $rest:ident, { $($fields:tt)* }) => {
        Ok(Self { $($fields)* })
    };
    ($map:ident $leniency:ident $name:ident keep $rest:ident) => {
        $crate::runtime::decode::additional_member(&mut $rest, $name, &mut $map, $leniency)
    };
    ($map:ident $leniency:ident $name:ident refuse) => {
        Err(serde::de::Error::custom(format_args!("unknown member {:?}", $name)))
    };
    ($map:ident $leniency:ident $name:ident skip) => {{
        _ = $name;
        $map.next_value::<serde::de::IgnoredAny>().map(drop)
    }};
}

/// `sent`, `received` or `both`, then an enum of strings and its values: `"wire" => Variant`. Another value is kept in `Unknown`.
macro_rules! string_enum {
    ($direction:ident $type:ident { $($wire:literal => $variant:ident,)* }) => {
        impl $type {
            /// The values that the document lists.
            pub(crate) const VALUES: &'static [&'static str] = &[$($wire),*];

            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        // Values are equal by what is sent; derives would cost the compiler more.
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $type {}

        impl std::hash::Hash for $type {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                std::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl From<&str> for $type {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::Unknown(unknown.to_owned()),
                }
            }
        }

        impl $crate::runtime::Text for $type {
            fn text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::from_text(deserializer)
            }
        }

        $crate::runtime::codec::read_as_serde_does!($type);
    };
}

/// `sent`, `received` or `both`, then a type that stands on the wire as what it holds.
macro_rules! newtype {
    (both $type:ident) => {
        $crate::runtime::codec::write_newtype!($type);
        $crate::runtime::codec::read_newtype!($type);
    };
    (sent $type:ident) => {
        $crate::runtime::codec::write_newtype!($type);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::read_newtype!($type);
    };
    (received $type:ident) => {
        $crate::runtime::codec::read_newtype!($type);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::write_newtype!($type);
    };
}

macro_rules! write_newtype {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

macro_rules! read_newtype {
    ($type:ident) => {
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
                $crate::runtime::decode::Decode::decode(deserializer, leniency).map(Self)
            }
        }
    };
}

/// Types in which nothing is leniency.
macro_rules! read_as_serde_does {
    ($type:ident) => {
        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            fn decode<D: serde::Deserializer<'de>>(
                deserializer: D,
                _: &$crate::runtime::Leniency,
            ) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use crate::runtime::decoding::union_macros::{
    check_union, choose_union, compared, discriminator, read_union, union, write_alternative, write_union,
};
pub(crate) use {
    newtype, object, present, read_as_serde_does, read_newtype, read_object, read_rest, string_enum, write_newtype,
    write_object, write_rest,
};
