// copperplate runtime: copied into each generated crate that uses it.
//! Reads the response of a call.

use std::any::Any;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::runtime::client::api::Api;
use crate::runtime::client::call::Call;
use crate::runtime::client::described_operation::describe;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory::limited;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::error::{Error, ServiceFailure};
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::{RawResponse, find_text};
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::deadline;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::share;
use crate::runtime::validation::violation::{Direction, Violations};

impl<A: Api, T> Call<'_, A, T> {
    /// Reads a response to a request that [`Call::request`] built.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The response reports a failure.
    /// - The OpenAPI document does not describe the status.
    /// - The body is too long, or does not decode.
    /// - The response violates its schema, and the policy is [`ResponsePolicy::Enforce`].
    pub fn read<O: Operation<Api = A>>(
        &self,
        operation: &O,
        response: http::Response<Bytes>,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        limited(response.body().len(), self.limit().0, || share(|| self.read_shared(operation, response)))
    }

    /// Reads the response, or returns the error of the transport. `rest` is the time that is left for the call.
    ///
    /// # Errors
    /// Returns the error of the transport, or a timeout if decoding and validation take longer than `rest`. Also returns an
    /// error in each case that [`Call::read`] lists.
    pub fn receive<O: Operation<Api = A>>(
        &self,
        operation: &O,
        response: Result<http::Response<Bytes>, TransportError>,
        rest: Duration,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        let of_transport = |error| Error::transport(describe(operation), error);
        let response = response.map_err(of_transport)?;
        let late = || of_transport(TransportError::Timeout("decoding and validation took too long".into()));
        deadline::within(rest, || self.read(operation, response)).unwrap_or_else(|| Err(late()))
    }

    /// Reads a response. All strings of the response share the steps of their patterns.
    fn read_shared<O: Operation<Api = A>>(
        &self,
        operation: &O,
        response: http::Response<Bytes>,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        let length = response.body().len() as u64;
        self.limit().check(length).map_err(|error| Error::transport(describe(operation), error))?;
        let is_validated = !matches!(self.response_policy(), ResponsePolicy::Off);
        let leniency = if is_validated { Leniency::recording() } else { Leniency::counting() };
        let response = RawResponse::new(response, leniency);
        match O::read_response(&response) {
            Ok(Outcome::Success(value, headers)) => match self.validate::<O>(&value, response.leniency()) {
                Ok(()) => Ok(response.into_reply(value, headers)),
                Err(violations) => {
                    let received = response.into_received(&O::Api::ERROR, None);
                    Err(Error::invalid_response(describe(operation), violations, received))
                }
            },
            Ok(Outcome::Failure(failure)) => Err(service_error::<O>(describe(operation), response, failure, true)),
            Ok(Outcome::Undocumented) => Err(service_error::<O>(describe(operation), response, None, false)),
            Err(error) => Err(Error::decode(describe(operation), error, response.into_received(&O::Api::ERROR, None))),
        }
    }

    pub(crate) fn response_policy(&self) -> &ResponsePolicy {
        self.options().responses.as_ref().unwrap_or(&self.client.config.responses)
    }

    fn validate<O: Operation<Api = A>>(&self, value: &O::Success, leniency: &Leniency) -> Result<(), Violations> {
        let validate = || {
            let report = Report::new(Direction::Response);
            leniency.report(ValidationContext::root(&report));
            O::check_success(value, ValidationContext::root(&report));
            report.finish()
        };
        match self.response_policy() {
            ResponsePolicy::Off => Ok(()),
            ResponsePolicy::Enforce => validate(),
            ResponsePolicy::Warn(hook) => {
                if let Err(violations) = validate() {
                    hook(O::ID, &violations);
                }
                Ok(())
            }
        }
    }
}

/// Creates the error for a response that reports a failure. Reads the error code, the message and the request ID at the
/// JSON Pointers in [`Api::ERROR`].
pub(super) fn service_error<O: Operation>(
    request: FailedRequest,
    response: RawResponse,
    failure: Option<O::Failure>,
    is_documented: bool,
) -> Error {
    let fields = O::Api::ERROR;
    let body = response.json_value().unwrap_or(Value::Null);
    let (code, message) = (find_text(&body, fields.code), find_text(&body, fields.message));
    let received = response.into_received(&fields, Some(&body));
    let has_text = message.is_none() && !received.body.is_empty();
    let body_text = has_text.then(|| String::from_utf8_lossy(&received.body).into_owned());
    let failure = failure.map(|failure| Box::new(failure) as Box<dyn Any + Send + Sync>);
    Error::service(request, ServiceFailure { received, code, message, body_text, failure, is_documented })
}
