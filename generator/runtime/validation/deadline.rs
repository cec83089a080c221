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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::schema::{JsonType, Keyword, Schema};
    use crate::runtime::validation::context::ValidationContext;
    use crate::runtime::validation::pattern::expression::{Expression, Term};
    use crate::runtime::validation::pattern::matcher::Matcher;
    use crate::runtime::validation::report::Report;
    use crate::runtime::validation::violation::Direction;

    #[test]
    fn patterns_and_schemas_end_after_the_deadline() {
        static LETTERS: Expression =
            Expression::new("^a+$", &[], &[&[Term::Start, Term::Class(&[('a', 'a')], 1, usize::MAX), Term::End]]);
        static NUMBERS: Schema = Schema(&[Keyword::Items(&Schema(&[Keyword::Type(JsonType::Number)]))]);

        let text = "a".repeat(WORK_BETWEEN_LOOKS);
        let mut decisions = Vec::new();
        assert_eq!(within(Duration::ZERO, || decisions.push(LETTERS.decide(&text))), None);
        assert_eq!(within(Duration::from_secs(1_000), || decisions.push(LETTERS.decide(&text))), Some(()));
        assert_eq!(decisions, [None, Some(true)]);

        let list = json!(vec![1; WORK_BETWEEN_LOOKS]);
        let mut check = |time| {
            within(time, || {
                let report = Report::new(Direction::Response);
                NUMBERS.check(&list, ValidationContext::root(&report));
                decisions.push(Some(report.finish().is_ok()));
            })
        };
        assert_eq!([check(Duration::ZERO), check(Duration::from_secs(1_000))], [None, Some(())]);
        assert_eq!(decisions[2..], [Some(false), Some(true)]);
    }

    #[test]
    fn work_ends_early_only_after_the_deadline() {
        let work = || (0..100).take_while(|_| !has_passed(WORK_BETWEEN_LOOKS / 10)).count();
        assert_eq!(work(), 100);
        assert_eq!(within(Duration::from_secs(1_000), work), Some(100));
        assert_eq!(within(Duration::MAX, work), Some(100));
        let mut done = 0;
        assert_eq!(within(Duration::ZERO, || done = work()), None);
        assert_eq!(done, 9);
        assert_eq!(within(Duration::ZERO, || 1), None);
        let outer = || {
            _ = within(Duration::from_secs(1_000), || ());
            work()
        };
        assert_eq!(within(Duration::ZERO, outer), None);
        assert!(DEADLINE.get().is_none());
    }
}
