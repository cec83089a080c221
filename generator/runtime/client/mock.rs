// copperplate runtime: copied into each generated crate that uses it.
//! A transport for tests, which returns responses that a test has chosen.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::fmt;
use std::future::ready;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::transport::{BlockingTransport, Transport, TransportError};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::Direction;

/// A transport for tests: it sends nothing, and returns the responses that a test has chosen for each operation. Clones share
/// the responses and the requests.
///
/// A response is compared with the OpenAPI document, so that a test does not rely on a response that the service cannot send.
/// Requests are validated by the client, like all requests.
///
/// ```text
/// let mock = Mock::new();
/// mock.on::<operations::GetPet>().respond(200, r#"{"id": "42", "name": "Mila"}"#)?;
/// let client = Client::builder("https://service.example").build_with(mock.clone())?;
/// assert_eq!(client.get_pet("42").send().await?.value.name, "Mila");
/// assert_eq!(mock.on::<operations::GetPet>().requests()[0].uri().path(), "/pets/42");
/// ```
#[derive(Clone, Default)]
pub struct Mock {
    operations: Arc<Mutex<HashMap<&'static str, Exchanges>>>,
}

/// The responses and requests of an operation.
#[derive(Default)]
struct Exchanges {
    responses: VecDeque<Planned>,
    requests: Vec<http::Request<Bytes>>,
}

/// A response that was not returned yet.
#[derive(Clone)]
enum Planned {
    Response(http::Response<Bytes>),
    Lost,
}

/// Prints the number of responses and requests of each operation.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.lock();
        let counts = operations.iter().map(|(id, known)| (id, (known.responses.len(), known.requests.len())));
        f.debug_map().entries(counts).finish()
    }
}

impl Mock {
    /// Creates a transport without responses. A call of an operation without a response fails like a refused connection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the responses and requests of the operation `O`.
    pub fn on<O: Operation>(&self) -> MockedOperation<'_, O> {
        MockedOperation { mock: self, operation: PhantomData }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<&'static str, Exchanges>> {
        self.operations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let operation = request.extensions().get::<Attempt>().map_or("", |attempt| attempt.operation);
        let mut operations = self.lock();
        let known = operations.entry(operation).or_default();
        known.requests.push(request);
        // The last response is for all further calls.
        let response = match known.responses.len() {
            0 | 1 => known.responses.front().cloned(),
            _ => known.responses.pop_front(),
        };
        match response {
            Some(Planned::Response(response)) => Ok(response),
            Some(Planned::Lost) => Err(TransportError::Connection("the test lost the connection".into())),
            None => {
                Err(TransportError::Connect(format!("the test has no response for the operation `{operation}`").into()))
            }
        }
    }
}

impl Transport for Mock {
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send {
        ready(self.exchange(request))
    }
}

impl BlockingTransport for Mock {
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.exchange(request)
    }
}

/// The responses and requests of the operation `O` in a [`Mock`].
pub struct MockedOperation<'m, O> {
    mock: &'m Mock,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> fmt::Debug for MockedOperation<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockedOperation").field("operation", &O::ID).finish_non_exhaustive()
    }
}

impl<O: Operation> MockedOperation<'_, O> {
    /// Adds a response with this status and body. The body is JSON, unless it is empty. Responses are returned in order, and
    /// the last one again and again.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The OpenAPI document does not describe the status.
    /// - The body does not decode, or violates its schema.
    pub fn respond(&self, status: u16, body: impl Into<Bytes>) -> Result<&Self, MockError> {
        let body = body.into();
        let mut response = http::Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).map_err(|error| MockError(error.to_string()))?;
        if !response.body().is_empty() {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        check::<O>(&response)?;
        Ok(self.respond_unchecked(response))
    }

    /// Adds a header to the response that was added last.
    ///
    /// # Errors
    /// Returns an error if the name or the value is invalid.
    pub fn header(&self, name: &str, value: &str) -> Result<&Self, MockError> {
        let name = HeaderName::try_from(name).map_err(|error| MockError(error.to_string()))?;
        let value = HeaderValue::from_str(value).map_err(|error| MockError(error.to_string()))?;
        if let Some(Planned::Response(response)) = self.mock.lock().entry(O::ID).or_default().responses.back_mut() {
            response.headers_mut().append(name, value);
        }
        Ok(self)
    }

    /// Adds any response, without a comparison with the OpenAPI document. Use it to test how your code handles a service that
    /// is out of order.
    pub fn respond_unchecked(&self, response: http::Response<Bytes>) -> &Self {
        self.plan(Planned::Response(response))
    }

    /// Adds a lost connection in place of a response.
    pub fn lose_connection(&self) -> &Self {
        self.plan(Planned::Lost)
    }

    /// Returns the requests of the operation, in order. A retry is a request of its own.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.mock.lock().get(O::ID).map(|known| known.requests.clone()).unwrap_or_default()
    }

    fn plan(&self, planned: Planned) -> &Self {
        self.mock.lock().entry(O::ID).or_default().responses.push_back(planned);
        self
    }
}

/// Compares a response with the OpenAPI document.
fn check<O: Operation>(response: &http::Response<Bytes>) -> Result<(), MockError> {
    let status = response.status();
    let response = RawResponse::new(response.clone(), Leniency::recording());
    match O::read_response(&response) {
        Ok(Outcome::Success(value, _)) => {
            let report = Report::new(Direction::Response);
            response.leniency().report(ValidationContext::root(&report));
            O::check_success(&value, ValidationContext::root(&report));
            report.finish().map_err(|violations| MockError(violations.to_string()))
        }
        Ok(Outcome::Failure(Some(_))) => Ok(()),
        Ok(Outcome::Failure(None)) => Err(MockError(format!("the body of the failure {status} does not decode"))),
        Ok(Outcome::Undocumented) => Err(MockError(format!("the document does not describe the status {status}"))),
        Err(error) => Err(MockError(error.to_string())),
    }
}

/// The reason why a response of a [`Mock`] contradicts the OpenAPI document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MockError(String);

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service cannot send this response: {}", self.0)
    }
}

impl Error for MockError {}
