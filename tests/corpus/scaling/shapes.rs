//! The families of documents whose cost is measured.

use std::fmt::Write as _;

/// A family of documents.
pub struct Shape {
    /// The name of the family.
    pub name: &'static str,
    /// The smallest size to measure.
    pub size: usize,
    /// Returns the document for a size. Its length in bytes grows in proportion to the size.
    pub document: fn(usize) -> String,
}

/// Shapes of documents that stress combinations, references, names and texts.
pub const SHAPES: &[Shape] = &[
    Shape { name: "operations", size: 150, document: operations },
    Shape { name: "allOf-chain", size: 1_000, document: |n| schemas((0..n).map(|i| chain(i, n))) },
    Shape {
        name: "allOf-wide",
        size: 1_000,
        document: |n| schemas([format!("{{\"allOf\": [{}]}}", list(n, property))]),
    },
    Shape { name: "allOf-one-property", size: 1_000, document: one_property },
    Shape { name: "allOf-additional", size: 1_000, document: additional_properties },
    Shape { name: "allOf-enums", size: 1_000, document: narrowed_enum },
    Shape { name: "allOf-clique", size: 250, document: |n| clique(n, "allOf", false) },
    Shape { name: "allOf-graph", size: 8, document: |n| schemas((0..n).map(|i| graph(i, n))) },
    Shape {
        name: "allOf-recursive-parents",
        size: 500,
        document: |n| schemas((0..n).map(|i| recursive_parents(i, n))),
    },
    Shape { name: "oneOf-clique", size: 500, document: |n| clique(n, "oneOf", false) },
    Shape { name: "anyOf-clique", size: 250, document: |n| clique(n, "anyOf", false) },
    Shape { name: "mixed-clique", size: 250, document: |n| clique(n, "anyOf", true) },
    Shape { name: "oneOf-allOf-tower", size: 10, document: |n| schemas((0..n).map(|i| tower(i, n))) },
    Shape { name: "oneOf-with-siblings", size: 100, document: |n| schemas((0..n).map(|i| siblings(i, n))) },
    Shape {
        name: "oneOf-wide",
        size: 1_000,
        document: |n| schemas([format!("{{\"oneOf\": [{}]}}", list(n, property))]),
    },
    Shape { name: "oneOf-wide-references", size: 1_000, document: wide_references },
    Shape {
        name: "anyOf-wide-enums",
        size: 1_000,
        document: |n| schemas([format!("{{\"anyOf\": [{}]}}", list(n, one_value))]),
    },
    Shape { name: "discriminator-wide", size: 500, document: discriminator },
    Shape { name: "discriminator-chain", size: 400, document: |n| schemas((0..n).map(|i| discriminated(i, n))) },
    Shape {
        name: "reference-chain",
        size: 1_000,
        document: |n| schemas((0..n).map(|i| if i + 1 < n { reference(i + 1) } else { text() })),
    },
    Shape { name: "list-chain", size: 1_000, document: |n| schemas((0..n).map(|i| list_chain(i, n))) },
    Shape { name: "reference-graph", size: 300, document: |n| schemas((0..n).map(|i| properties_graph(i, n))) },
    Shape { name: "nesting", size: 20, document: |n| schemas((0..n).map(|_| nested(40))) },
    Shape {
        name: "enum-wide",
        size: 4_000,
        document: |n| schemas([format!("{{\"type\": \"string\", \"enum\": [{}]}}", list(n, |i| format!("\"v{i}\"")))]),
    },
    Shape {
        name: "properties-wide",
        size: 1_500,
        document: |n| {
            schemas([format!(
                "{{\"type\": \"object\", \"properties\": {{{}}}}}",
                list(n, |i| format!("\"p{i}\": {}", text()))
            )])
        },
    },
    Shape {
        name: "required-wide",
        size: 4_000,
        document: |n| {
            schemas([format!("{{\"type\": \"object\", \"required\": [{}]}}", list(n, |i| format!("\"p{i}\"")))])
        },
    },
    Shape { name: "required-alternatives", size: 1_000, document: required_alternatives },
    Shape {
        name: "patterns",
        size: 200,
        document: |n| {
            schemas((0..n).map(|i| {
                format!("{{\"type\": \"string\", \"pattern\": \"^(a{i}|[b-x]{{2,9}})+$\", \"example\": \"bcbcbc\"}}")
            }))
        },
    },
    Shape {
        name: "pattern-long",
        size: 4_000,
        document: |n| {
            schemas([format!(
                "{{\"type\": \"string\", \"pattern\": \"^(?:{})$\"}}",
                (0..n).map(|i| format!("w{i}")).collect::<Vec<_>>().join("|")
            )])
        },
    },
    Shape { name: "examples-recursive", size: 100, document: examples },
    Shape { name: "example-deep", size: 4, document: |n| schemas((0..n).map(|_| deep_example())) },
    Shape {
        name: "description",
        size: 20_000,
        document: |n| {
            schemas([format!(
                "{{\"type\": \"string\", \"description\": \"{}\"}}",
                "A *word* with `code`, and [a link](https://a.test). ".repeat(n / 50)
            )])
        },
    },
    Shape { name: "parameters", size: 500, document: parameters },
    Shape { name: "responses", size: 100, document: responses },
    Shape { name: "security", size: 300, document: security },
    Shape { name: "tags", size: 300, document: tags },
    Shape { name: "paths-ambiguous", size: 300, document: ambiguous_paths },
    Shape {
        name: "findings",
        size: 300,
        document: |n| schemas((0..n).map(|i| format!("{{\"type\": \"strin{i}\", \"minLenght\": 1}}"))),
    },
    Shape {
        name: "finding-behind-references",
        size: 500,
        document: |n| {
            schemas(
                (0..n).map(|i| {
                    if i + 1 < n { chain(i, n) } else { "{\"type\": \"string\", \"pattern\": \"(\"}".to_owned() }
                }),
            )
        },
    },
    Shape { name: "unused", size: 1_000, document: |n| schemas(std::iter::once(text()).chain((1..n).map(property))) },
    Shape { name: "yaml-aliases", size: 1_000, document: aliases },
    Shape { name: "yaml-flow", size: 2_000, document: flow },
];

