// copperplate runtime: copied unchanged into every generated crate.
//! How a validator walks a value: a chain of stack frames that turns into a pointer only when something is wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::violation::{Direction, Location, Violation, Violations};

/// A value that knows the rules of its schema.
pub trait Validate {
    /// Reports every violation of this value to `at`. Emitted for each type; callers use [`Validate::validate`].
    fn check(&self, at: At<'_>);

    /// Checks the value as part of a request.
    ///
    /// # Errors
    /// All violations, in document order.
    fn validate(&self) -> Result<(), Violations> {
        self.validate_as(Direction::Request)
    }

    /// Checks the value as part of a request or of a response.
    ///
    /// # Errors
    /// All violations, in document order.
    fn validate_as(&self, direction: Direction) -> Result<(), Violations> {
        let report = Report::new(direction);
        self.check(At::root(&report));
        report.finish()
    }
}

/// Collects violations. A valid value costs it nothing.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
}

impl Report {
    /// An empty report on a value that travels in `direction`.
    pub fn new(direction: Direction) -> Self {
        Self { direction, violations: RefCell::new(Violations::new()) }
    }

    /// The verdict.
    ///
    /// # Errors
    /// The violations, where there is any.
    pub fn finish(self) -> Result<(), Violations> {
        let violations = self.violations.into_inner();
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }
}

/// One step from a value to one of its parts.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Part(Location, &'a str),
    Member(&'a str),
    Item(usize),
}

/// The place of a value under validation.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    report: &'a Report,
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
    secret: bool,
}

impl<'a> At<'a> {
    /// The body as a whole, which is also where a value on its own is checked.
    pub fn root(report: &'a Report) -> Self {
        Self { report, parent: None, step: Step::Part(Location::Body, ""), secret: false }
    }

    fn part(&self, location: Location, name: &'a str) -> At<'a> {
        At { report: self.report, parent: None, step: Step::Part(location, name), secret: self.secret }
    }

    /// The path parameter `name`.
    pub fn path(&self, name: &'a str) -> At<'a> {
        self.part(Location::Path, name)
    }

    /// The query parameter `name`.
    pub fn query(&self, name: &'a str) -> At<'a> {
        self.part(Location::Query, name)
    }

    /// The header `name`.
    pub fn header(&self, name: &'a str) -> At<'a> {
        self.part(Location::Header, name)
    }

    /// The cookie `name`.
    pub fn cookie(&self, name: &'a str) -> At<'a> {
        self.part(Location::Cookie, name)
    }

    /// The client's own setting `name`.
    pub(super) fn client(&self, name: &'a str) -> At<'a> {
        self.part(Location::Client, name)
    }

    /// The member `name` of an object.
    pub fn member<'b>(&'b self, name: &'b str) -> At<'b> {
        At { report: self.report, parent: Some(self), step: Step::Member(name), secret: self.secret }
    }

    /// The item `index` of an array.
    pub fn item<'b>(&'b self, index: usize) -> At<'b> {
        At { report: self.report, parent: Some(self), step: Step::Item(index), secret: self.secret }
    }

    /// The same place, holding a secret: its value is never put into a violation.
    pub fn secret(self) -> At<'a> {
        At { secret: true, ..self }
    }

    pub(super) fn is_secret(&self) -> bool {
        self.secret
    }

    /// Which way the value travels.
    pub fn direction(&self) -> Direction {
        self.report.direction
    }

    /// Reports a violation at this place.
    #[cold]
    pub fn violated(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        let (location, pointer) = self.place();
        let violation = Violation { location, pointer, keyword, limit, actual };
        self.report.violations.borrow_mut().push(violation);
    }

    /// The value as it may be shown: cut to 64 characters, and not at all where it is a secret.
    pub(super) fn shown(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let cut = value.char_indices().nth(64).map_or(value.len(), |(end, _)| end);
        let ellipsis = if cut < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..cut]))
    }

    fn place(&self) -> (Location, String) {
        match (self.step, self.parent) {
            (Step::Part(location, name), _) => (location, name.to_owned()),
            (Step::Member(name), parent) => {
                let (location, pointer) = parent.map_or((Location::Body, String::new()), At::place);
                (location, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")))
            }
            (Step::Item(index), parent) => {
                let (location, pointer) = parent.map_or((Location::Body, String::new()), At::place);
                (location, format!("{pointer}/{index}"))
            }
        }
    }
}

impl<T: Validate> Validate for [T] {
    fn check(&self, at: At<'_>) {
        for (index, item) in self.iter().enumerate() {
            item.check(at.item(index));
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: At<'_>) {
        self.as_slice().check(at);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: At<'_>) {
        if let Some(value) = self {
            value.check(at);
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, at: At<'_>) {
        for (name, value) in self {
            value.check(at.member(name));
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, at: At<'_>) {
        (**self).check(at);
    }
}

/// Values whose schema sets no rule beyond their type.
macro_rules! without_rules {
    ($($type:ty),*) => {
        $(impl Validate for $type {
            fn check(&self, _at: At<'_>) {}
        })*
    };
}

without_rules!((), bytes::Bytes, bool, i32, i64, u64, f32, f64, String, serde_json::Value);
