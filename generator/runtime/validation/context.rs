// copperplate runtime: copied unchanged into every generated crate.
//! The context of a check: the place of the value, the place of its schema, and the report to which violations are
//! added.
//!
//! A context refers to the context of the enclosing value. This makes a chain on the stack, with one context for each
//! step from the message to the value. The chain becomes a JSON Pointer only when a violation is reported, so that a
//! valid value costs no allocation.

use std::cell::RefCell;
use std::fmt::{Display, Write};

use crate::runtime::printing::Cut;
use crate::runtime::validation::violation::{Direction, Location, Violation, Violations};

/// The maximal number of characters of an actual value in a violation.
const ACTUAL_LENGTH: usize = 100;

/// Collects violations. It allocates nothing for a valid value.
#[derive(Debug)]
pub struct Report {
    direction: Direction,
    violations: RefCell<Violations>,
    /// Whether the caller only asks if the value is valid. Violations are then counted, and not described.
    verdict_only: bool,
}

impl Report {
    /// Creates an empty report on a value of a request or of a response.
    pub fn new(direction: Direction) -> Self {
        Self { direction, violations: RefCell::new(Violations::new()), verdict_only: false }
    }

    /// Creates an empty report that counts violations and does not describe them.
    pub(crate) fn verdict_only(direction: Direction) -> Self {
        Self { verdict_only: true, ..Self::new(direction) }
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

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// To a parameter of this name, or to the body.
    Message(Location, &'a str),
    Member(&'a str),
    Item(usize),
    /// Along a JSON Pointer. The empty pointer leads to the same value.
    Pointer(&'a str),
}

/// A step from the schema of a value to the schema of a part of it.
#[derive(Debug, Clone, Copy)]
enum SchemaStep {
    /// To the schema that the step to the value implies: to `properties/NAME` for a member, to `items` for an item.
    Implied,
    /// To `additionalProperties`.
    AdditionalProperties,
    /// To a subschema of `oneOf`, `anyOf` or `allOf`.
    Subschema(&'static str, usize),
    /// Along a pointer: `#/…` from the root of the document, `/…` from the schema before.
    Pointer(&'static str),
}

/// A value under validation: its place in the message, the place of its schema, and the report.
#[derive(Debug, Clone, Copy)]
pub struct ValidationContext<'a> {
    report: &'a Report,
    parent: Option<&'a ValidationContext<'a>>,
    step: Step<'a>,
    schema: SchemaStep,
    secret: bool,
}

impl<'a> ValidationContext<'a> {
    /// Returns the context of the whole body, or of a value that is validated on its own.
    pub fn root(report: &'a Report) -> Self {
        let step = Step::Message(Location::Body, "");
        Self { report, parent: None, step, schema: SchemaStep::Implied, secret: false }
    }

    fn parameter<'b>(&'b self, location: Location, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Message(location, name), SchemaStep::Implied)
    }

    /// Returns the path parameter `name`.
    pub fn path<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Path, name)
    }

    /// Returns the query parameter `name`.
    pub fn query<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Query, name)
    }

    /// Returns the header `name`.
    pub fn header<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Header, name)
    }

    /// Returns the cookie `name`.
    pub fn cookie<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Cookie, name)
    }

    /// Returns the setting `name` of the client.
    pub(crate) fn client_setting<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Client, name)
    }

    /// Returns another context of the same value. If [`Self::with_schema`] sets a relative pointer on it, the pointer
    /// starts at the schema of this context.
    #[inline]
    pub fn same_value(&self) -> ValidationContext<'_> {
        self.step(Step::Pointer(""), SchemaStep::Pointer(""))
    }

    #[inline]
    fn step<'b>(&'b self, step: Step<'b>, schema: SchemaStep) -> ValidationContext<'b> {
        ValidationContext { report: self.report, parent: Some(self), step, schema, secret: self.secret }
    }

    /// Returns the member `name` of an object, described by `properties`.
    #[inline]
    pub fn member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::Implied)
    }

    /// Returns the member `name` of an object, described by `additionalProperties`.
    #[inline]
    pub fn additional_member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::AdditionalProperties)
    }

    /// Returns the item `index` of an array.
    #[inline]
    pub fn item<'b>(&'b self, index: usize) -> ValidationContext<'b> {
        self.step(Step::Item(index), SchemaStep::Implied)
    }

    /// Returns the same value, checked by the subschema at `index` of `keyword`, which is `oneOf`, `anyOf` or `allOf`.
    #[inline]
    pub fn subschema(&self, keyword: &'static str, index: usize) -> ValidationContext<'_> {
        self.step(Step::Pointer(""), SchemaStep::Subschema(keyword, index))
    }

    /// Returns the part of the value at a JSON Pointer.
    pub(crate) fn descendant<'b>(&'b self, pointer: &'b str) -> ValidationContext<'b> {
        self.step(Step::Pointer(pointer), SchemaStep::Implied)
    }

    /// Sets the place of the value's schema: `#/…` from the root of the document, `/…` from the schema of the parent
    /// context.
    #[inline]
    pub fn with_schema(self, pointer: &'static str) -> ValidationContext<'a> {
        ValidationContext { schema: SchemaStep::Pointer(pointer), ..self }
    }

    /// Marks the value as a secret, which no violation shows.
    #[inline]
    pub fn secret(self) -> ValidationContext<'a> {
        ValidationContext { secret: true, ..self }
    }

    /// Returns whether further checks are unnecessary, because the caller only asks whether the value is valid, and a
    /// violation is known.
    #[inline]
    pub(crate) fn is_decided(&self) -> bool {
        self.report.verdict_only && !self.report.violations.borrow().is_empty()
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.secret
    }

    /// Returns whether the value is part of a request or of a response.
    pub fn direction(&self) -> Direction {
        self.report.direction
    }

    /// Reports a violation of this value.
    #[cold]
    pub fn report_violation(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        self.report_violation_with(keyword, || (limit, actual));
    }

    /// Reports a violation of this value. `describe` returns the limit and the actual value. It is only called if they
    /// are needed.
    pub(crate) fn report_violation_with(
        &self,
        keyword: &'static str,
        describe: impl FnOnce() -> (Option<String>, Option<String>),
    ) {
        if self.report.verdict_only {
            return self.count_violation();
        }
        let (limit, actual) = describe();
        let (location, pointer) = self.place();
        // A problem with a setting of the client is a sentence that is never cut.
        let is_cut = location != Location::Client;
        let actual = actual.map(|actual| if is_cut { Cut(&actual, ACTUAL_LENGTH).to_string() } else { actual });
        let violation = Violation { location, pointer, keyword, schema: self.schema_pointer(), limit, actual };
        self.report.violations.borrow_mut().push(violation);
    }

    /// Counts a violation without describing it.
    pub(crate) fn count_violation(&self) {
        self.report.violations.borrow_mut().count();
    }

    /// Reports a violation of this value by a keyword of its parent's schema, such as `required`.
    #[cold]
    pub fn report_in_parent_schema(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        match self.parent {
            Some(parent) => {
                parent.step(self.step, SchemaStep::Pointer("")).report_violation(keyword, limit, actual);
            }
            None => self.report_violation(keyword, limit, actual),
        }
    }

    /// A text as a violation shows it: quoted, and truncated to 64 characters. Returns `None` if it is a secret.
    pub(crate) fn actual_text(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let end = truncation_end(value);
        let ellipsis = if end < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..end]))
    }

    /// A number or boolean as a violation shows it. Returns `None` if it is a secret.
    pub(crate) fn actual_number(&self, value: impl Display) -> Option<String> {
        (!self.secret).then(|| value.to_string())
    }

    /// A JSON value as a violation shows it, truncated to 64 characters. Returns `None` if it is a secret.
    pub(crate) fn actual_json(&self, value: &serde_json::Value) -> Option<String> {
        (!self.secret).then(|| truncated(&value.to_string()))
    }

    fn place(&self) -> (Location, String) {
        let mut pointer = String::new();
        (self.write_pointer(&mut pointer), pointer)
    }

    /// Writes the pointer of the value, and returns the part of the message that the value belongs to.
    fn write_pointer(&self, pointer: &mut String) -> Location {
        let location = self.parent.map_or(Location::Body, |parent| parent.write_pointer(pointer));
        match self.step {
            Step::Message(location, name) => {
                pointer.push_str(name);
                return location;
            }
            Step::Pointer(part) => pointer.push_str(part),
            Step::Member(name) => {
                pointer.push('/');
                pointer.push_str(&reference_token(name));
            }
            // Writing to a string cannot fail.
            Step::Item(index) => _ = write!(pointer, "/{index}"),
        }
        location
    }
}

