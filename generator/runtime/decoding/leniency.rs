// copperplate runtime: copied unchanged into every generated crate.
//! Deviations from the document that decoding accepts, because services send them.
//!
//! There are two: null for an optional member that is not nullable, and a header that does not decode to its documented
//! type. Both decode as absent. They become violations if the caller asks for validation.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use crate::runtime::printing::{Cut, is_sensitive_header};
use crate::runtime::validation::context::{ValidationContext, reference_token};
use crate::runtime::validation::decimal::EXACT_DOUBLE_LIMIT;
use crate::runtime::validation::violation::Violations;

/// The deviations that were accepted while decoding one value, and the precision of its integers.
///
/// The pointer of a null is built from its end, while decoding returns from the null to the root. Pointers are only
/// built if the caller asks for them.
#[derive(Debug, Default)]
pub struct Leniency {
    /// Whether the caller asks for pointers, and not only for the number of nulls.
    records: bool,
    null_count: Cell<usize>,
    /// The pointers of the first nulls, at most [`Violations::CAP`].
    nulls: RefCell<Vec<String>>,
    /// The names and texts of headers that do not decode. The text of a sensitive header is not kept.
    headers: RefCell<Vec<(String, Option<String>)>>,
    /// Whether an integer arrived as a double that is too large to be exact.
    has_inexact_integer: Cell<bool>,
    /// Whether conversion to a double changed an integer.
    has_rounded_integer: Cell<bool>,
}

impl Leniency {
    /// Creates an empty record that only counts nulls.
    pub fn counting() -> Self {
        Self::default()
    }

    /// Creates an empty record that keeps all deviations with their places.
    pub fn recording() -> Self {
        Self { records: true, ..Self::default() }
    }

    /// Creates an empty record of the same kind, for an attempt that may fail. [`Leniency::merge`] adds it if the
    /// attempt succeeds.
    pub(crate) fn for_attempt(&self) -> Self {
        Self { records: self.records, ..Self::default() }
    }

    /// Converts a double to an integer. Returns `None` if the double has a fraction, or if it is so large that it may
    /// differ from the integer in the text.
    #[cold]
    pub(crate) fn exact_integer(&self, double: f64) -> Option<i128> {
        let is_large = double.abs() >= EXACT_DOUBLE_LIMIT;
        self.has_inexact_integer.set(self.has_inexact_integer.get() || is_large);
        (double.fract() == 0.0 && !is_large).then_some(double as i128)
    }

    /// Notes that an integer arrived as a large double. This is also noted if the attempt to decode it fails.
    #[cold]
    pub(crate) fn note_inexact_integer(&self) {
        self.has_inexact_integer.set(true);
    }

    pub(crate) fn has_inexact_integer(&self) -> bool {
        self.has_inexact_integer.get()
    }

    /// Notes that `integer` was converted to `double`, if this changed its value.
    #[inline]
    pub(crate) fn note_conversion(&self, double: f64, integer: i128) {
        if double.abs() >= EXACT_DOUBLE_LIMIT && double as i128 != integer {
            self.has_rounded_integer.set(true);
        }
    }

    /// Returns whether all integers kept all their digits.
    pub(crate) fn is_exact(&self) -> bool {
        !self.has_rounded_integer.get()
    }

    /// Adds the record of a successful attempt.
    pub(crate) fn merge(&self, attempt: &Self) {
        self.has_rounded_integer.set(self.has_rounded_integer.get() || attempt.has_rounded_integer.get());
        self.null_count.set(self.null_count.get() + attempt.null_count.get());
        let mut nulls = self.nulls.borrow_mut();
        let free = Violations::CAP.saturating_sub(nulls.len());
        nulls.extend(attempt.nulls.take().into_iter().take(free));
    }

    pub(crate) fn null_count(&self) -> usize {
        self.null_count.get()
    }

    /// Notes a header that does not decode to its documented type.
    #[cold]
    pub(crate) fn note_header(&self, name: &str, text: &str) {
        if self.records {
            let is_shown = !is_sensitive_header(&name.to_ascii_lowercase());
            let text = is_shown.then(|| Cut::new(text).to_string());
            self.headers.borrow_mut().push((name.to_owned(), text));
        }
    }

    /// Notes a null for the member `name`.
    #[cold]
    pub(crate) fn note_null(&self, name: &str) {
        self.null_count.set(self.null_count.get() + 1);
        if self.records && self.nulls.borrow().len() < Violations::CAP {
            self.nulls.borrow_mut().push(step(&name));
        }
    }

    /// Reports each deviation as a violation of `type`. Nulls without a pointer are counted.
    pub(crate) fn report(&self, at: ValidationContext<'_>) {
        for (name, text) in self.headers.borrow().iter() {
            at.header(name).report_violation("type", None, text.clone());
        }
        let nulls = self.nulls.borrow();
        for pointer in nulls.iter() {
            at.descendant(pointer).report_violation("type", None, Some("null".to_owned()));
        }
        (nulls.len()..self.null_count()).for_each(|_| at.count_violation());
    }

    /// Decodes a part of the value, and prepends `place` to the pointers of the nulls in this part. `place` is the name
    /// of a member or the index of an item.
    #[inline]
    pub(crate) fn within<T>(&self, place: &dyn Display, decode: impl FnOnce() -> T) -> T {
        let before = self.null_count.get();
        let part = decode();
        if self.null_count.get() > before {
            self.prepend(place, before);
        }
        part
    }

    #[cold]
    fn prepend(&self, place: &dyn Display, first: usize) {
        let step = step(place);
        self.nulls.borrow_mut().iter_mut().skip(first).for_each(|pointer| pointer.insert_str(0, &step));
    }
}

fn step(place: &dyn Display) -> String {
    format!("/{}", reference_token(&place.to_string()))
}