/// Returns a document with these component schemas, and one operation that returns the first of them.
pub(super) fn schemas(schemas: impl IntoIterator<Item = String>) -> String {
    let named = schemas.into_iter().enumerate().map(|(index, schema)| format!("\"S{index}\": {schema}"));
    document(&operation("getA", &reference(0)), &format!("\"schemas\": {{{}}}", named.collect::<Vec<_>>().join(", ")))
}

pub(super) fn document(paths: &str, components: &str) -> String {
    format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\", \"description\": \"Scaling\"}}, \"paths\": {{{paths}}}, \
         \"components\": {{{components}}}}}"
    )
}

pub(super) fn operation(id: &str, schema: &str) -> String {
    format!(
        "\"/{id}\": {{\"get\": {{\"operationId\": \"{id}\", \"responses\": {{\"200\": {{\"description\": \"d\", \"content\": \
         {{\"application/json\": {{\"schema\": {schema}}}}}}}}}}}}}"
    )
}

pub(super) fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

pub(super) fn reference(index: usize) -> String {
    format!("{{\"$ref\": \"#/components/schemas/S{index}\"}}")
}

pub(super) fn text() -> String {
    "{\"type\": \"string\"}".to_owned()
}

fn property(index: usize) -> String {
    format!(
        "{{\"type\": \"object\", \"required\": [\"p{index}\"], \"properties\": {{\"p{index}\": {{\"type\": \"string\"}}}}}}"
    )
}

fn one_value(index: usize) -> String {
    format!("{{\"type\": \"string\", \"enum\": [\"v{index}\"]}}")
}

fn operations(n: usize) -> String {
    let paths = list(n, |index| operation(&format!("get{index}"), &reference(index)));
    let schema = |index: usize| {
        let members = list(8, |member| format!("\"p{member}\": {{\"type\": \"string\", \"maxLength\": {index}}}"));
        format!("\"S{index}\": {{\"type\": \"object\", \"properties\": {{{members}}}}}")
    };
    document(&paths, &format!("\"schemas\": {{{}}}", list(n, schema)))
}

/// Returns a schema that extends the next schema with `allOf`.
fn chain(index: usize, n: usize) -> String {
    if index + 1 < n {
        format!("{{\"allOf\": [{}, {}]}}", reference(index + 1), property(index))
    } else {
        property(index)
    }
}

/// Merges `n` members that all describe the same property.
fn one_property(n: usize) -> String {
    let member = |index: usize| {
        let property = format!("{{\"type\": \"string\", \"maxLength\": {}}}", n - index);
        format!("{{\"type\": \"object\", \"properties\": {{\"p\": {property}}}}}")
    };
    schemas([format!("{{\"allOf\": [{}]}}", list(n, member))])
}

