// copperplate runtime: copied into each generated crate that uses it.
//! Decodes and validates JSON that is not the response of a call: a webhook, a cache, a test fixture.

use std::fmt;

use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::{Validate, share};
use crate::runtime::validation::violation::{Direction, Violations};

/// The error of [`from_json`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FromJsonError {
    /// The text is not JSON, or a value does not have the type that its schema requires.
    Decode(DecodeError),
    /// The JSON decodes, but violates its schema.
    Invalid(Violations),
}

/// Decodes a JSON text and validates the value. Use this function for JSON that is not the response of a call, such as
/// a webhook or a cache.
///
/// `T` is a type that a response of the API contains, or a `Vec` or `BTreeMap` of such a type. With the feature
/// `symmetric`, `T` can also be a type that only requests contain.
///
/// Null for an optional member that is not nullable is always a violation here. In the response of a call, such a null
/// decodes as absent, and is a violation only if responses are validated.
///
/// # Errors
/// Returns an error if the text does not decode to a `T`, or if the value violates its schema.
pub fn from_json<T: DecodeOwned + Validate>(text: impl AsRef<[u8]>, direction: Direction) -> Result<T, FromJsonError> {
    let text = text.as_ref();
    let work = || share(|| from_json_shared(text, direction));
    work()
}

/// Decodes a JSON value and validates the result, as [`from_json`] does with a text. Use it for values in tests:
/// `from_value::<types::Pet>(json!({"id": "42"}))`. The types of responses have no constructors, because a new required member
/// would break their callers.
///
/// # Errors
/// Returns an error if the value does not decode to a `T`, or if it violates its schema as a part of a response.
#[cfg(feature = "mock")]
pub fn from_value<T: DecodeOwned + Validate>(value: serde_json::Value) -> Result<T, FromJsonError> {
    from_json(value.to_string(), Direction::Response)
}

/// Decodes and validates a value. All strings of the value share the steps of their patterns.
fn from_json_shared<T: DecodeOwned + Validate>(text: &[u8], direction: Direction) -> Result<T, FromJsonError> {
    let leniency = Leniency::recording();
    let value: T = from_slice(text, &leniency)
        .map_err(|error| FromJsonError::Decode(DecodeError::new(text, &error, &leniency)))?;
    let report = Report::new(direction);
    leniency.report(ValidationContext::root(&report));
    value.check(ValidationContext::root(&report));
    report.finish().map(|()| value).map_err(FromJsonError::Invalid)
}

impl FromJsonError {
    /// Returns the violations of the value. Returns `None` if the JSON did not decode.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Decode(_) => None,
            Self::Invalid(violations) => Some(violations),
        }
    }
}

impl fmt::Display for FromJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Invalid(violations) => violations.fmt(f),
        }
    }
}

impl std::error::Error for FromJsonError {}
