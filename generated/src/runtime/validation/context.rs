// copperplate runtime: copied into each generated crate that uses it.
//! The context in which a value is validated: the JSON Pointer of the value, the JSON Pointer of its schema, and the
//! report for its violations.
//!
//! Each context refers to the context of the enclosing value. So the contexts are a linked list on the stack, from the
//! value to the whole request or response. The list is converted to a JSON Pointer only if a violation is reported. A
//! valid value therefore costs no allocation.

use std::fmt::Write;

use crate::runtime::printing::{Cut, CutText, cut_text};
use crate::runtime::validation::pointer::{SchemaStep, Step};
use crate::runtime::validation::report::{IdentityHasher, Report};
use crate::runtime::validation::violation::LIMIT_LENGTH;
use crate::runtime::validation::violation::{Direction, Location, Violation};

/// The maximal length of `Violation::actual`, in characters. For a client setting, `Violation::actual` is not cut.
const ACTUAL_LENGTH: usize = 100;

/// The maximal number of characters of a string or JSON text in `Violation::actual`.
pub(super) const TEXT_LENGTH: usize = 64;

/// The context in which a value is validated: the JSON Pointer of the value, the JSON Pointer of its schema, and the
/// report for its violations.
#[derive(Debug, Clone, Copy)]
pub struct ValidationContext<'a> {
    report: &'a Report,
    parent: Option<&'a ValidationContext<'a>>,
    step: Step<'a>,
    schema: SchemaStep,
    secret: bool,
}

impl<'a> ValidationContext<'a> {
    /// Creates the context of the whole body, or of a value outside of any request and response.
    pub fn root(report: &'a Report) -> Self {
        let step = Step::Message(Location::Body, "");
        Self {
            report,
            parent: None,
            step,
            schema: SchemaStep::Implied,
            secret: false,
        }
    }

