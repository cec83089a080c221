// copperplate runtime: copied unchanged into every generated crate.
//! One call of one operation: build the request, carry it, read the answer.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;

use crate::runtime::client::security::Security;
use crate::runtime::client::transport::{BlockingTransport, Timeout, Transport};
use crate::runtime::client::{Api, Client, ErrorFields, ResponsePolicy};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::{DecodeError, Error, ServiceFailure};
use crate::runtime::request::RequestBuilder;
use crate::runtime::response::{Outcome, RawResponse, Reply};
use crate::runtime::validation::context::{Report, Validate, ValidationContext};
use crate::runtime::validation::violation::{Direction, Violations};

/// An operation with its arguments; emitted for each.
pub trait Operation: Validate + Sized {
    /// The API it belongs to.
    type Api: Api;
    /// The body of a success.
    type Success: Validate;
    /// The documented headers of a success.
    type Headers;
    /// The documented failures.
    type Failure: Any + fmt::Debug + Send + Sync;

    /// `operationId`.
    const ID: &'static str;
    /// The method.
    const METHOD: Method;
    /// The credentials it asks for.
    const SECURITY: Security;
    /// The server that it is sent to; `None`: the client's. A URL without a host is relative to the client's base URL.
    const SERVER: Option<&'static str> = None;

    /// Writes the arguments into the request.
    fn write_request(&self, request: &mut RequestBuilder<'_>);

    /// Reports what is wrong with the body of a success. Emitted where rules stand in place, for which there is no type.
    fn check_success(success: &Self::Success, at: ValidationContext<'_>) {
        success.check(at);
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// Where the body of a success is not what the document says.
    fn read_response(response: &RawResponse) -> ReadResult<Self>;
}

/// What an answer to the operation `O` turned out to be, or why its body could not be decoded.
pub type ReadResult<O> =
    Result<Outcome<<O as Operation>::Success, <O as Operation>::Headers, <O as Operation>::Failure>, DecodeError>;

/// A call that has not been sent yet. Optional arguments are set on it; then `send` it.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c, O: Operation, T> {
    client: &'c Client<O::Api, T>,
    /// The operation with its arguments.
    pub operation: O,
    server: Option<String>,
    timeout: Duration,
    validate_request: bool,
    responses: ResponsePolicy,
    method_override: Option<HeaderName>,
}

impl<'c, O: Operation, T> Call<'c, O, T> {
    /// A call of `operation`; the methods of the emitted client make one.
    pub fn new(client: &'c Client<O::Api, T>, operation: O) -> Self {
        let config = &client.config;
        let (timeout, validate_request) = (config.timeout, config.validate_requests);
        let responses = config.responses.clone();
        Self { client, operation, server: None, timeout, validate_request, responses, method_override: None }
    }

    /// Sends this call to the server at `url`, whatever the document or the client says: a base URL, or one without a host, which
    /// is relative to the client's.
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.server = Some(url.into());
        self
    }

    /// How long this exchange may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Whether this request is checked against the document before it is sent. What keeps a request whole is always checked:
    /// path values that are empty or dot segments, header values with control characters, missing credentials.
    pub fn validate_request(mut self, on: bool) -> Self {
        self.validate_request = on;
        self
    }

    /// What happens to an answer that breaks a rule of the document: see [`Builder::validate_responses`](crate::runtime::Builder::validate_responses).
    pub fn validate_response(mut self, policy: ResponsePolicy) -> Self {
        self.responses = policy;
        self
    }

    /// Sends POST and names the operation's method in the header `header`, such as `X-HTTP-Method-Override`: a way through
    /// networks that let nothing else pass, for services that know the header.
    pub fn tunnel_through_post(mut self, header: HeaderName) -> Self {
        self.method_override = Some(header);
        self
    }

