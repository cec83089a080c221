// copperplate runtime: copied into each generated crate that uses it.
//! The context in which a value is validated: the JSON Pointer of the value, the JSON Pointer of its schema, and the
//! report for its violations.
//!
//! Each context refers to the context of the enclosing value. So the contexts are a linked list on the stack, from the
//! value to the whole request or response. The list is converted to a JSON Pointer only if a violation is reported. A
//! valid value therefore costs no allocation.

use std::borrow::Cow;
use std::fmt::Display; // part: bounds or enums or multiple_of or schema or styles
use std::fmt::Write;

use crate::runtime::printing::Cut;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::report::UnionChecks; // part: unions
use crate::runtime::validation::violation::{Direction, Location, Violation};

/// The maximal length of `Violation::actual`, in characters. For a client setting, `Violation::actual` is not cut.
const ACTUAL_LENGTH: usize = 100;

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// A step to the parameter, header, cookie or client setting with this name. The name of the body is empty.
    Message(Location, &'a str),
    Member(&'a str),
    Item(usize),
    /// A step along this JSON Pointer, which starts at the value of the parent context. If the JSON Pointer is empty,
    /// both contexts have the same value.
    Pointer(&'a str),
}

/// The step that leads from the schema of the parent context to the schema of this context.
#[derive(Debug, Clone, Copy)]
enum SchemaStep {
    /// The step that corresponds to the [`Step`] of the value: to `properties/NAME` for a member, and to `items` for an
    /// item.
    Implied,
    /// A step to `additionalProperties`.
    AdditionalProperties,
    /// A step to a subschema: the keyword (`oneOf`, `anyOf` or `allOf`), and the index of the subschema.
    Subschema(&'static str, usize),
    /// A step along this JSON Pointer. `#/…` starts at the root of the OpenAPI document, and `/…` starts at the schema
    /// of the parent context.
    Pointer(&'static str),
}

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
        Self { report, parent: None, step, schema: SchemaStep::Implied, secret: false }
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
        ValidationContext { report: self.report, parent: Some(self), step, schema, secret: self.secret }
    }

    /// Returns the context of the member `name`, whose schema is under `properties`.
    #[inline]
    pub fn member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::Implied)
    }

    /// Returns the context of the member `name`, whose schema is `additionalProperties`.
    #[inline]
    pub fn additional_member<'b>(&'b self, name: &'b str) -> ValidationContext<'b> {
        self.step(Step::Member(name), SchemaStep::AdditionalProperties)
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

    // part: schema
    /// Whether the caller only asks if the value is valid.
    pub(crate) fn is_verdict_only(&self) -> bool {
        self.report.is_verdict_only()
    }

    /// Returns how often a violation was reported, to this context or to any other of the same report.
    pub(crate) fn report_count(&self) -> usize {
        self.report.report_count()
    }
    // end of part

    // part: unions
    pub(crate) fn union_checks(&self) -> UnionChecks {
        self.report.union_checks()
    }
    // end of part

    // part: unions
    /// Notes that [`UnionChecks`] excluded a check.
    pub(crate) fn note_incomplete(&self) {
        self.report.note_incomplete();
    }
    // end of part

    // part: schema or unique_items
    /// Whether the JSON of the value is known. It is not if some of its unions are placeholders. A rule that needs the
    /// JSON calls this method first, because the report notes the need.
    pub(crate) fn has_json(&self) -> bool {
        // part: unions
        if !self.report.note_need_of_json() {
            return false;
        }
        // end of part
        true
    }
    // end of part

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
        if self.report.is_verdict_only() {
            return self.count_violation();
        }
        let (limit, actual) = describe();
        let (location, pointer) = self.place();
        // For a client setting and for a missing credential, `actual` is the rest of a sentence, such as `"ftp://a" has
        // no host`. The sentence must not be cut.
        let is_cut = location != Location::Client && keyword != "required";
        let actual = actual.map(|actual| if is_cut { Cut(&actual, ACTUAL_LENGTH).to_string() } else { actual });
        let violation = Violation { location, pointer, keyword, schema: self.schema_pointer(), limit, actual };
        self.report.push(violation);
    }

    /// Counts a violation without describing it.
    pub(crate) fn count_violation(&self) {
        self.report.count();
    }

    /// Reports that this member violates a keyword of the schema of the enclosing object, such as `required`.
    #[cold]
    pub fn report_in_parent_schema(&self, keyword: &'static str, limit: Option<String>, actual: Option<String>) {
        match self.parent {
            Some(parent) => {
                parent.step(self.step, SchemaStep::Pointer("")).report_violation(keyword, limit, actual);
            }
            None => self.report_violation(keyword, limit, actual),
        }
    }

    /// Formats a string for `Violation::actual`: quoted, and truncated to 64 characters. Returns `None` if the value is
    /// a secret.
    pub(crate) fn actual_text(&self, value: &str) -> Option<String> {
        if self.secret {
            return None;
        }
        let end = truncation_end(value);
        let ellipsis = if end < value.len() { "…" } else { "" };
        Some(format!("{:?}{ellipsis}", &value[..end]))
    }

    // part: bounds or enums or multiple_of or schema or styles
    /// Formats a number or boolean for `Violation::actual`. Returns `None` if the value is a secret.
    pub(crate) fn actual_number(&self, value: impl Display) -> Option<String> {
        (!self.secret).then(|| value.to_string())
    }
    // end of part

    // part: json_enums or schema or unions
    /// Formats a JSON value for `Violation::actual`: as JSON text, truncated to 64 characters. Returns `None` if the
    /// value is a secret.
    pub(crate) fn actual_json(&self, value: &serde_json::Value) -> Option<String> {
        (!self.secret).then(|| truncated(&value.to_string()))
    }
    // end of part

    fn place(&self) -> (Location, String) {
        let mut pointer = String::new();
        (self.write_pointer(&mut pointer), pointer)
    }

    /// Appends the JSON Pointer of the value to `pointer`. Returns the location of the value, such as
    /// [`Location::Body`].
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
                pointer.push_str(&reference_token(&cut_name(name)));
            }
            // Writing to a string cannot fail.
            Step::Item(index) => _ = write!(pointer, "/{index}"),
        }
        location
    }
}

