//! Tests of mistakes that leave only one meaning: warnings in OpenAPI 3.1 and later, errors in OpenAPI 3.0.

use copperplate::finding::Severity;
use copperplate::{Generation, Input, Options, Pipeline};

fn generated(version: &str, rest: &str) -> Generation {
    let text = format!("openapi: {version}\ninfo: {{title: Pets, version: '1'}}\n{rest}");
    let options = Options { crate_name: "pets".to_owned(), at_root: true, ..Options::default() };
    Pipeline::new(&options).generate(&[Input::new("pets.yaml", text, "pets")])
}

/// Returns the findings of a document as `severity code`, and the emitted code of its operations.
fn outcome(version: &str, rest: &str) -> (Vec<String>, String) {
    let generation = generated(version, rest);
    let important = generation.findings.iter().filter(|finding| finding.severity != Severity::Note);
    let findings = important.map(|finding| format!("{} {}", finding.severity.word(), finding.code.id())).collect();
    let files = generation.files.into_iter().flatten();
    let operations = files.filter(|file| file.path.starts_with("src/operations"));
    (findings, operations.map(|file| file.text).collect())
}

#[test]
fn the_only_parameter_with_another_name_has_its_place_in_the_path() {
    let document = "paths:\n  /pets/{id}:\n    get:\n      operationId: getPet\n      parameters:\n      \
                    - {name: petId, in: path, required: true, schema: {type: integer}}\n      responses: {'204': {description: y}}\n";
    let (findings, code) = outcome("3.1.0", document);
    assert_eq!(findings, ["warning undeclared-path-parameter"]);
    assert!(code.contains("/pets/{id}") && code.contains("id: i64"), "{code}");
    assert_eq!(outcome("3.0.3", document).0, ["error undeclared-path-parameter"]);
    let two = document.replace("{id}", "{id}/{age}");
    assert!(outcome("3.1.0", &two).0.contains(&"error undeclared-path-parameter".to_owned()));
}

#[test]
fn a_scheme_may_be_missing_if_the_document_declares_none() {
    let document = "paths:\n  /pets:\n    get:\n      operationId: listPets\n      security: [{token: []}]\n      \
                    responses: {'204': {description: y}}\n";
    assert_eq!(outcome("3.1.0", document).0, ["warning unknown-scheme"]);
    assert_eq!(outcome("3.0.3", document).0, ["error unknown-scheme"]);
    let declared = format!("{document}components: {{securitySchemes: {{tokens: {{type: http, scheme: bearer}}}}}}\n");
    assert!(outcome("3.1.0", &declared).0.contains(&"error unknown-scheme".to_owned()));
    let remote = "paths: {}\ncomponents: {securitySchemes: {far: {$ref: 'https://a.example/b.json#/c'}}}\n";
    assert_eq!(outcome("3.1.0", remote).0, ["warning ref-remote"]);
}

#[test]
fn a_path_parameter_without_required_is_required() {
    let document = "paths:\n  /pets/{id}:\n    get:\n      operationId: getPet\n      \
                    parameters: [{name: id, in: path, schema: {type: string}}]\n      responses: {'204': {description: y}}\n";
    assert_eq!(outcome("3.1.0", document).0, ["warning shape"]);
    assert_eq!(outcome("3.0.3", document).0, ["error shape"]);
    let optional = document.replace("in: path", "in: path, required: false");
    assert_eq!(outcome("3.1.0", &optional).0, ["error shape"]);
}

#[test]
fn a_string_in_a_form_is_text_whatever_its_content_type_is() {
    let document = "paths:\n  /pets:\n    post:\n      operationId: addPet\n      requestBody:\n        content:\n          \
                    application/x-www-form-urlencoded:\n            \
                    schema: {type: object, properties: {icon: {type: string, contentEncoding: base64url}}}\n            \
                    encoding: {icon: {contentType: 'image/png, image/jpeg'}}\n      responses: {'204': {description: y}}\n";
    assert_eq!(outcome("3.1.0", document).0, [""; 0]);
}
