// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Operation`, which each operation of an API implements, and the methods that all operations have.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::Method;

use crate::runtime::client::api::Api;
use crate::runtime::client::call::Call;
use crate::runtime::client::call_options::CallOptions;
use crate::runtime::client::security::Security;
use crate::runtime::client::transport::{BlockingTransport, Transport};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::error::Error;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::validate::Validate;

/// An operation with its arguments. For each operation of an API, the crate has a struct that implements this trait.
///
/// The struct also has the methods `options` and `send` itself, and `send_blocking` with the feature `blocking`. Import the
/// trait for what happens around sending: to build a request without sending it, to read a response that other code has
/// received, and for code that works with any operation, such as logging.
pub trait Operation: HasCall + Sized {
    /// The Rust type of the body of a success response.
    type Success: Validate;
    /// The Rust type of the headers that the OpenAPI document describes for a success response.
    type Headers;
    /// The Rust type of the failure responses that the OpenAPI document describes: an enum with a variant for each
    /// failure response.
    type Failure: Any + fmt::Debug + Send + Sync;

    /// The `operationId` of the operation.
    const ID: &'static str;
    /// The HTTP method. It is `POST` for an operation with a method that has no constant in the crate `http`, such as
    /// `COPY`.
    const METHOD: Method;
    /// The security requirements of the operation.
    #[doc(hidden)]
    const SECURITY: Security = &[];
    /// The URL of the server that the OpenAPI document names for this operation alone. A URL without a host is relative
    /// to the base URL of the client.
    #[doc(hidden)]
    const SERVER: Option<&'static str> = None;

    /// Whether the service may execute the operation twice (`x-idempotent`). `None` if the document does not say so.
    #[doc(hidden)]
    const IS_IDEMPOTENT: Option<bool> = None;

    /// The value of the header `Accept`: the media types of the responses that the OpenAPI document describes. Empty if
    /// the client reads no body.
    #[doc(hidden)]
    const ACCEPT: &'static str = "";

    /// Validates the arguments.
    #[doc(hidden)]
    fn check_arguments(&self, at: ValidationContext<'_>) {
        _ = at;
    }

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

    /// Sets the options of this call. They have priority over the settings of the client.
    fn options(mut self, options: CallOptions) -> Self {
        self.set_options(options);
        self
    }

    /// Builds the request, and does not send it.
    ///
    /// # Errors
    /// Returns an error if the request is invalid. [`Error::violations`] lists all violations.
    fn request(&self) -> Result<http::Request<Bytes>, Error> {
        self.call().request(self)
    }

    /// Reads a response to the request that [`request`](Self::request) built.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The response reports a failure.
    /// - The OpenAPI document does not describe the status.
    /// - The body is too long, or does not decode.
    /// - The response violates its schema, and the policy is
    ///   [`ResponsePolicy::Enforce`](crate::runtime::ResponsePolicy::Enforce).
    fn read(&self, response: http::Response<Bytes>) -> Result<Reply<Self::Success, Self::Headers>, Error> {
        self.call().read(self, response)
    }

    /// Builds the request, sends the request and reads the response.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or if no complete response was received. Also returns an error in
    /// each case that [`read`](Self::read) lists.
    fn send(self) -> impl Future<Output = Result<Reply<Self::Success, Self::Headers>, Error>> + Send
    where
        Self: Send + Sync,
        Self::Api: Sync,
        Self::Transport: Transport + Sync,
    {
        send(self)
    }

    /// Sends the request like [`send`](Self::send), and returns the response without decoding it. The method
    /// [`read`](Self::read) decodes it.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or if no complete response was received.
    fn send_raw(&self) -> impl Future<Output = Result<http::Response<Bytes>, Error>> + Send
    where
        Self: Sync,
        Self::Api: Sync,
        Self::Transport: Transport + Sync,
    {
        self.call().send_raw(self)
    }

    /// Builds the request, sends the request and reads the response. Blocks the thread until the response is complete.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or if no complete response was received. Also returns an error in
    /// each case that [`read`](Self::read) lists.
    fn send_blocking(self) -> Result<Reply<Self::Success, Self::Headers>, Error>
    where
        Self::Transport: BlockingTransport,
    {
        self.call().send_blocking(&self)
    }
}

/// Sends an operation. This is one function for all operations, because rustc checks an `async fn` of each operation slowly.
///
/// # Errors
/// Returns an error if the request is invalid, or if no complete response was received. Also returns an error in each case
/// that [`Operation::read`] lists.
#[doc(hidden)]
#[allow(clippy::manual_async_fn, reason = "the future of an `async fn` would have room for two operations")]
pub fn send<O: Operation<Transport: Transport>>(
    operation: O,
) -> impl Future<Output = Result<Reply<O::Success, O::Headers>, Error>> {
    async move { operation.call().send(&operation).await }
}

/// The client and the options of a call. The macro [`operation`] implements this trait.
#[doc(hidden)]
pub trait HasCall {
    /// The API of the operation.
    type Api: Api;
    /// The transport of the client.
    type Transport;

    /// Returns the client and the options of the call.
    fn call(&self) -> &Call<'_, Self::Api, Self::Transport>;

    /// Sets the options of the call.
    fn set_options(&mut self, options: CallOptions);
}

/// The outcome of a response to the operation `O`. An error means that the body does not decode.
pub type ReadResult<O> =
    Result<Outcome<<O as Operation>::Success, <O as Operation>::Headers, <O as Operation>::Failure>, DecodeError>;

/// Implements the methods that every caller needs: `options`, `send` and `send_blocking`. Also implements `Clone` and `Debug`.
/// Most of the code is in functions that all operations share, because rustc compiles it once there. All other methods are
/// in the trait `Operation`, because each method of each operation takes rustc as long as a small struct.
///
/// The table has the name of the struct, the marker type of the API, the names of the fields, and the types of the body and
/// of the documented headers of a success response.
#[allow(unused_macros, reason = "an API without operations does not need the macro")]
macro_rules! operation {
    ($name:ident of $api:ident { $($field:ident,)* => ($success:ty, $headers:ty) $(,)? }) => {
        impl<T> $crate::runtime::HasCall for $name<'_, T> {
            type Api = $api;
            type Transport = T;

            fn call(&self) -> &$crate::runtime::Call<'_, $api, T> {
                &self.call
            }

            fn set_options(&mut self, options: $crate::runtime::CallOptions) {
                self.call.set_options(options);
            }
        }

        impl<T> $name<'_, T> {
            /// Sets the options of this call, such as its timeout.
            pub fn options(mut self, options: $crate::runtime::CallOptions) -> Self {
                self.call.set_options(options);
                self
            }

            /// Sends the request and reads the response: see [`Operation::send`].
            pub fn send(
                self,
            ) -> impl Future<Output = Result<$crate::runtime::Reply<$success, $headers>, $crate::runtime::Error>>
            where
                T: $crate::runtime::Transport,
            {
                $crate::runtime::send(self)
            }

            /// Sends the request and reads the response. Blocks the thread: see [`Operation::send_blocking`].
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> Result<$crate::runtime::Reply<$success, $headers>, $crate::runtime::Error>
            where
                T: $crate::runtime::BlockingTransport,
            {
                self.call.send_blocking(&self)
            }
        }

        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self {
                Self { call: self.call.clone(), $($field: Clone::clone(&self.$field)),* }
            }
        }

        impl<T> std::fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::client::described_operation::print(self, f)
            }
        }
    };
}

#[allow(unused_imports, reason = "an API without operations does not need the macro")]
pub(crate) use operation;