    /// The request that would be sent.
    ///
    /// # Errors
    /// All rules of the document that it breaks.
    pub fn request(&self) -> Result<http::Request<Bytes>, Error> {
        let config = &self.client.config;
        let report = Report::new(Direction::Request);
        if self.validate_request {
            self.operation.check(ValidationContext::root(&report));
        }
        let mut request = RequestBuilder::new(&report);
        self.operation.write_request(&mut request);
        config.credentials.attach(O::SECURITY, self.validate_request, &mut request);
        let base = config.base(self.server.as_deref(), O::SERVER).unwrap_or_else(|why| {
            request.at().client("server").violated("url", None, Some(why.to_owned()));
            Cow::Borrowed("")
        });
        let mut request = request.finish(&base, O::METHOD, &config.headers);
        report.finish().map_err(|violations| Error::invalid_request(O::ID, violations))?;
        if let Some(header) = self.method_override.clone() {
            // A method is a token, and every token is a header value.
            if let Ok(method) = HeaderValue::from_str(O::METHOD.as_str()) {
                request.headers_mut().insert(header, method);
            }
            *request.method_mut() = Method::POST;
        }
        request.extensions_mut().insert(Timeout(self.timeout));
        Ok(request)
    }

    /// Reads the answer to the request.
    ///
    /// # Errors
    /// Where the service says that the call failed, or says it in another way than documented.
    pub fn read(&self, response: http::Response<Bytes>) -> Result<Reply<O::Success, O::Headers>, Error> {
        let is_asked = !matches!(self.responses, ResponsePolicy::Off);
        let response = RawResponse::new(response, if is_asked { Leniency::kept() } else { Leniency::counted() });
        match O::read_response(&response) {
            Ok(Outcome::Success(value, headers)) => match self.verdict(&value, response.leniency()) {
                Ok(()) => Ok(response.into_reply(value, headers)),
                Err(violations) => Err(Error::invalid_response(O::ID, violations, response.into_received())),
            },
            Ok(Outcome::Failure(failure)) => Err(refused::<O>(response, failure, true)),
            Ok(Outcome::Undocumented) => Err(refused::<O>(response, None, false)),
            Err(error) => Err(Error::undecodable(O::ID, error, response.into_received())),
        }
    }

    fn verdict(&self, value: &O::Success, leniency: &Leniency) -> Result<(), Violations> {
        let verdict = || {
            let report = Report::new(Direction::Response);
            leniency.report(ValidationContext::root(&report));
            O::check_success(value, ValidationContext::root(&report));
            report.finish()
        };
        match &self.responses {
            ResponsePolicy::Off => Ok(()),
            ResponsePolicy::Enforce => verdict(),
            ResponsePolicy::Warn(hook) => {
                if let Err(violations) = verdict() {
                    hook(O::ID, &violations);
                }
                Ok(())
            }
        }
    }
}

impl<O: Operation, T: Transport> Call<'_, O, T> {
    /// Sends the request and reads the answer.
    ///
    /// # Errors
    /// See [`Error`]: the request is invalid and was not sent, no answer came, the service refused, or the answer is not what
    /// the document says.
    pub async fn send(self) -> Result<Reply<O::Success, O::Headers>, Error> {
        let request = self.request()?;
        let carried = self.client.transport.execute(request).await;
        self.read(carried.map_err(|error| Error::transport(O::ID, error))?)
    }
}

impl<O: Operation, T: BlockingTransport> Call<'_, O, T> {
    /// Sends the request, blocks until the answer is there, and reads it.
    ///
    /// # Errors
    /// See [`Call::send`].
    pub fn send_blocking(self) -> Result<Reply<O::Success, O::Headers>, Error> {
        let carried = self.client.transport.execute(self.request()?);
        self.read(carried.map_err(|error| Error::transport(O::ID, error))?)
    }
}

impl<O: Operation + fmt::Debug, T> fmt::Debug for Call<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation).field("client", &self.client).finish_non_exhaustive()
    }
}

/// Gathers what a failed answer says, from where the document says it stands.
fn refused<O: Operation>(response: RawResponse, failure: Option<O::Failure>, is_documented: bool) -> Error {
    let ErrorFields { code, message, request_id_header, request_id } = O::Api::ERROR;
    let body = response.raw().unwrap_or(Value::Null);
    let find = |pointers: &[&str]| pointers.iter().find_map(|pointer| text_at(&body, pointer));
    let (code, body_message, body_id) = (find(code), find(message), find(request_id));
    let request_id = request_id_header.and_then(|name| response.header(name)).or(body_id);
    let received = response.into_received();
    let whole = || Some(String::from_utf8_lossy(&received.body).into_owned()).filter(|text| !text.is_empty());
    let message = body_message.or_else(whole);
    let failure = failure.map(|failure| Box::new(failure) as Box<dyn Any + Send + Sync>);
    Error::service(O::ID, ServiceFailure { received, code, message, request_id, failure, is_documented })
}

fn text_at(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
