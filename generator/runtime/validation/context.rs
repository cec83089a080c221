// copperplate runtime: copied unchanged into every generated crate.
//! How a validator walks a value: a chain of stack frames that turns into a pointer only when something is wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::runtime::validation::violation::{Direction, Location, Violation, Violations};

/// A value that knows the rules of its schema.
pub trait Validate {
    /// Reports every violation of this value to `at`. Emitted for each type with rules; callers use [`Validate::validate`].
    fn check(&self, at: ValidationContext<'_>) {
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
        self.check(ValidationContext::root(&report));
        report.finish()
    }

    /// Whether the value may be part of a request. No violation is put into words, and lists end at the first one.
    fn is_valid(&self) -> bool {
        self.is_valid_as(Direction::Request)
    }

    /// Whether the value may be part of a request or of a response.
    fn is_valid_as(&self, direction: Direction) -> bool {
        let report = Report { verdict_only: true, ..Report::new(direction) };
        self.check(ValidationContext::root(&report));
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

/// One step from the schema of a value to that of one of its parts.
#[derive(Debug, Clone, Copy)]
enum SchemaStep {
    /// The one that the step to the part implies.
    Implied,
    /// `additionalProperties`.
    Additional,
    /// An alternative of `oneOf` or `anyOf`, or a member of `allOf`.
    Alternative(&'static str, usize),
    /// To the schema of this place: `#/…` from the root of the document, `/…` from the schema before.
    To(&'static str),
}

/// The place of a value under validation.
#[derive(Debug, Clone, Copy)]
pub struct ValidationContext<'a> {
    report: &'a Report,
    parent: Option<&'a ValidationContext<'a>>,
    step: Step<'a>,
    schema: SchemaStep,
    secret: bool,
}

impl<'a> ValidationContext<'a> {
    /// The body as a whole, which is also where a value on its own is checked.
    pub fn root(report: &'a Report) -> Self {
        let step = Step::Part(Location::Body, "");
        Self { report, parent: None, step, schema: SchemaStep::Implied, secret: false }
    }

    fn part<'b>(&'b self, location: Location, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Part(location, name), SchemaStep::Implied)
    }

    /// The path parameter `name`.
    pub fn path<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.part(Location::Path, name)
    }

    /// The query parameter `name`.
    pub fn query<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.part(Location::Query, name)
    }

    /// The header `name`.
    pub fn header<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.part(Location::Header, name)
    }

    /// The cookie `name`.
    pub fn cookie<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.part(Location::Cookie, name)
    }

    /// The same value, for rules of a schema that stands inside the one of this place.
    #[inline]
    pub fn same_value(&self) -> ValidationContext<'_> {
        self.step(Step::Below(""), SchemaStep::To(""))
    }

    /// The client's own setting `name`.
    pub(crate) fn client<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.part(Location::Client, name)
    }

    #[inline]
    fn step<'b>(&'b self, step: Step<'b>, schema: SchemaStep) -> ValidationContext<'b> {
        ValidationContext { report: self.report, parent: Some(self), step, schema, secret: self.secret }
    }

    /// The member `name` of an object.
    #[inline]
    pub fn member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::Implied)
    }

    /// The member `name` of an object whose properties do not describe it.
    #[inline]
    pub fn additional<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::Additional)
    }

    /// The item `index` of an array.
    #[inline]
    pub fn item<'b>(&'b self, index: usize) -> ValidationContext<'b> {
        self.step(Step::Item(index), SchemaStep::Implied)
    }

    /// The same value under the rules of the alternative at `index` of `keyword`.
    #[inline]
    pub fn subschema(&self, keyword: &'static str, index: usize) -> ValidationContext<'_> {
        self.step(Step::Below(""), SchemaStep::Alternative(keyword, index))
    }

    /// The part that a pointer leads to.
    pub(crate) fn below<'b>(&'b self, pointer: &'b str) -> ValidationContext<'b> {
        self.step(Step::Below(pointer), SchemaStep::Implied)
    }

    /// The same place, whose rules stand in the schema at `place`: `#/…` from the root of the document, `/…` from the schema that
    /// this value is a part of.
    #[inline]
    pub fn with_schema(self, place: &'static str) -> ValidationContext<'a> {
        ValidationContext { schema: SchemaStep::To(place), ..self }
    }

    /// The same place, holding a secret: its value is never put into a violation.
    #[inline]
    pub fn secret(self) -> ValidationContext<'a> {
        ValidationContext { secret: true, ..self }
    }

    /// Whether what follows makes no difference: one violation is known, and only the verdict is asked for.
    fn is_decided(&self) -> bool {
        self.report.verdict_only && !self.report.violations.borrow().is_empty()
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.secret
    }

    /// Which way the value travels.
    pub fn direction(&self) -> Direction {
        self.report.direction
    }

    /// Reports a violation at this place.
    #[cold]
    pub fn violated(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        self.found(keyword, || (limit, actual));
    }

    /// Reports a violation at this place; limit and actual value are put into words only where somebody asks what is wrong.
    pub(crate) fn found(&self, keyword: &'static str, words: impl FnOnce() -> (Option<String>, Option<String>)) {
        if self.report.verdict_only {
            return self.report.violations.borrow_mut().count();
        }
        let (limit, actual) = words();
        let (location, pointer) = self.place();
        let violation = Violation { location, pointer, keyword, schema: self.schema_place(), limit, actual };
        self.report.violations.borrow_mut().push(violation);
    }

    /// Reports a violation that is one too many to be told.
    pub(crate) fn beyond_number(&self) {
        self.report.violations.borrow_mut().count();
    }

    /// Reports a violation at this place of a keyword of the schema that the value is a part of, such as `required`.
    #[cold]
    pub fn violated_in_holder(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        match self.parent {
            Some(holder) => holder.step(self.step, SchemaStep::To("")).violated(keyword, limit, actual),
            None => self.violated(keyword, limit, actual),
        }
    }

    /// The value as it may be shown: cut to 64 characters, and not at all where it is a secret.
    pub(crate) fn shown(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let end = cut_at(value);
        let ellipsis = if end < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..end]))
    }

    fn place(&self) -> (Location, String) {
        let mut pointer = String::new();
        (self.write_place(&mut pointer), pointer)
    }

    /// Writes the pointer, and answers the part of the message that it leads into.
    fn write_place(&self, pointer: &mut String) -> Location {
        let location = self.parent.map_or(Location::Body, |parent| parent.write_place(pointer));
        match self.step {
            Step::Part(location, name) => {
                pointer.push_str(name);
                return location;
            }
            Step::Below(name) => pointer.push_str(name),
            Step::Member(name) => {
                pointer.push('/');
                pointer.push_str(&token(name));
            }
            // Writing to a text cannot fail.
            Step::Item(index) => _ = write!(pointer, "/{index}"),
        }
        location
    }
}

