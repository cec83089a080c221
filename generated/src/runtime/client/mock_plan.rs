// copperplate runtime: copied into each generated crate that uses it.
//! What a test expects of the calls of an operation, and the responses that it has chosen for them.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::client::operation::Operation;

/// The operations of a mock, each with its plans and requests. The key is the `operationId`.
#[derive(Default)]
pub(super) struct Operations(Mutex<HashMap<&'static str, Exchanges>>);

/// The plans and requests of an operation.
#[derive(Default)]
pub(super) struct Exchanges {
    pub plans: Vec<Plan>,
    pub requests: Vec<http::Request<Bytes>>,
    /// What [`Mock::verify`](crate::runtime::Mock::verify) says of each request that fits no plan.
    pub unexpected: Vec<String>,
}

/// The responses to some requests of an operation, in order.
pub(super) struct Plan {
    /// The request that the responses are for. `None` for all requests without a plan of their own.
    pub expected: Option<Expected>,
    pub responses: VecDeque<Planned>,
    received: usize,
}

/// A response that was not returned yet.
#[derive(Clone)]
pub(super) enum Planned {
    Response(http::Response<Bytes>),
    Lost,
}

/// A request that a test expects.
pub(super) struct Expected {
    pub request: http::Request<Bytes>,
    /// How often the request is expected.
    pub times: usize,
    /// The header with the idempotency key, which differs in each call.
    pub key: Option<&'static str>,
}

impl Operations {
    /// Returns what `get` reads or changes in the plans and requests of the operation `O`.
    pub fn with<O: Operation, R>(&self, get: impl FnOnce(&mut Exchanges) -> R) -> R {
        get(self.lock().entry(O::ID).or_default())
    }

    pub fn lock(&self) -> MutexGuard<'_, HashMap<&'static str, Exchanges>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Exchanges {
    /// Returns the response to a request. If there is none, returns the end of a sentence that says why.
    pub fn next(&mut self, request: http::Request<Bytes>) -> Result<Planned, String> {
        let fits = |plan: &Plan| plan.expected.as_ref().is_some_and(|expected| expected.difference(&request).is_none());
        // Equal expectations are met in order, and the last one takes what is too much.
        let open = self.plans.iter().position(|plan| fits(plan) && plan.is_open());
        let index = open.or_else(|| self.plans.iter().rposition(fits));
        let serves_all = |plan: &Plan| plan.expected.is_none() && !plan.responses.is_empty();
        let index = index.or_else(|| self.plans.iter().position(serves_all));
        let result = match index {
            Some(index) => self.plans[index].next().ok_or_else(String::new),
            None => {
                let differences = self.plans.iter().filter_map(|plan| plan.expected.as_ref()?.difference(&request));
                let reason = differences.last().map(|reason| format!(": {reason}")).unwrap_or_default();
                self.unexpected.push(format!("{} was sent, but not expected{reason}", request_line(&request)));
                Err(reason)
            }
        };
        self.requests.push(request);
        result
    }
}

/// Returns the method and the path of a request.
fn request_line(request: &http::Request<Bytes>) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

impl Plan {
    pub fn new(expected: Option<Expected>) -> Self {
        Self { expected, responses: VecDeque::new(), received: 0 }
    }

    /// Returns whether a further request is expected.
    pub fn is_open(&self) -> bool {
        self.expected.as_ref().is_none_or(|expected| self.received < expected.times)
    }

    /// Returns the next response. The last response is for all further requests.
    pub fn next(&mut self) -> Option<Planned> {
        self.received += 1;
        match self.responses.len() {
            0 | 1 => self.responses.front().cloned(),
            _ => self.responses.pop_front(),
        }
    }

    /// Returns how the expectation was not met.
    pub fn problem(&self) -> Option<String> {
        let expected = self.expected.as_ref().filter(|expected| expected.times != self.received)?;
        let count = |times: usize| if times == 1 { "once".to_owned() } else { format!("{times} times") };
        let line = request_line(&expected.request);
        Some(format!("{line} was expected {}, and sent {}", count(expected.times), count(self.received)))
    }
}

impl Expected {
    /// Returns what differs between the request and the expected one. Shows no values of headers, because they can be secrets.
    pub fn difference(&self, request: &http::Request<Bytes>) -> Option<String> {
        let expected = &self.request;
        let line = request_line(expected);
        if line != request_line(request) {
            return Some(format!("{line} was expected"));
        }
        let other_host = expected.uri().authority() != request.uri().authority();
        let differing = match () {
            () if other_host => "the host".to_owned(),
            () if expected.uri().query() != request.uri().query() => "the query".to_owned(),
            () => match self.differing_header(request.headers()) {
                Some(name) => format!("the header `{name}`"),
                None if expected.body() != request.body() => "the body".to_owned(),
                None => return None,
            },
        };
        Some(format!("{line} was expected, but {differing} differs"))
    }

    fn differing_header(&self, headers: &HeaderMap) -> Option<HeaderName> {
        let expected = self.request.headers();
        let names = expected.keys().chain(headers.keys());
        let differs = |name: &&HeaderName| {
            let is_key = self.key.is_some_and(|key| name.as_str().eq_ignore_ascii_case(key));
            let (expected, received) = (expected.get_all(*name), headers.get_all(*name));
            let is_secret = expected.iter().chain(&received).any(HeaderValue::is_sensitive);
            // A signature has a date of its own.
            !is_key && !is_secret && name.as_str() != "x-sdk-date" && expected != received
        };
        names.into_iter().find(differs).cloned()
    }
}

/// The reason why a response contradicts the OpenAPI document, or why an expectation of a [`Mock`](crate::runtime::Mock) was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MockError(pub(super) String);

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for MockError {}
