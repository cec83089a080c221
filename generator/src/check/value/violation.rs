//! Defines `Violation`, the violation of a keyword by a value, and `Instance`, a value under validation.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::SchemaType;

/// The largest number of violations that are listed for one value. There may be one more, which says that the others are not listed.
pub(super) const MOST_LISTED: usize = 100;

/// A violation of a keyword of a schema by a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The JSON Pointer of the invalid value, relative to the whole value under validation.
    pub(crate) pointer: Pointer,
    /// The keyword that the value violates.
    pub(crate) keyword: &'static str,
    /// The message without its subject, such as `must be a string`. Its subject is the invalid value.
    pub(crate) message: String,
    /// The JSON Pointer of the schema that contains the keyword. `None` until the validation against that schema ends.
    pub(crate) schema: Option<Pointer>,
    /// The type that the schema requires, if the keyword is `type`.
    pub(crate) required_type: Option<SchemaType>,
    /// The name of the missing member, if the keyword is `required`.
    pub(crate) missing_member: Option<String>,
}

impl Violation {
    pub(super) fn new(pointer: Pointer, keyword: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { pointer, keyword, message, schema: None, required_type: None, missing_member: None }
    }
}

/// A value under validation, with the violations found so far.
pub(super) struct Instance<'s> {
    pub(super) value: &'s Value,
    /// The JSON Pointer of this value, relative to the whole value under validation.
    pub(super) place: Pointer,
    pub(super) found: &'s mut Vec<Violation>,
    /// The largest number of violations that are listed. There may be one more.
    pub(super) most: usize,
}

impl Instance<'_> {
    /// Returns whether the list of violations is full.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() > self.most
    }

    /// Adds a violation, unless the list is full.
    pub(super) fn add(&mut self, violation: Violation) {
        if !self.is_full() {
            self.found.push(violation);
        }
    }

    /// Adds a violation of `keyword` by this value.
    pub(super) fn violates(&mut self, keyword: &'static str, message: impl Into<String>) {
        self.add(Violation::new(self.place.clone(), keyword, message));
    }

    /// Adds a violation of `required` by this object, which has no member `name`.
    pub(super) fn lacks(&mut self, name: &str) {
        let violation = Violation::new(self.place.clone(), "required", format!("has no `{name}`, which is required"));
        self.add(Violation { missing_member: Some(name.to_owned()), ..violation });
    }

    /// Adds a violation of `type` by this value. `required` is the type in the schema.
    pub(super) fn has_other_type(&mut self, required: SchemaType, message: String) {
        let violation = Violation::new(self.place.clone(), "type", message);
        self.add(Violation { required_type: Some(required), ..violation });
    }
}
