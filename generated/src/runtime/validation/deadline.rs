// copperplate runtime: copied into each generated crate that uses it.
//! Ends the decoding and validation of a response when the timeout of its call is over.
//!
//! The limits on patterns, unions and schemas keep the work proportional to the response, but a large response can still
//! need more time than its call has.
#![allow(dead_code, reason = "only unions and schema tables count steps")]

use std::cell::Cell;
use std::time::{Duration, Instant};

/// How much work is done between two looks at the clock. Looking at the clock takes as long as a few units of work.
const WORK_BETWEEN_LOOKS: usize = 10_000;

/// The work of a step of a union or schema table.
pub(crate) const WORK_OF_A_STEP: usize = 20;

/// The state of the work that has a deadline.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    end: Instant,
    /// The work that was done since the last look at the clock.
    work: usize,
    has_passed: bool,
}

thread_local! {
    /// `None` outside of [`within`].
    static DEADLINE: Cell<Option<Deadline>> = const { Cell::new(None) };
}

/// Runs `work`, which calls [`has_passed`] and ends early after this time. Returns `None` if the time is over: the result
/// may be incomplete.
pub(crate) fn within<T>(time: Duration, work: impl FnOnce() -> T) -> Option<T> {
    /// Restores the deadline of the work around this work, also after a panic.
    struct Restore(Option<Deadline>);

    impl Drop for Restore {
        fn drop(&mut self) {
            DEADLINE.set(self.0);
        }
    }

    let end = Instant::now().checked_add(time);
    let _restore = Restore(DEADLINE.replace(end.map(|end| Deadline { end, work: 0, has_passed: false })));
    let result = work();
    let has_passed =
        DEADLINE.get().is_some_and(|deadline| deadline.has_passed) || end.is_some_and(|end| Instant::now() > end);
    (!has_passed).then_some(result)
}

/// Counts work, and returns whether the deadline has passed. A unit of work takes about as long as comparing a letter with
/// a pattern.
#[inline]
pub(crate) fn has_passed(work: usize) -> bool {
    let Some(mut deadline) = DEADLINE.get() else { return false };
    deadline.work += work;
    if deadline.work >= WORK_BETWEEN_LOOKS {
        deadline.work = 0;
        deadline.has_passed |= Instant::now() >= deadline.end;
    }
    DEADLINE.set(Some(deadline));
    deadline.has_passed
}
