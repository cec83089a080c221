//! Shapes of documents in which a schema extends a component in several of its properties. Each of these properties becomes a copy of
//! the component, with its properties, so that the number of copies could double with each component.

use super::shapes::{Shape, reference, schemas, text};

/// The shapes of this module.
pub const SHAPES: &[Shape] = &[
    Shape { name: "copies-allOf", size: 500, document: |n| tower(n, |next| extended(&next)) },
    Shape {
        name: "copies-items",
        size: 500,
        document: |n| tower(n, |next| format!("{{\"type\": \"array\", \"items\": {}}}", extended(&next))),
    },
    Shape {
        name: "copies-additionalProperties",
        size: 500,
        document: |n| {
            tower(n, |next| format!("{{\"type\": \"object\", \"additionalProperties\": {}}}", extended(&next)))
        },
    },
    Shape {
        name: "copies-oneOf",
        size: 500,
        document: |n| {
            tower(n, |next| {
                format!(
                    "{{\"type\": \"object\", \"required\": [\"z\"], \"oneOf\": [{next}, {{\"required\": [\"y\"]}}]}}"
                )
            })
        },
    },
    Shape {
        name: "copies-of-itself",
        size: 500,
        document: |n| schemas([object((0..n).map(|_| extended(&reference(0))))]),
    },
    Shape {
        name: "copies-in-a-ring",
        size: 500,
        document: |n| {
            schemas((0..n).map(|i| object([extended(&reference((i + 1) % n)), extended(&reference((i + 2) % n))])))
        },
    },
];

/// Schemas of which each has two properties. `property` returns the schema of a property, given a reference to the next schema.
fn tower(n: usize, property: impl Fn(String) -> String) -> String {
    let level = |index: usize| match index + 1 < n {
        true => object([property(reference(index + 1)), property(reference(index + 1))]),
        false => object([text()]),
    };
    schemas((0..n).map(level))
}

/// An object with these properties.
fn object(properties: impl IntoIterator<Item = String>) -> String {
    let properties = properties.into_iter().enumerate().map(|(index, schema)| format!("\"p{index}\": {schema}"));
    format!("{{\"type\": \"object\", \"properties\": {{{}}}}}", properties.collect::<Vec<_>>().join(", "))
}

/// A schema that extends the schema `of`.
fn extended(of: &str) -> String {
    format!("{{\"allOf\": [{of}, {{\"type\": \"object\", \"required\": [\"z\"]}}]}}")
}
