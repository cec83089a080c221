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
            known: RefCell::default(),
            identified: Cell::new(0),
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

    /// Returns whether a violation is only counted: because the caller only asks if the value is valid, or because many
    /// violations have been reported.
    pub(crate) fn only_counts(&self) -> bool {
        self.verdict_only || self.identified.get() >= IDENTIFIED
    }

    /// Adds the violation that `describe` returns. If enough violations are kept, it is only counted. Two checks can report
    /// the same violation, which is then counted once, unless more than 10,000 violations are reported.
    pub(crate) fn push(&self, identity: u64, describe: impl FnOnce() -> Violation) {
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
