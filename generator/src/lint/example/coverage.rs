//! Finds operations and webhooks without an example.

use std::collections::HashSet;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, MediaType, Operation, Parameter, ParameterValue, Schema, SchemaRef};

/// Reports operations that have parameters, a request body or a response body, but no example. If the document has two or more
/// such operations and no examples, one finding covers all of them.
pub(crate) fn of_operations(context: &Context<'_>, findings: &mut Findings) {
    let remedy = "Transcribe the examples of the API documentation. Put a whole request in `x-examples`, and a single body or \
                  parameter value in `example`. copperplate validates the examples, and generates tests from them.";
    let components = components_with_example(context.document);
    let has_parts = |operation: &&Operation| contents(operation).next().is_some() || !operation.parameters.is_empty();
    let all = context.document.operations.iter().filter(has_parts);
    let (with, without): (Vec<_>, Vec<_>) = all.partition(|operation| has_example(operation, &components));
    if with.is_empty() && without.len() > 1 {
        let message = format!("None of the {} operations with parameters or bodies has an example.", without.len());
        return findings.add(Code::MissingExample, &Pointer::root().join("paths"), message, remedy);
    }
    for operation in without {
        let message = format!("`{} {}` has no example.", operation.method, operation.path);
        findings.add(Code::MissingExample, &operation.pointer, message, remedy);
    }
    for webhook in &context.document.webhooks {
        let payload = webhook.body.iter().flat_map(|body| &body.content);
        let has_example = payload.clone().any(|media| media_has_example(media, &components))
            || webhook.headers.iter().any(|header| !header.examples.is_empty());
        if payload.count() > 0 && !has_example {
            let message = format!("The webhook `{}` has no example.", webhook.name);
            findings.add(Code::MissingExample, &webhook.pointer, message, remedy);
        }
    }
}

fn media_has_example(media: &MediaType, components: &HashSet<&str>) -> bool {
    !media.examples.is_empty() || media.schema.as_ref().is_some_and(|schema| ref_has_example(schema, components))
}

/// Returns the media types of the request body and of the responses.
fn contents(operation: &Operation) -> impl Iterator<Item = &MediaType> {
    let received = operation.responses.iter().flat_map(|response| &response.content);
    operation.body.iter().flat_map(|body| &body.content).chain(received)
}

fn has_example(operation: &Operation, components: &HashSet<&str>) -> bool {
    let media = |media: &MediaType| media_has_example(media, components);
    let parameter = |parameter: &Parameter| {
        let in_value = match &parameter.value {
            ParameterValue::Schema(schema) => ref_has_example(schema, components),
            ParameterValue::Content(content) => media(content),
        };
        in_value || !parameter.examples.is_empty()
    };
    !operation.examples.is_empty() || contents(operation).any(media) || operation.parameters.iter().any(parameter)
}

/// Returns the names of the component schemas that contain an example at any depth, including in the schemas that they refer to.
fn components_with_example(document: &Document) -> HashSet<&str> {
    let mut with_example = HashSet::new();
    loop {
        let unknown = document.schemas.iter().filter(|(name, _)| !with_example.contains(name.as_str()));
        let more: Vec<&str> = unknown
            .filter(|(_, schema)| schema_has_example(schema, &with_example))
            .map(|(name, _)| name.as_str())
            .collect();
        if more.is_empty() {
            return with_example;
        }
        with_example.extend(more);
    }
}

fn schema_has_example(schema: &Schema, components: &HashSet<&str>) -> bool {
    schema.example.is_some() || schema.subschemas().any(|child| ref_has_example(child, components))
}

fn ref_has_example(schema: &SchemaRef, components: &HashSet<&str>) -> bool {
    match schema {
        SchemaRef::Inline(schema) => schema_has_example(schema, components),
        SchemaRef::Component { name, .. } => components.contains(name.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    fn found(first: &str, second: &str) -> Vec<String> {
        let operation = |parts: &str| format!("{{{parts}responses: {{'204': {{description: y}}}}}}");
        let (first, second) = (operation(first), operation(second));
        places(
            "missing-example",
            &format!(
                "paths:\n  /a:\n    get: {first}\n    put: {second}\n\
                 components: {{schemas: {{A: {{properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}, B: {{example: 1}}}}}}\n"
            ),
        )
    }

    #[test]
    fn any_example_of_an_operation_is_enough() {
        let without = "parameters: [{name: a, in: query, schema: {}}], ";
        assert_eq!(found(without, without), ["/paths"]);
        for example in [
            "parameters: [{name: a, in: query, schema: {}, example: 1}], ",
            "parameters: [{name: a, in: query, schema: {example: 1}}], ",
            "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, ",
        ] {
            assert_eq!(found(without, example), ["/paths/~1a/get"], "{example}");
            assert_eq!(found(example, example), [""; 0], "{example}");
        }
        // An operation without parameters, request body and response bodies needs no example.
        assert_eq!(found("", ""), [""; 0]);
    }
}
