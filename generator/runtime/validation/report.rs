// copperplate runtime: copied into each generated crate that uses it.
//! The report to which a check adds violations.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::runtime::validation::violation::{Direction, Location, Violation, Violations};

/// The maximal number of reported violations that are identified, so that a repeated one is recognized. Identifying a
/// violation takes time in proportion to its JSON Pointer, and a body of a megabyte can have a million violations with long
/// JSON Pointers. The number is much larger than [`Violations::CAP`]: all violations that are kept are identified.
const IDENTIFIED: usize = 10_000;

/// Collects violations. It allocates nothing for a valid value.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
    /// Whether the caller only asks if the value is valid. Violations are then counted, and not described.
    verdict_only: bool,
    /// The identities of the violations, so that none is counted twice.
    known: RefCell<BTreeSet<u64>>,
    /// The number of reported violations that were identified, including repeated reports.
    identified: Cell<usize>,
    reports: Cell<usize>, // part: schema
    // part: unions
    union_checks: UnionChecks,
    notes: Cell<Notes>,
    // end of part
}

/// Computes the identity of a violation, which is a hash of its keyword, its limit, its JSON Pointer and its location. The
/// JSON Pointer is written to the hasher, so that it needs no memory. In contrast to the JSON Pointer of the violation, it
/// contains the names of the members of secrets.
pub(super) struct IdentityHasher(DefaultHasher);

impl IdentityHasher {
    pub(super) fn new(keyword: &'static str, limit: Option<&str>) -> Self {
        let mut hasher = DefaultHasher::new();
        (keyword, limit).hash(&mut hasher);
        Self(hasher)
    }

    pub(super) fn finish(mut self, location: Location) -> u64 {
        location.hash(&mut self.0);
        self.0.finish()
    }
}

impl fmt::Write for IdentityHasher {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // The hash depends only on the bytes, and not on how they are divided into calls. If that changed, a violation
        // could be counted twice.
        self.0.write(text.as_bytes());
        Ok(())
    }
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
            known: RefCell::default(),
            identified: Cell::new(0),
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

    /// Returns whether a violation is only counted: because the caller only asks if the value is valid, or because many
    /// violations have been reported.
    pub(crate) fn only_counts(&self) -> bool {
        self.verdict_only || self.identified.get() >= IDENTIFIED
    }

    // part: schema
    /// Returns whether a further violation can be kept.
    pub(crate) fn can_keep(&self) -> bool {
        !self.verdict_only && !self.violations.borrow().is_full()
    }
    // end of part

    /// Adds the violation that `describe` returns. If enough violations are kept, it is only counted. Two checks can report
    /// the same violation, which is then counted once, unless more than 10,000 violations are reported.
    pub(crate) fn push(&self, identity: u64, describe: impl FnOnce() -> Violation) {
        self.reports.set(self.reports.get() + 1); // part: schema
        self.identified.set(self.identified.get() + 1);
        if !self.known.borrow_mut().insert(identity) {
            return;
        }
        let is_full = self.violations.borrow().is_full();
        let violation = (!is_full).then(describe);
        let mut violations = self.violations.borrow_mut();
        match violation {
            Some(violation) => violations.keep(violation),
            None => violations.count(),
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
    use std::cell::Cell;

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

    #[test]
    fn a_violation_has_one_identity_whatever_steps_lead_to_it() {
        let report = Report::new(Direction::Response);
        let at = ValidationContext::root(&report);
        at.member("a/b").item(3).report_violation("type", None, None);
        at.descendant("/a~1b/3").report_violation("type", None, None);
        at.same_value().additional_member("a/b").descendant("/3").report_violation("type", None, None);
        assert_eq!(report.finish().expect_err("violations").len(), 1);
    }

    #[test]
    fn a_pointer_inside_a_secret_value_is_hidden() {
        let report = Report::new(Direction::Request);
        let at = ValidationContext::root(&report);
        at.query("so").secret().descendant("/hunter2").report_violation("json", None, None);
        assert_eq!(report.finish().expect_err("violations").to_string(), "query so/***: json");
    }

    #[test]
    fn after_many_reports_violations_are_only_counted() {
        let report = Report::new(Direction::Response);
        let at = ValidationContext::root(&report);
        let described = Cell::new(0);
        for index in 0..super::IDENTIFIED + 50 {
            at.item(index).report_violation_with("type", || {
                described.set(described.get() + 1);
                (None, None)
            });
        }
        let violations = report.finish().expect_err("violations");
        assert_eq!((violations.len(), violations.iter().count()), (super::IDENTIFIED + 50, Violations::CAP));
        assert_eq!(described.get(), super::IDENTIFIED);
    }
}
