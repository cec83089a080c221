//! Finds the integer schemas with an example that does not fit in `i64`, so that a wider Rust type is chosen for them.

use std::collections::HashMap;

use serde_json::{Number, Value as Json};

use crate::lower::analysis::numbers;
use crate::lower::normalize::operation_schemas::operation_schemas;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, ParameterValue, Schema, SchemaRef, SchemaType};

/// Sets `wide_example` of each integer schema that has an example outside of the range of `i64`. The Rust type is then chosen so
/// that the example fits.
pub(super) fn note_wide_examples(document: &mut Document) {
    let mut wide = WideExamples { document, by_schema: HashMap::new() };
    wide.visit_components();
    wide.visit_operations();
    let WideExamples { by_schema, .. } = wide;
    if by_schema.is_empty() {
        return;
    }
    document.schemas.values_mut().for_each(|schema| note_recursively(schema, &by_schema));
    for schema in document.operations.iter_mut().flat_map(operation_schemas) {
        if let SchemaRef::Inline(schema) = schema {
            note_recursively(schema, &by_schema);
        }
    }
}

fn note_recursively(schema: &mut Schema, examples: &HashMap<Pointer, Number>) {
    schema.wide_example = examples.get(&schema.pointer).cloned();
    for subschema in schema.subschemas_mut() {
        if let SchemaRef::Inline(subschema) = subschema {
            note_recursively(subschema, examples);
        }
    }
}

/// Returns whether an example contains an integer that does not fit in `i64`.
fn contains_wide_integer(json: &Json) -> bool {
    match json {
        Json::Number(number) => is_wide(number),
        Json::Array(items) => items.iter().any(contains_wide_integer),
        Json::Object(members) => members.values().any(contains_wide_integer),
        Json::Null | Json::Bool(_) | Json::String(_) => false,
    }
}

fn is_wide(number: &Number) -> bool {
    !number.is_i64() && numbers::to_i128(number).is_some_and(|integer| i64::try_from(integer).is_err())
}

/// The state of the search for examples outside of the range of `i64`.
struct WideExamples<'d> {
    document: &'d Document,
    /// For each integer schema with an example outside of the range of `i64`: the JSON pointer of the schema, and one such
    /// example.
    by_schema: HashMap<Pointer, Number>,
}

impl WideExamples<'_> {
    fn visit_components(&mut self) {
        for schema in self.document.schemas.values() {
            for (_, example) in schema.examples().filter(|(_, example)| contains_wide_integer(example)) {
                self.visit_schema(schema, example, &mut Vec::new());
            }
        }
    }

    fn visit_operations(&mut self) {
        for operation in &self.document.operations {
            let sent = operation.body.iter().flat_map(|body| &body.content);
            let received = operation.responses.iter().flat_map(|response| &response.content);
            for media in sent.clone().chain(received) {
                self.visit_examples(media.schema.as_ref(), media.examples.iter().map(|example| &example.value));
            }
            for media in sent {
                let of_operation = operation.examples.iter().filter_map(|example| example.body.as_ref());
                self.visit_examples(media.schema.as_ref(), of_operation);
            }
            for parameter in &operation.parameters {
                if let ParameterValue::Schema(schema) = &parameter.value {
                    let own = parameter.examples.iter().map(|example| &example.value);
                    let of_operation =
                        operation.examples.iter().filter_map(|example| example.parameters.get(&parameter.name));
                    self.visit_examples(Some(schema), own.chain(of_operation));
                }
            }
        }
    }

    fn visit_examples<'j>(&mut self, schema: Option<&SchemaRef>, examples: impl Iterator<Item = &'j Json>) {
        let Some(schema) = schema else { return };
        examples.for_each(|example| self.visit_reference(schema, example, &mut Vec::new()));
    }

    /// Visits `schema` with `json`, an example of the values of `schema`. If `schema` is a reference, visits its target.
    /// `visited` contains the JSON pointers of the schemas that were already visited with `json`. These schemas are not visited
    /// again.
    fn visit_reference(&mut self, schema: &SchemaRef, json: &Json, visited: &mut Vec<Pointer>) {
        let document = self.document;
        if let Some(schema) =
            document.resolved(schema).filter(|schema| !visited.contains(&schema.pointer) && contains_wide_integer(json))
        {
            self.visit_schema(schema, json, visited);
        }
    }

    fn visit_schema(&mut self, schema: &Schema, json: &Json, visited: &mut Vec<Pointer>) {
        visited.push(schema.pointer.clone());
        schema.in_place_subschemas().for_each(|subschema| self.visit_reference(subschema, json, visited));
        match json {
            Json::Number(number) if schema.kind == Some(SchemaType::Integer) => {
                self.by_schema.insert(schema.pointer.clone(), number.clone());
            }
            Json::Array(items) => {
                let described = schema.items.iter().flat_map(|schema| items.iter().map(move |item| (schema, item)));
                described.for_each(|(schema, item)| self.visit_reference(schema, item, &mut Vec::new()));
            }
            Json::Object(members) => {
                for (name, value) in members {
                    let described = schema.properties.get(name).or(match &schema.additional_properties {
                        AdditionalProperties::Schema(schema) => Some(schema),
                        AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => {
                            None
                        }
                    });
                    described.into_iter().for_each(|schema| self.visit_reference(schema, value, &mut Vec::new()));
                }
            }
            Json::Number(_) | Json::Null | Json::Bool(_) | Json::String(_) => {}
        }
    }
}
