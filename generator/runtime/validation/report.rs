// copperplate runtime: copied into each generated crate that uses it.
//! The report to which a check adds violations.

use std::cell::Cell; // part: schema or unions
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::runtime::validation::violation::{Direction, Violation, Violations};

/// The maximal number of violations that are counted and not kept, and are recognized if they are reported again.
const COUNTED: usize = 10_000;

/// Collects violations. It allocates nothing for a valid value.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
    /// Whether the caller only asks if the value is valid. Violations are then counted, and not described.
    verdict_only: bool,
    /// The hashes of the violations that are counted and not kept, so that none is counted twice.
    counted: RefCell<BTreeSet<u64>>,
    reports: Cell<usize>, // part: schema
    // part: unions
    union_checks: UnionChecks,
    notes: Cell<Notes>,
    // end of part
}

/// Hashes the parts of a violation that tell it from others.
fn hash(violation: &Violation) -> u64 {
    let Violation { location, pointer, keyword, limit, .. } = violation;
    let mut hasher = DefaultHasher::new();
    (location, pointer, keyword, limit).hash(&mut hasher);
    hasher.finish()
}

// part: unions
/// Properties of the checks that a report has run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Notes {
    /// Whether [`UnionChecks`] excluded a check.
    pub is_incomplete: bool,
    /// Whether a rule needed the JSON of the value or of a part of it.
    pub needs_json: bool,
    /// Whether a check depended on the direction.
    pub depends_on_direction: bool,
}
// end of part

// part: unions
/// The checks of the unions in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnionChecks {
    /// All checks.
    All,
    /// The checks of the variants that the unions hold. The variants that match are not counted.
    HeldVariants,
    /// No checks, because decoding has validated the unions. If some of them are placeholders, the rules that need the
    /// JSON of the value are not checked either.
    None { has_placeholders: bool },
}
// end of part

impl Report {
    /// Creates an empty report on a value of a request or of a response.
    pub fn new(direction: Direction) -> Self {
        Self::with(direction, false)
    }

    /// Creates an empty report that counts violations and does not describe them.
    pub(crate) fn verdict_only(direction: Direction) -> Self {
        Self::with(direction, true)
    }

    // part: unions
    /// Creates an empty report that counts violations and does not describe them, and has these checks of unions.
    pub(crate) fn verdict_with(direction: Direction, union_checks: UnionChecks) -> Self {
        Self { union_checks, ..Self::with(direction, true) }
    }
    // end of part

    #[inline]
    fn with(direction: Direction, verdict_only: bool) -> Self {
        let violations = RefCell::new(Violations::new());
        Self {
            direction,
            violations,
            verdict_only,
            counted: RefCell::default(),
            reports: Cell::new(0), // part: schema
            // part: unions
            union_checks: UnionChecks::All,
            notes: Cell::default(),
            // end of part
        }
    }

    /// Whether the caller only asks if the value is valid.
    pub(crate) fn is_verdict_only(&self) -> bool {
        self.verdict_only
    }

    /// The direction, which a check depends on.
    pub(crate) fn direction(&self) -> Direction {
        // part: unions
        self.notes.set(Notes { depends_on_direction: true, ..self.notes.get() });
        // end of part
        self.direction
    }

    /// Adds a violation. Two checks can report the same violation, which is then counted once, unless more than 10,000
    /// violations are not kept.
    pub(crate) fn push(&self, violation: Violation) {
        self.reports.set(self.reports.get() + 1); // part: schema
        let mut violations = self.violations.borrow_mut();
        let mut counted = self.counted.borrow_mut();
        if !violations.is_full() || counted.len() >= COUNTED || counted.insert(hash(&violation)) {
            violations.push(violation);
        }
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&self) {
        self.reports.set(self.reports.get() + 1); // part: schema
        self.violations.borrow_mut().count();
    }

    // part: schema
    /// Returns how often a violation was reported. In contrast to the number of violations, this includes repeated reports
    /// of the same violation.
    pub(crate) fn report_count(&self) -> usize {
        self.reports.get()
    }
    // end of part

    // part: unions
    pub(crate) fn union_checks(&self) -> UnionChecks {
        self.union_checks
    }
    // end of part

    // part: unions
    pub(crate) fn notes(&self) -> Notes {
        self.notes.get()
    }
    // end of part

    // part: unions
    /// Notes that a check was omitted.
    pub(crate) fn note_incomplete(&self) {
        self.notes.set(Notes { is_incomplete: true, ..self.notes.get() });
    }
    // end of part

    // part: unions
    // part: schema or unique_items
    /// Notes that a rule needs the JSON of the value or of a part of it, and returns whether the JSON is known.
    pub(crate) fn note_need_of_json(&self) -> bool {
        let has_json = self.union_checks != UnionChecks::None { has_placeholders: true };
        let notes = self.notes.get();
        self.notes.set(Notes { needs_json: true, is_incomplete: notes.is_incomplete || !has_json, ..notes });
        has_json
    }
    // end of part
    // end of part

    /// Whether no violation has been reported.
    pub(crate) fn is_valid(&self) -> bool {
        self.violations.borrow().is_empty()
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Returns the violations, if there are any.
    pub fn finish(self) -> Result<(), Violations> {
        let violations = self.violations.into_inner();
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::runtime::validation::context::ValidationContext;
    use crate::runtime::validation::violation::{Direction, Violations};

    #[test]
    fn a_violation_is_counted_once_whether_it_is_kept_or_not() {
        let report = Report::new(Direction::Request);
        let at = ValidationContext::root(&report);
        for _ in 0..3 {
            for index in 0..Violations::CAP + 7 {
                at.item(index).report_violation("type", None, None);
            }
        }
        let violations = report.finish().expect_err("violations");
        assert_eq!((violations.len(), violations.iter().count()), (Violations::CAP + 7, Violations::CAP));
    }
}
