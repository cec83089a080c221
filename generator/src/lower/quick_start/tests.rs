//! Tests of the limits on the work of choosing sample values. Without a limit, these tests take hours.

use super::FromJson;
use crate::ir::Api;
use crate::options::Options;

/// Lowers a document in which `count` operations have a body with the component `Body`.
fn lowered(count: usize, schemas: &str) -> Api {
    let body =
        "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Body'}}}}";
    let paths: String =
        (0..count).map(|index| format!("  /a{index}:\n    post: {{{body}, responses: {{}}}}\n")).collect();
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}");
    crate::pipeline::lowered(&text, &Options::default())
}

#[test]
fn unions_inside_unions_are_not_tried_without_end() {
    let list = |most: usize| format!("{{type: array, maxItems: {most}, items: {{$ref: '#/components/schemas/Body'}}}}");
    let lists: Vec<String> = (20..26).map(list).collect();
    let api = lowered(1, &format!("    Body: {{anyOf: [{}, {{type: integer}}]}}\n", lists.join(", ")));
    let body = api.operations[0].arguments[0].location.preferred_body().expect("a body");
    // The number is an integer of JSON Schema, but is not written as an integer, so no variant has a sample.
    let example = format!("{}1.0{}", "[".repeat(40), "]".repeat(40));
    let example = serde_json::from_str(&example).expect("valid JSON");
    assert_eq!(FromJson::new(&api.types).sample(&body.value, &example), None);
}

#[test]
fn copies_in_lists_count_as_values() {
    let fields: String = (0..10).map(|index| format!("f{index}: {{type: string}}, ")).collect();
    let names: String = (0..10).map(|index| format!("f{index}, ")).collect();
    let object = format!("{{type: object, required: [{names}], properties: {{{fields}}}}}");
    let lists = (0..7).fold(object, |items, _| format!("{{type: array, minItems: 3, items: {items}}}"));
    let api = lowered(5_000, &format!("    Body: {lists}\n"));
    assert!(api.samples.iter().all(|arguments| arguments == &[None]));
}
