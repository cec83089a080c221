// copperplate runtime: copied into each generated crate that uses it.
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

/// Functions that decode a member of an object: `required`, `optional`, `nullable` and `null_or_absent`. Each row of an
/// `object!` table names one of these functions.
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

    /// Decodes an optional member that may be null. A null is treated as an absent member.
    ///
    /// # Errors
    /// Returns an error if the value is not of the type `T`, or if the member occurs twice.
    pub fn null_or_absent<'de, T: Decode<'de>, A: MapAccess<'de>>(
        place: &mut Option<Option<T>>,
        name: &'static str,
        map: &mut A,
        leniency: &Leniency,
    ) -> Result<(), A::Error> {
        decode_once(place, name, map, leniency)
    }
}

/// Implements `Eq` for a struct, without a bound on its fields. JSON has no number that differs from itself, so `Eq` also
/// holds for a struct with `f64` in which no caller puts NaN. A derived `Eq` takes longer to compile, and a number that is
/// added to a schema would remove it.
macro_rules! eq {
    ($type:ident $table:tt) => {
        impl Eq for $type {}
    };
}

/// Implements `Eq` and the traits of serde for a struct that is an object in JSON.
///
/// The argument of the macro is a table with these parts:
/// - the direction: `sent`, `received` or `both`
/// - the Rust type
/// - a row for each member: `"name" => field required`; instead of `required`, a row can have `optional`, `nullable` or
///   `null_or_absent`
/// - a last row for all other members: `_ => skip`, `_ => reject` or `_ => keep field`
macro_rules! object {
    (both $($table:tt)*) => {
        $crate::runtime::codec::eq!($($table)*);
        $crate::runtime::codec::serialize_object!($($table)*);
        $crate::runtime::codec::deserialize_object!($($table)*);
    };
    (sent $($table:tt)*) => {
        $crate::runtime::codec::eq!($($table)*);
        $crate::runtime::codec::serialize_object!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::deserialize_object!($($table)*);
    };
    (received $($table:tt)*) => {
        $crate::runtime::codec::eq!($($table)*);
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
/// - `optional` and `null_or_absent`: `None` if the member is null or absent
/// - `nullable`: `None` if the member is absent, and `Some(None)` if it is null
macro_rules! finish_member {
    (required $field:ident, $wire:literal) => {
        // This compiles in a third of the time of the operator `?`.
        let Some($field) = $field else { return Err(serde::de::Error::missing_field($wire)) };
    };
    (optional $field:ident, $wire:literal) => {
        let $field = $field.flatten();
    };
    (null_or_absent $field:ident, $wire:literal) => {
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

pub(crate) use crate::runtime::decoding::string_macros::external; // part: external_types
pub(crate) use crate::runtime::decoding::string_macros::newtype; // part: newtypes
pub(crate) use crate::runtime::decoding::string_macros::string_enum; // part: string_enums
pub(crate) use crate::runtime::decoding::string_macros::{deserialize_newtype, serialize_newtype}; // part: newtypes
pub(crate) use crate::runtime::decoding::string_macros::{from_str, text_conversions};
pub(crate) use crate::runtime::decoding::string_macros::{newtype_direction, newtype_traits}; // part: newtypes
pub(crate) use crate::runtime::decoding::union::macros::{
    check_union, describe_union, deserialize_union, discriminator, serialize_union, serialize_variant,
    to_json_if_overlapping, union,
};
pub(crate) use {
    decode_by_deserialize, deserialize_object, deserialize_others, eq, finish_member, object, serialize_object,
    serialize_others,
};
