// copperplate runtime: copied into each generated crate that uses it.
//! A transport for tests, which returns responses that a test has chosen.

use std::fmt;
use std::future::ready;
use std::sync::Arc;

use bytes::Bytes;

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::mock_plan::{Exchanges, Expected, MockError, Operations, Plan, Planned};
use crate::runtime::client::mocked_operation::MockedOperation;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::transport::{BlockingTransport, Transport, TransportError};

/// A transport for tests: it sends nothing, and returns the responses that a test has chosen for each operation or for each
/// call. Clones share the responses and the requests.
///
/// A response is compared with the OpenAPI document, so that a test does not rely on a response that the service cannot send.
/// Requests are validated by the client, like all requests.
///
/// ```text
/// let mock = Mock::new();
/// let client = Client::builder("https://service.example").build_with(mock.clone())?;
/// mock.expect_call(&client.get_pet("42"))?.reply(200, &Pet::new(…))?;
/// mock.on::<operations::ListPets>().respond(200, r#"[{"id": "42", "name": "Mila"}]"#)?;
///
/// assert_eq!(client.get_pet("42").send().await?.value.name, "Mila");
/// mock.verify()?;
/// ```
#[derive(Clone, Default)]
pub struct Mock {
    operations: Arc<Operations>,
}

/// Prints the number of responses and requests of each operation.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.operations.lock();
        let responses = |known: &Exchanges| known.plans.iter().map(|plan| plan.responses.len()).sum::<usize>();
        let used = operations.iter().filter(|(_, known)| !(known.plans.is_empty() && known.requests.is_empty()));
        let counts = used.map(|(id, known)| (id, (responses(known), known.requests.len())));
        f.debug_map().entries(counts).finish()
    }
}

impl Mock {
    /// Creates a transport without responses. A call without a response fails at once, and is not sent again:
    /// [`Error::transport_error`](crate::runtime::Error::transport_error) names the operation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the responses and requests of the operation `O`, for the calls that are not [expected](Self::expect_call) on their
    /// own.
    pub fn on<O: Operation>(&self) -> MockedOperation<'_, O> {
        MockedOperation::new(&self.operations, None)
    }

    /// Expects that the request of `call` is sent exactly once: the method, the URL, the headers and the body are equal.
    /// Credentials, signatures and idempotency keys are not compared. Build `call` with the client under test or with one
    /// that has the same settings. [`MockedOperation::times`] expects another number of requests.
    ///
    /// Choose the response with the methods of the returned value. [`verify`](Self::verify) tells whether the expectation was
    /// met. A retry is a request of its own.
    ///
    /// # Errors
    /// Returns an error if the arguments of `call` violate the OpenAPI document.
    pub fn expect_call<O: Operation>(&self, call: &O) -> Result<MockedOperation<'_, O>, MockError> {
        let request = call.request().map_err(|error| MockError(error.to_string()))?;
        let key = None;
        // part: idempotency_keys
        let key = O::IDEMPOTENCY_KEY.or(key);
        // end of part
        let plan = Plan::new(Some(Expected { request, times: 1, key }));
        let index = self.operations.with::<O, _>(|known| {
            known.plans.push(plan);
            known.plans.len() - 1
        });
        Ok(MockedOperation::new(&self.operations, Some(index)))
    }

    /// Checks that each [expected](Self::expect_call) request was sent as often as expected, and that the mock had a response for
    /// each other request. A request without a response is listed once, because it is not sent again.
    ///
    /// # Errors
    /// Returns an error that lists each expectation that was not met, and each request that nobody expected.
    pub fn verify(&self) -> Result<(), MockError> {
        let operations = self.operations.lock();
        let mut operations: Vec<_> = operations.iter().collect();
        operations.sort_by_key(|(id, _)| **id);
        let problems = operations.into_iter().flat_map(|(id, known)| {
            let unmet = known.plans.iter().filter_map(Plan::problem);
            unmet.chain(known.unexpected.iter().cloned()).map(move |problem| format!("`{id}`: {problem}"))
        });
        let problems: Vec<_> = problems.collect();
        if problems.is_empty() { Ok(()) } else { Err(MockError(problems.join("\n"))) }
    }

    fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let operation = request.extensions().get::<Attempt>().map_or("", |attempt| attempt.operation);
        match self.operations.lock().entry(operation).or_default().next(request) {
            Ok(Planned::Response(response)) => Ok(response),
            Ok(Planned::Lost) => Err(TransportError::Connection("the test lost the connection".into())),
            // The same request would fail again, so the client must not retry it.
            Err(reason) => Err(TransportError::Other(
                format!("the test has no response for the operation `{operation}`{reason}").into(),
            )),
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
