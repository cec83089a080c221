// copperplate runtime: copied into each generated crate that uses it.
//! Macros that implement the traits of the module [`union`](crate::runtime::decoding::union) for generated unions. Each
//! macro takes a table of variants.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

/// Implements the traits of serde, and those of the module [`union`](crate::runtime::decoding::union), for a union.
///
/// The table has these parts:
/// - the direction: `sent`, `received` or `both`
/// - the keyword: `"oneOf"` or `"anyOf"`
/// - `overlapping` if the union is a `oneOf` and a value can match two of its variants, and `disjoint` otherwise
/// - the Rust type
/// - if the union has a discriminator, its property: `[closed "kind"]` if every variant has a name, and `[open "kind"]`
///   otherwise
/// - a row for each variant
///
/// The row of a variant has these parts:
/// - `Variant(Type)`
/// - `["name"]`: the values of the discriminator that select the variant
/// - `adds "name"`, if the schema of the variant does not describe the discriminator: the value that serialization adds
/// - `from (Type)` or `from_boxed (Type)`, if no other variant has this Rust type: implements `From<Type>` for the
///   union. A `String` also has `from_text (&str)`.
macro_rules! union {
    (both $($table:tt)*) => {
        $crate::runtime::codec::describe_union!($($table)*);
        $crate::runtime::codec::serialize_union!($($table)*);
        $crate::runtime::codec::deserialize_union!($($table)*);
    };
    (received $($table:tt)*) => {
        $crate::runtime::codec::describe_union!($($table)*);
        $crate::runtime::codec::deserialize_union!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::serialize_union!($($table)*);
    };
    (sent $($table:tt)*) => {
        $crate::runtime::codec::describe_union!($($table)*);
        $crate::runtime::codec::serialize_union!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::deserialize_union!($($table)*);
        #[cfg(not(any(test, feature = "symmetric")))]
        $crate::runtime::codec::check_union!($($table)*);
    };
}

/// Implements `Discriminated`, `Eq`, `From` and the function `unknown` for a union.
macro_rules! describe_union {
    ($keyword:literal $overlap:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($name:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_text ($text:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl $crate::runtime::union::Discriminated for $type {
            const DISCRIMINATOR: Option<$crate::runtime::union::Discriminator> =
                $crate::runtime::codec::discriminator!($($openness $property)?);
            const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]] = &[$(&[$($name),*]),*];
        }

        impl $type {
            /// Creates a value that the OpenAPI document does not describe. It is sent exactly as this JSON, also if a later
            /// version of the document has a variant for it.
            pub fn unknown(json: serde_json::Value) -> Self {
                Self::Unknown($crate::runtime::UnknownJson::new(json))
            }
        }

        impl Eq for $type {}

        $($(impl From<$plain> for $type {
            fn from(value: $plain) -> Self {
                Self::$variant(value)
            }
        })?)*

        $($(impl From<$text> for $type {
            fn from(value: $text) -> Self {
                Self::$variant(value.to_owned())
            }
        })?)*

        $($(impl From<$inner> for $type {
            fn from(value: $inner) -> Self {
                Self::$variant(Box::new(value))
            }
        })?)*
    };
}

macro_rules! discriminator {
    () => {
        None
    };
    (open $property:literal) => {
        Some($crate::runtime::union::Discriminator { property: $property, closed: false })
    };
    (closed $property:literal) => {
        Some($crate::runtime::union::Discriminator { property: $property, closed: true })
    };
}

macro_rules! serialize_union {
    ($keyword:literal $overlap:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($name:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_text ($text:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::codec::serialize_variant!(Self value serializer $($adds)?)
                    })*
                    Self::Unknown(unknown) => serde::Serialize::serialize(unknown, serializer),
                }
            }
        }
    };
}

macro_rules! serialize_variant {
    ($type:ident $value:ident $serializer:ident) => {
        serde::Serialize::serialize($value, $serializer)
    };
    ($type:ident $value:ident $serializer:ident $adds:literal) => {
        $crate::runtime::union::serialize_with_discriminator::<$type, _, _>($value, $adds, $serializer)
    };
}

macro_rules! deserialize_union {
    ($keyword:literal $overlap:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($name:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_text ($text:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl $crate::runtime::Union for $type {
            const KEYWORD: &'static str = $keyword;
            const TO_JSON_IF_OVERLAPPING: Option<$crate::runtime::decoding::json_copy::ToJson<Self>> =
                $crate::runtime::codec::to_json_if_overlapping!($overlap);
            const VARIANTS: &'static [$crate::runtime::union::DecodeVariant<Self>] =
                &[$(|value, leniency| $crate::runtime::union::decode_variant(value, leniency, Self::$variant)),*];

            fn members(&self) -> Option<&'static [&'static str]> {
                match self {
                    $(Self::$variant(value) => <$kind as $crate::runtime::decode::Decode<'static>>::members(value),)*
                    Self::Unknown(_) => None,
                }
            }

            fn unknown(value: serde_json::Value) -> Self {
                Self::unknown(value)
            }

            fn as_unknown(&self) -> Option<&serde_json::Value> {
                if let Self::Unknown(unknown) = self { Some(unknown.as_json()) } else { None }
            }
        }

        impl $crate::runtime::Validate for $type {
            fn check(&self, at: $crate::runtime::ValidationContext<'_>) {
                $crate::runtime::decoding::union::check::check(self, at);
            }
        }

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
                $crate::runtime::decoding::union::decode::decode(deserializer, leniency)
            }

            fn members(&self) -> Option<&'static [&'static str]> {
                $crate::runtime::Union::members(self)
            }
        }
    };
}

/// Implements `Validate` for a union that only requests contain.
macro_rules! check_union {
    ($keyword:literal $overlap:ident $type:ident { $($rows:tt)* }) => {
        impl $crate::runtime::Validate for $type {
            fn check(&self, at: $crate::runtime::ValidationContext<'_>) {
                $crate::runtime::decoding::union::check::check_sent(self, at);
            }
        }
    };
}

macro_rules! to_json_if_overlapping {
    (disjoint) => {
        None
    };
    (overlapping) => {
        Some($crate::runtime::decoding::json_copy::copy)
    };
}

pub(crate) use {
    check_union, describe_union, deserialize_union, discriminator, serialize_union, serialize_variant,
    to_json_if_overlapping, union,
};
