// copperplate runtime: copied unchanged into every generated crate.
//! JSON that did not come as a response: a webhook, a cache, a fixture.

use std::fmt;

use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::DecodeError;
use crate::runtime::validation::context::{Report, Validate, ValidationContext};
use crate::runtime::validation::violation::{Direction, Violations};

/// What a JSON text is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FromJsonError {
    /// It is no JSON, or of another type.
    DecodeError(DecodeError),
    /// It breaks rules of its schema.
    Invalid(Violations),
}

/// Reads a JSON text and holds it against its schema, by the letter: null for a member that may be absent is a violation too.
/// For a body without a request or a response, such as a webhook or a cache.
///
/// # Errors
/// Where the text is no such value, or breaks a rule.
pub fn from_json<T: DecodeOwned + Validate>(text: impl AsRef<[u8]>, direction: Direction) -> Result<T, FromJsonError> {
    let text = text.as_ref();
    let leniency = Leniency::kept();
    let value: T =
        from_slice(text, &leniency).map_err(|error| FromJsonError::DecodeError(DecodeError::new(text, &error)))?;
    let report = Report::new(direction);
    leniency.report(ValidationContext::root(&report));
    value.check(ValidationContext::root(&report));
    report.finish().map(|()| value).map_err(FromJsonError::Invalid)
}

impl FromJsonError {
    /// The rules that the value breaks; `None` where it could not even be read.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::DecodeError(_) => None,
            Self::Invalid(violations) => Some(violations),
        }
    }
}

impl fmt::Display for FromJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DecodeError(undecodable) => undecodable.fmt(f),
            Self::Invalid(violations) => violations.fmt(f),
        }
    }
}

impl std::error::Error for FromJsonError {}
