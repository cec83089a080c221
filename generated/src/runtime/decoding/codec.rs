// copperplate runtime: copied unchanged into every generated crate.
//! Macros that implement the traits of serde for generated types. Each macro takes a table that maps JSON names to Rust
//! names.
//!
//! These macros compile in half the time of `#[derive]`. A type implements `Serialize` only if requests contain it, and
//! `Deserialize` only if responses contain it. String enums always implement both. The feature `symmetric` implements
//! both traits for every type, for mocks and caches.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

use serde::de::MapAccess;

use crate::runtime::decoding::decode::{self, Decode};
use crate::runtime::decoding::leniency::Leniency;

/// Decodes the value of a member into `place`. A second member with the same name is an error, because it is unknown
/// which of the two values is right.
///
/// This code is in a function and not in the macros, because rustc compiles it faster there. The macros emit functions
/// that have a local variable for each member. In a function with many local variables, each early return takes long to
/// compile.
///
/// # Errors
/// Returns an error if the value is not of the type `T`, or if the member occurs twice.
pub fn decode_once<'de, T: Decode<'de>, A: MapAccess<'de>>(
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

/// Functions that decode a member of an object: `required`, `optional` and `nullable`. Each row of an `object!` table
/// names one of these functions.
pub mod presence {
    use super::{Decode, Leniency, MapAccess, decode_once};

    pub use super::decode_once as required;
    pub use super::decode_once as nullable;

    /// Decodes an optional member that is not nullable. A null is treated as an absent member, and is recorded in
    /// `leniency` as a deviation from the OpenAPI document.
    ///
    /// # Errors
    /// Returns an error if the value is not of the type `T`, or if the member occurs twice.
    pub fn optional<'de, T: Decode<'de>, A: MapAccess<'de>>(
        place: &mut Option<Option<T>>,
        name: &'static str,
        map: &mut A,
        leniency: &Leniency,
    ) -> Result<(), A::Error> {
        decode_once(place, name, map, leniency)?;
        if let Some(None) = place {
            leniency.note_null(name);
        }
        Ok(())
    }
}

/// Implements the traits of serde for a struct that is an object in JSON.
///
/// The argument of the macro is a table with these parts:
/// - the direction: `sent`, `received` or `both`
/// - the Rust type
/// - a row for each member: `"name" => field required`; instead of `required`, a row can have `optional` or `nullable`
/// - a last row for all other members: `_ => skip`, `_ => reject` or `_ => keep field`
macro_rules! object {
    (both $($table:tt)*) => {
        $crate::runtime::codec::serialize_object!($($table)*);
        $crate::runtime::codec::deserialize_object!($($table)*);
    };
    (sent $($table:tt)*) => {
        $crate::runtime::codec::serialize_object!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::deserialize_object!($($table)*);
    };
    (received $($table:tt)*) => {
        $crate::runtime::codec::deserialize_object!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::serialize_object!($($table)*);
    };
}

macro_rules! serialize_object {
    ($type:ident { $($wire:literal => $field:ident $presence:ident,)* _ => $($others:ident)+, }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut object = $crate::runtime::decoding::object_writer::ObjectWriter::begin(serializer);
                // Without this line, rustc would warn about an unused variable in a type without members.
                _ = &mut object;
                $(object.$presence($wire, &self.$field);)*
                $crate::runtime::codec::serialize_others!(self object $($others)+);
                object.end()
            }
        }
    };
}

macro_rules! serialize_others {
    ($self:ident $object:ident keep $field:ident) => {
        $object.additional(&$self.$field);
    };
    ($self:ident $object:ident $others:ident) => {};
}

macro_rules! deserialize_object {
    ($type:ident { $($wire:literal => $field:ident $presence:ident,)* _ => $($others:ident)+, }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }

        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const MEMBERS: Option<&'static [&'static str]> =
                $crate::runtime::codec::deserialize_others!(members $($others)+, [$($wire),*]);

            fn decode_members<A: serde::de::MapAccess<'de>>(
                mut map: A,
                leniency: &$crate::runtime::Leniency,
            ) -> Result<Self, A::Error> {
                // Without this line, rustc would warn about an unused variable in a type without members.
                _ = leniency;
                $(let mut $field = None;)*
                $crate::runtime::codec::deserialize_others!(let $($others)+);
                while let Some(name) = map.next_key::<$crate::runtime::decoding::member_name::MemberName<'de>>()? {
                    match &*name.0 {
                        $($wire => {
                            $crate::runtime::codec::presence::$presence(&mut $field, $wire, &mut map, leniency)
                        })*
                        other => $crate::runtime::codec::deserialize_others!(map leniency other $($others)+),
                    }?;
                }
                $($crate::runtime::codec::finish_member!($presence $field, $wire);)*
                $crate::runtime::codec::deserialize_others!(Self $($others)+, {
                    $($field,)*
                })
            }
        }
    };
}

