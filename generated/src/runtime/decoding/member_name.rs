// copperplate runtime: copied into each generated crate that uses it.
//! Decodes strings, such as the name of a member. A string borrows from the JSON text, unless it contains an escape
//! such as `\n`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

/// The name of a member. The name borrows from the JSON text, unless it contains an escape such as `\u00e9`.
#[derive(Debug)]
pub struct MemberName<'de>(pub Cow<'de, str>);

impl<'de> Deserialize<'de> for MemberName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = MemberName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

/// Deserializes a string, and converts it to a `T`.
///
/// # Errors
/// Returns an error if the value is not a string.
pub fn deserialize_from_str<'de, T: for<'t> From<&'t str>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text: MemberName<'de> = Deserialize::deserialize(deserializer)?;
    Ok(T::from(&*text.0))
}
