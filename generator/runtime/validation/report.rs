// copperplate runtime: copied unchanged into every generated crate.
//! The report to which a check adds violations.

use std::cell::{Cell, RefCell};

use crate::runtime::validation::violation::{Direction, Violation, Violations};

/// Collects violations. It allocates nothing for a valid value.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
    /// Whether the caller only asks if the value is valid. Violations are then counted, and not described.
    verdict_only: bool,
    union_checks: UnionChecks,
    is_incomplete: Cell<bool>,
    needs_json: Cell<bool>,
    depends_on_direction: Cell<bool>,
}

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

impl Report {
    /// Creates an empty report on a value of a request or of a response.
    pub fn new(direction: Direction) -> Self {
        Self {
            direction,
            violations: RefCell::new(Violations::new()),
            verdict_only: false,
            union_checks: UnionChecks::All,
            is_incomplete: Cell::new(false),
            needs_json: Cell::new(false),
            depends_on_direction: Cell::new(false),
        }
    }

    /// Creates an empty report that counts violations and does not describe them.
    pub(crate) fn verdict_only(direction: Direction) -> Self {
        Self { verdict_only: true, ..Self::new(direction) }
    }

    /// Whether the caller only asks if the value is valid.
    pub(crate) fn is_verdict_only(&self) -> bool {
        self.verdict_only
    }

    /// The direction, which a check depends on.
    pub(crate) fn direction(&self) -> Direction {
        self.depends_on_direction.set(true);
        self.direction
    }

    /// Adds a violation.
    pub(crate) fn push(&self, violation: Violation) {
        self.violations.borrow_mut().push(violation);
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&self) {
        self.violations.borrow_mut().count();
    }

    /// Sets the checks of unions.
    pub(crate) fn with_union_checks(self, union_checks: UnionChecks) -> Self {
        Self { union_checks, ..self }
    }

    pub(crate) fn union_checks(&self) -> UnionChecks {
        self.union_checks
    }

    /// Notes that a check was omitted.
    pub(crate) fn note_incomplete(&self) {
        self.is_incomplete.set(true);
    }

    /// Notes that a rule needs the JSON of the value or of a part of it, and returns whether the JSON is known.
    pub(crate) fn note_need_of_json(&self) -> bool {
        self.needs_json.set(true);
        let has_json = self.union_checks != UnionChecks::None { has_placeholders: true };
        self.is_incomplete.set(self.is_incomplete.get() || !has_json);
        has_json
    }

    /// Whether no violation has been reported.
    pub(crate) fn is_valid(&self) -> bool {
        self.violations.borrow().is_empty()
    }

    /// Whether a check was omitted.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.is_incomplete.get()
    }

    /// Whether a rule needed the JSON of the value or of a part of it.
    pub(crate) fn needs_json(&self) -> bool {
        self.needs_json.get()
    }

    /// Whether a check depended on the direction.
    pub(crate) fn depends_on_direction(&self) -> bool {
        self.depends_on_direction.get()
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
