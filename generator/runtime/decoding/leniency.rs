// copperplate runtime: copied unchanged into every generated crate.
//! What is read although the document forbids it, because services send it: null for a member that may be absent and is not
//! nullable, and headers that are no value of their type, which are read as absent.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::number::ROUNDED;
use crate::runtime::validation::violation::Violations;

/// What one value was read with all the same. Pointers are put together on the way back to the value as a whole, and only where
/// somebody asks for them.
#[derive(Debug, Default)]
pub struct Leniency {
    kept: bool,
    count: Cell<usize>,
    nulls: RefCell<Vec<String>>,
    headers: RefCell<Vec<(String, String)>>,
    /// Whether an integer may have come as a double that need not have all its digits.
    is_rounded: Cell<bool>,
    /// Whether an integer became a double that has not all its digits.
    is_rounding: Cell<bool>,
}

impl Leniency {
    /// For a reader who does not ask where.
    pub fn counted() -> Self {
        Self::default()
    }

    /// For a reader who asks where; of more than [`Violations::CAP`] the first.
    pub fn kept() -> Self {
        Self { kept: true, ..Self::default() }
    }

    /// The same for a value that may turn out not to be the one.
    pub(crate) fn on_trial(&self) -> Self {
        Self { kept: self.kept, ..Self::default() }
    }

    /// The integer that a double is, where that is sure: a large one may have lost digits of the integer that it came as.
    #[cold]
    pub(crate) fn whole(&self, double: f64) -> Option<i128> {
        let is_large = double.abs() >= ROUNDED;
        self.is_rounded.set(self.is_rounded.get() || is_large);
        (double.fract() == 0.0 && !is_large).then_some(double as i128)
    }

    /// An integer may have come as a double, also in a value that turned out not to be the one.
    #[cold]
    pub(crate) fn rounded(&self) {
        self.is_rounded.set(true);
    }

    /// Whether an integer may have come as a double that has not all its digits.
    pub(crate) fn is_rounded(&self) -> bool {
        self.is_rounded.get()
    }

    /// An integer became a double.
    #[inline]
    pub(crate) fn compare(&self, double: f64, integer: i128) {
        if double.abs() >= ROUNDED && double as i128 != integer {
            self.is_rounding.set(true);
        }
    }

    /// Whether all digits of all integers were kept.
    pub(crate) fn is_exact(&self) -> bool {
        !self.is_rounding.get()
    }

    /// Takes over what the value was read with that turned out to be the one.
    pub(crate) fn absorb(&self, trial: &Self) {
        self.is_rounding.set(self.is_rounding.get() || trial.is_rounding.get());
        self.count.set(self.count.get() + trial.count.get());
        let mut nulls = self.nulls.borrow_mut();
        let room = Violations::CAP.saturating_sub(nulls.len());
        nulls.extend(trial.nulls.take().into_iter().take(room));
    }

    /// How many nulls there were.
    pub(crate) fn count(&self) -> usize {
        self.count.get()
    }

    /// Text in a header of which the type takes another.
    #[cold]
    pub(crate) fn header(&self, name: &str, text: &str) {
        if self.kept {
            self.headers.borrow_mut().push((name.to_owned(), text.to_owned()));
        }
    }

    /// Reports each as a violation of `type`, and those of which the place is not known by their number.
    pub(crate) fn report(&self, at: ValidationContext<'_>) {
        for (name, text) in self.headers.borrow().iter() {
            at.header(name).violated("type", None, Some(text.clone()));
        }
        let nulls = self.nulls.borrow();
        for pointer in nulls.iter() {
            at.below(pointer).violated("type", None, Some("null".to_owned()));
        }
        (nulls.len()..self.count()).for_each(|_| at.beyond_number());
    }

    /// A null in place of the member `name`.
    #[cold]
    pub(crate) fn null(&self, name: &str) {
        self.count.set(self.count.get() + 1);
        if self.kept && self.nulls.borrow().len() < Violations::CAP {
            self.nulls.borrow_mut().push(step(&name));
        }
    }

    /// Reads a part, and puts its place before what is found in it.
    #[inline]
    pub(crate) fn inside<T>(&self, place: &dyn Display, read: impl FnOnce() -> T) -> T {
        let before = self.count.get();
        let part = read();
        if self.count.get() > before {
            self.put_before(place, before);
        }
        part
    }

    #[cold]
    fn put_before(&self, place: &dyn Display, first: usize) {
        let place = step(place);
        self.nulls.borrow_mut().iter_mut().skip(first).for_each(|pointer| pointer.insert_str(0, &place));
    }
}

fn step(place: &dyn Display) -> String {
    format!("/{}", place.to_string().replace('~', "~0").replace('/', "~1"))
}
