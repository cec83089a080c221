//! Validates the examples of schemas, parameters, request bodies and responses.

use std::collections::HashSet;

use crate::check::example::report::{check, check_ref};
use crate::check::schema_walk::each_schema;
use crate::check::value::{Direction, Validator};
use crate::finding::Findings;
use crate::resolve::document::{Document, Example, MediaType, ParameterValue, SchemaRef, SchemaType};

/// Reports each example of a schema that violates the schema.
pub(crate) fn of_schemas(document: &Document, findings: &mut Findings) {
    let validator = Validator::new(document, Direction::Either).for_rust_types();
    each_schema(document, &mut |schema| {
        for (place, example) in schema.examples() {
            check(&validator, schema, (&place, example), findings);
        }
    });
}

/// Reports the examples of parameters, request bodies and responses that violate their schemas.
pub(crate) fn of_operations(document: &Document, findings: &mut Findings) {
    let request = Validator::new(document, Direction::Request).for_rust_types();
    let response = Validator::new(document, Direction::Response).for_rust_types();
    // A component that two or more operations use is validated only once.
    let mut seen = HashSet::new();
    for operation in &document.operations {
        for parameter in &operation.parameters {
            match &parameter.value {
                _ if !seen.insert(&parameter.pointer) => {}
                ParameterValue::Schema(schema) => validate(&request, schema, &parameter.examples, findings),
                ParameterValue::Content(media) => validate_media(&request, media, findings),
            }
        }
        for body in operation.body.iter().filter(|body| seen.insert(&body.pointer)) {
            body.content.iter().for_each(|media| validate_media(&request, media, findings));
        }
        for declared in operation.responses.iter().filter(|declared| seen.insert(&declared.pointer)) {
            declared.content.iter().for_each(|media| validate_media(&response, media, findings));
        }
    }
    for webhook in &document.webhooks {
        for body in webhook.body.iter().filter(|body| seen.insert(&body.pointer)) {
            body.content.iter().for_each(|media| validate_media(&response, media, findings));
        }
        for header in webhook.headers.iter().filter(|header| seen.insert(&header.pointer)) {
            header.schema.iter().for_each(|schema| validate(&response, schema, &header.examples, findings));
        }
    }
}

fn validate_media<'d>(validator: &Validator<'d>, media: &'d MediaType, findings: &mut Findings) {
    let Some(schema) = &media.schema else { return };
    let is_string = |kind| matches!(kind, None | Some(SchemaType::String));
    if media.is_json() || validator.schema(schema).is_some_and(|schema| is_string(schema.kind)) {
        validate(validator, schema, &media.examples, findings);
    } else {
        // An example that is a string, such as XML text, is the serialized body. The schema describes the value before
        // serialization, so such an example is not validated.
        let values = media.examples.iter().filter(|example| !example.value.is_string());
        values.for_each(|example| validate(validator, schema, std::slice::from_ref(example), findings));
    }
}

fn validate<'d>(validator: &Validator<'d>, schema: &'d SchemaRef, examples: &[Example], findings: &mut Findings) {
    for example in examples {
        check_ref(validator, schema, (&example.pointer, &example.value), findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn examples_of_schemas_and_operations_are_validated() {
        let text = "paths:\n  /a:\n    post:\n      parameters:\n      \
                    - {name: q, in: query, schema: {type: integer}, example: x, examples: {b: {value: 1}, c: {value: y}}}\n      \
                    - {name: r, in: query, content: {application/json: {schema: {type: integer}, example: x}}}\n      \
                    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}, example: {id: 1}}}}\n      \
                    responses:\n        '200':\n          description: ok\n          content:\n            \
                    application/json: {schema: {$ref: '#/components/schemas/S'}, example: {}}\n\
                    components:\n  schemas:\n    S:\n      required: [id, name]\n      properties:\n        \
                    id: {type: string, readOnly: true}\n        name: {type: string, example: 5}\n";
        let operation = "/paths/~1a/post";
        assert_eq!(
            codes_and_places(text),
            [
                "example-invalid /components/schemas/S/properties/name/example".to_owned(),
                format!("example-invalid {operation}/parameters/0/example"),
                format!("example-invalid {operation}/parameters/0/examples/c/value"),
                format!("example-invalid {operation}/parameters/1/content/application~1json/example"),
                // In this example, `name` is missing, and `id` is not a string.
                format!("example-invalid {operation}/requestBody/content/application~1json/example"),
                format!("example-invalid {operation}/requestBody/content/application~1json/example/id"),
                // In this example, `id` and `name` are missing.
                format!("example-invalid {operation}/responses/200/content/application~1json/example"),
                format!("example-invalid {operation}/responses/200/content/application~1json/example"),
            ]
        );
    }

    #[test]
    fn strings_in_another_notation_than_json_are_ignored() {
        let media = |name: &str| {
            codes_and_places(&format!(
                "paths:\n  /a:\n    post:\n      requestBody: {{content: {{{name}: {{schema: {{type: object}}, example: '<a/>'}}}}}}\n      \
                 responses: {{}}\n"
            ))
        };
        assert_eq!(media("application/xml"), [""; 0]);
        assert_eq!(media("application/vnd.a+json").len(), 1);
        assert_eq!(media("'application/json; charset=utf-8'").len(), 1);
    }
}
