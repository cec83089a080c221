//! Shapes of documents with many findings, many identifiers, or many schemas that a rule of `lint` combines.

use super::shapes::{Shape, document, list, reference, schemas, text};

/// The shapes of this module.
pub const SHAPES: &[Shape] = &[
    Shape { name: "unknown-keys", size: 4_000, document: unknown_keys },
    Shape { name: "misspelt-keys", size: 2_500, document: misspelt_keys },
    Shape { name: "identifiers", size: 4_000, document: |n| with_identifiers(n, &"a".repeat(900)) },
    Shape { name: "const-and-enum", size: 20_000, document: const_and_enum },
    Shape { name: "required-components", size: 2_000, document: required_components },
    Shape {
        name: "allOf-closed",
        size: 2_000,
        document: |n| {
            let closed = "{\"additionalProperties\": false, \"properties\": {\"a\": {}}}";
            schemas([format!("{{\"allOf\": [{}]}}", list(n, |_| closed.to_owned()))])
        },
    },
    Shape {
        name: "allOf-example",
        size: 4_000,
        document: |n| {
            let parts = list(n, |_| "{\"minProperties\": 0}".to_owned());
            let example = list(n, |_| "{}".to_owned());
            schemas([format!("{{\"type\": \"array\", \"items\": {{\"allOf\": [{parts}]}}, \"example\": [{example}]}}")])
        },
    },
];

/// Returns a document with as many operations without a success response as unknown keys.
fn unknown_keys(n: usize) -> String {
    let paths = list(n, |index| format!("\"/{index}\": {{\"get\": {{\"responses\": {{}}}}}}"));
    let keys = list(n, |index| format!("\"key{index}\": 1"));
    document(&paths, &format!("\"schemas\": {{\"S0\": {{{keys}}}}}"))
}

/// Returns a document with as many misspelt keys as references that lead nowhere.
fn misspelt_keys(n: usize) -> String {
    let misspelt = list(n, |index| format!("\"S{index}\": {{\"tpye\": \"string\"}}"));
    let lost = list(n, |index| format!("\"p{index}\": {{\"$ref\": \"#/components/schemas/lost{index}\"}}"));
    document("", &format!("\"schemas\": {{{misspelt}, \"L\": {{\"properties\": {{{lost}}}}}}}"))
}

/// Returns a document in which all URIs of schemas have the same base.
fn with_identifiers(n: usize, base: &str) -> String {
    let properties = list(n, |index| format!("\"p{index}\": {{\"$id\": \"i{index}\", \"$anchor\": \"a\"}}"));
    let schema = format!("{{\"$id\": \"http://h/{base}/\", \"type\": \"object\", \"properties\": {{{properties}}}}}");
    schemas([schema]).replacen("3.0.3", "3.1.0", 1)
}

/// Returns a document with a `const` that is as long as the `enum` beside it.
fn const_and_enum(n: usize) -> String {
    let values = list(n, |_| "1".to_owned());
    schemas([format!("{{\"const\": [{values}], \"enum\": [{values}]}}")]).replacen("3.0.3", "3.1.0", 1)
}

/// Returns a document with a schema that requires all others, the last one first.
fn required_components(n: usize) -> String {
    let names = list(n, |index| format!("\"p{}\"", n - 1 - index));
    let properties = list(n, |index| format!("\"p{index}\": {}", reference(index)));
    let all = format!("{{\"type\": \"object\", \"required\": [{names}], \"properties\": {{{properties}}}}}");
    schemas((0..n).map(|_| text()).chain([all]))
}
