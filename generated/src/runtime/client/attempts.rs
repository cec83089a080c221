// copperplate runtime: copied into each generated crate that uses it.
//! The attempts of a call: decides after each one whether another follows, and when.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
#[cfg(feature = "tracing")]
use tracing::Span;

use crate::runtime::client::attempt::{Attempt, AttemptOutcome, FailedAttempt};
use crate::runtime::client::call_options::CallOptions;
use crate::runtime::client::config::Config;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::transport::TransportError;
use crate::runtime::client::transport_cause::Summary;
use crate::runtime::response::retry_after::retry_after;

/// What follows an attempt.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The outcome of the attempt is the outcome of the call.
    Return,
    /// Another attempt follows after a delay.
    Retry(Duration),
    /// Another attempt with another credential follows.
    Renew,
}

/// The attempts of a call.
pub(crate) struct Attempts<'c> {
    config: &'c Config,
    policy: &'c RetryPolicy,
    /// Whether a request that the service may have received can be sent again.
    is_idempotent: bool,
    /// The time at which the call ends, as [`Clock::uptime`](crate::runtime::client::clock::Clock::uptime).
    deadline: Duration,
    attempt_timeout: Duration,
    began: Duration,
    /// The current attempt, if the client has hooks.
    current: Option<Box<Attempt>>,
    /// The span of the current attempt, if a subscriber records it.
    #[cfg(feature = "tracing")]
    pub span: Option<Box<Span>>,
    has_renewed: bool,
    failed: Vec<FailedAttempt>,
}

impl<'c> Attempts<'c> {
    /// Begins a call.
    pub(crate) fn new(config: &'c Config, options: &'c CallOptions, is_idempotent: bool) -> Self {
        let began = config.clock.uptime();
        Self {
            config,
            policy: options.retry.as_ref().unwrap_or(&config.retry),
            is_idempotent,
            deadline: began.saturating_add(options.timeout.unwrap_or(config.timeout)),
            attempt_timeout: options.attempt_timeout.unwrap_or(config.attempt_timeout),
            began,
            current: None,
            #[cfg(feature = "tracing")]
            span: None,
            has_renewed: false,
            failed: Vec::new(),
        }
    }

    /// Returns the time that is left for the call.
    pub(crate) fn rest_of_call(&self) -> Duration {
        self.deadline.saturating_sub(self.config.clock.uptime())
    }

    /// Returns the attempts that failed and that another attempt followed.
    pub(crate) fn into_failed(self) -> Vec<FailedAttempt> {
        self.failed
    }

    /// Begins the next attempt: sets the number and the timeout of the attempt in its request.
    pub(crate) fn begin(&mut self, mut request: http::Request<Bytes>) -> http::Request<Bytes> {
        self.began = self.config.clock.uptime();
        let rest = self.deadline.saturating_sub(self.began);
        let extensions = request.extensions_mut();
        if let Some(attempt) = extensions.get_mut::<Attempt>() {
            attempt.timeout = rest.min(self.attempt_timeout);
            attempt.number = u32::try_from(self.failed.len() + 1).unwrap_or(u32::MAX);
            self.config.hooks.iter().for_each(|hooks| hooks.before_attempt(attempt));
            self.current = (!self.config.hooks.is_empty()).then(|| Box::new(attempt.clone()));
        }
        request
    }

    /// Decides what follows an attempt. `discard` discards the credential of the call, and returns whether a provider can
    /// issue another one.
    pub(crate) fn end<B>(
        &mut self,
        outcome: &Result<http::Response<B>, TransportError>,
        discard: impl FnOnce() -> bool,
    ) -> Next {
        let status = outcome.as_ref().ok().map(http::Response::status);
        let is_renewable = status == Some(StatusCode::UNAUTHORIZED) && !self.has_renewed && discard();
        let next = match self.delay(outcome, is_renewable) {
            Some(_) if is_renewable => Next::Renew,
            Some(delay) => Next::Retry(delay),
            None => Next::Return,
        };
        let delay = match next {
            Next::Return => None,
            Next::Retry(delay) => Some(delay),
            Next::Renew => Some(Duration::ZERO),
        };
        if let Some(attempt) = &self.current {
            let elapsed = self.config.clock.uptime().saturating_sub(self.began);
            let outcome = AttemptOutcome { status, error: outcome.as_ref().err(), elapsed, delay };
            self.config.hooks.iter().for_each(|hooks| hooks.after_attempt(attempt, &outcome));
        }
        match delay {
            Some(delay) => {
                self.has_renewed |= is_renewable;
                let reason = match outcome {
                    Ok(response) => format!("status {}", response.status()),
                    Err(error) => Summary(error).to_string(),
                };
                self.failed.push(FailedAttempt { status, reason, delay });
            }
            None if status.is_some_and(|status| status.is_success()) => {
                self.config.retry_budget.refund(!self.failed.is_empty());
            }
            None => {}
        }
        next
    }

    /// Returns the delay before the next attempt. Returns `None` if no attempt may follow.
    fn delay<B>(&self, outcome: &Result<http::Response<B>, TransportError>, is_renewable: bool) -> Option<Duration> {
        let number = self.failed.len() + 1;
        let is_last = u32::try_from(number).is_ok_and(|number| number >= self.policy.max_attempts);
        if is_last || !(is_renewable || self.policy.allows(self.is_idempotent, outcome)) {
            return None;
        }
        let asked = outcome.as_ref().ok().and_then(|response| retry_after(response.headers(), self.config.clock.now()));
        if asked.is_some_and(|asked| asked > self.policy.longest_retry_after) {
            return None;
        }
        // A random delay spreads the retries of many clients over time.
        let own = self.policy.longest_delay_after(number).mul_f64(self.config.randomness.fraction());
        let delay = own.max(asked.unwrap_or_default());
        let rest = self.rest_of_call();
        let is_in_time = if is_renewable { !rest.is_zero() } else { delay < rest };
        (is_in_time && self.config.retry_budget.take()).then_some(delay)
    }
}
