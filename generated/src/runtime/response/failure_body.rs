// copperplate runtime: copied into each generated crate that uses it.
//! Decodes the bodies of failures.

use crate::runtime::decoding::decode::DecodeOwned;
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::validate::Validate;

impl RawResponse {
    /// Decodes the JSON body of a failure into a variant of the failure enum. `failure` is the constructor of the
    /// variant. Returns `Outcome::Failure(None)` if the body does not decode.
    ///
    /// # Errors
    /// Never returns an error. The return type is the same as that of [`RawResponse::success`].
    pub fn failure<T: DecodeOwned + Validate, S, H, F>(
        &self,
        failure: fn(T) -> F,
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        self.failure_with(failure, T::check)
    }

    /// Decodes the JSON body of a failure like [`RawResponse::failure`]. `check` validates the body, whose schema is inline.
    /// Only a mock calls it.
    ///
    /// # Errors
    /// Never returns an error. The return type is the same as that of [`RawResponse::success`].
    pub fn failure_with<T: DecodeOwned, S, H, F>(
        &self,
        failure: fn(T) -> F,
        check: fn(&T, ValidationContext<'_>),
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Failure(self.decoded_failure(self.json(), check).map(failure)))
    }

    /// Returns the decoded body of a failure. A mock also validates it with `check`, or keeps the reason why it does not
    /// decode.
    fn decoded_failure<T>(&self, body: Result<T, DecodeError>, check: fn(&T, ValidationContext<'_>)) -> Option<T> {
        #[cfg(feature = "mock")]
        if let Some(comparison) = &self.comparison {
            comparison.note_failure(&body, &self.leniency, check);
        }
        _ = check;
        body.ok()
    }
}
