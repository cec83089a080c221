//! Judges any JSON value against a schema of the document, with every violation collected.
//!
//! All keywords of OpenAPI 3.0 are judged, and the formats that generated validators check, by the same code. A keyword
//! constrains only values of its own type.

pub(crate) mod extent;
pub(crate) mod pattern;
mod scalar;
mod structure;
mod union;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

use crate::finding::abbreviation::abbreviated;
pub(crate) use crate::json::{equality, number};
use crate::pattern::Compiled;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaRef, SchemaType};

/// How many schemas may be applied within one another, on the way from a value to its innermost part.
const DEEPEST: usize = 400;

/// How many schemas may be applied to judge one value. Recursive alternatives would take a time without bound.
const MOST: usize = 500_000;

/// Which way a value travels; `readOnly` and `writeOnly` members are required one way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Sent.
    Request,
    /// ReceivedResponse.
    Response,
    /// Unknown: an example or a default of a schema.
    Either,
}

/// One way in which a value contradicts its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The place within the value.
    pub(crate) pointer: Pointer,
    /// The keyword that the value contradicts.
    pub(crate) keyword: &'static str,
    /// What is wrong, to be read after the place.
    pub(crate) message: String,
    /// The schema that has the keyword; `None` until the judgement on it ends.
    pub(crate) schema: Option<Pointer>,
    /// The type that is wanted, where another one is given.
    pub(crate) wanted: Option<SchemaType>,
    /// The member that is required and missing.
    pub(crate) lacks: Option<String>,
}

/// Judges values that travel in one direction.
pub(crate) struct Validator<'d> {
    document: &'d Document,
    direction: Direction,
    /// Compiled once; `None` where the pattern is none, which its own rule reports.
    patterns: RefCell<HashMap<&'d str, Option<Compiled>>>,
    /// Spent on the present value.
    effort: Cell<Budget>,
}

/// How many schemas have been applied: one within another, and in all.
#[derive(Debug, Clone, Copy, Default)]
struct Budget {
    depth: usize,
    total: usize,
}

impl Budget {
    fn is_too_much(self) -> bool {
        self.depth > DEEPEST || self.total > MOST
    }
}

/// A value in place, and what has been found about it and its neighbours.
struct Subject<'s> {
    value: &'s Value,
    place: Pointer,
    found: &'s mut Vec<Violation>,
}

impl Subject<'_> {
    fn violates(&mut self, keyword: &'static str, message: impl Into<String>) {
        self.found.push(Violation {
            pointer: self.place.clone(),
            keyword,
            message: message.into(),
            schema: None,
            wanted: None,
            lacks: None,
        });
    }
}

impl<'d> Validator<'d> {
    /// For values of `document` that travel in `direction`.
    pub(crate) fn new(document: &'d Document, direction: Direction) -> Self {
        Self { document, direction, patterns: RefCell::default(), effort: Cell::default() }
    }

    /// Everything in which `value` contradicts the schema that `schema` is or leads to.
    pub(crate) fn violations(&self, schema: &'d SchemaRef, value: &Value) -> Vec<Violation> {
        self.schema(schema).map(|schema| self.violations_of(schema, value)).unwrap_or_default()
    }

    /// Everything in which `value` contradicts `schema`.
    pub(crate) fn violations_of(&self, schema: &'d Schema, value: &Value) -> Vec<Violation> {
        self.effort.set(Budget::default());
        let mut found = Vec::new();
        self.judge(schema, &mut Subject { value, place: Pointer::root(), found: &mut found });
        if self.effort.get().is_too_much() {
            let message = "cannot be judged: its schemas lead through one another too often".to_owned();
            return vec![Violation {
                pointer: Pointer::root(),
                keyword: "$ref",
                message,
                schema: None,
                wanted: None,
                lacks: None,
            }];
        }
        found
    }

    /// Everything in which `value` contradicts `schema`, apart from the verdict on the whole.
    fn aside(&self, schema: &'d SchemaRef, value: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        self.judge_ref(schema, &mut Subject { value, place: Pointer::root(), found: &mut found });
        found
    }

    /// The schema that `schema` is or leads to.
    pub(crate) fn schema(&self, schema: &'d SchemaRef) -> Option<&'d Schema> {
        match schema {
            SchemaRef::Inline(schema) => Some(schema),
            SchemaRef::Component { name, .. } => self.document.schemas.get(name),
        }
    }

    fn judge_ref(&self, schema: &'d SchemaRef, subject: &mut Subject<'_>) {
        if let Some(schema) = self.schema(schema) {
            self.judge(schema, subject);
        }
    }

    fn judge(&self, schema: &'d Schema, subject: &mut Subject<'_>) {
        let Budget { depth, total } = self.effort.get();
        let spent = Budget { depth: depth + 1, total: total + 1 };
        self.effort.set(spent);
        if !spent.is_too_much() {
            let mark = subject.found.len();
            self.judge_keywords(schema, subject);
            // What a schema within has found is its own.
            let own = subject.found.iter_mut().skip(mark).filter(|violation| violation.schema.is_none());
            own.for_each(|violation| violation.schema = Some(schema.pointer.clone()));
            let Budget { depth: reached, total } = self.effort.get();
            // Once it was too much it stays so, and every schema around gives up.
            let depth = if reached > DEEPEST { reached } else { depth };
            self.effort.set(Budget { depth, total });
        }
    }

    fn judge_keywords(&self, schema: &'d Schema, subject: &mut Subject<'_>) {
        if subject.value.is_null() && schema.nullable {
            // `nullable` beside `allOf` and without `type` means nothing by the letter; published documents mean it.
            // So does `nullable` beside an `enum` without null, where the type is held as an option.
            if schema.kind.is_none() {
                scalar::judge_enum(schema, subject);
            }
            return;
        }
        if let Some(kind) = schema.kind
            && !is_of_type(subject.value, kind)
        {
            subject.violates("type", format!("wants {}, but is {}", type_name(kind), describe(subject.value)));
            subject.found.iter_mut().last().into_iter().for_each(|violation| violation.wanted = Some(kind));
            return;
        }
        scalar::judge_enum(schema, subject);
        match subject.value {
            Value::String(text) => self.judge_text(schema, text, subject),
            Value::Number(number) => scalar::judge_number(schema, number, subject),
            Value::Array(items) => self.judge_array(schema, items, subject),
            Value::Object(members) => self.judge_object(schema, members, subject),
            Value::Null | Value::Bool(_) => {}
        }
        for part in &schema.all_of {
            self.judge_ref(part, subject);
        }
        self.judge_unions(schema, subject);
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

/// A type, for people.
pub(crate) fn type_name(kind: SchemaType) -> &'static str {
    match kind {
        SchemaType::String => "a string",
        SchemaType::Number => "a number",
        SchemaType::Integer => "an integer",
        SchemaType::Boolean => "a boolean",
        SchemaType::Array => "an array",
        SchemaType::Object => "an object",
    }
}

/// A value, for people.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the string `{}`", abbreviated(text)),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(members) => format!("an object of {} members", members.len()),
    }
}

#[cfg(test)]
mod tests;
