// copperplate runtime: copied into each generated crate that uses it.
//! What a mock compares with the OpenAPI document while a response is read.

use std::cell::{Cell, OnceCell};

use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, Violations};

/// What a mock compares with the OpenAPI document while a response is read. The value of a success is compared later.
pub(crate) struct Comparison {
    /// Whether the body was decoded, or is the value as it is.
    is_body_read: Cell<bool>,
    /// Whether the body satisfies a condition of the extension `x-failure`.
    meets_condition: Cell<bool>,
    /// Why the body of a failure does not decode.
    error: OnceCell<DecodeError>,
    /// The violations of the body of a failure.
    report: Report,
}

impl Comparison {
    /// Creates a comparison of a response that was not read yet.
    pub(super) fn new() -> Self {
        Self {
            is_body_read: Cell::new(false),
            meets_condition: Cell::new(false),
            error: OnceCell::new(),
            report: Report::new(Direction::Response),
        }
    }

    /// Returns whether the body was decoded, or is the value as it is. A status without a documented body reads no body.
    pub(crate) fn is_body_read(&self) -> bool {
        self.is_body_read.get()
    }

    /// Returns whether the response is a failure because of its body, although its status is a success.
    pub(crate) fn meets_condition(&self) -> bool {
        self.meets_condition.get()
    }

    /// Returns the violations of the body of a failure.
    ///
    /// # Errors
    /// Returns an error if the body did not decode.
    pub(crate) fn finish_failure(self) -> Result<Result<(), Violations>, DecodeError> {
        match self.error.into_inner() {
            Some(error) => Err(error),
            None => Ok(self.report.finish()),
        }
    }

    /// Notes that the document describes a body.
    pub(super) fn note_body(&self) {
        self.is_body_read.set(true);
    }

    /// Notes whether the body satisfies a condition of the extension `x-failure`.
    pub(super) fn note_condition(&self, is_failure: bool) {
        self.meets_condition.set(is_failure);
    }

    /// Validates the body of a failure, or keeps the reason why it does not decode.
    pub(super) fn note_failure<T>(
        &self,
        body: &Result<T, DecodeError>,
        leniency: &Leniency,
        check: fn(&T, ValidationContext<'_>),
    ) {
        let at = ValidationContext::root(&self.report);
        match body {
            Ok(value) => {
                leniency.report(at);
                check(value, at);
            }
            Err(error) => _ = self.error.set(error.clone()),
        }
    }
}
