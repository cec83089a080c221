// copperplate runtime: copied unchanged into every generated crate.
//! The trait `Operation`, which each operation of an API implements.

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

/// An operation with its arguments. For each operation of an API, the crate has a struct that implements this trait.
pub trait Operation: Validate + Sized {
    /// The API of the operation.
    type Api: Api;
    /// The Rust type of the body of a success response.
    type Success: Validate;
    /// The Rust type of the headers that the OpenAPI document describes for a success response.
    type Headers;
    /// The Rust type of the failure responses that the OpenAPI document describes: an enum with a variant for each
    /// failure response.
    type Failure: Any + fmt::Debug + Send + Sync;

    /// The `operationId` of the operation.
    const ID: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The security requirements of the operation.
    #[doc(hidden)]
    const SECURITY: Security;
    /// The URL of the server that the OpenAPI document names for this operation alone. A URL without a host is relative
    /// to the base URL of the client.
    #[doc(hidden)]
    const SERVER: Option<&'static str> = None;

    /// Writes the arguments of the operation to a request.
    #[doc(hidden)]
    fn write_request(&self, request: &mut RequestBuilder<'_>);

    /// Validates the body of a success response. Generated code overrides this Rust method if the schema of the body is
    /// inline. For example, `Vec<Pet>` does not check the `maxItems` of an inline array schema.
    #[doc(hidden)]
    fn check_success(success: &Self::Success, at: ValidationContext<'_>) {
        success.check(at);
    }

    /// Decodes a response of the operation.
    ///
    /// # Errors
    /// Returns an error if the body of a success response does not decode.
    #[doc(hidden)]
    fn read_response(response: &RawResponse) -> ReadResult<Self>;
}

/// The outcome of a response to the operation `O`. An error means that the body does not decode.
pub type ReadResult<O> =
    Result<Outcome<<O as Operation>::Success, <O as Operation>::Headers, <O as Operation>::Failure>, DecodeError>;
