//! Tests that `diff` reports nothing for a document of OpenAPI 3.0 and its edition in OpenAPI 3.1, and reports changes of keywords that
//! only the newer version has.

use super::{changes, lines};

const PATHS: &str = "
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
";

#[test]
fn an_edition_in_openapi_3_1_has_no_changes() {
    let old = format!(
        "openapi: 3.0.3{PATHS}
    Pet:
      type: object
      required: [kind, name]
      properties:
        kind: {{type: string, enum: [pet]}}
        name: {{type: string, nullable: true, maxLength: 5, example: Tom}}
        size: {{type: string, enum: [s, l]}}
        owner: {{nullable: true, allOf: [{{$ref: '#/components/schemas/Owner'}}]}}
        share: {{type: number, minimum: 0, exclusiveMinimum: true}}
        photo: {{type: string, format: byte}}
        any: {{}}
        value: {{oneOf: [{{type: string}}, {{type: integer}}]}}
    Owner: {{type: object, properties: {{name: {{type: string}}}}, additionalProperties: false}}
"
    );
    let new = format!(
        "openapi: 3.1.0{PATHS}
    Pet:
      type: object
      required: [kind, name]
      properties:
        kind: {{const: pet, type: string}}
        name: {{type: [string, 'null'], maxLength: 5, examples: [Tom]}}
        size: {{oneOf: [{{const: s}}, {{const: l}}]}}
        owner: {{anyOf: [{{$ref: '#/components/schemas/Owner'}}, {{type: 'null'}}]}}
        share: {{type: number, exclusiveMinimum: 0}}
        photo: {{type: string, contentEncoding: base64}}
        any: true
        value: {{type: [string, integer]}}
    Owner: {{type: object, properties: {{name: {{type: string}}}}, unevaluatedProperties: false}}
"
    );
    for (old, new) in [(&old, &new), (&new, &old)] {
        let changes = changes(old, new);
        assert!(changes.is_empty(), "{changes:#?}");
    }
}

#[test]
fn a_changed_keyword_of_openapi_3_1_is_reported() {
    let pet = |keyword: &str| format!("openapi: 3.1.0{PATHS}    Pet: {{type: object, {keyword}}}\n");
    let (old, new) = (pet("dependentRequired: {a: [b]}"), pet("dependentRequired: {a: [c]}"));
    assert_eq!(
        lines(&changes(&old, &new)),
        ["request-body-values-unclear dangerous request", "response-body-values-unclear dangerous response"]
    );
    assert_eq!(lines(&changes(&old, &old)), [""; 0]);
}

#[test]
fn a_changed_default_variant_of_a_discriminator_is_reported() {
    let document = |discriminator: &str| {
        format!(
            "openapi: 3.2.0{PATHS}    Pet:
      oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
      discriminator: {{propertyName: kind{discriminator}}}
    Cat: {{type: object, properties: {{kind: {{type: string}}, lives: {{type: integer}}}}}}
    Dog: {{type: object, properties: {{kind: {{type: string}}, tricks: {{type: integer}}}}}}
"
        )
    };
    let (none, cat, dog) = (document(""), document(", defaultMapping: Cat"), document(", defaultMapping: Dog"));
    let rule = |old: &str, new: &str| {
        let lines = lines(&changes(old, new));
        lines.into_iter().filter(|line| line.contains("mapping")).collect::<Vec<_>>()
    };
    assert_eq!(
        rule(&none, &cat),
        [
            "response-body-discriminator-mapping-added dangerous response",
            "request-body-discriminator-mapping-added safe request"
        ]
    );
    assert_eq!(
        rule(&cat, &none),
        // The alternatives still accept each value that callers send.
        ["response-body-discriminator-mapping-deleted safe response"]
    );
    assert_eq!(
        rule(&cat, &dog),
        [
            "request-body-discriminator-mapping-changed breaking request",
            "response-body-discriminator-mapping-changed breaking response"
        ]
    );
    let reference = document(", defaultMapping: '#/components/schemas/Cat'");
    assert_eq!(lines(&changes(&cat, &reference)), [""; 0]);
}

#[test]
fn a_changed_component_is_reported_where_only_a_keyword_of_openapi_3_1_uses_it() {
    let document = |unit: &str, names: &str| {
        format!("openapi: 3.1.0{PATHS}    Pet: {{type: object, propertyNames: {names}}}\n    Unit: {unit}\n")
    };
    let (old, new) = ("{type: string, enum: [a, b]}", "{type: string, enum: [a]}");
    let reference = "{$ref: '#/components/schemas/Unit'}";
    assert_eq!(
        lines(&changes(&document(old, reference), &document(new, reference))),
        ["request-body-values-unclear dangerous request", "response-body-values-unclear dangerous response"]
    );
    assert_eq!(lines(&changes(&document(old, reference), &document(old, old))), [""; 0]);
}
