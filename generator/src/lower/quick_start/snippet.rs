//! Chooses sample values for the snippets in the documentation of operations.

use std::cell::Cell;

use serde_json::Value as Json;

use super::{Documented, Lowered, MAX_VALUES, Placeholders, is_short};
use crate::ir::{Argument, ExampleArgument, Operation, SampleValue};
use crate::pointer::Pointer;
use crate::resolve::document::{self, Document};

/// The maximum length of the examples of a request, in bytes. Longer ones are not parsed.
const LONGEST: usize = 4_000;

/// Returns the sample values of each operation, one per argument. `None` stands for an optional argument, which the snippet omits,
/// and for a required argument that has no short value. The snippet passes a variable for the latter. An optional body has a value
/// if there is a short one, because few services accept a request without it.
pub fn samples(
    document: &Document,
    lowered: Lowered<'_>,
    contradicts: &dyn Fn(&Pointer) -> bool,
) -> Vec<Vec<Option<SampleValue>>> {
    let documented = Documented::new(document, lowered, contradicts);
    let placeholders = |meets_rules| Placeholders {
        types: lowered.types,
        key_types: lowered.key_types,
        meets_rules,
        most_values: MAX_VALUES,
        remaining: Cell::default(),
    };
    let placeholders = [placeholders(true), placeholders(false)];
    let sample = |operation: &Operation| {
        if let Some(arguments) = documented.short_request_example(operation) {
            return arguments;
        }
        let described = documented.described(operation);
        let sample = |argument: &Argument| {
            let example = described.and_then(|described| documented.short_example(argument, described));
            example.or_else(|| placeholders.iter().find_map(|placeholders| placeholders.argument(argument)))
        };
        let is_shown = |argument: &Argument| argument.required || (argument.is_body() && !argument.deprecated);
        let shown = operation.arguments.iter().map(|argument| is_shown(argument).then(|| sample(argument)).flatten());
        shown.map(|sample| sample.filter(|sample| sample.count() <= MAX_VALUES)).collect()
    };
    lowered.operations.iter().map(sample).collect()
}

impl Documented<'_> {
    fn short_request_example(&self, operation: &Operation) -> Option<Vec<Option<SampleValue>>> {
        let arguments = &operation.examples.first()?.arguments;
        let length = |argument: &ExampleArgument| match argument {
            ExampleArgument::Text(text) | ExampleArgument::Json(text) => text.len(),
            ExampleArgument::Key { fields, .. } => fields.iter().map(String::len).sum(),
        };
        if arguments.iter().flatten().map(length).sum::<usize>() > LONGEST {
            return None;
        }
        self.request_example(operation).filter(|arguments| is_short(arguments))
    }

    /// Returns the example of an argument if it has few values.
    fn short_example(&self, argument: &Argument, described: &document::Operation) -> Option<SampleValue> {
        let json = self.argument_example(argument, described)?;
        let mut remaining = 4 * MAX_VALUES;
        if !has_few_values(json, &mut remaining) {
            return None;
        }
        self.json_argument(argument, json).filter(|sample| sample.count() <= MAX_VALUES)
    }
}

/// Returns whether a JSON value has at most `remaining` values at any depth. A text counts as a value for each 100 bytes. Stops
/// counting when it has more.
fn has_few_values(json: &Json, remaining: &mut usize) -> bool {
    let length = json.as_str().map_or(0, str::len);
    let Some(rest) = remaining.checked_sub(1 + length / 100) else { return false };
    *remaining = rest;
    match json {
        Json::Array(items) => items.iter().all(|item| has_few_values(item, remaining)),
        Json::Object(members) => members.values().all(|member| has_few_values(member, remaining)),
        _ => true,
    }
}
