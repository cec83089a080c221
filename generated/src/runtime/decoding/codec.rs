// copperplate runtime: copied into each generated crate that uses it.
//! Macros that implement the traits of serde for generated types. Each macro takes a table that maps JSON names to Rust
//! names.
//!
//! These macros compile in half the time of `#[derive]`. A type implements `Serialize` only if requests contain it, and
//! `Deserialize` only if responses contain it. String enums always implement both. The feature `symmetric` implements
//! both traits for every type, for mocks and caches.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

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
/// - a row for all other members: `_ => skip`, `_ => reject` or `_ => keep field`
/// - if some members are secrets whose parts can have names: `secret "name"`, with the names of these members
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
    ($type:ident {
        $($wire:literal => $field:ident $presence:ident,)*
        _ => $($others:ident)+,
        $(secret $($secret:literal)+,)?
    }) => {
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
    ($type:ident {
        $($wire:literal => $field:ident $presence:ident,)*
        _ => $($others:ident)+,
        $(secret $($secret:literal)+,)?
    }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }

        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            const NAME: &'static str = stringify!($type);
            const MEMBERS: Option<&'static [&'static str]> =
                $crate::runtime::codec::deserialize_others!(members $($others)+, [$($wire),*]);

            #[allow(
                unreachable_code,
                unused_labels,
                clippy::diverging_sub_expression,
                reason = "a type may have no required member"
            )]
            fn decode_members<A: serde::de::MapAccess<'de>>(
                map: A,
                leniency: &$crate::runtime::Leniency,
            ) -> Result<Self, A::Error> {
                let mut reader = $crate::runtime::decoding::members::Members::new(map, leniency);
                $(reader.hide(&[$($secret),+]);)?
                $crate::runtime::codec::declare_fields!($($field)*; $($presence $field,)*);
                $crate::runtime::codec::deserialize_others!(let $($others)+);
                loop {
                    // The end of the object comes first, because rustc checks the rest faster if it knows the types of the
                    // variables.
                    let Some(name) = reader.next_name() else {
                        reader.finish()?;
                        // A break with the name of the missing member compiles faster than a return with the error.
                        return Err(serde::de::Error::missing_field('object: {
                            $($crate::runtime::codec::finish_member!('object $presence $field, $wire);)*
                            return $crate::runtime::codec::deserialize_others!(Self $($others)+, {
                                $($field,)*
                            });
                        }));
                    };
                    match &*name.0 {
                        $($wire => reader.$presence(&mut $field, $wire),)*
                        other => $crate::runtime::codec::deserialize_others!(reader other $($others)+),
                    }
                }
            }
        }
    };
}

/// Declares a variable for each field, which is `None` until its member is decoded. If there are many fields, a branch that
/// is never taken tells rustc the types of the variables, because rustc checks many variables of unknown types slowly.
macro_rules! declare_fields {
    (
        $_1:ident $_2:ident $_3:ident $_4:ident $_5:ident $_6:ident $_7:ident $_8:ident $_9:ident $_10:ident
        $($_more:ident)*; $($presence:ident $field:ident,)*
    ) => {
        let ($(mut $field,)*) = match None::<Self> {
            Some(Self { $($field,)* .. }) => ($($crate::runtime::codec::decoded_field!($presence $field),)*),
            None => ($($crate::runtime::codec::decoded_field!(none $field),)*),
        };
    };
    ($($_few:ident)*; $($presence:ident $field:ident,)*) => {
        $(let mut $field = None;)*
    };
}

/// The value of a variable of [`declare_fields`] if the field has the value `$field`, or if its member is not decoded.
macro_rules! decoded_field {
    (none $field:ident) => {
        None
    };
    (nullable $field:ident) => {
        $field
    };
    ($presence:ident $field:ident) => {
        Some($field)
    };
}

/// Converts the local variable `$field`, which holds the decoded member, to the value of the struct field `$field`:
/// - `required`: the value of the member; if the member is absent, its name leaves the block `$object`
/// - `optional` and `null_or_absent`: `None` if the member is null or absent
/// - `nullable`: `None` if the member is absent, and `Some(None)` if it is null
macro_rules! finish_member {
    ($object:lifetime required $field:ident, $wire:literal) => {
        let Some($field) = $field else { break $object $wire };
    };
    ($object:lifetime optional $field:ident, $wire:literal) => {
        let $field = Option::flatten($field);
    };
    ($object:lifetime null_or_absent $field:ident, $wire:literal) => {
        let $field = Option::flatten($field);
    };
    ($object:lifetime nullable $field:ident, $wire:literal) => {};
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
    ($reader:ident $name:ident keep $field:ident) => {
        $reader.keep(&mut $field, $name)
    };
    ($reader:ident $name:ident $others:ident) => {
        $reader.$others($name)
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

pub(crate) use {
    declare_fields, decode_by_deserialize, decoded_field, deserialize_object, deserialize_others, eq, finish_member,
    object, serialize_object, serialize_others,
};