/// Converts the local variable `$field`, which holds the decoded member, to the value of the struct field `$field`:
/// - `required`: the value of the member; an absent member is an error
/// - `optional`: `None` if the member is null or absent
/// - `nullable`: `None` if the member is absent, and `Some(None)` if it is null
macro_rules! finish_member {
    (required $field:ident, $wire:literal) => {
        // This compiles in a third of the time of the operator `?`.
        let Some($field) = $field else { return Err(serde::de::Error::missing_field($wire)) };
    };
    (optional $field:ident, $wire:literal) => {
        let $field = $field.flatten();
    };
    (nullable $field:ident, $wire:literal) => {};
}

/// Emits the code for members that have no row in the `object!` table. The first token selects the code:
/// - `members`: the value of `Decode::MEMBERS`
/// - `let`: the declaration of the map that collects these members
/// - `Self`: the expression that creates the struct
/// - any other token: the expression that decodes one of these members
macro_rules! deserialize_others {
    (members keep $field:ident, $members:tt) => {
        None
    };
    (members $others:ident, $members:tt) => {
        Some(&$members)
    };
    (let keep $field:ident) => {
        let mut $field = std::collections::BTreeMap::new();
    };
    (let $others:ident) => {};
    (Self keep $field:ident, { $($fields:tt)* }) => {
        Ok(Self { $field, $($fields)* })
    };
    (Self $others:ident, { $($fields:tt)* }) => {
        Ok(Self { $($fields)* })
    };
    ($map:ident $leniency:ident $name:ident keep $field:ident) => {
        $crate::runtime::decode::additional_member(&mut $field, $name, &mut $map, $leniency)
    };
    ($map:ident $leniency:ident $name:ident reject) => {
        Err(serde::de::Error::custom(format_args!("unknown member {:?}", $name)))
    };
    ($map:ident $leniency:ident $name:ident skip) => {{
        _ = $name;
        $map.next_value::<serde::de::IgnoredAny>().map(drop)
    }};
}

/// Implements the traits of serde for an enum of strings.
///
/// The argument of the macro is a table with the direction, the Rust type, and a row for each string: `"string" =>
/// Variant`. A string without a row becomes `Unknown`.
macro_rules! string_enum {
    ($direction:ident $type:ident { $($wire:literal => $variant:ident,)* }) => {
        impl $type {
            /// The strings that the keyword `enum` lists.
            pub(crate) const VALUES: &'static [&'static str] = &[$($wire),*];

            /// Returns the string that this value has in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        // Values are compared and hashed as strings. These implementations compile faster than `#[derive]`.
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
                $crate::runtime::decoding::member_name::deserialize_from_str(deserializer)
            }
        }

        $crate::runtime::codec::decode_by_deserialize!($type);
    };
}

/// Implements the traits of serde for a newtype. In JSON, the newtype is its inner value. The argument of the macro is
/// the direction (`sent`, `received` or `both`) and the Rust type.
macro_rules! newtype {
    (both $type:ident) => {
        $crate::runtime::codec::serialize_newtype!($type);
        $crate::runtime::codec::deserialize_newtype!($type);
    };
    (sent $type:ident) => {
        $crate::runtime::codec::serialize_newtype!($type);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::deserialize_newtype!($type);
    };
    (received $type:ident) => {
        $crate::runtime::codec::deserialize_newtype!($type);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::serialize_newtype!($type);
    };
}

macro_rules! serialize_newtype {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

macro_rules! deserialize_newtype {
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

/// Implements `Decode` by calling `Deserialize`. The type must not accept deviations from the OpenAPI document,
/// because `Deserialize` cannot record them in `Leniency`.
macro_rules! decode_by_deserialize {
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

pub(crate) use crate::runtime::decoding::union::macros::{
    check_union, describe_union, deserialize_union, discriminator, serialize_union, serialize_variant,
    to_json_if_overlapping, union,
};
pub(crate) use {
    decode_by_deserialize, deserialize_newtype, deserialize_object, deserialize_others, finish_member, newtype, object,
    serialize_newtype, serialize_object, serialize_others, string_enum,
};
