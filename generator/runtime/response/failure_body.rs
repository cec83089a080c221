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

    // part: text_responses
    /// Decodes the text body of a failure. `failure` is the constructor of a variant of the failure enum. Returns
    /// `Outcome::Failure(None)` if the body does not decode.
    ///
    /// # Errors
    /// Never returns an error. The return type is the same as that of [`RawResponse::success_text`].
    pub fn failure_text<T: DecodeOwned + Validate, S, H, F>(
        &self,
        failure: fn(T) -> F,
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        self.failure_text_with(failure, T::check)
    }
    // end of part

    // part: text_responses
    /// Decodes the text body of a failure like [`RawResponse::failure_text`]. `check` validates the value, whose schema is
    /// inline. Only a mock calls it.
    ///
    /// # Errors
    /// Never returns an error. The return type is the same as that of [`RawResponse::success_text`].
    pub fn failure_text_with<T: DecodeOwned, S, H, F>(
        &self,
        failure: fn(T) -> F,
        check: fn(&T, ValidationContext<'_>),
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Failure(self.decoded_failure(self.scalar(), check).map(failure)))
    }
    // end of part

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
