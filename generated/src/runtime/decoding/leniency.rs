// copperplate runtime: copied into each generated crate that uses it.
//! Decoding accepts some deviations from the OpenAPI document, because real services send them. This module records
//! such deviations.
//!
//! A deviation is one of these:
//! - null for an optional member that is not nullable
//! - a header that does not decode to the type of its schema
//!
//! The member or the header decodes as absent. If the caller asks for validation, the deviation is reported as a
//! violation.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use crate::runtime::printing::cut_text;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::decimal::EXACT_DOUBLE_LIMIT;
use crate::runtime::validation::pointer::{HIDDEN_NAME, NAME_LENGTH, reference_token};
use crate::runtime::validation::violation::Violations;

/// The deviations that decoding has accepted in one value, such as null for a member that is not nullable. Also notes
/// whether the integers of the value are exact.
///
/// The JSON Pointer of a null is built from its end: each enclosing value prepends a token when its decoding ends. JSON
/// Pointers are built only if the caller asks for them.
#[derive(Debug, Default)]
pub struct Leniency {
    /// Whether the caller asks for JSON Pointers. If false, nulls are only counted.
    records: bool,
    null_count: Cell<usize>,
    /// The JSON Pointers of the first nulls, at most [`Violations::CAP`].
    nulls: RefCell<Vec<String>>,
    /// The JSON Pointer of the secret in which decoding failed.
    failed_secret: RefCell<Option<String>>,
    /// Whether `failed_secret` is set.
    has_failed_secret: Cell<bool>,
    /// Whether `serde_json` passed an integer as a double, and the double is too large to be exact.
    has_inexact_integer: Cell<bool>,
    /// Whether an integer lost digits when it was converted to an `f64`.
    has_rounded_integer: Cell<bool>,
}

/// The deviations that were accepted in a successful attempt to decode a value.
#[derive(Debug)]
pub(crate) struct Deviations {
    pub null_count: usize,
    /// The pointers of the first nulls.
    nulls: Vec<String>,
    /// Whether all integers kept all their digits.
    pub is_exact: bool,
}

impl Leniency {
    /// Creates an empty record that counts nulls, without their JSON Pointers.
    pub fn counting() -> Self {
        Self::default()
    }

    /// Creates an empty record that keeps the JSON Pointers of nulls, and the headers that do not decode.
    pub fn recording() -> Self {
        Self { records: true, ..Self::default() }
    }

    /// Creates an empty record of the same kind, for an attempt that may fail. [`Leniency::merge`] adds its deviations if
    /// the attempt succeeds.
    pub(crate) fn for_attempt(&self) -> Self {
        Self { records: self.records, ..Self::default() }
    }

    /// Converts a double to an integer. `None` if the double has a fraction, or if it is so large that it may differ
    /// from the integer in the text.
    #[cold]
    pub(crate) fn exact_integer(&self, double: f64) -> Option<i128> {
        let is_large = double.abs() >= EXACT_DOUBLE_LIMIT;
        self.has_inexact_integer.set(self.has_inexact_integer.get() || is_large);
        (double.fract() == 0.0 && !is_large).then_some(double as i128)
    }

    pub(crate) fn has_inexact_integer(&self) -> bool {
        self.has_inexact_integer.get()
    }

    /// Returns whether no integer lost digits.
    pub(crate) fn is_exact(&self) -> bool {
        !self.has_rounded_integer.get()
    }

    /// Ends the record of a successful attempt.
    pub(crate) fn into_deviations(self) -> Deviations {
        Deviations {
            null_count: self.null_count.get(),
            is_exact: self.is_exact(),
            nulls: self.nulls.into_inner(),
        }
    }

    /// Adds the deviations of a successful attempt.
    pub(crate) fn merge(&self, deviations: Deviations) {
        self.add(deviations.null_count, deviations.is_exact);
        let mut nulls = self.nulls.borrow_mut();
        let free = Violations::CAP.saturating_sub(nulls.len());
        nulls.extend(deviations.nulls.into_iter().take(free));
    }

    /// Adds nulls without a place, and whether all integers kept all their digits.
    pub(crate) fn add(&self, null_count: usize, is_exact: bool) {
        self.has_rounded_integer.set(self.has_rounded_integer.get() || !is_exact);
        self.null_count.set(self.null_count.get() + null_count);
    }

    pub(crate) fn null_count(&self) -> usize {
        self.null_count.get()
    }

    /// Notes that the member `name` is null, although its schema is not nullable.
    #[cold]
    pub(crate) fn note_null(&self, name: &str) {
        self.null_count.set(self.null_count.get() + 1);
        if self.records && self.nulls.borrow().len() < Violations::CAP {
            self.nulls.borrow_mut().push(step(&name));
        }
    }

    /// Hides the names of the parts of the members `names` of an object, which are secrets, in the JSON Pointers of nulls.
    pub(crate) fn hide_parts(&self, names: &[&str]) {
        let mut nulls = self.nulls.borrow_mut();
        if nulls.is_empty() {
            return;
        }
        for own in names.iter().map(|name| step(name)) {
            let is_part = |pointer: &&mut String| pointer.strip_prefix(&own).is_some_and(|rest| rest.starts_with('/'));
            nulls.iter_mut().filter(is_part).for_each(|pointer| *pointer = format!("{own}/{HIDDEN_NAME}"));
        }
    }

    /// Notes that decoding has failed in the member `name`, which is a secret.
    pub(crate) fn note_failed_secret(&self, name: &str) {
        self.failed_secret.replace(Some(step(&name)));
        self.has_failed_secret.set(true);
    }

    /// Takes over the secret in which an attempt has failed.
    pub(crate) fn merge_failed_secret(&self, attempt: &Self) {
        if let Some(pointer) = attempt.failed_secret.take() {
            self.failed_secret.replace(Some(pointer));
            self.has_failed_secret.set(true);
        }
    }

    /// Returns the JSON Pointer of the secret in which decoding has failed. `None` if it has not failed in a secret.
    pub(crate) fn failed_secret(&self) -> Option<String> {
        self.failed_secret.borrow().clone()
    }

    /// Reports each deviation as a violation of `type`. A null without a JSON Pointer is only counted.
    pub(crate) fn report(&self, at: ValidationContext<'_>) {
        let nulls = self.nulls.borrow();
        for pointer in nulls.iter() {
            at.descendant(pointer).report_violation("type", None, Some("null".to_owned()));
        }
        (nulls.len()..self.null_count()).for_each(|_| at.count_violation());
    }

    /// Decodes a member or an item with `decode`. `place` is the name of the member or the index of the item. Prepends
    /// `place` to the JSON Pointers of the nulls that `decode` notes.
    #[inline]
    pub(crate) fn within<T>(&self, place: &dyn Display, decode: impl FnOnce() -> T) -> T {
        let before = self.null_count.get();
        let part = decode();
        if self.null_count.get() > before || self.has_failed_secret.get() {
            self.prepend(place, before);
        }
        part
    }

    #[cold]
    fn prepend(&self, place: &dyn Display, first: usize) {
        let step = step(place);
        let mut nulls = self.nulls.borrow_mut();
        let mut failed_secret = self.failed_secret.borrow_mut();
        let pointers = nulls.iter_mut().skip(first).chain(failed_secret.as_mut());
        pointers.for_each(|pointer| pointer.insert_str(0, &step));
    }
}

/// Returns the step to a member or an item. A long name is cut while it is copied, because each null in the member copies
/// it.
fn step(place: &dyn Display) -> String {
    format!("/{}", reference_token(&cut_text(place, NAME_LENGTH)))
}