/// Merges `n` properties with `n` members whose `additionalProperties` apply to each of the properties.
fn additional_properties(n: usize) -> String {
    let properties = list(n, |index| format!("\"p{index}\": {}", text()));
    let members = list(n, |_| format!("{{\"additionalProperties\": {}}}", reference(1)));
    let all = format!("{{\"allOf\": [{{\"properties\": {{{properties}}}}}, {members}]}}");
    schemas([all, "{\"maxLength\": 9}".to_owned()])
}

/// Merges a list of `n` values with `n` members that allow fewer and fewer of these values.
fn narrowed_enum(n: usize) -> String {
    let values = list(n, |index| format!("\"{}\"", "v".repeat(index % 50 + 1)));
    let members = list(n, |index| format!("{{\"maxLength\": {}}}", 60 - index * 60 / n));
    schemas([format!("{{\"allOf\": [{{\"type\": \"string\", \"enum\": [{values}]}}, {members}]}}")])
}

/// Returns about `√(2n)` schemas. Each schema refers to all schemas after it.
fn clique(n: usize, keyword: &str, is_mixed: bool) -> String {
    let count = (2 * n).isqrt().max(2);
    let member = |other: usize| match is_mixed {
        true => {
            format!("{{\"allOf\": [{}, {{\"not\": {}}}]}}", reference(other), reference((other + 1).min(count - 1)))
        }
        false => reference(other),
    };
    let members = |index: usize| {
        let references = (index + 1..count).map(&member);
        references.chain([property(index)]).collect::<Vec<_>>().join(", ")
    };
    schemas((0..count).map(|index| format!("{{\"{keyword}\": [{}]}}", members(index))))
}

/// Returns a schema that refers to the next schema three times.
fn graph(index: usize, n: usize) -> String {
    let next = reference(index + 1);
    if index + 1 < n {
        format!("{{\"allOf\": [{next}, {{\"anyOf\": [{next}, {{\"not\": {next}}}]}}]}}")
    } else {
        property(index)
    }
}

/// Returns a schema that extends two others with `allOf`. Some of these extend it in turn, directly or indirectly.
fn recursive_parents(index: usize, n: usize) -> String {
    let parents = [(index * 2 + 1) % n, (index * 2 + 2) % n].map(reference).join(", ");
    format!("{{\"allOf\": [{parents}, {}]}}", property(index))
}

fn tower(index: usize, n: usize) -> String {
    let next = reference(index + 1);
    if index + 1 < n {
        format!("{{\"oneOf\": [{next}, {{\"allOf\": [{next}, {}]}}]}}", property(index))
    } else {
        property(index)
    }
}

/// Returns a union whose first alternative is the next schema. The union has `properties` beside `oneOf`.
fn siblings(index: usize, n: usize) -> String {
    let alternatives =
        list(6, |other| if other == 0 && index + 1 < n { reference(index + 1) } else { property(other) });
    format!("{{\"type\": \"object\", \"properties\": {{\"q{index}\": {}}}, \"oneOf\": [{alternatives}]}}", text())
}

fn wide_references(n: usize) -> String {
    let union = format!("{{\"oneOf\": [{}]}}", list(n, |index| reference(index + 1)));
    schemas(std::iter::once(union).chain((0..n).map(property)))
}

fn discriminator(n: usize) -> String {
    let union = format!(
        "{{\"oneOf\": [{}], \"discriminator\": {{\"propertyName\": \"kind\"}}}}",
        list(n, |index| reference(index + 1))
    );
    let variant = |index: usize| {
        format!(
            "{{\"type\": \"object\", \"required\": [\"kind\"], \"properties\": {{\"kind\": {{\"type\": \"string\"}}, \"p{index}\": {}}}}}",
            text()
        )
    };
    schemas(std::iter::once(union).chain((0..n).map(variant)))
}

/// Returns a schema that extends the next schema with `allOf`, and has a discriminator.
fn discriminated(index: usize, n: usize) -> String {
    let own = "\"discriminator\": {\"propertyName\": \"kind\"}, \"required\": [\"kind\"], \"properties\": {\"kind\": {\"type\": \"string\"}}";
    if index + 1 < n {
        format!("{{\"allOf\": [{}], {own}}}", reference(index + 1))
    } else {
        format!("{{\"type\": \"object\", {own}}}")
    }
}

fn list_chain(index: usize, n: usize) -> String {
    if index + 1 < n { format!("{{\"type\": \"array\", \"items\": {}}}", reference(index + 1)) } else { text() }
}

