// copperplate runtime: copied into each generated crate that uses it.
//! The report to which a check adds violations.

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
}

/// Hashes the parts of a violation that tell it from others.
fn hash(violation: &Violation) -> u64 {
    let Violation { location, pointer, keyword, limit, .. } = violation;
    let mut hasher = DefaultHasher::new();
    (location, pointer, keyword, limit).hash(&mut hasher);
    hasher.finish()
}

impl Report {
    /// Creates an empty report on a value of a request or of a response.
    pub fn new(direction: Direction) -> Self {
        Self::with(direction, false)
    }

    /// Creates an empty report that counts violations and does not describe them.
    pub(crate) fn verdict_only(direction: Direction) -> Self {
        Self::with(direction, true)
    }

    #[inline]
    fn with(direction: Direction, verdict_only: bool) -> Self {
        let violations = RefCell::new(Violations::new());
        Self {
            direction,
            violations,
            verdict_only,
            counted: RefCell::default(),
        }
    }

    /// Whether the caller only asks if the value is valid.
    pub(crate) fn is_verdict_only(&self) -> bool {
        self.verdict_only
    }

    /// The direction, which a check depends on.
    pub(crate) fn direction(&self) -> Direction {
        self.direction
    }

    /// Adds a violation. Two checks can report the same violation, which is then counted once, unless more than 10,000
    /// violations are not kept.
    pub(crate) fn push(&self, violation: Violation) {
        let mut violations = self.violations.borrow_mut();
        let mut counted = self.counted.borrow_mut();
        if !violations.is_full() || counted.len() >= COUNTED || counted.insert(hash(&violation)) {
            violations.push(violation);
        }
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&self) {
        self.violations.borrow_mut().count();
    }

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
