// copperplate runtime: copied unchanged into every generated crate.
//! How a validator walks a value: a chain of stack frames that turns into a pointer only when something is wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::violation::{Direction, Location, Violation, Violations};

/// A value that knows the rules of its schema.
pub trait Validate {
    /// Reports every violation of this value to `at`. Emitted for each type with rules; callers use [`Validate::validate`].
    fn check(&self, at: At<'_>) {
        _ = at;
    }

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

    /// Whether the value may be part of a request. No violation is put into words, and lists end at the first one.
    fn is_valid(&self) -> bool {
        self.is_valid_as(Direction::Request)
    }

    /// Whether the value may be part of a request or of a response.
    fn is_valid_as(&self, direction: Direction) -> bool {
        let report = Report { verdict_only: true, ..Report::new(direction) };
        self.check(At::root(&report));
        report.finish().is_ok()
    }
}

/// Collects violations. A valid value costs it nothing.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
    /// Whether nobody asks what the violations are.
    verdict_only: bool,
}

impl Report {
    /// An empty report on a value that travels in `direction`.
    pub fn new(direction: Direction) -> Self {
        Self { direction, violations: RefCell::new(Violations::new()), verdict_only: false }
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
    Below(&'a str),
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

    /// The part that a pointer leads to.
    pub(super) fn below<'b>(&'b self, pointer: &'b str) -> At<'b> {
        At { report: self.report, parent: Some(self), step: Step::Below(pointer), secret: self.secret }
    }

    /// The same place, holding a secret: its value is never put into a violation.
    pub fn secret(self) -> At<'a> {
        At { secret: true, ..self }
    }

    /// Whether what follows makes no difference: one violation is known, and only the verdict is asked for.
    fn is_decided(&self) -> bool {
        self.report.verdict_only && !self.report.violations.borrow().is_empty()
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
        if self.report.verdict_only {
            return self.report.violations.borrow_mut().count();
        }
        let (location, pointer) = self.place();
        let violation = Violation { location, pointer, keyword, limit, actual };
        self.report.violations.borrow_mut().push(violation);
    }

    /// The value as it may be shown: cut to 64 characters, and not at all where it is a secret.
    pub(super) fn shown(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let end = cut_at(value);
        let ellipsis = if end < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..end]))
    }

    fn place(&self) -> (Location, String) {
        if let Step::Part(location, name) = self.step {
            return (location, name.to_owned());
        }
        let (location, pointer) = self.parent.map_or((Location::Body, String::new()), At::place);
        let pointer = match self.step {
            Step::Part(_, name) | Step::Below(name) => format!("{pointer}{name}"),
            Step::Member(name) => format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Item(index) => format!("{pointer}/{index}"),
        };
        (location, pointer)
    }
}

/// Where a text is cut that a violation shows: behind 64 characters.
fn cut_at(text: &str) -> usize {
    text.char_indices().nth(64).map_or(text.len(), |(end, _)| end)
}

/// A text as a violation shows it.
pub(super) fn cut(text: &str) -> String {
    let end = cut_at(text);
    let ellipsis = if end < text.len() { "…" } else { "" };
    format!("{}{ellipsis}", &text[..end])
}

impl<T: Validate> Validate for [T] {
    fn check(&self, at: At<'_>) {
        for (index, item) in self.iter().enumerate() {
            if at.is_decided() {
                return;
            }
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
            if at.is_decided() {
                return;
            }
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

without_rules!(
    (),
    bytes::Bytes,
    super::multipart::File,
    bool,
    i32,
    i64,
    i128,
    u64,
    f32,
    f64,
    String,
    serde_json::Value
);
