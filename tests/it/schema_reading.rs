//! Tests of the options under which schemas are read to the letter of JSON Schema.

use copperplate::{Generation, Input, Options, Pipeline, SchemaReading, Types};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {properties: {born: {type: string, format: date}, size: {type: integer, format: int32}}, required: [born], default: {born: soon}}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}], properties: {breed: {type: string}}, minLength: 2}
    Link: {type: string, format: uri-template, examples: ['{']}
";

fn generated(text: &str, reading: SchemaReading) -> Generation {
    let options = Options { crate_name: "pets".to_owned(), at_root: true, types: Types::All, ..Options::default() };
    Pipeline::new(&options).generate(&[Input { reading, ..Input::new("pets.yaml", text, "pets") }])
}

fn emitted(reading: SchemaReading) -> String {
    let generation = generated(DOCUMENT, reading);
    let files = generation.files.unwrap_or_else(|| panic!("{:?}", generation.findings));
    let is_type = |path: &str| path.starts_with("src/types");
    files.iter().filter(|file| is_type(&file.path)).map(|file| file.text.as_str()).collect()
}

#[test]
fn formats_are_annotations_if_the_user_asks_for_it() {
    let findings = generated(DOCUMENT, SchemaReading::default()).findings;
    let codes: Vec<_> = findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.code.id()).collect();
    assert_eq!(codes, ["contradictory-bounds", "example-invalid"]);
    let text = emitted(SchemaReading { unvalidated_formats: true, ..SchemaReading::default() });
    assert!(!text.contains(".date(") && !text.contains(".uri_template("), "{text}");
    assert!(text.contains("Format `date`") && text.contains("i32"), "{text}");
}

#[test]
fn a_schema_without_type_accepts_other_values_if_the_user_asks_for_it() {
    let reading = SchemaReading { unvalidated_formats: true, untyped_as_any: true };
    let text = emitted(reading);
    assert!(text.contains("pub enum Pet "), "{text}");
    assert!(emitted(SchemaReading { untyped_as_any: false, ..reading }).contains("pub struct Pet "));
}

#[test]
fn formats_that_openapi_3_0_does_not_know_are_not_validated_there() {
    let text =
        DOCUMENT.replace("3.1.0", "3.0.3").replace("examples: ['{']", "example: '{'").replace("soon", "2020-01-01");
    let findings = generated(&text, SchemaReading::default()).findings;
    assert!(findings.iter().all(|finding| !finding.is_error()), "{findings:?}");
}