impl ValidationContext<'_> {
    /// Returns the JSON Pointer of the schema of the value. Returns `None` if the schema is unknown.
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

// part: unions
/// Identifies the context of a value, as long as a context of the same value or of a part of it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ContextId(usize);
// end of part

// part: unions
/// A step from a value to one of its items or members.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PathStep<'a> {
    /// To the member with this name.
    Member(&'a str),
    /// To the item at this index.
    Item(usize),
}
// end of part

// part: unions
impl ValidationContext<'_> {
    /// The contexts of two different values, one inside the other, never have the same parent, and a parent never moves
    /// while contexts refer to it.
    pub(crate) fn id(&self) -> ContextId {
        ContextId(self.parent.map_or(0, |parent| std::ptr::from_ref(parent).addr()))
    }

    /// Follows the steps from the value of the context `from` to this value. `start` belongs to the value of `from`,
    /// and `step` returns what belongs to an item or a member. `None` if this value is not inside the value of `from`.
    pub(crate) fn follow<T>(
        &self,
        from: ContextId,
        start: T,
        step: &impl Fn(T, PathStep<'_>) -> Option<T>,
    ) -> Option<T> {
        if self.id() == from {
            return Some(start);
        }
        let parent = self.parent?.follow(from, start, step)?;
        match self.step {
            Step::Member(name) => step(parent, PathStep::Member(name)),
            Step::Item(index) => step(parent, PathStep::Item(index)),
            Step::Pointer("") => Some(parent),
            Step::Pointer(_) | Step::Message(..) => None,
        }
    }
}
// end of part

/// The maximal number of characters of the name of a member in a JSON Pointer.
pub(crate) const NAME_LENGTH: usize = 200;

/// Cuts the name of a member to 200 characters, so that many violations in a member with a very long name take little
/// memory. An ellipsis replaces the rest.
pub(crate) fn cut_name(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(NAME_LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// Escapes a name as a reference token of a JSON Pointer.
pub(crate) fn reference_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns the byte index after the first 64 characters of a string, or the length of a shorter string.
fn truncation_end(text: &str) -> usize {
    text.char_indices().nth(64).map_or(text.len(), |(end, _)| end)
}

// part: enums or schema or unions
/// Truncates a string to 64 characters. An ellipsis replaces the rest.
pub(crate) fn truncated(text: &str) -> String {
    let end = truncation_end(text);
    let ellipsis = if end < text.len() { "…" } else { "" };
    format!("{}{ellipsis}", &text[..end])
}
// end of part
