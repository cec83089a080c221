//! Violations, and the value under validation that collects them.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::SchemaType;

/// A keyword that a value violates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The place within the value.
    pub(crate) pointer: Pointer,
    /// The keyword that the value violates.
    pub(crate) keyword: &'static str,
    /// The problem: a predicate whose subject is the place.
    pub(crate) message: String,
    /// The schema that has the keyword; `None` until the validation against it ends.
    pub(crate) schema: Option<Pointer>,
    /// The type that the schema requires, if the value has another one.
    pub(crate) required_type: Option<SchemaType>,
    /// The name of the required member that is missing.
    pub(crate) missing_member: Option<String>,
}

impl Violation {
    pub(super) fn new(pointer: Pointer, keyword: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { pointer, keyword, message, schema: None, required_type: None, missing_member: None }
    }
}

/// A value under validation, and the violations that have been found in the whole value.
pub(super) struct Instance<'s> {
    pub(super) value: &'s Value,
    /// The place within the whole value.
    pub(super) place: Pointer,
    pub(super) found: &'s mut Vec<Violation>,
}

impl Instance<'_> {
    /// Adds a violation of `keyword` by this value.
    pub(super) fn violates(&mut self, keyword: &'static str, message: impl Into<String>) {
        self.found.push(Violation::new(self.place.clone(), keyword, message));
    }

    /// Adds a violation of `required`.
    pub(super) fn lacks(&mut self, name: &str) {
        let violation = Violation::new(self.place.clone(), "required", format!("has no `{name}`, which is required"));
        self.found.push(Violation { missing_member: Some(name.to_owned()), ..violation });
    }

    /// Adds a violation of `type`.
    pub(super) fn has_other_type(&mut self, required: SchemaType, message: String) {
        let violation = Violation::new(self.place.clone(), "type", message);
        self.found.push(Violation { required_type: Some(required), ..violation });
    }
}
