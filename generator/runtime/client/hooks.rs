// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Hooks`, whose methods a client calls during each call.

use crate::runtime::client::attempt::{Attempt, AttemptOutcome};
use crate::runtime::error::Error;

/// Methods that a client calls during each call, for logs and metrics. Pass them to
/// [`Builder::hooks`](crate::runtime::Builder::hooks).
///
/// They see no header, no body, no query and no value in a path, so they cannot disclose a secret. To change requests, wrap
/// the [`Transport`](crate::runtime::Transport) of the client.
pub trait Hooks: Send + Sync + 'static {
    /// Called before each attempt to send a request.
    fn before_attempt(&self, attempt: &Attempt) {
        _ = attempt;
    }

    /// Called after each attempt.
    fn after_attempt(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        _ = (attempt, outcome);
    }

    /// Called with the error of a call, before the call returns it.
    fn on_error(&self, error: &Error) {
        _ = error;
    }
}