fn properties_graph(index: usize, n: usize) -> String {
    let members = list(6, |other| format!("\"p{other}\": {}", reference((index * 31 + other * 17 + 1) % n)));
    format!("{{\"type\": \"object\", \"properties\": {{{members}}}}}")
}

fn nested(depth: usize) -> String {
    let begin = "{\"type\": \"object\", \"properties\": {\"a\": ".repeat(depth);
    format!("{begin}{}{}", text(), "}}".repeat(depth))
}

fn required_alternatives(n: usize) -> String {
    let members = list(n, |index| format!("\"p{index}\": {}", text()));
    let alternatives = list(n, |index| format!("{{\"required\": [\"p{index}\"]}}"));
    schemas([format!("{{\"type\": \"object\", \"properties\": {{{members}}}, \"anyOf\": [{alternatives}]}}")])
}

/// Returns `n` schemas. Each has an example of a recursive union.
fn examples(n: usize) -> String {
    let recursive = format!(
        "{{\"oneOf\": [{{\"type\": \"array\", \"items\": {0}}}, {{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {{\"a\": {0}}}}}, \
         {{\"type\": \"object\", \"properties\": {{\"a\": {0}}}}}]}}",
        reference(0)
    );
    let example = format!("{}[]{}", "[{\"a\": ".repeat(8), "}]".repeat(8));
    schemas(
        std::iter::once(recursive)
            .chain((0..n).map(|_| format!("{{\"allOf\": [{}], \"example\": {example}}}", reference(0)))),
    )
}

fn deep_example() -> String {
    let example = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    format!(
        "{{\"anyOf\": [{{\"type\": \"array\", \"items\": {0}}}, {{\"type\": \"array\", \"items\": {0}, \"minItems\": 1}}, {{\"type\": \"string\"}}], \"example\": {example}}}",
        reference(0)
    )
}

fn parameters(n: usize) -> String {
    let parameters = list(n, |index| format!("{{\"name\": \"p{index}\", \"in\": \"query\", \"schema\": {}}}", text()));
    let path = format!(
        "\"/a\": {{\"get\": {{\"operationId\": \"a\", \"parameters\": [{parameters}], \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
    );
    document(&path, "")
}

fn responses(n: usize) -> String {
    let mut paths = String::new();
    for index in 0..n.div_ceil(20) {
        let responses = list(20, |status| {
            format!(
                "\"4{status:02}\": {{\"description\": \"d\", \"content\": {{\"application/json\": {{\"schema\": {}}}}}}}",
                property(status)
            )
        });
        let separator = if index == 0 { "" } else { ", " };
        write!(
            paths,
            "{separator}\"/a{index}\": {{\"get\": {{\"operationId\": \"a{index}\", \"responses\": {{{responses}}}}}}}"
        )
        .unwrap();
    }
    document(&paths, "")
}

fn security(n: usize) -> String {
    let schemes =
        list(n, |index| format!("\"k{index}\": {{\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"X-{index}\"}}"));
    let required = list(n, |index| format!("{{\"k{index}\": []}}"));
    let path = format!(
        "\"/a\": {{\"get\": {{\"operationId\": \"a\", \"security\": [{required}], \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
    );
    document(&path, &format!("\"securitySchemes\": {{{schemes}}}"))
}

fn tags(n: usize) -> String {
    let path = |index: usize| {
        format!(
            "\"/a{index}\": {{\"get\": {{\"operationId\": \"a{index}\", \"tags\": [\"tag {index}\"], \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
        )
    };
    document(&list(n, path), "")
}

fn ambiguous_paths(n: usize) -> String {
    let path = |index: usize| {
        let parameter = "{\"name\": \"p\", \"in\": \"path\", \"required\": true, \"schema\": {\"type\": \"string\"}}";
        let template =
            if index.is_multiple_of(2) { format!("/a/{{p}}/b{index}") } else { format!("/a/x{index}/{{p}}") };
        format!(
            "\"{template}\": {{\"get\": {{\"operationId\": \"a{index}\", \"parameters\": [{parameter}], \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
        )
    };
    document(&list(n, path), "")
}

fn aliases(n: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: T, version: '1', description: Scaling}\npaths: {}\ncomponents:\n  schemas:\n    S: &s {type: string}\n".to_owned();
    for index in 0..n {
        writeln!(text, "    S{index}: *s").unwrap();
    }
    text
}

fn flow(n: usize) -> String {
    let schemas = list(n, |index| format!("S{index}: {{type: object, properties: {{a: {{type: string}}}}}}"));
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1', description: Scaling}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    )
}
