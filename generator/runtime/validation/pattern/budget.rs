// copperplate runtime: copied into each generated crate that uses it.
//! Limits the steps that backtracking patterns take. A value can contain many strings, so the strings share most of the
//! steps that do not depend on their lengths.

use std::cell::Cell;

use crate::runtime::validation::deadline;

/// The number of steps that the match of each string may take for each byte of the string.
pub const STEPS_PER_BYTE: usize = 1_000;

/// The number of steps that the match of each string may take, even if the string is empty. In JSON, each string has two
/// quotes.
pub const STEPS_PER_STRING: usize = 2 * STEPS_PER_BYTE;

/// The number of additional steps that all strings of a value may take together.
pub const SHARED_STEPS: usize = 18_000;

thread_local! {
    /// The number of shared steps that are left for the current value. `None` outside of [`share`].
    static SHARED: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Runs `work`, which validates a value. All strings of the value share [`SHARED_STEPS`]. A nested call shares the steps
/// of the outermost call.
pub fn share<T>(work: impl FnOnce() -> T) -> T {
    /// Restores the state before, also after a panic.
    struct Restore(Option<usize>);

    impl Drop for Restore {
        fn drop(&mut self) {
            if self.0.is_none() {
                SHARED.set(None);
            }
        }
    }

    let _restore = Restore(SHARED.get());
    SHARED.set(Some(SHARED.get().unwrap_or(SHARED_STEPS)));
    work()
}

/// Runs a match of a string of `length` bytes. `run` gets the number of allowed steps, and returns its result and the
/// number of steps that it has taken. Outside of [`share`], each match has the shared steps for itself. After the deadline
/// of a response, no steps are allowed.
pub fn limited<T>(length: usize, run: impl FnOnce(usize) -> (T, usize)) -> (T, usize) {
    if deadline::has_passed(length) {
        return run(0);
    }
    let own = length.saturating_mul(STEPS_PER_BYTE).saturating_add(STEPS_PER_STRING);
    let shared = SHARED.get();
    let (result, taken) = run(own.saturating_add(shared.unwrap_or(SHARED_STEPS)));
    SHARED.set(shared.map(|left| left.saturating_sub(taken.saturating_sub(own))));
    (result, taken)
}
