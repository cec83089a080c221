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

/// The number of steps for each byte of a string that almost every match takes at most. Steps beyond are taken from
/// [`COSTLY_STEPS`].
const USUAL_STEPS_PER_BYTE: usize = 50;

/// The number of steps beyond the usual ones that all strings of a value may take together. They take less than a second.
/// Without this limit, 40 hostile patterns and a string of 10 KB could take 800 million.
pub const COSTLY_STEPS: usize = 100_000_000;

/// The number of steps between two looks at the deadline of a response. They take a few milliseconds at most.
pub const STEPS_BETWEEN_LOOKS: usize = 1 << 16;

/// The steps that are left for all strings of the current value.
#[derive(Debug, Clone, Copy)]
struct Left {
    /// Of [`SHARED_STEPS`].
    shared: usize,
    /// Of [`COSTLY_STEPS`].
    costly: usize,
}

impl Left {
    const ALL: Self = Self { shared: SHARED_STEPS, costly: COSTLY_STEPS };
}

thread_local! {
    /// The steps that are left for the current value. `None` outside of [`share`].
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// Runs `work`, which validates a value. All strings of the value share [`SHARED_STEPS`] and [`COSTLY_STEPS`]. A nested call
/// shares the steps of the outermost call.
pub fn share<T>(work: impl FnOnce() -> T) -> T {
    /// Restores the state before, also after a panic.
    struct Restore(Option<Left>);

    impl Drop for Restore {
        fn drop(&mut self) {
            if self.0.is_none() {
                LEFT.set(None);
            }
        }
    }

    let _restore = Restore(LEFT.get());
    LEFT.set(Some(LEFT.get().unwrap_or(Left::ALL)));
    work()
}

/// Runs a match of a string of `length` bytes. `run` gets the number of allowed steps, and returns its result and the
/// number of steps that it has taken. Outside of [`share`], each match has the shared steps for itself. After the deadline
/// of a response, no steps are allowed.
pub fn limited<T>(length: usize, run: impl FnOnce(usize) -> (T, usize)) -> (T, usize) {
    if deadline::has_passed(length) {
        return run(0);
    }
    let steps = |per_byte: usize| length.saturating_mul(per_byte).saturating_add(STEPS_PER_STRING);
    let (own, usual) = (steps(STEPS_PER_BYTE), steps(USUAL_STEPS_PER_BYTE));
    let left = LEFT.get();
    let Left { shared, costly } = left.unwrap_or(Left::ALL);
    let (result, taken) = run(own.saturating_add(shared).min(usual.saturating_add(costly)));
    LEFT.set(left.map(|left| Left {
        shared: left.shared.saturating_sub(taken.saturating_sub(own)),
        costly: left.costly.saturating_sub(taken.saturating_sub(usual)),
    }));
    (result, taken)
}

/// Limits the steps of one match, and ends the match after the deadline of a response.
#[derive(Debug)]
pub struct StepLimit {
    allowed: usize,
    /// The number of steps after which [`StepLimit::is_exceeded`] looks at the deadline or at `allowed`.
    next_look: usize,
}

impl StepLimit {
    /// Creates a limit of `allowed` steps.
    pub fn new(allowed: usize) -> Self {
        Self { allowed, next_look: allowed.min(STEPS_BETWEEN_LOOKS) }
    }

    /// Returns whether a match that has taken `steps` has to end.
    #[inline]
    pub fn is_exceeded(&mut self, steps: usize) -> bool {
        steps > self.next_look && self.look(steps)
    }

    #[cold]
    fn look(&mut self, steps: usize) -> bool {
        if steps > self.allowed || deadline::has_passed(STEPS_BETWEEN_LOOKS) {
            return true;
        }
        self.next_look = self.allowed.min(steps.saturating_add(STEPS_BETWEEN_LOOKS));
        false
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Returns how many steps a match of a string of this length may take, and lets it take all of them.
    fn take_all(length: usize) -> usize {
        limited(length, |allowed| ((), allowed)).1
    }

    #[test]
    fn the_steps_of_long_strings_are_limited_together() {
        let kilobytes = |count: usize| count * 1_000;
        assert_eq!(take_all(kilobytes(1)), 1_002_000 + SHARED_STEPS);
        let taken = share(|| Vec::from_iter((0..4).map(|_| take_all(kilobytes(50)))));
        assert_eq!(taken[0], 50_002_000 + SHARED_STEPS);
        assert_eq!(taken[1], 50_002_000);
        assert_eq!(taken.iter().sum::<usize>(), COSTLY_STEPS + 4 * (50_000 * USUAL_STEPS_PER_BYTE + STEPS_PER_STRING));
        assert_eq!(taken[3], 50_000 * USUAL_STEPS_PER_BYTE + STEPS_PER_STRING);
    }

    #[test]
    fn a_match_ends_after_its_steps_or_after_the_deadline() {
        let taken = |allowed| {
            let mut limit = StepLimit::new(allowed);
            (1..10 * STEPS_BETWEEN_LOOKS).take_while(|steps| !limit.is_exceeded(*steps)).count()
        };
        assert_eq!([taken(0), taken(5), taken(300_000)], [0, 5, 300_000]);
        deadline::within(Duration::ZERO, || assert_eq!([taken(5), taken(300_000)], [5, STEPS_BETWEEN_LOOKS]));
    }
}
