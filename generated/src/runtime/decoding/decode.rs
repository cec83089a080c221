// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Decode`, which decodes JSON more leniently than `Deserialize`. `Decode` accepts integers such as `1.0`,
//! and null for some members. `Decode` notes each accepted null, so that validation can report the null.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::runtime::decoding::integer_literals::expand_integers;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory;
use crate::runtime::validation::decimal::EXACT_DOUBLE_LIMIT;

/// A type that is decoded from JSON. A type for a JSON object implements `decode_members`. Any other type implements
/// `decode`.
///
/// There is one trait and not two, because each implementation costs compile time, and a large API has thousands of
/// types.
pub trait Decode<'de>: Sized {
    /// The name of the Rust type, for error messages. Only a type for a JSON object sets this name.
    const NAME: &'static str = "";

    /// The names of the members for which this type has fields. `None` if the type keeps members of every name, as a
    /// map does.
    const MEMBERS: Option<&'static [&'static str]> = None;

    /// Decodes a value. Notes in `leniency` what validation can report: see [`Leniency`].
    ///
    /// # Errors
    /// Returns an error if the value is not of this type.
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        object(deserializer, leniency)
    }

    /// Decodes the members of a JSON object, which may be in any order.
    ///
    /// # Errors
    /// Returns an error if a required member is missing, if a member occurs twice, or if the value of a member does not
    /// decode.
    fn decode_members<A: MapAccess<'de>>(map: A, leniency: &Leniency) -> Result<Self, A::Error> {
        _ = (map, leniency);
        Err(Error::invalid_type(Unexpected::Map, &"another value"))
    }

    /// Returns the names of the members for which this value has fields. Returns `None` if the value keeps members of
    /// every name. For a union, the result depends on its variant.
    fn members(&self) -> Option<&'static [&'static str]> {
        Self::MEMBERS
    }
}

/// Implements `Deserialize::deserialize` for a type that implements `Decode`. Accepted nulls are not recorded.
///
/// # Errors
/// Returns an error if the value is not of the type `T`.
pub fn deserialize<'de, T: Decode<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    memory::on_limited_stack(|| T::decode(deserializer, &Leniency::counting()))
}

/// Decodes a JSON object. If the value is not an object, the error contains `T::NAME`.
///
/// # Errors
/// Returns an error if the value is not an object, if its members do not decode, or if the enclosing values take too much
/// room on the stack.
pub fn object<'de, T: Decode<'de>, D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<T, D::Error> {
    struct ObjectVisitor<'t, T>(&'t Leniency, PhantomData<T>);

    impl<'de, T: Decode<'de>> Visitor<'de> for ObjectVisitor<'_, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            memory::begin_fields()?;
            T::decode_members(map, self.0)
        }
    }

    deserializer.deserialize_map(ObjectVisitor(leniency, PhantomData))
}

/// A type that is decoded from JSON and borrows nothing from the JSON text.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// Passes a [`Leniency`] through serde to [`Decode::decode`].
#[derive(Debug)]
pub struct Seed<'t, T>(pub(crate) &'t Leniency, PhantomData<T>);

impl<'t, T> Seed<'t, T> {
    /// Creates a seed that decodes a `T`, and notes in `leniency`.
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

/// Decodes a JSON text.
///
/// # Errors
/// Returns an error if the text is not JSON, or if its value is not of the type `T`.
pub(crate) fn from_slice<T: DecodeOwned>(text: &[u8], leniency: &Leniency) -> Result<T, serde_json::Error> {
    memory::limited_for_text(text.len(), || {
        let attempt = leniency.for_attempt();
        let mut result = (memory::attempt(|| decode_text(text, &attempt)), attempt);
        if (result.0.is_err() && !memory::is_exhausted()) || result.1.has_inexact_integer() {
            result = decode_expanded(text, result);
        }
        if result.0.is_err() {
            leniency.merge_failed_secret(&result.1);
        }
        leniency.merge(result.1.into_deviations());
        result.0
    })
}

/// The result of decoding a JSON text, and what was noted while it was decoded.
type Attempt<T> = (Result<T, serde_json::Error>, Leniency);

/// Decodes a JSON text a second time, with integers such as `1e3` and `5.0` rewritten as plain digits. `serde_json`
/// parses such an integer as a double, which can be inexact or fail to decode. Returns `first` if the second attempt
/// does not succeed.
#[cold]
#[inline(never)]
fn decode_expanded<T: DecodeOwned>(text: &[u8], first: Attempt<T>) -> Attempt<T> {
    // A double represents every integer below this limit exactly. If decoding succeeded, smaller integers need no
    // rewriting. If decoding failed, every integer is rewritten, because an `i128` does not decode from a double of
    // `serde_json`.
    let from = if first.0.is_err() { 0 } else { EXACT_DOUBLE_LIMIT as i128 };
    let (text, memory_of_text) = memory::measured(|| expand_integers(text, from));
    let text = match text {
        Ok(Some(text)) => text,
        Ok(None) => return first,
        Err(error) => return (Err(error), first.1),
    };
    let attempt = first.1.for_attempt();
    let decoded = decode_text(&text, &attempt);
    memory::free(memory_of_text);
    match decoded {
        Ok(value) => (Ok(value), attempt),
        Err(_) => first,
    }
}

fn decode_text<T: DecodeOwned>(text: &[u8], leniency: &Leniency) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::decode(&mut deserializer, leniency)?;
    deserializer.end()?;
    Ok(value)
}

/// Decodes the value of the member `name`.
///
/// # Errors
/// Returns an error if the value is not of the type `T`.
pub fn member<'de, T: Decode<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    leniency: &Leniency,
) -> Result<T, A::Error> {
    leniency.within(&name, || map.next_value_seed(Seed::new(leniency)))
}
