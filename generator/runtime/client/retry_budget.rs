// copperplate runtime: copied into each generated crate that uses it.
//! Limits the retries of a client, so that a service that is down does not receive many times its usual load.

use std::sync::atomic::{AtomicU32, Ordering};

/// The number of tokens of a full budget.
const CAPACITY: u32 = 500;

/// The number of tokens that a retry costs. A call that succeeds at once returns one token, and a retry that succeeds
/// returns its own.
const RETRY: u32 = 5;

/// A token bucket that all clones of a client share.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

impl Default for RetryBudget {
    /// Returns a full budget.
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl RetryBudget {
    /// Takes the tokens of one retry. Returns false if there are too few.
    pub(crate) fn take(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(RETRY)).is_ok()
    }

    /// Returns tokens after a call that succeeded.
    pub(crate) fn refund(&self, had_retry: bool) {
        if !had_retry && self.0.load(Ordering::Relaxed) == CAPACITY {
            return;
        }
        let refund = if had_retry { RETRY } else { 1 };
        let add = |tokens: u32| Some((tokens + refund).min(CAPACITY));
        // The update never fails, because `add` always returns a number.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}
