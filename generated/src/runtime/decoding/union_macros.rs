// copperplate runtime: copied unchanged into every generated crate.
//! Unions and JSON: tables of alternatives, from which these macros write what [`crate::runtime::decoding::union`] needs.
#![allow(unused_imports, unused_macros, reason = "a crate uses the tables that its schemas need")]

/// `sent`, `received` or `both`, the keyword, `overlapping` where two alternatives of a `oneOf` could take one value and `disjoint` elsewhere, a type, and its
/// alternatives: `Variant(Type)`, the values of the discriminator that name it, `adds "value"` where its own schema does not describe
/// the discriminator, and the type it can be made of, `from (Type)` or `from_boxed (Type)`, where no other alternative is of that type. A first
/// row `[open "kind"]` names the discriminator, `[closed "kind"]` says that the document names every alternative.
macro_rules! union {
    (both $($table:tt)*) => {
        $crate::runtime::codec::choose_union!($($table)*);
        $crate::runtime::codec::write_union!($($table)*);
        $crate::runtime::codec::read_union!($($table)*);
    };
    (received $($table:tt)*) => {
        $crate::runtime::codec::choose_union!($($table)*);
        $crate::runtime::codec::read_union!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::write_union!($($table)*);
    };
    (sent $($table:tt)*) => {
        $crate::runtime::codec::choose_union!($($table)*);
        $crate::runtime::codec::write_union!($($table)*);
        #[cfg(any(test, feature = "symmetric"))]
        $crate::runtime::codec::read_union!($($table)*);
        #[cfg(not(any(test, feature = "symmetric")))]
        $crate::runtime::codec::check_union!($($table)*);
    };
}

macro_rules! choose_union {
    ($keyword:literal $compared:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($tag:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl $crate::runtime::union::Discriminated for $type {
            const TAG: Option<$crate::runtime::union::Tag> =
                $crate::runtime::codec::discriminator!($($openness $property)?);
            const TAGS: &'static [&'static [&'static str]] = &[$(&[$($tag),*]),*];
        }

        $($(impl From<$plain> for $type {
            fn from(value: $plain) -> Self {
                Self::$variant(value)
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
        Some($crate::runtime::union::Tag { property: $property, closed: false })
    };
    (closed $property:literal) => {
        Some($crate::runtime::union::Tag { property: $property, closed: true })
    };
}

macro_rules! write_union {
    ($keyword:literal $compared:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($tag:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::codec::write_alternative!(Self value serializer $($adds)?)
                    })*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

macro_rules! write_alternative {
    ($type:ident $value:ident $serializer:ident) => {
        serde::Serialize::serialize($value, $serializer)
    };
    ($type:ident $value:ident $serializer:ident $adds:literal) => {
        $crate::runtime::union::serialize_tagged::<$type, _, _>($value, $adds, $serializer)
    };
}

macro_rules! read_union {
    ($keyword:literal $compared:ident $type:ident {
        $([$openness:ident $property:literal],)?
        $($variant:ident($kind:ty) [$($tag:literal),*] $(adds $adds:literal)? $(from ($plain:ty))? $(from_boxed ($inner:ty))?,)*
    }) => {
        impl $crate::runtime::Union for $type {
            const KEYWORD: &'static str = $keyword;
            const COMPARED: Option<fn(&Self) -> Option<serde_json::Value>> =
                $crate::runtime::codec::compared!($compared);
            const ALTERNATIVES: &'static [$crate::runtime::union::Alternative<Self>] =
                &[$(|value, leniency| $crate::runtime::union::read(value, leniency, Self::$variant)),*];

            fn members(&self) -> Option<&'static [&'static str]> {
                match self {
                    $(Self::$variant(value) => <$kind as $crate::runtime::decode::Decode<'static>>::members(value),)*
                    Self::Unknown(_) => None,
                }
            }

            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }

            fn as_unknown(&self) -> Option<&serde_json::Value> {
                if let Self::Unknown(value) = self { Some(value) } else { None }
            }
        }

        impl $crate::runtime::Validate for $type {
            fn check(&self, at: $crate::runtime::ValidationContext<'_>) {
                $crate::runtime::union::check(self, at);
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
                $crate::runtime::union::deserialize(deserializer, leniency)
            }

            fn members(&self) -> Option<&'static [&'static str]> {
                $crate::runtime::Union::members(self)
            }
        }
    };
}

/// A union that is only sent: what was kept as it came was never read, so it is the caller's own.
macro_rules! check_union {
    ($keyword:literal $compared:ident $type:ident { $($rows:tt)* }) => {
        impl $crate::runtime::Validate for $type {
            fn check(&self, at: $crate::runtime::ValidationContext<'_>) {
                $crate::runtime::union::check_sent(self, at);
            }
        }
    };
}

macro_rules! compared {
    (disjoint) => {
        None
    };
    (overlapping) => {
        Some(|value| serde_json::to_value(value).ok())
    };
}

pub(crate) use {
    check_union, choose_union, compared, discriminator, read_union, union, write_alternative, write_union,
};
