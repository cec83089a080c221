// copperplate runtime: copied into each generated crate that uses it.
//! Chooses the responses of a mock, and compares them with the OpenAPI document.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::runtime::client::mock_plan::{Exchanges, MockError, Operations, Plan, Planned};
use crate::runtime::client::operation::Operation;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::Direction;

/// The responses and requests of the operation `O`, or of one expected call, in a [`Mock`](crate::runtime::Mock).
pub struct MockedOperation<'m, O> {
    operations: &'m Operations,
    /// The index of the plan of an expected call. `None` for the plan of all other calls.
    plan: Option<usize>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> fmt::Debug for MockedOperation<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockedOperation").field("operation", &O::ID).finish_non_exhaustive()
    }
}

impl<'m, O: Operation> MockedOperation<'m, O> {
    pub(super) fn new(operations: &'m Operations, plan: Option<usize>) -> Self {
        Self { operations, plan, operation: PhantomData }
    }

    /// Adds a response with this status and body. The body is JSON, unless it is empty. Responses are returned in order, and
    /// the last one again and again.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The OpenAPI document does not describe the status, or describes a success only as a failure (`default`).
    /// - The body does not decode, or violates its schema.
    /// - There is a body, but the document describes no body for the status.
    pub fn respond(&self, status: u16, body: impl Into<Bytes>) -> Result<&Self, MockError> {
        let body = body.into();
        let mut response = http::Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).map_err(|error| impossible(&error))?;
        if !response.body().is_empty() {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        check::<O>(&response)?;
        Ok(self.respond_unchecked(response))
    }

    /// Adds a response with this status and a typed body, such as a value of a type of the OpenAPI document. The body is sent
    /// as JSON. Otherwise, this is the same as [`respond`](Self::respond).
    ///
    /// # Errors
    /// Returns an error in each case that [`respond`](Self::respond) lists.
    pub fn reply<V: Serialize + ?Sized>(&self, status: u16, body: &V) -> Result<&Self, MockError> {
        self.respond(status, serde_json::to_vec(body).map_err(|error| impossible(&error))?)
    }

    /// Adds a header to the response that was added last.
    ///
    /// # Errors
    /// Returns an error if the name or the value is invalid.
    pub fn header(&self, name: &str, value: &str) -> Result<&Self, MockError> {
        let name = HeaderName::try_from(name).map_err(|error| impossible(&error))?;
        let value = HeaderValue::from_str(value).map_err(|error| impossible(&error))?;
        self.with_plan(|plan| {
            if let Some(Planned::Response(response)) = plan.responses.back_mut() {
                response.headers_mut().append(name, value);
            }
        });
        Ok(self)
    }

    /// Adds any response, without a comparison with the OpenAPI document. Use it to test how your code handles a service that
    /// is out of order.
    pub fn respond_unchecked(&self, response: http::Response<Bytes>) -> &Self {
        self.with_plan(|plan| plan.responses.push_back(Planned::Response(response)));
        self
    }

    /// Adds a lost connection in place of a response.
    pub fn lose_connection(&self) -> &Self {
        self.with_plan(|plan| plan.responses.push_back(Planned::Lost));
        self
    }

    /// Sets how often the request of an [expected](crate::runtime::Mock::expect_call) call is sent. Has no effect on [`Mock::on`](crate::runtime::Mock::on).
    pub fn times(&self, times: usize) -> &Self {
        self.with_plan(|plan| {
            if let Some(expected) = &mut plan.expected {
                expected.times = times;
            }
        });
        self
    }

    /// Returns all requests of the operation, in order. A retry is a request of its own.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.operations.with::<O, _>(|known| known.requests.clone())
    }

    fn with_plan(&self, change: impl FnOnce(&mut Plan)) {
        self.operations.with::<O, _>(|Exchanges { plans, .. }| {
            let index = self.plan.or_else(|| plans.iter().position(|plan| plan.expected.is_none()));
            let index = index.unwrap_or_else(|| {
                plans.push(Plan::new(None));
                plans.len() - 1
            });
            change(&mut plans[index]);
        });
    }
}

/// Compares a response with the OpenAPI document.
pub(super) fn check<O: Operation>(response: &http::Response<Bytes>) -> Result<(), MockError> {
    let status = response.status();
    let has_body = !response.body().is_empty();
    let mut response = RawResponse::compared(response.clone());
    let outcome = O::read_response(&response).map_err(|error| impossible(&error))?;
    let Some(comparison) = response.comparison.take() else { return Ok(()) };
    let is_described = match &outcome {
        Outcome::Success(..) => true,
        // The response `default` describes failures if the document describes a success.
        Outcome::Failure(_) => !status.is_success() || comparison.meets_condition(),
        Outcome::Undocumented => false,
    };
    if !is_described {
        return Err(undescribed::<O>(status));
    }
    if has_body && !comparison.is_body_read() {
        return Err(impossible(&format_args!("the document describes no body for the status {status}")));
    }
    let violations = match &outcome {
        Outcome::Success(value, _) => {
            let report = Report::new(Direction::Response);
            response.leniency().report(ValidationContext::root(&report));
            O::check_success(value, ValidationContext::root(&report));
            report.finish()
        }
        _ => comparison.finish_failure().map_err(|error| impossible(&error))?,
    };
    violations.map_err(|violations| impossible(&violations))
}

/// Returns the error for a status that the document does not describe, or describes only as a failure although it is a
/// success.
fn undescribed<O: Operation>(status: StatusCode) -> MockError {
    let (kind, statuses) = match status.is_success() {
        true => ("success", 200..300),
        false => ("status", 100..600),
    };
    let described = described_statuses(statuses, describes::<O>);
    impossible(&format_args!("the document does not describe the {kind} {status}; it describes {described}"))
}

/// Returns whether the document describes a status. A success that `default` covers is a failure, and is not described as a
/// success.
fn describes<O: Operation>(status: u16) -> bool {
    let mut response = http::Response::new(Bytes::new());
    let Ok(status) = StatusCode::from_u16(status) else { return false };
    *response.status_mut() = status;
    match O::read_response(&RawResponse::new(response, Leniency::counting())) {
        Ok(Outcome::Undocumented) => false,
        Ok(Outcome::Failure(_)) => !status.is_success(),
        // The body of a success does not decode, because it is empty.
        Ok(Outcome::Success(..)) | Err(_) => true,
    }
}

/// Lists the statuses of a range that the document describes, such as `200, 404 and 5XX`.
fn described_statuses(statuses: Range<u16>, is_described: impl Fn(u16) -> bool) -> String {
    let mut names = Vec::new();
    for hundred in statuses.step_by(100) {
        let described: Vec<u16> = (hundred..hundred + 100).filter(|status| is_described(*status)).collect();
        match described.len() {
            100 => names.push(format!("{}XX", hundred / 100)),
            _ => names.extend(described.iter().map(u16::to_string)),
        }
    }
    match names.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// Returns the error for a response that the service cannot send.
pub(super) fn impossible(reason: &dyn fmt::Display) -> MockError {
    MockError(format!("the service cannot send this response: {reason}"))
}
