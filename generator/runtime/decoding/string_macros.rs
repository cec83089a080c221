// copperplate runtime: copied into each generated crate that uses it.
//! Macros that implement the traits of serde, and the conversions from and to strings, for enums of strings and for
//! newtypes.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

// part: string_enums
/// Implements the traits of serde for an enum of strings.
///
/// The argument of the macro is a table with the direction, the Rust type, and a row for each string: `"string" =>
/// Variant`. A string without a row becomes `Unknown`.
macro_rules! string_enum {
    ($direction:ident $type:ident { $($wire:literal => $variant:ident,)* }) => {
        impl $type {
            /// All values that the OpenAPI document lists, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The strings that the values of `ALL` have in JSON.
            pub const VALUES: &'static [&'static str] = &[$($wire),*];

            /// Returns the string that this value has in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }
        }

        // Values are compared, sorted and hashed as strings. These implementations compile faster than `#[derive]`.
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

        impl std::cmp::PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::cmp::Ord for $type {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    unknown => Self::Unknown($crate::runtime::UnknownText::new(unknown)),
                }
            }
        }

        $crate::runtime::codec::text_conversions!($type);

        impl std::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
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
// end of part

/// Implements `FromStr` and `From<String>` for a type with `From<&str>`. Every string is a value of the type.
macro_rules! text_conversions {
    ($type:ident) => {
        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        $crate::runtime::codec::from_str!($type);
    };
}

/// Implements `FromStr` for a type with `From<&str>`.
macro_rules! from_str {
    ($type:ident) => {
        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }
    };
}

// part: newtypes
/// Implements the traits of serde, `From` and `Deref` for a newtype. In JSON, the newtype is its inner value.
///
/// The argument of the macro is a table with these parts:
/// - the direction: `sent`, `received` or `both`
/// - the traits of the newtype: `string` if the inner type is `String`, `text` if it is another type that every string
///   converts to, `scalar` or `unordered` if it is another type that implements `Text`, and `other` otherwise; the newtype
///   derives `Ord` if `scalar`; `secret_string` and `secret_text` do not implement `Display`
/// - the Rust type
/// - in braces, the inner type
macro_rules! newtype {
    ($direction:ident $traits:ident $type:ident { $inner:ty $(,)? }) => {
        $crate::runtime::codec::newtype_direction!($direction $type);
        $crate::runtime::codec::newtype_traits!($traits $type);

        impl From<$inner> for $type {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl std::ops::Deref for $type {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }
    };
}
// end of part

// part: newtypes
macro_rules! newtype_traits {
    (string $type:ident) => {
        $crate::runtime::codec::newtype_traits!(secret_string $type);
        $crate::runtime::codec::newtype_traits!(display $type);
    };
    (text $type:ident) => {
        $crate::runtime::codec::newtype_traits!(secret_text $type);
        $crate::runtime::codec::newtype_traits!(display $type);
    };
    (secret_string $type:ident) => {
        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        $crate::runtime::codec::from_str!($type);
        $crate::runtime::codec::newtype_traits!(as_ref $type);
        $crate::runtime::codec::newtype_traits!(scalar $type);
    };
    (secret_text $type:ident) => {
        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        $crate::runtime::codec::text_conversions!($type);
        $crate::runtime::codec::newtype_traits!(as_ref $type);
        $crate::runtime::codec::newtype_traits!(scalar $type);
    };
    (as_ref $type:ident) => {
        impl std::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.0.as_ref()
            }
        }
    };
    (scalar $type:ident) => {
        impl $crate::runtime::Text for $type {
            fn text(&self) -> std::borrow::Cow<'_, str> {
                $crate::runtime::Text::text(&self.0)
            }
        }
    };
    (display $type:ident) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    };
    (unordered $type:ident) => {
        impl Eq for $type {}

        $crate::runtime::codec::newtype_traits!(scalar $type);
    };
    (other $type:ident) => {
        impl Eq for $type {}
    };
}
// end of part

// part: newtypes
macro_rules! newtype_direction {
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
// end of part

// part: newtypes
macro_rules! serialize_newtype {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}
// end of part

// part: newtypes
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
// end of part

// part: external_types
/// Implements `Decode`, `Text` and `Validate` for types of other crates, which are strings in JSON. The argument of the macro is
/// a table of the types. The macro is called at the root of the crate, where an API can be the module `serde` or `std`.
macro_rules! external {
    (types { $($type:ty),* $(,)? }) => {
        $(impl $crate::runtime::Text for $type {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned($crate::runtime::decoding::json_value::text(self))
            }
        }

        impl $crate::runtime::Validate for $type {
            fn check(&self, _at: $crate::runtime::ValidationContext<'_>) {}
        }

        impl<'de> $crate::runtime::decode::Decode<'de> for $type {
            fn decode<D: ::serde::Deserializer<'de>>(
                deserializer: D,
                _: &$crate::runtime::Leniency,
            ) -> Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        })*
    };
}
// end of part

pub(crate) use external; // part: external_types
pub(crate) use string_enum; // part: string_enums
pub(crate) use {deserialize_newtype, newtype, newtype_direction, newtype_traits, serialize_newtype}; // part: newtypes
pub(crate) use {from_str, text_conversions};
