//! Chooses the call that the README of the emitted crate shows, and the values of its arguments.
//!
//! The first choice is an operation with a request example. The second is an operation with examples of all its required
//! arguments, preferably a `GET`. Otherwise, the simplest operation is called with made-up values.
//!
//! Also chooses sample values for the snippet in the documentation of each operation.

mod from_json;
mod placeholder;
mod snippet;

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value as Json;

use crate::ir::{
    Argument, ArgumentLocation, Content, ExampleArgument, KeyType, Operation, QuickStart, SampleValue, Type, TypeDef,
};
use crate::pointer::Pointer;
use crate::resolve::document::{self, Document, Example, ParameterValue, SchemaRef};
use from_json::FromJson;
use placeholder::Placeholders;
pub use snippet::samples;

/// The maximum number of values in all arguments of the call that the README shows.
const MAX_VALUES: usize = 12;

/// The number of operations for which made-up values are tried, the simplest ones first.
const ATTEMPTS: usize = 20;

/// The largest number of values in a placeholder for an argument, including the values that are tried for variants of unions.
const MOST_VALUES: usize = 1_000;

/// The parts of the lowered API that are needed to choose a call.
#[derive(Clone, Copy)]
pub struct Lowered<'a> {
    pub types: &'a [TypeDef],
    pub key_types: &'a [KeyType],
    pub operations: &'a [Operation],
}

/// Chooses the call that the quick start in the README shows. `contradicts` returns whether the example at a pointer contradicts
/// its schema.
pub fn choose(document: &Document, lowered: Lowered<'_>, contradicts: &dyn Fn(&Pointer) -> bool) -> Option<QuickStart> {
    let documented = Documented::new(document, lowered, contradicts);
    let current = || lowered.operations.iter().enumerate().filter(|(_, operation)| !operation.deprecated);
    let call = |(index, arguments)| QuickStart { operation: index, arguments };
    current()
        .find_map(|(index, operation)| {
            Some((index, documented.request_example(operation).filter(|arguments| is_short(arguments))?))
        })
        .or_else(|| {
            let examples = |operation| documented.argument_examples(operation).filter(|arguments| is_short(arguments));
            let find = |reads: bool| {
                let mut operations = current().filter(|(_, operation)| (operation.method == "GET") == reads);
                operations.find_map(|(index, operation)| Some((index, examples(operation)?)))
            };
            find(true).or_else(|| find(false))
        })
        .or_else(|| simplest(lowered))
        .map(call)
}

fn is_short(arguments: &[Option<SampleValue>]) -> bool {
    arguments.iter().flatten().map(SampleValue::count).sum::<usize>() <= MAX_VALUES
}

/// Finds examples of arguments in the document.
struct Documented<'a> {
    document: &'a Document,
    /// The operations of the document, by JSON pointer.
    operations: HashMap<&'a str, &'a document::Operation>,
    from_json: FromJson<'a>,
    contradicts: &'a dyn Fn(&Pointer) -> bool,
}

impl<'a> Documented<'a> {
    fn new(document: &'a Document, lowered: Lowered<'a>, contradicts: &'a dyn Fn(&Pointer) -> bool) -> Self {
        let operations = document.operations.iter().map(|operation| (operation.pointer.as_str(), operation)).collect();
        Self { document, operations, from_json: FromJson::new(lowered.types), contradicts }
    }

