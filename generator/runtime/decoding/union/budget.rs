// copperplate runtime: copied into each generated crate that uses it.
//! Limits the work that the unions of one value cause.

use std::cell::Cell;

use serde::de::Error as _;

use crate::runtime::decoding::memory;
use crate::runtime::decoding::union::attempt_error::AttemptError;
use crate::runtime::validation::deadline;

/// The number of steps that are allowed for each step of reading a value once. A value of short texts takes as many as it has
/// parts.
const STEPS_PER_PART: usize = 100;

/// The number of steps that are allowed for each step of reading a value once and each variant. It counts if a union has many
/// variants.
const STEPS_PER_VARIANT: usize = 30;

/// The number of steps that are always allowed, even for a small value.
const MIN_STEPS: usize = 20_000;

/// The maximal nesting of unions.
const MAX_DEPTH: usize = 128;

/// A limit that the unions of a value exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// The number of steps.
    Steps,
    /// The nesting of unions.
    Depth,
    /// The memory that the decoded value takes.
    Memory,
}

impl Excess {
    /// The end of the sentence "there are …" in a violation.
    pub fn description(self) -> &'static str {
        match self {
            Self::Steps => "too many nested variants to try",
            Self::Depth => "unions nested more than 128 levels deep",
            Self::Memory => "too many values for the memory that a response may take",
        }
    }
}

impl From<Excess> for AttemptError {
    fn from(excess: Excess) -> Self {
        Self::custom(match excess {
            Excess::Steps => "its unions have too many nested variants to try",
            Excess::Depth => "its unions are nested more than 128 levels deep",
            Excess::Memory => memory::EXCESS,
        })
    }
}

/// The limits on the work for one value, and the work that has been done. A step decodes one part of the value, as
/// one variant. A long text takes further steps. The number of allowed steps is proportional to the steps that reading the
/// value once takes.
#[derive(Debug)]
pub struct UnionBudget {
    /// The steps of reading the value once. Those of its long texts are counted when the first one is read.
    value_steps: Cell<usize>,
    has_texts: Cell<bool>,
    /// The number of variants that the allowed steps take into account.
    variant_count: Cell<usize>,
    allowed_steps: Cell<usize>,
    steps: Cell<usize>,
    depth: Cell<usize>,
    excess: Cell<Option<Excess>>,
}

impl UnionBudget {
    /// Creates the budget for a value of `part_count` parts. Reading the value has taken a step for each part.
    pub fn new(part_count: usize) -> Self {
        Self {
            value_steps: Cell::new(part_count),
            has_texts: Cell::new(false),
            variant_count: Cell::new(0),
            allowed_steps: Cell::new(part_count.saturating_mul(STEPS_PER_PART).max(MIN_STEPS)),
            steps: Cell::new(part_count),
            depth: Cell::new(0),
            excess: Cell::new(None),
        }
    }

    /// The number of steps that have been taken.
    pub fn steps(&self) -> usize {
        self.steps.get()
    }

    /// Takes a step.
    ///
    /// # Errors
    /// Returns an error if a limit is exceeded.
    #[inline]
    pub fn step(&self) -> Result<(), Excess> {
        self.take_steps(1)
    }

    /// Takes several steps.
    ///
    /// # Errors
    /// Returns an error if a limit is exceeded.
    #[inline]
    pub fn take_steps(&self, count: usize) -> Result<(), Excess> {
        let steps = self.steps.get() + count;
        if steps > self.allowed_steps.get() || deadline::has_passed(count.saturating_mul(deadline::WORK_OF_A_STEP)) {
            return Err(self.exceed(Excess::Steps));
        }
        self.steps.set(steps);
        Ok(())
    }

    /// Allows for a union with `variant_count` variants. Trying each variant once must not exceed the budget.
    pub fn allow_variants(&self, variant_count: usize) {
        if variant_count > self.variant_count.replace(variant_count.max(self.variant_count.get())) {
            self.allow_for_value();
        }
    }

    /// Allows for the long texts of the value. `value_steps` returns the steps of reading the whole value once.
    pub fn allow_texts(&self, value_steps: impl FnOnce() -> usize) {
        if !self.has_texts.replace(true) {
            self.value_steps.set(value_steps());
            self.allow_for_value();
        }
    }

    fn allow_for_value(&self) {
        let per_value_step = STEPS_PER_PART.max(STEPS_PER_VARIANT.saturating_mul(self.variant_count.get()));
        let allowed = self.value_steps.get().saturating_mul(per_value_step);
        if self.excess.get().is_none() {
            self.allowed_steps.set(self.allowed_steps.get().max(allowed));
        }
    }

    /// Runs `work` on a union that is nested in the current one.
    ///
    /// # Errors
    /// Returns an error if a limit is exceeded.
    pub fn within_union<T>(&self, work: impl FnOnce() -> T) -> Result<T, Excess> {
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            return Err(self.exceed(Excess::Depth));
        }
        self.depth.set(depth + 1);
        let result = work();
        self.depth.set(depth);
        self.check().map(|()| result)
    }

    /// # Errors
    /// Returns an error if a limit has been exceeded.
    pub fn check(&self) -> Result<(), Excess> {
        match self.excess.get() {
            Some(excess) => Err(excess),
            None if memory::is_exhausted() => Err(Excess::Memory),
            None => Ok(()),
        }
    }

    /// Ends all work. The first excess is kept.
    #[cold]
    fn exceed(&self, excess: Excess) -> Excess {
        let first = self.excess.get().unwrap_or(excess);
        self.excess.set(Some(first));
        self.allowed_steps.set(0);
        first
    }
}
