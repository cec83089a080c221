// copperplate runtime: copied unchanged into every generated crate.
//! The trait `Operation`.

use std::any::Any;
use std::fmt;

use http::Method;

use crate::runtime::client::api::Api;
use crate::runtime::client::security::Security;
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::validate::Validate;

/// An operation with its arguments. Each operation of an API is a struct that implements this trait.
pub trait Operation: Validate + Sized {
    /// The API of the operation.
    type Api: Api;
    /// The body of a success.
    type Success: Validate;
    /// The documented headers of a success.
    type Headers;
    /// The documented failures.
    type Failure: Any + fmt::Debug + Send + Sync;

    /// The `operationId`.
    const ID: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The credentials that the operation requires.
    #[doc(hidden)]
    const SECURITY: Security;
    /// The server of the operation, if it differs from the client's. A URL without a host is relative to the client's
    /// base URL.
    #[doc(hidden)]
    const SERVER: Option<&'static str> = None;

    /// Writes the arguments to a request.
    #[doc(hidden)]
    fn write_request(&self, request: &mut RequestBuilder<'_>);

    /// Validates the body of a success. Generated code overrides this method if the schema of the body is inline,
    /// because the rules of an inline schema belong to no type.
    #[doc(hidden)]
    fn check_success(success: &Self::Success, at: ValidationContext<'_>) {
        success.check(at);
    }

    /// Reads a response.
    ///
    /// # Errors
    /// Returns an error if the body of a success does not decode.
    #[doc(hidden)]
    fn read_response(response: &RawResponse) -> ReadResult<Self>;
}

/// The outcome of the operation `O`, or the reason that a body does not decode.
pub type ReadResult<O> =
    Result<Outcome<<O as Operation>::Success, <O as Operation>::Headers, <O as Operation>::Failure>, DecodeError>;
