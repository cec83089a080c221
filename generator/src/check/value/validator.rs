//! Validates values against schemas, recursively. Limits how deep the schemas are nested, and how many schemas a value is
//! validated against.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

use crate::check::value::describe::{describe, type_name};
use crate::check::value::enumeration::Enumeration;
use crate::check::value::violation::{Instance, Violation};
use crate::json::number;
use crate::pattern::Compiled;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaRef, SchemaType};

/// The maximum depth of nested schemas, including references, in the validation of a value.
const MOST_NESTED: usize = 400;

/// The largest number of schemas that one value is validated against. Without this limit, recursive unions could take exponential
/// time.
const MOST_APPLIED: usize = 500_000;

/// The largest number of schemas that all values of one [`Validator`] are validated against, added up over the values.
const MOST_APPLIED_IN_ALL: usize = 10_000_000;

/// The direction of a value. A required `readOnly` property is required only in responses, and a `writeOnly` property only in
/// requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The value is part of a request.
    Request,
    /// The value is part of a response.
    Response,
    /// The direction is unknown, as for the `example` or the `default` of a schema.
    Either,
}

/// Validates values of one direction against schemas of a document.
pub(crate) struct Validator<'d> {
    document: &'d Document,
    pub(super) direction: Direction,
    /// The compiled patterns. An invalid pattern is `None`, because another rule reports it.
    pub(super) patterns: RefCell<HashMap<&'d str, Option<Compiled>>>,
    /// The `enum` of each schema, prepared for validation. The key is the address of the schema.
    pub(super) enumerations: RefCell<HashMap<*const Schema, Enumeration>>,
    /// How many more schemas the values may be validated against, added up over all values of this validator.
    remaining: Cell<usize>,
    /// The depth, and the remaining number of schemas, in the validation of the current value.
    budget: Cell<Budget>,
}

/// The depth, and the remaining number of schemas, in the validation of one value.
#[derive(Debug, Clone, Copy, Default)]
struct Budget {
    /// The number of nested schemas that are being validated at this point, at most [`MOST_NESTED`].
    depth: usize,
    /// How many more schemas the value may be validated against.
    remaining: usize,
}

impl Budget {
    fn is_exceeded(self) -> bool {
        self.depth > MOST_NESTED || self.remaining == 0
    }
}

impl<'d> Validator<'d> {
    /// Creates a validator for values with this `direction` against the schemas of `document`.
    pub(crate) fn new(document: &'d Document, direction: Direction) -> Self {
        Self {
            document,
            direction,
            patterns: RefCell::default(),
            enumerations: RefCell::default(),
            remaining: Cell::new(MOST_APPLIED_IN_ALL),
            budget: Cell::default(),
        }
    }

    /// Returns all violations of a schema by `value`. `schema` may be a reference to a component.
    pub(crate) fn violations(&self, schema: &'d SchemaRef, value: &Value) -> Vec<Violation> {
        self.schema(schema).map(|schema| self.violations_of(schema, value)).unwrap_or_default()
    }

    /// Returns all violations of `schema` by `value`.
    pub(crate) fn violations_of(&self, schema: &'d Schema, value: &Value) -> Vec<Violation> {
        let allowed = MOST_APPLIED.min(self.remaining.get());
        self.budget.set(Budget { depth: 0, remaining: allowed });
        let mut found = Vec::new();
        self.validate(schema, &mut Instance { value, place: Pointer::root(), found: &mut found });
        let budget = self.budget.get();
        self.remaining.set(self.remaining.get() - (allowed - budget.remaining));
        if budget.is_exceeded() {
            let message = match self.remaining.get() {
                0 => "cannot be validated: the values of this document match too many schemas",
                _ => "cannot be validated: its schemas refer to one another too often",
            };
            return vec![Violation::new(Pointer::root(), "$ref", message)];
        }
        found
    }

    /// Returns the violations of one variant of a union. The caller decides whether the value violates the union.
    pub(super) fn violations_of_alternative(&self, schema: &'d SchemaRef, value: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        self.validate_ref(schema, &mut Instance { value, place: Pointer::root(), found: &mut found });
        found
    }

    /// Returns `schema` itself if it is inline, or the component that it refers to.
    pub(crate) fn schema(&self, schema: &'d SchemaRef) -> Option<&'d Schema> {
        self.document.resolved(schema)
    }

    pub(super) fn validate_ref(&self, schema: &'d SchemaRef, instance: &mut Instance<'_>) {
        if let Some(schema) = self.schema(schema) {
            self.validate(schema, instance);
        }
    }

    fn validate(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        let Budget { depth, remaining } = self.budget.get();
        let budget = Budget { depth: depth + 1, remaining: remaining.saturating_sub(1) };
        self.budget.set(budget);
        if !budget.is_exceeded() {
            let mark = instance.found.len();
            self.validate_keywords(schema, instance);
            // Violations of nested schemas already have a `schema`.
            let own = instance.found.iter_mut().skip(mark).filter(|violation| violation.schema.is_none());
            own.for_each(|violation| violation.schema = Some(schema.pointer.clone()));
            let Budget { depth: reached, remaining } = self.budget.get();
            // Once the maximum depth is exceeded, the depth is not reduced again. This also stops the validation of all enclosing
            // schemas.
            let depth = if reached > MOST_NESTED { reached } else { depth };
            self.budget.set(Budget { depth, remaining });
        }
    }

    fn validate_keywords(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        if instance.value.is_null() && schema.nullable {
            // In OpenAPI, `nullable` has no effect without `type`, or if `enum` does not contain null. Published documents assume
            // an effect in both cases, so null is accepted. The exception is a schema with `enum` and without `type`.
            if schema.kind.is_none() {
                self.validate_enum(schema, instance);
            }
            return;
        }
        if let Some(kind) = schema.kind
            && !is_of_type(instance.value, kind)
        {
            let message = format!("must be {}, but is {}", type_name(kind), describe(instance.value));
            return instance.has_other_type(kind, message);
        }
        self.validate_enum(schema, instance);
        match instance.value {
            Value::String(text) => self.validate_string(schema, text, instance),
            Value::Number(number) => self.validate_number(schema, number, instance),
            Value::Array(items) => self.validate_array(schema, items, instance),
            Value::Object(members) => self.validate_object(schema, members, instance),
            Value::Null | Value::Bool(_) => {}
        }
        for part in &schema.all_of {
            self.validate_ref(part, instance);
        }
        self.validate_unions(schema, instance);
    }
}

fn is_of_type(value: &Value, kind: SchemaType) -> bool {
    match (kind, value) {
        (SchemaType::Integer, Value::Number(number)) => number::is_integer(number),
        (SchemaType::String, Value::String(_))
        | (SchemaType::Number, Value::Number(_))
        | (SchemaType::Boolean, Value::Bool(_))
        | (SchemaType::Array, Value::Array(_))
        | (SchemaType::Object, Value::Object(_)) => true,
        _ => false,
    }
}
