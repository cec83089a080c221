// copperplate runtime: copied into each generated crate that uses it.
//! What all operations have in common: builds the request, sends the request and reads the response.

use std::any::Any;
use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderValue, Method};
use serde_json::Value;

use crate::runtime::client::api::Api;
use crate::runtime::client::authorization::{Authorization, block_on, ready_output};
use crate::runtime::client::base_url::{problem_with, resolve};
use crate::runtime::client::call::Call;
use crate::runtime::client::credential_provider::MissingCredential;
use crate::runtime::client::described_operation::describe;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::transport::{BlockingTransport, ResponseLimit, Timeout, Transport, TransportError};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory::{MEMORY_PER_BYTE, limited};
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::error::{Error, ServiceFailure};
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::framing_header::is_framing_header;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::{RawResponse, find_text};
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::share;
use crate::runtime::validation::violation::{Direction, Violations};

impl<A: Api, T> Call<'_, A, T> {
    /// Builds the request, and does not send it.
    ///
    /// # Errors
    /// Returns an error if the request is invalid. [`Error::violations`] lists all violations.
    pub fn request<O: Operation<Api = A>>(&self, operation: &O) -> Result<http::Request<Bytes>, Error> {
        let authorization = ready_output(self.authorization(O::SECURITY)).unwrap_or(Err(MissingCredential::NotIssued));
        let authorization = authorization.map_err(missing_credential::<O>)?;
        self.build(
            operation,
            &authorization,
        )
    }

    /// Builds the request with these credentials.
    fn build<O: Operation<Api = A>>(
        &self,
        operation: &O,
        authorization: &Authorization,
    ) -> Result<http::Request<Bytes>, Error> {
        let (config, options) = (&self.client.config, &self.options);
        let is_validated = options.validate_request.unwrap_or(config.validate_requests);
        let report = Report::new(Direction::Request);
        if is_validated {
            share(|| operation.check_arguments(ValidationContext::root(&report)));
        }
        let mut request = RequestBuilder::new(&report);
        operation.write_request(&mut request);
        authorization.attach(is_validated, &mut request);
        let server = self.server(O::SERVER);
        let base = resolve(&config.base, server).unwrap_or_else(|problem| {
            let problem = problem_with(server.unwrap_or_default(), problem);
            request.context().client_setting("server").report_violation("url", None, Some(problem));
            Cow::Borrowed("")
        });
        if let Some(header) = options.method_override.as_ref().filter(|header| is_framing_header(header)) {
            request.context().header(header.as_str()).report_violation("header-name", None, None);
        }
        if let Some(header) = options.method_override.as_ref().filter(|header| request.sets(header)) {
            let reason = Some("the request sets this header itself".to_owned());
            request.context().header(header.as_str()).report_violation("header-name", None, reason);
        }
        let has_secret = request.has_secret() || !config.headers.is_empty();
        let mut request = request.finish(&base, O::METHOD, &config.headers, O::ACCEPT, &config.user_agent);
        // Credentials may always be sent to the host of the base URL if the URL is HTTPS.
        let is_safe = matches!(base, Cow::Borrowed(_)) && base.starts_with("https:");
        if has_secret && !is_safe {
            let problem = config.destinations.problem(request.uri(), &config.base, options.server.is_some());
            if let Some(problem) = problem {
                let at = ValidationContext::root(&report);
                at.client_setting("server").report_violation("credential", None, Some(problem));
            }
        }
        report
            .finish()
            .map_err(|violations| Error::invalid_request(FailedRequest::unsent(O::ID, Some(O::METHOD)), violations))?;
        if let Some(header) = options.method_override.clone() {
            // Every HTTP method is a valid header value.
            if let Ok(method) = HeaderValue::from_str(O::METHOD.as_str()) {
                request.headers_mut().insert(header, method);
            }
            *request.method_mut() = Method::POST;
        }
        request.extensions_mut().insert(Timeout(options.timeout.unwrap_or(config.timeout)));
        request.extensions_mut().insert(self.limit());
        authorization.sign(&mut request, config.clock.now());
        Ok(request)
    }

    fn limit(&self) -> ResponseLimit {
        self.options.limit.unwrap_or(self.client.config.limit)
    }

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
        let memory = self.limit().0.saturating_mul(MEMORY_PER_BYTE);
        limited(memory, || share(|| self.read_shared(operation, response)))
    }

    /// Reads the response, or returns the error of the transport.
    ///
    /// # Errors
    /// Returns the error of the transport. Also returns an error in each case that [`Call::read`] lists.
    pub fn receive<O: Operation<Api = A>>(
        &self,
        operation: &O,
        response: Result<http::Response<Bytes>, TransportError>,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        self.read(operation, response.map_err(|error| Error::transport(describe(operation), error))?)
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

    fn response_policy(&self) -> &ResponsePolicy {
        self.options.responses.as_ref().unwrap_or(&self.client.config.responses)
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

impl<A: Api, T: Transport> Call<'_, A, T> {
    /// Builds the request, sends the request and reads the response.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub async fn send<O: Operation<Api = A>>(&self, operation: &O) -> Result<Reply<O::Success, O::Headers>, Error> {
        let authorization = self.authorization(O::SECURITY).await.map_err(missing_credential::<O>)?;
        let request = self.build(
            operation,
            &authorization,
        )?;
        let response = self.client.transport.execute(request).await;
        self.receive(operation, response)
    }
}

impl<A: Api, T: BlockingTransport> Call<'_, A, T> {
    /// Builds the request, sends the request and reads the response. Blocks the thread until the response is complete.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub fn send_blocking<O: Operation<Api = A>>(&self, operation: &O) -> Result<Reply<O::Success, O::Headers>, Error> {
        let authorization = block_on(self.authorization(O::SECURITY)).map_err(missing_credential::<O>)?;
        let request = self.build(
            operation,
            &authorization,
        )?;
        let response = self.client.transport.execute(request);
        self.receive(operation, response)
    }
}

/// Returns the error for a credential that could not be obtained.
fn missing_credential<O: Operation>(missing: MissingCredential) -> Error {
    Error::credential(FailedRequest::unsent(O::ID, Some(O::METHOD)), missing)
}

/// Creates the error for a response that reports a failure. Reads the error code, the message and the request ID at the
/// JSON Pointers in [`Api::ERROR`].
fn service_error<O: Operation>(
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
