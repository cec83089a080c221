//! Whether examples show the operations.

use std::collections::HashSet;

use crate::finding::{Code, Findings};
use crate::lint::Linted;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, MediaType, Operation, Parameter, ParameterValue, Schema, SchemaRef};

/// An example shows every operation that has anything to show; where there is none at all it is told once.
pub(crate) fn of_operations(linted: &Linted<'_>, findings: &mut Findings) {
    let remedy = "Carry over what the page prints: a request under `x-examples`, a body under `example`. \
                  Examples are checked here and become tests of the crate.";
    let shown = shown_components(linted.document);
    let has_parts = |operation: &&Operation| contents(operation).next().is_some() || !operation.parameters.is_empty();
    let all = linted.document.operations.iter().filter(has_parts);
    let (with, without): (Vec<_>, Vec<_>) = all.partition(|operation| is_shown(operation, &shown));
    if with.is_empty() && without.len() > 1 {
        let message = format!("None of the {} operations has an example.", without.len());
        return findings.add(Code::MissingExample, &Pointer::root().join("paths"), message, remedy);
    }
    for operation in without {
        let message = format!("No example shows {} {}.", operation.method, operation.path);
        findings.add(Code::MissingExample, &operation.pointer, message, remedy);
    }
}

/// The bodies of an operation, sent and received.
fn contents(operation: &Operation) -> impl Iterator<Item = &MediaType> {
    let received = operation.responses.iter().flat_map(|response| &response.content);
    operation.body.iter().flat_map(|body| &body.content).chain(received)
}

fn is_shown(operation: &Operation, shown: &HashSet<&str>) -> bool {
    let media = |media: &MediaType| {
        !media.examples.is_empty() || media.schema.as_ref().is_some_and(|schema| is_shown_ref(schema, shown))
    };
    let parameter = |parameter: &Parameter| {
        let in_value = match &parameter.value {
            ParameterValue::Schema(schema) => is_shown_ref(schema, shown),
            ParameterValue::Content(content) => media(content),
        };
        in_value || !parameter.examples.is_empty()
    };
    !operation.examples.is_empty() || contents(operation).any(media) || operation.parameters.iter().any(parameter)
}

/// The component schemas that have an example in them, or in what they lead to.
fn shown_components(document: &Document) -> HashSet<&str> {
    let mut shown = HashSet::new();
    loop {
        let unknown = document.schemas.iter().filter(|(name, _)| !shown.contains(name.as_str()));
        let more: Vec<&str> =
            unknown.filter(|(_, schema)| is_shown_schema(schema, &shown)).map(|(name, _)| name.as_str()).collect();
        if more.is_empty() {
            return shown;
        }
        shown.extend(more);
    }
}

fn is_shown_schema(schema: &Schema, shown: &HashSet<&str>) -> bool {
    schema.example.is_some() || schema.subschemas().any(|child| is_shown_ref(child, shown))
}

fn is_shown_ref(schema: &SchemaRef, shown: &HashSet<&str>) -> bool {
    match schema {
        SchemaRef::Inline(schema) => is_shown_schema(schema, shown),
        SchemaRef::Component { name, .. } => shown.contains(name.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    fn says_of(first: &str, second: &str) -> Vec<String> {
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
    fn an_operation_is_shown_by_any_example() {
        let silent = "parameters: [{name: a, in: query, schema: {}}], ";
        assert_eq!(says_of(silent, silent), ["/paths"]);
        for shown in [
            "parameters: [{name: a, in: query, schema: {}, example: 1}], ",
            "parameters: [{name: a, in: query, schema: {example: 1}}], ",
            "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, ",
        ] {
            assert_eq!(says_of(silent, shown), ["/paths/~1a/get"], "{shown}");
            assert_eq!(says_of(shown, shown), [""; 0], "{shown}");
        }
        // There is nothing to show.
        assert_eq!(says_of("", ""), [""; 0]);
    }
}
