// copperplate runtime: copied unchanged into every generated crate.
//! A call of an operation: builds the request, sends the request and reads the response.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;

use crate::runtime::client::api::{Api, ErrorFields};
use crate::runtime::client::base_url::{problem_with, resolve};
use crate::runtime::client::builder::Client;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::transport::{BlockingTransport, ResponseLimit, Timeout, Transport};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory::{MEMORY_PER_BYTE, limited};
use crate::runtime::error::{Error, ServiceFailure};
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::framing_header::is_framing_header;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::pattern::budget::share;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, Violations};

/// A call of an operation. Set the optional arguments, then [`send`](Call::send) the call.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c, O: Operation, T> {
    client: &'c Client<O::Api, T>,
    /// The operation with its arguments.
    pub operation: O,
    server: Option<String>,
    timeout: Duration,
    limit: ResponseLimit,
    validate_request: bool,
    responses: ResponsePolicy,
    method_override: Option<HeaderName>,
}

impl<'c, O: Operation, T> Call<'c, O, T> {
    /// Creates a call of `operation`. Only generated code calls this: a client has a Rust method for each operation.
    #[doc(hidden)]
    pub fn new(client: &'c Client<O::Api, T>, operation: O) -> Self {
        let config = &client.config;
        let (timeout, limit, validate_request) = (config.timeout, config.limit, config.validate_requests);
        let responses = config.responses.clone();
        Self { client, operation, server: None, timeout, limit, validate_request, responses, method_override: None }
    }

    /// Sends this call to the server at `url`. `url` has priority over the base URL of the client and over the servers
    /// in the OpenAPI document. A URL without a host is relative to the base URL.
    ///
    /// The server receives the credentials of the call. Do not pass a URL from an untrusted source: its host could be
    /// an attacker's.
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.server = Some(url.into());
        self
    }

    /// Sets the timeout of this call, from connecting to the last byte of the response.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the maximal length of the body of the response, in bytes: see
    /// [`Builder::max_response_bytes`](crate::runtime::Builder::max_response_bytes).
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.limit = ResponseLimit(limit);
        self
    }

    /// Sets whether the request is validated before it is sent: see
    /// [`Builder::validate_requests`](crate::runtime::Builder::validate_requests).
    ///
    /// Even if `on` is false, the request is not sent in these cases:
    /// - A path value is empty, `.` or `..`.
    /// - A header value contains a control character.
    /// - The request sets a header that only the transport sets.
    /// - A credential is missing.
    /// - The host of the request may not receive credentials.
    pub fn validate_request(mut self, on: bool) -> Self {
        self.validate_request = on;
        self
    }

    /// Sets what happens if the response violates its schema: see
    /// [`Builder::validate_responses`](crate::runtime::Builder::validate_responses).
    pub fn validate_response(mut self, policy: ResponsePolicy) -> Self {
        self.responses = policy;
        self
    }

    /// Sends the request with the HTTP method `POST`. The header `header`, such as `X-HTTP-Method-Override`, contains
    /// the HTTP method of the operation. Use this if the network blocks that HTTP method and the service supports the
    /// header. Building the request fails if the request sets `header` itself, or if `header` is `Authorization`,
    /// `Content-Type` or `Cookie`.
    pub fn tunnel_through_post(mut self, header: HeaderName) -> Self {
        self.method_override = Some(header);
        self
    }

    /// Builds the request, and does not send it.
    ///
    /// # Errors
    /// Returns an error if the request is invalid. [`Error::violations`] lists all violations.
    pub fn request(&self) -> Result<http::Request<Bytes>, Error> {
        let config = &self.client.config;
        let report = Report::new(Direction::Request);
        if self.validate_request {
            share(|| self.operation.check(ValidationContext::root(&report)));
        }
        let mut request = RequestBuilder::new(&report);
        self.operation.write_request(&mut request);
        config.credentials.attach(O::SECURITY, self.validate_request, &mut request);
        let server = self.server.as_deref().or(O::SERVER.filter(|_| !config.single_server));
        let base = resolve(&config.base, server).unwrap_or_else(|problem| {
            let problem = problem_with(server.unwrap_or_default(), problem);
            request.context().client_setting("server").report_violation("url", None, Some(problem));
            Cow::Borrowed("")
        });
        if let Some(header) = self.method_override.as_ref().filter(|header| is_framing_header(header)) {
            request.context().header(header.as_str()).report_violation("header-name", None, None);
        }
        if let Some(header) = self.method_override.as_ref().filter(|header| request.sets(header)) {
            let reason = Some("the request sets this header itself".to_owned());
            request.context().header(header.as_str()).report_violation("header-name", None, reason);
        }
        let has_secret = request.has_secret() || !config.headers.is_empty();
        let mut request = request.finish(&base, O::METHOD, &config.headers);
        // Credentials may always be sent to the host of the base URL if the URL is HTTPS.
        let is_safe = matches!(base, Cow::Borrowed(_)) && base.starts_with("https:");
        if has_secret && !is_safe {
            let problem = config.destinations.problem(request.uri(), &config.base, self.server.is_some());
            if let Some(problem) = problem {
                let at = ValidationContext::root(&report);
                at.client_setting("server").report_violation("credential", None, Some(problem));
            }
        }
        report.finish().map_err(|violations| Error::invalid_request(O::ID, violations))?;
        if let Some(header) = self.method_override.clone() {
            // Every HTTP method is a valid header value.
            if let Ok(method) = HeaderValue::from_str(O::METHOD.as_str()) {
                request.headers_mut().insert(header, method);
            }
            *request.method_mut() = Method::POST;
        }
        request.extensions_mut().insert(Timeout(self.timeout));
        request.extensions_mut().insert(self.limit);
        Ok(request)
    }

    /// Reads a response to the request that [`Call::request`] built.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The response reports a failure.
    /// - The OpenAPI document does not describe the status.
    /// - The body is too long, or does not decode.
    /// - The response violates its schema, and the policy is [`ResponsePolicy::Enforce`].
    pub fn read(&self, response: http::Response<Bytes>) -> Result<Reply<O::Success, O::Headers>, Error> {
        let memory = self.limit.0.saturating_mul(MEMORY_PER_BYTE);
        limited(memory, || share(|| self.read_shared(response)))
    }

    /// Reads a response. All strings of the response share the steps of their patterns.
    fn read_shared(&self, response: http::Response<Bytes>) -> Result<Reply<O::Success, O::Headers>, Error> {
        let length = response.body().len() as u64;
        self.limit.check(length).map_err(|error| Error::transport(O::ID, error))?;
        let is_validated = !matches!(self.responses, ResponsePolicy::Off);
        let leniency = if is_validated { Leniency::recording() } else { Leniency::counting() };
        let response = RawResponse::new(response, leniency);
        match O::read_response(&response) {
            Ok(Outcome::Success(value, headers)) => match self.validate(&value, response.leniency()) {
                Ok(()) => Ok(response.into_reply(value, headers)),
                Err(violations) => Err(Error::invalid_response(O::ID, violations, response.into_received())),
            },
            Ok(Outcome::Failure(failure)) => Err(service_error::<O>(response, failure, true)),
            Ok(Outcome::Undocumented) => Err(service_error::<O>(response, None, false)),
            Err(error) => Err(Error::decode(O::ID, error, response.into_received())),
        }
    }

    fn validate(&self, value: &O::Success, leniency: &Leniency) -> Result<(), Violations> {
        let validate = || {
            let report = Report::new(Direction::Response);
            leniency.report(ValidationContext::root(&report));
            O::check_success(value, ValidationContext::root(&report));
            report.finish()
        };
        match &self.responses {
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

impl<O: Operation, T: Transport> Call<'_, O, T> {
    /// Builds the request, sends the request and reads the response.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub async fn send(self) -> Result<Reply<O::Success, O::Headers>, Error> {
        let request = self.request()?;
        let response = self.client.transport.execute(request).await;
        self.read(response.map_err(|error| Error::transport(O::ID, error))?)
    }
}