impl ValidationContext<'_> {
    /// Where the schema of this value stands; `None` where it is not known.
    fn schema_place(&self) -> Option<String> {
        let below = |step: std::fmt::Arguments<'_>| self.parent?.schema_place().map(|holder| format!("{holder}{step}"));
        match (self.schema, self.step) {
            (SchemaStep::To(place), _) if !place.is_empty() && !place.starts_with('/') => Some(place.to_owned()),
            (SchemaStep::To(place), _) => below(format_args!("{place}")),
            (SchemaStep::Alternative(keyword, index), _) => below(format_args!("/{keyword}/{index}")),
            (SchemaStep::Additional, _) => below(format_args!("/additionalProperties")),
            (SchemaStep::Implied, Step::Member(name)) => below(format_args!("/properties/{}", token(name))),
            (SchemaStep::Implied, Step::Item(_)) => below(format_args!("/items")),
            (SchemaStep::Implied, Step::Below("")) => below(format_args!("")),
            (SchemaStep::Implied, Step::Below(_) | Step::Part(..)) => None,
        }
    }
}

/// A name as one step of a pointer, escaped.
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Where a text is cut that a violation shows: behind 64 characters.
fn cut_at(text: &str) -> usize {
    text.char_indices().nth(64).map_or(text.len(), |(end, _)| end)
}

/// A text as a violation shows it.
pub(crate) fn cut(text: &str) -> String {
    let end = cut_at(text);
    let ellipsis = if end < text.len() { "…" } else { "" };
    format!("{}{ellipsis}", &text[..end])
}

impl<T: Validate> Validate for [T] {
    // One copy for each type of item, whoever asks.
    #[inline(never)]
    fn check(&self, at: ValidationContext<'_>) {
        for (index, item) in self.iter().enumerate() {
            if at.is_decided() {
                return;
            }
            item.check(at.item(index));
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: ValidationContext<'_>) {
        self.as_slice().check(at);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: ValidationContext<'_>) {
        if let Some(value) = self {
            value.check(at);
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, at: ValidationContext<'_>) {
        for (name, value) in self {
            if at.is_decided() {
                return;
            }
            value.check(at.additional(name));
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, at: ValidationContext<'_>) {
        (**self).check(at);
    }
}

/// Values whose schema sets no rule beyond their type.
macro_rules! without_rules {
    ($($type:ty),*) => {
        $(impl Validate for $type {
            fn check(&self, _at: ValidationContext<'_>) {}
        })*
    };
}

without_rules!(
    (),
    bytes::Bytes,
    crate::runtime::request::multipart::File,
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
