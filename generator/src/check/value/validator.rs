//! Validates values against schemas, recursively. Limits how deep the schemas are nested, and how many steps the validation takes.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

use crate::check::value::describe::{describe, type_name};
use crate::check::value::enumeration::Enumeration;
use crate::check::value::violation::{Instance, MOST_LISTED, Violation};
use crate::json::number;
use crate::json::size::size;
use crate::pattern::Compiled;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaRef, SchemaType};

/// The maximum depth of nested schemas, including references, in the validation of a value.
const MOST_NESTED: usize = 400;

/// The number of steps that it takes to validate a value against a schema, in addition to the steps for its pattern.
const STEPS_PER_SCHEMA: usize = 10;

/// The number of bytes of a string that are read in one step.
pub(super) const BYTES_PER_STEP: usize = 16;

/// The number of bytes of a value that are written as text in one step.
const WRITTEN_BYTES_PER_STEP: usize = 4;

/// The largest number of steps for the validation of one value. Without this limit, recursive unions could take exponential time.
const MOST_STEPS: usize = 5_000_000;

/// The largest number of steps for all values of one [`Validator`] together.
const MOST_STEPS_IN_ALL: usize = 100_000_000;

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
    /// Whether a schema with `properties` and without `type` accepts objects only, as its Rust type does. See
    /// [`Validator::for_rust_types`].
    accepts_objects_only: Cell<bool>,
    /// How many more steps the validation of all further values may take.
    remaining: Cell<usize>,
    /// The depth, and the remaining number of steps, in the validation of the current value.
    budget: Cell<Budget>,
}

/// The depth, and the remaining number of steps, in the validation of one value.
#[derive(Debug, Clone, Copy, Default)]
struct Budget {
    /// The number of nested schemas that are being validated at this point, at most [`MOST_NESTED`].
    depth: usize,
    /// How many more steps the validation may take.
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
            accepts_objects_only: Cell::new(false),
            remaining: Cell::new(MOST_STEPS_IN_ALL),
            budget: Cell::default(),
        }
    }

    /// Makes a schema with `properties` and without `type` accept objects only. Published documents mean this, and the Rust type
    /// is a struct. JSON Schema accepts values of other types.
    pub(crate) fn for_rust_types(self) -> Self {
        self.accepts_objects_only.set(true);
        self
    }

    /// Validates values to the letter of JSON Schema. Conditions and `not` become no Rust types.
    pub(super) fn to_the_letter<T>(&self, validate: impl FnOnce() -> T) -> T {
        let before = self.accepts_objects_only.replace(false);
        let result = validate();
        self.accepts_objects_only.set(before);
        result
    }

    /// Returns all violations of `schema` by `value`. If there are too many, the last violation says that others are not listed.
    pub(crate) fn violations_of(&self, schema: &'d Schema, value: &Value) -> Vec<Violation> {
        let mut found = self.first_violations(schema, value, MOST_LISTED);
        if let Some(last) = found.get_mut(MOST_LISTED) {
            last.message = "is not valid either. All other violations are not listed".to_owned();
        }
        found
    }

    /// Returns at most `most` violations of `schema` by `value`, and one more if there are more.
    pub(crate) fn first_violations(&self, schema: &'d Schema, value: &Value, most: usize) -> Vec<Violation> {
        let allowed = MOST_STEPS.min(self.remaining.get());
        self.budget.set(Budget { depth: 0, remaining: allowed });
        let mut found = Vec::new();
        self.validate(schema, &mut Instance { value, place: Pointer::root(), found: &mut found, most });
        let budget = self.budget.get();
        self.remaining.set(self.remaining.get() - (allowed - budget.remaining));
        if budget.is_exceeded() {
            let message = match self.remaining.get() {
                0 => "cannot be validated: the examples of this document take too many steps",
                _ if budget.depth > MOST_NESTED => "cannot be validated: its schemas refer to one another too often",
                _ => "cannot be validated, because this takes too many steps",
            };
            return vec![Violation::new(Pointer::root(), "$ref", message)];
        }
        found
    }

    /// Returns the violations of one variant of a union. The caller decides whether the value violates the union.
    pub(super) fn violations_of_alternative(&self, schema: &'d SchemaRef, value: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut instance = Instance { value, place: Pointer::root(), found: &mut found, most: MOST_LISTED };
        self.validate_ref(schema, &mut instance);
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
        if instance.is_full() {
            return;
        }
        let Budget { depth, remaining } = self.budget.get();
        let budget = Budget { depth: depth + 1, remaining: remaining.saturating_sub(steps(schema, instance.value)) };
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

    /// Returns whether the validation of the current value ends, because it takes too many steps or its schemas are nested too
    /// deeply.
    pub(super) fn is_exceeded(&self) -> bool {
        self.budget.get().is_exceeded()
    }

    /// Takes the steps for writing `value` as text. Returns whether there were enough.
    pub(super) fn takes_steps_of(&self, value: &Value) -> bool {
        self.limited(|_| ((), STEPS_PER_SCHEMA + size(value) / WRITTEN_BYTES_PER_STEP));
        !self.is_exceeded()
    }

    /// Runs a match of a pattern. `run` gets the number of allowed steps, and returns its result and the number of steps that it
    /// has taken.
    pub(super) fn limited<T>(&self, run: impl FnOnce(usize) -> (T, usize)) -> T {
        let Budget { depth, remaining } = self.budget.get();
        let (result, taken) = run(remaining);
        self.budget.set(Budget { depth, remaining: remaining.saturating_sub(taken) });
        result
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
        if self.accepts_objects_only.get() && is_struct(schema) && !instance.value.is_object() {
            let message = format!("must be an object, but is {}", describe(instance.value));
            return instance.violates("properties", message);
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
        self.to_the_letter(|| self.validate_keywords_2020(schema, instance));
    }
}

/// Returns the number of steps that it takes to validate `value` against `schema`, without its members, its items and the `pattern`.
fn steps(schema: &Schema, value: &Value) -> usize {
    let looked_up = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len() + schema.required.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    STEPS_PER_SCHEMA + looked_up / BYTES_PER_STEP
}

/// Returns whether an untyped schema becomes a struct: it has `properties`, and no keyword that allows for other types.
fn is_struct(schema: &Schema) -> bool {
    let has_alternatives = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    let keywords = schema.keywords_2020.as_deref();
    schema.is_untyped_object()
        && !has_alternatives
        && keywords.is_none_or(|keywords| keywords.unevaluated_properties.is_none())
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
