//! Defines a violation, and the value under validation that collects violations.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::SchemaType;

/// The violation of a keyword by a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The place of the violation within the value.
    pub(crate) pointer: Pointer,
    /// The keyword that the value violates.
    pub(crate) keyword: &'static str,
    /// The message: a predicate with the place as its subject, such as `must be a string`.
    pub(crate) message: String,
    /// The place of the schema that contains the keyword; `None` until the validation against that schema ends.
    pub(crate) schema: Option<Pointer>,
    /// The type that the schema requires, if the value has another type.
    pub(crate) required_type: Option<SchemaType>,
    /// The name of the missing member, if a required member is missing.
    pub(crate) missing_member: Option<String>,
}

impl Violation {
    pub(super) fn new(pointer: Pointer, keyword: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { pointer, keyword, message, schema: None, required_type: None, missing_member: None }
    }
}

/// A value under validation, with the violations that have been found so far.
pub(super) struct Instance<'s> {
    pub(super) value: &'s Value,
    /// The place of this value within the whole value.
    pub(super) place: Pointer,
    pub(super) found: &'s mut Vec<Violation>,
}

impl Instance<'_> {
    /// Adds the violation of `keyword` by this value.
    pub(super) fn violates(&mut self, keyword: &'static str, message: impl Into<String>) {
        self.found.push(Violation::new(self.place.clone(), keyword, message));
    }

    /// Adds the violation of `required` by this value, which lacks the member `name`.
    pub(super) fn lacks(&mut self, name: &str) {
        let violation = Violation::new(self.place.clone(), "required", format!("has no `{name}`, which is required"));
        self.found.push(Violation { missing_member: Some(name.to_owned()), ..violation });
    }

    /// Adds the violation of `type` by this value.
    pub(super) fn has_other_type(&mut self, required: SchemaType, message: String) {
        let violation = Violation::new(self.place.clone(), "type", message);
        self.found.push(Violation { required_type: Some(required), ..violation });
    }
}