    /// Returns the operation of the document from which an operation was lowered.
    fn described(&self, operation: &Operation) -> Option<&'a document::Operation> {
        self.operations.get(operation.pointers.first()?.as_str()).copied()
    }

    /// Returns the arguments of the operation's first request example.
    fn request_example(&self, operation: &Operation) -> Option<Vec<Option<SampleValue>>> {
        let example = operation.examples.first()?;
        let arguments = operation.arguments.iter().zip(&example.arguments).map(|(argument, value)| match value {
            Some(value) if argument.required || !argument.deprecated => {
                self.example_argument(argument, value).map(Some)
            }
            _ if argument.required => None,
            _ => Some(None),
        });
        arguments.collect()
    }

    fn example_argument(&self, argument: &Argument, example: &ExampleArgument) -> Option<SampleValue> {
        match example {
            ExampleArgument::Text(text) => Some(SampleValue::Text(text.clone())),
            ExampleArgument::Key { form, fields } => Some(SampleValue::Key { form: *form, fields: fields.clone() }),
            ExampleArgument::Json(json) => self.json_argument(argument, &serde_json::from_str(json).ok()?),
        }
    }

    /// Returns an example for each required argument. Returns `None` if a required argument has no example, or if no argument is
    /// required.
    fn argument_examples(&self, operation: &Operation) -> Option<Vec<Option<SampleValue>>> {
        let described = self.described(operation)?;
        let is_required = |argument: &Argument| argument.required;
        if !operation.arguments.iter().any(is_required) {
            return None;
        }
        let arguments = operation.arguments.iter().map(|argument| match argument.required {
            true => self.json_argument(argument, self.argument_example(argument, described)?).map(Some),
            false => Some(None),
        });
        arguments.collect()
    }

    fn argument_example<'o>(&'o self, argument: &Argument, described: &'o document::Operation) -> Option<&'o Json> {
        if let Some(content) = argument.location.preferred_body() {
            let media = described.body.as_ref()?.content.iter().find(|media| media.name == content.content_type)?;
            return self.first(&media.examples).or_else(|| self.schema_example(media.schema.as_ref()?));
        }
        let parameters = described.parameters.iter();
        let parameter = parameters
            .into_iter()
            .find(|parameter| parameter.name == argument.wire && is_at(parameter.location, &argument.location))?;
        self.first(&parameter.examples).or_else(|| match &parameter.value {
            ParameterValue::Schema(schema) => self.schema_example(schema),
            ParameterValue::Content(media) => self.first(&media.examples),
        })
    }

    fn first<'e>(&self, examples: &'e [Example]) -> Option<&'e Json> {
        let valid =
            examples.iter().find(|example| example.acknowledgement.is_none() && !(self.contradicts)(&example.pointer));
        valid.map(|example| &example.value)
    }

    fn schema_example<'e>(&'e self, schema: &'e SchemaRef) -> Option<&'e Json> {
        if matches!(schema, SchemaRef::Component { name, .. } if self.document.acknowledged_examples.contains(name)) {
            return None;
        }
        let schema = self.document.resolved(schema)?;
        let places = [schema.pointer.join("example"), schema.pointer.join("examples").join(0)];
        schema.example.as_ref().filter(|_| !places.iter().any(|place| (self.contradicts)(place)))
    }

    /// Converts `json`, an example of the argument, to a sample value.
    fn json_argument(&self, argument: &Argument, json: &Json) -> Option<SampleValue> {
        match &argument.location {
            ArgumentLocation::Path { value, .. }
            | ArgumentLocation::Query { value, .. }
            | ArgumentLocation::WholeQuery { value, .. }
            | ArgumentLocation::Header { value, .. }
            | ArgumentLocation::Cookie { value, .. } => self.from_json.sample(value, json),
            ArgumentLocation::Key(_) => None,
            ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => {
                let Content { value, .. } = argument.location.preferred_body()?;
                match &value.kind {
                    Type::Bytes => None,
                    _ => self.from_json.sample(value, json),
                }
            }
        }
    }
}

/// Returns whether a parameter location of the document and an argument location of the IR are the same.
fn is_at(location: document::Location, argument: &ArgumentLocation) -> bool {
    matches!(
        (location, argument),
        (document::Location::Path, ArgumentLocation::Path { .. })
            | (document::Location::Query, ArgumentLocation::Query { .. } | ArgumentLocation::WholeQuery { .. })
            | (document::Location::Header, ArgumentLocation::Header { .. })
            | (document::Location::Cookie, ArgumentLocation::Cookie { .. })
    )
}

/// Returns the simplest operation, with placeholders for its required arguments. If there are no placeholders that meet all
/// validation rules, rules such as `pattern` are ignored.
fn simplest(lowered: Lowered<'_>) -> Option<(usize, Vec<Option<SampleValue>>)> {
    let mut order: Vec<usize> = (0..lowered.operations.len()).collect();
    order.sort_by_key(|index| {
        let operation = &lowered.operations[*index];
        let required = operation.arguments.iter().filter(|argument| argument.required);
        let (bodies, others): (Vec<&Argument>, Vec<&Argument>) = required.partition(|argument| argument.is_body());
        (operation.deprecated, bodies.len(), others.len(), operation.method != "GET")
    });
    let attempt = |meets_rules: bool| {
        let placeholders = Placeholders {
            types: lowered.types,
            key_types: lowered.key_types,
            meets_rules,
            most_values: MOST_VALUES,
            remaining: Cell::default(),
        };
        order.iter().take(ATTEMPTS).find_map(|index| {
            let arguments = lowered.operations[*index].arguments.iter().map(|argument| match argument.required {
                true => placeholders.argument(argument).map(Some),
                false => Some(None),
            });
            Some((*index, arguments.collect::<Option<Vec<_>>>()?))
        })
    };
    attempt(true).or_else(|| attempt(false))
}

#[cfg(test)]
mod tests;