impl<O: Operation, T: BlockingTransport> Call<'_, O, T> {
    /// Builds the request, sends the request and reads the response. Blocks the thread until the response is complete.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub fn send_blocking(self) -> Result<Reply<O::Success, O::Headers>, Error> {
        let response = self.client.transport.execute(self.request()?);
        self.read(response.map_err(|error| Error::transport(O::ID, error))?)
    }
}

impl<O: Operation + fmt::Debug, T> fmt::Debug for Call<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation).field("client", &self.client).finish_non_exhaustive()
    }
}

/// Creates the error for a response that reports a failure. Reads the error code, the message and the request ID at the
/// JSON Pointers in [`Api::ERROR`].
fn service_error<O: Operation>(response: RawResponse, failure: Option<O::Failure>, is_documented: bool) -> Error {
    let ErrorFields { code, message, request_id_header, request_id } = O::Api::ERROR;
    let body = response.json_value().unwrap_or(Value::Null);
    let find = |pointers: &[&str]| pointers.iter().find_map(|pointer| text_at(&body, pointer));
    let (code, message, body_id) = (find(code), find(message), find(request_id));
    let request_id = request_id_header.and_then(|name| response.header(name)).or(body_id);
    let received = response.into_received();
    let has_text = message.is_none() && !received.body.is_empty();
    let body_text = has_text.then(|| String::from_utf8_lossy(&received.body).into_owned());
    let failure = failure.map(|failure| Box::new(failure) as Box<dyn Any + Send + Sync>);
    Error::service(O::ID, ServiceFailure { received, code, message, body_text, request_id, failure, is_documented })
}

fn text_at(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