    fn parameter<'b>(&'b self, location: Location, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Message(location, name), SchemaStep::Implied)
    }

    /// Returns the context of the path parameter `name`.
    pub fn path<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Path, name)
    }

    /// Returns the context of the query parameter `name`.
    pub fn query<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Query, name)
    }

    /// Returns the context of the header `name`.
    pub fn header<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Header, name)
    }

    /// Returns the context of the cookie `name`. The value of a cookie is always a secret, because a cookie can identify a
    /// session.
    pub fn cookie<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Cookie, name).secret()
    }

    /// Returns the context of the setting `name` of the client.
    pub(crate) fn client_setting<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.parameter(Location::Client, name)
    }

    /// Returns a child context of the same value. If [`Self::with_schema`] then sets a JSON Pointer such as `/allOf/0`
    /// on the child, this JSON Pointer starts at the schema of the parent.
    #[inline]
    pub fn same_value(&self) -> ValidationContext<'_> {
        self.step(Step::Pointer(""), SchemaStep::Pointer(""))
    }

    #[inline]
    fn step<'b>(&'b self, step: Step<'b>, schema: SchemaStep) -> ValidationContext<'b> {
        let secret = self.secret;
        ValidationContext {
            report: self.report,
            parent: Some(self),
            step,
            schema,
            secret,
        }
    }

    /// Returns the context of the member `name`, whose schema is under `properties`.
    #[inline]
    pub fn member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::Implied)
    }

    /// Returns the context of the member `name`, which is not under `properties`. Its schema is `additionalProperties`,
    /// unless [`Self::with_schema`] sets another one. If this value is a secret, `name` is one too.
    #[inline]
    pub fn additional_member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::AdditionalMember(name), SchemaStep::Implied)
    }

    /// Returns the context of the item at `index` of an array.
    #[inline]
    pub fn item<'b>(&'b self, index: usize) -> ValidationContext<'b> {
        self.step(Step::Item(index), SchemaStep::Implied)
    }

    /// Returns a context of the same value for the subschema at `index` of `keyword`. `keyword` is `oneOf`, `anyOf` or
    /// `allOf`.
    #[inline]
    pub fn subschema(&self, keyword: &'static str, index: usize) -> ValidationContext<'_> {
        self.step(Step::Pointer(""), SchemaStep::Subschema(keyword, index))
    }

    /// Returns the context of the value at the JSON Pointer `pointer`, which starts at this value.
    pub(crate) fn descendant<'b>(&'b self, pointer: &'b str) -> ValidationContext<'b> {
        self.step(Step::Pointer(pointer), SchemaStep::Implied)
    }

    /// Sets the JSON Pointer of the schema of the value. `#/…` starts at the root of the OpenAPI document, and `/…`
    /// starts at the schema of the parent context.
    #[inline]
    pub fn with_schema(self, pointer: &'static str) -> ValidationContext<'a> {
        ValidationContext { schema: SchemaStep::Pointer(pointer), ..self }
    }

    /// Marks the value as a secret, so that no violation shows the value.
    #[inline]
    pub fn secret(self) -> ValidationContext<'a> {
        ValidationContext { secret: true, ..self }
    }

    /// Returns whether validation can stop: the caller only asks if the value is valid, and a violation has been found.
    #[inline]
    pub(crate) fn is_decided(&self) -> bool {
        self.report.is_verdict_only() && !self.report.is_valid()
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.secret
    }

    /// Returns the direction of the value: part of a request, or part of a response.
    pub fn direction(&self) -> Direction {
        self.report.direction()
    }

    /// Reports a violation of this value.
    #[cold]
    pub fn report_violation(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        self.report_violation_with(keyword, || (limit, actual));
    }

    /// Reports a violation of this value. `describe` returns the limit and the actual value. If the report only counts
    /// violations, `describe` is not called.
    pub(crate) fn report_violation_with(
        &self,
        keyword: &'static str,
        describe: impl FnOnce() -> (Option<String>, Option<String>),
    ) {
        match self.report.only_counts() {
            true => self.count_violation(),
            false => self.push_violation(keyword, describe),
        }
    }

    fn push_violation(&self, keyword: &'static str, describe: impl FnOnce() -> (Option<String>, Option<String>)) {
        let (limit, actual) = describe();
        let mut hasher = IdentityHasher::new(keyword, limit.as_deref());
        let location = self.write_pointer(&mut hasher, false);
        self.report.push(hasher.finish(location), || {
            let (mut pointer, mut schema) = (String::new(), SchemaStep::start());
            _ = self.write_pointer(&mut pointer, true);
            let schema = self.write_schema(&mut schema).then(|| schema.into_string());
            // For a client setting and for a missing credential, `actual` is the rest of a sentence, such as `"ftp://a"
            // has no host`. The sentence must not be cut.
            let is_cut = location != Location::Client && keyword != "required";
            let actual = actual.map(|actual| if is_cut { Cut(&actual, ACTUAL_LENGTH).to_string() } else { actual });
            let limit = limit.map(|limit| cut_text(limit, LIMIT_LENGTH));
            Violation { location, pointer, keyword, schema, limit, actual }
        });
    }

    /// Counts a violation without describing it.
    pub(crate) fn count_violation(&self) {
        self.report.count();
    }

    /// Reports that this member violates a keyword of the schema of the enclosing object, such as `required`.
    #[cold]
    pub fn report_in_parent_schema(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        self.report_in_parent_schema_with(keyword, || (limit, actual));
    }

    /// Reports that this member violates a keyword of the schema of the enclosing object. `describe` returns the limit
    /// and the actual value. If the report only counts violations, `describe` is not called.
    pub(crate) fn report_in_parent_schema_with(
        &self,
        keyword: &'static str,
        describe: impl FnOnce() -> (Option<String>, Option<String>),
    ) {
        match self.parent {
            Some(parent) => parent.step(self.step, SchemaStep::Pointer("")).report_violation_with(keyword, describe),
            None => self.report_violation_with(keyword, describe),
        }
    }

    /// Formats a string for `Violation::actual`: quoted, and truncated to 64 characters. Returns `None` if the value is
    /// a secret.
    pub(crate) fn actual_text(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let end = value.char_indices().nth(TEXT_LENGTH).map_or(value.len(), |(end, _)| end);
        let ellipsis = if end < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..end]))
    }

    /// Writes the JSON Pointer of the value. If `hides` is true, names that are part of a secret are not written. Returns the location of the value, such as [`Location::Body`].
    fn write_pointer(&self, pointer: &mut impl Write, hides: bool) -> Location {
        let location = self.parent.map_or(Location::Body, |parent| parent.write_pointer(pointer, hides));
        let is_secret = hides && self.parent.is_some_and(|parent| parent.secret);
        // Writing to a string and to a hasher cannot fail.
        _ = self.step.write(pointer, is_secret);
        if let Step::Message(location, _) = self.step { location } else { location }
    }

    /// Writes the JSON Pointer of the schema of the value. Returns whether the schema is known.
    fn write_schema(&self, pointer: &mut CutText) -> bool {
        (self.schema.is_absolute() || self.parent.is_some_and(|parent| parent.write_schema(pointer)))
            && self.schema.write(self.step, pointer)
    }
}
