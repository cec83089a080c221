//! Integers that examples show: a page that prints one beyond 64 bits says how wide the member is, wherever on the page it stands.

use std::collections::HashMap;

use serde_json::{Number, Value as Json};

use crate::lower::schema::all_of::schemas_of;
use crate::lower::schema::numbers;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, ParameterValue, Schema, SchemaRef, SchemaType};

/// Notes the integers beyond 64 bits that examples show at the schemas that describe them.
pub(crate) fn note(document: &mut Document) {
    let mut shown = Shown { document, found: HashMap::new() };
    shown.by_components();
    shown.by_operations();
    let Shown { found, .. } = shown;
    if found.is_empty() {
        return;
    }
    document.schemas.values_mut().for_each(|schema| keep(schema, &found));
    for schema in document.operations.iter_mut().flat_map(schemas_of) {
        if let SchemaRef::Inline(schema) = schema {
            keep(schema, &found);
        }
    }
}

fn keep(schema: &mut Schema, found: &HashMap<Pointer, Number>) {
    schema.wide_example = found.get(&schema.pointer).cloned();
    for child in schema.subschemas_mut() {
        if let SchemaRef::Inline(child) = child {
            keep(child, found);
        }
    }
}

/// Whether an integer that 64 bits do not hold stands in an example.
fn has_large(json: &Json) -> bool {
    match json {
        Json::Number(number) => is_large(number),
        Json::Array(items) => items.iter().any(has_large),
        Json::Object(members) => members.values().any(has_large),
        Json::Null | Json::Bool(_) | Json::String(_) => false,
    }
}

fn is_large(number: &Number) -> bool {
    !number.is_i64() && numbers::whole(number).is_some_and(|whole| i64::try_from(whole).is_err())
}

struct Shown<'d> {
    document: &'d Document,
    found: HashMap<Pointer, Number>,
}

impl Shown<'_> {
    fn by_components(&mut self) {
        for schema in self.document.schemas.values() {
            if let Some(example) = schema.example.as_ref().filter(|example| has_large(example)) {
                self.by_schema(schema, example, &mut Vec::new());
            }
        }
    }

    fn by_operations(&mut self) {
        for operation in &self.document.operations {
            let sent = operation.body.iter().flat_map(|body| &body.content);
            let received = operation.responses.iter().flat_map(|response| &response.content);
            for media in sent.clone().chain(received) {
                self.by_examples(media.schema.as_ref(), media.examples.iter().map(|example| &example.value));
            }
            for media in sent {
                let printed = operation.examples.iter().filter_map(|example| example.body.as_ref());
                self.by_examples(media.schema.as_ref(), printed);
            }
            for parameter in &operation.parameters {
                if let ParameterValue::Schema(schema) = &parameter.value {
                    let printed =
                        operation.examples.iter().filter_map(|example| example.parameters.get(&parameter.name));
                    let own = parameter.examples.iter().map(|example| &example.value);
                    self.by_examples(Some(schema), own.chain(printed));
                }
            }
        }
    }

    fn by_examples<'j>(&mut self, schema: Option<&SchemaRef>, examples: impl Iterator<Item = &'j Json>) {
        let Some(schema) = schema else { return };
        examples.for_each(|example| self.by_reference(schema, example, &mut Vec::new()));
    }

    /// `seen` are the schemas that judge the same value already.
    fn by_reference(&mut self, schema: &SchemaRef, json: &Json, seen: &mut Vec<Pointer>) {
        let document = self.document;
        let behind = match schema {
            SchemaRef::Inline(schema) => Some(&**schema),
            SchemaRef::Component { name, .. } => document.schemas.get(name),
        };
        if let Some(schema) = behind.filter(|schema| !seen.contains(&schema.pointer) && has_large(json)) {
            self.by_schema(schema, json, seen);
        }
    }

    fn by_schema(&mut self, schema: &Schema, json: &Json, seen: &mut Vec<Pointer>) {
        seen.push(schema.pointer.clone());
        schema.in_place_subschemas().for_each(|part| self.by_reference(part, json, seen));
        match json {
            Json::Number(number) if schema.kind == Some(SchemaType::Integer) => {
                self.found.insert(schema.pointer.clone(), number.clone());
            }
            Json::Array(items) => {
                let described = schema.items.iter().flat_map(|schema| items.iter().map(move |item| (schema, item)));
                described.for_each(|(schema, item)| self.by_reference(schema, item, &mut Vec::new()));
            }
            Json::Object(members) => {
                for (name, value) in members {
                    let described = schema.properties.get(name).or(match &schema.additional_properties {
                        AdditionalProperties::Schema(schema) => Some(schema),
                        AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => {
                            None
                        }
                    });
                    described.into_iter().for_each(|schema| self.by_reference(schema, value, &mut Vec::new()));
                }
            }
            Json::Number(_) | Json::Null | Json::Bool(_) | Json::String(_) => {}
        }
    }
}
