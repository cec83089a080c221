// copperplate runtime: copied into each generated crate that uses it.
//! The traits of unions (`oneOf` and `anyOf`), which the macro `union!` implements.

use serde::Serialize;
use serde_json::Value;

use crate::runtime::decoding::buffered_part::BufferedPart;
use crate::runtime::decoding::decode::DecodeOwned;
use crate::runtime::decoding::json_copy::ToJson;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::union::attempt_error::AttemptError;
use crate::runtime::validation::context::ValidationContext;

/// Validates the value in the variant of a union. Generated code implements this trait for each union.
pub trait ValidateVariant {
    /// The JSON Pointer of the schema of the union, if the schema is a component.
    const SCHEMA: Option<&'static str> = None;

    /// Reports every violation of the value in the variant. Generated code overrides this method if the schema of a
    /// variant has constraints.
    fn check_variant(&self, at: ValidationContext<'_>) {
        _ = at;
    }
}

/// Describes the discriminator of a union. The macro `union!` implements this trait for each union.
pub trait Discriminated {
    /// The discriminator. `None` if the union has none.
    const DISCRIMINATOR: Option<Discriminator>;
    /// For each variant, the values of the discriminator that select the variant.
    const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]];
}

/// The keyword `discriminator` of a union.
#[derive(Debug, Clone, Copy)]
pub struct Discriminator {
    /// The name of the member whose value selects the variant.
    pub property: &'static str,
    /// Whether every variant has a name. If true, a value of the discriminator that names no variant is invalid.
    pub closed: bool,
}

/// Decodes a value as one variant.
pub type DecodeVariant<U> = fn(BufferedPart<'_>, &Leniency) -> Result<U, AttemptError>;

/// A union that can be decoded. The macro `union!` implements this trait for each union that responses contain.
pub trait Union: ValidateVariant + Discriminated + Sized + 'static {
    /// The keyword of the union: `oneOf` or `anyOf`.
    const KEYWORD: &'static str;
    /// Functions that decode the variants. The most restrictive variants come first.
    const VARIANTS: &'static [DecodeVariant<Self>];
    /// Converts a value to JSON, so that validation can count the variants that match. `None` unless the union is a
    /// `oneOf` with two variants that can match the same value.
    const TO_JSON_IF_OVERLAPPING: Option<ToJson<Self>>;

    /// Creates the variant `Unknown`, which holds the JSON of a value that fits no variant.
    fn unknown(value: Value) -> Self;

    /// Returns the names of the members for which the value in the variant has fields. Returns `None` if the value
    /// keeps members of every name.
    fn members(&self) -> Option<&'static [&'static str]>;

    /// Returns the JSON value of the variant `Unknown`. Returns `None` for any other variant.
    fn as_unknown(&self) -> Option<&Value>;
}

/// Decodes a value as the variant that `constructor` creates.
///
/// # Errors
/// Returns an error if the value is not of the type `T`.
pub fn decode_variant<T: DecodeOwned, U>(
    value: BufferedPart<'_>,
    leniency: &Leniency,
    constructor: fn(T) -> U,
) -> Result<U, AttemptError> {
    T::decode(value, leniency).map(constructor)
}

/// The index of the variant that the discriminator names.
pub(crate) fn named_variant<U: Discriminated>(part: BufferedPart<'_>) -> Option<usize> {
    let name = part.member(U::DISCRIMINATOR?.property)?.scalar_text()?;
    U::DISCRIMINATOR_VALUES.iter().position(|names| names.contains(&&*name))
}

/// Whether the value is an object, and the document names every variant of the union.
pub(crate) fn is_closed_object<U: Discriminated>(part: BufferedPart<'_>) -> bool {
    U::DISCRIMINATOR.is_some_and(|discriminator| discriminator.closed) && part.is_object()
}

/// Serializes a variant whose schema does not describe the discriminator, and adds the discriminator with the value
/// `name`.
///
/// # Errors
/// Returns an error if the value does not serialize.
pub fn serialize_with_discriminator<U: Discriminated, T: Serialize, S: serde::Serializer>(
    value: &T,
    name: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut json = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(members), Some(Discriminator { property, .. })) = (&mut json, U::DISCRIMINATOR) {
        members.entry(property).or_insert_with(|| Value::String(name.to_owned()));
    }
    json.serialize(serializer)
}