impl ValidationContext<'_> {
    /// Returns the pointer of the value's schema, if it is known.
    fn schema_pointer(&self) -> Option<String> {
        let below =
            |step: std::fmt::Arguments<'_>| self.parent?.schema_pointer().map(|parent| format!("{parent}{step}"));
        match (self.schema, self.step) {
            (SchemaStep::Pointer(pointer), _) if !pointer.is_empty() && !pointer.starts_with('/') => {
                Some(pointer.to_owned())
            }
            (SchemaStep::Pointer(pointer), _) => below(format_args!("{pointer}")),
            (SchemaStep::Subschema(keyword, index), _) => below(format_args!("/{keyword}/{index}")),
            (SchemaStep::AdditionalProperties, _) => below(format_args!("/additionalProperties")),
            (SchemaStep::Implied, Step::Member(name)) => below(format_args!("/properties/{}", reference_token(name))),
            (SchemaStep::Implied, Step::Item(_)) => below(format_args!("/items")),
            (SchemaStep::Implied, Step::Pointer("")) => below(format_args!("")),
            (SchemaStep::Implied, Step::Pointer(_) | Step::Message(..)) => None,
        }
    }
}

/// Escapes a name as a reference token of a JSON Pointer.
pub(crate) fn reference_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns the byte offset at which a violation truncates a text: after 64 characters.
fn truncation_end(text: &str) -> usize {
    text.char_indices().nth(64).map_or(text.len(), |(end, _)| end)
}

/// Truncates a text to 64 characters.
pub(crate) fn truncated(text: &str) -> String {
    let end = truncation_end(text);
    let ellipsis = if end < text.len() { "…" } else { "" };
    format!("{}{ellipsis}", &text[..end])
}
