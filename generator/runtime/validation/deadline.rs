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
    use crate::runtime::validation::pattern::automaton::AutomatonBuilder;
    use crate::runtime::validation::pattern::budget::STEPS_BETWEEN_LOOKS;
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

    /// A match looks at the deadline while it reads a text, and not only before.
    #[test]
    fn a_match_that_takes_long_ends_soon_after_the_deadline() {
        let mut builder = AutomatonBuilder::default();
        let letters = builder.repeat(1, usize::MAX, |builder| builder.class(&[('a', 'a')]));
        let end = builder.end();
        let whole = builder.concat(letters, end);
        let automaton = builder.finish(whole).expect("a small pattern");
        let text = "a".repeat(2_000_000);
        let (decision, all) = automaton.decide(&text, usize::MAX);
        assert!(decision == Some(true) && all >= text.len());
        within(Duration::ZERO, || {
            let (decision, taken) = automaton.decide(&text, usize::MAX);
            assert!(decision.is_none() && taken <= 2 * STEPS_BETWEEN_LOOKS, "{decision:?} after {taken} steps");
        });
    }

    /// The text is so short that nothing looks at the deadline before the match.
    #[cfg(feature = "ecma")]
    #[test]
    fn backtracking_ends_soon_after_the_deadline() {
        use crate::runtime::validation::pattern::program::{Program, Step};

        // `(a*)*b`, which tries all divisions of the text into groups.
        let run = Step::Run { class: 0, min: 1, max: usize::MAX, greedy: true, behind: false };
        let repeat = Step::Repeat { id: 0, min: 0, max: usize::MAX, greedy: true, exit: 4, groups: (0, 0) };
        let end = Step::Class { class: 1, behind: false };
        let steps = [Step::Loop(0), repeat, run, Step::Goto(1), end, Step::Match];
        let program = Program { steps: &steps, classes: &[&[('a', 'a')], &[('b', 'b')]], groups: 0, loops: 1 };
        let text = "a".repeat(1_000);
        let (decision, all) = program.decide_within(&text, usize::MAX);
        assert!(decision.is_none() && all > 4 * STEPS_BETWEEN_LOOKS);
        within(Duration::ZERO, || {
            assert_eq!(program.decide_within(&text, usize::MAX).0, None);
            assert!(has_passed(0), "the match has not looked at the deadline");
        });
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
