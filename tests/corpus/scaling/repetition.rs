//! Shapes of documents that repeat data, or that produce many findings and changes.
//!
//! In the older document of `diff`, the names of these shapes are in lower case: `NEW1` becomes `new1`.

use super::shapes::{Shape, document, list, operation, reference, schemas, text};

/// The shapes of this module.
pub const SHAPES: &[Shape] = &[
    Shape { name: "shared-response", size: 20_000, document: |n| shared(n, "responses", shared_response) },
    Shape { name: "shared-parameters", size: 20_000, document: |n| shared(n, "paths", shared_parameters) },
    Shape { name: "shared-example", size: 20_000, document: |n| shared(n, "responses", shared_example) },
    Shape { name: "shared-security", size: 20_000, document: shared_security },
    Shape { name: "path-parameters", size: 100, document: path_parameters },
    Shape { name: "server-variables", size: 500, document: server_variables },
    Shape { name: "media-types", size: 1_000, document: media_types },
    Shape { name: "encodings", size: 1_000, document: encodings },
    Shape {
        name: "enum-renamed",
        size: 4_000,
        document: |n| {
            schemas([format!("{{\"type\": \"string\", \"enum\": [{}]}}", list(n, |i| format!("\"NEW{i}\"")))])
        },
    },
    Shape {
        name: "oneOf-renamed",
        size: 500,
        document: |n| schemas([format!("{{\"oneOf\": [{}]}}", list(n, renamed_object))]),
    },
    Shape {
        name: "allOf-renamed",
        size: 500,
        document: |n| schemas([format!("{{\"allOf\": [{}]}}", list(n, renamed_object))]),
    },
    Shape { name: "examples-invalid", size: 1_000, document: invalid_examples },
    Shape { name: "findings-shared", size: 1_000, document: shared_findings },
    Shape {
        name: "bounds-of-a-name",
        size: 2_000,
        document: |n| {
            schemas((0..n).map(|i| {
                format!("{{\"properties\": {{\"the_name\": {{\"type\": \"string\", \"maxLength\": {}}}}}}}", i + 1)
            }))
        },
    },
    Shape {
        name: "arrays-without-items",
        size: 4_000,
        document: |n| schemas((0..n).map(|_| "{\"type\": \"array\"}".to_owned())),
    },
    Shape { name: "operation-ids", size: 1_500, document: |n| same_operations(n, "\"operationId\": \"same\"") },
    Shape {
        name: "inline-schemas-shared",
        size: 1_500,
        document: |n| {
            let schema = "{\"type\": \"string\", \"enum\": [\"a\", \"b\"]}";
            same_operations(
                n,
                &format!("\"parameters\": [{{\"name\": \"sort\", \"in\": \"query\", \"schema\": {schema}}}]"),
            )
        },
    },
    Shape { name: "overloads-incomplete", size: 500, document: incomplete_overloads },
    Shape {
        name: "fence",
        size: 20_000,
        document: |n| {
            let (fence, words) = ("`".repeat(n), " a".repeat(n));
            schemas([format!("{{\"type\": \"string\", \"description\": \"x {fence}{words} {fence}\"}}")])
        },
    },
    Shape { name: "patterns-example", size: 1_000, document: patterns_with_example },
    Shape { name: "patterns-enum", size: 1_000, document: patterns_with_enum },
    Shape { name: "patterns-property", size: 1_000, document: patterns_with_a_property },
    Shape {
        name: "yaml-tags",
        size: 4_000,
        document: |n| format!("openapi: 3.0.3\nx-a: Scaling\nx-b:\n{}", "  - !a b\n".repeat(n)),
    },
];

const FOUND: &str = "\"responses\": {\"204\": {\"description\": \"d\"}}";

/// Returns a document in which operations share an object. The number of operations and the size of the object grow with the
/// square root of `n`, so the size of all copies grows with `n`. A description makes the document a fifth as large.
fn shared(n: usize, section: &str, shared: fn(usize) -> String) -> String {
    let count = n.isqrt();
    let description = format!("\"x-description\": \"{}\"", "word ".repeat(n * 2));
    if section == "paths" {
        let paths = list(count, |index| format!("\"/b{index}\": {{\"$ref\": \"#/paths/~1shared\"}}"));
        return document(&format!("\"/shared\": {}, {paths}", shared(count)), &description);
    }
    let operation = |index: usize| {
        format!(
            "\"/a{index}\": {{\"get\": {{\"operationId\": \"a{index}\", \"responses\": {{\"200\": {{\"$ref\": \
             \"#/components/responses/R\"}}}}}}}}"
        )
    };
    document(&list(count, operation), &format!("\"responses\": {{\"R\": {}}}, {description}", shared(count)))
}

fn shared_response(count: usize) -> String {
    let header = |index: usize| format!("\"X-{index}\": {{\"schema\": {}}}", text());
    format!("{{\"description\": \"d\", \"headers\": {{{}}}}}", list(count, header))
}

fn shared_parameters(count: usize) -> String {
    let parameter = |index: usize| format!("{{\"name\": \"p{index}\", \"in\": \"query\", \"schema\": {}}}", text());
    format!("{{\"parameters\": [{}], \"get\": {{{FOUND}}}}}", list(count, parameter))
}

fn shared_example(count: usize) -> String {
    let example = list(count * 8, |index| index.to_string());
    format!(
        "{{\"description\": \"d\", \"content\": {{\"application/json\": {{\"schema\": {{\"type\": \"array\", \"items\": {{\"type\": \
         \"integer\"}}}}, \"example\": [{example}]}}}}}}"
    )
}

fn shared_security(n: usize) -> String {
    let count = n.isqrt();
    let paths = list(count, |index| format!("\"/a{index}\": {{\"get\": {{\"operationId\": \"a{index}\", {FOUND}}}}}"));
    let scheme =
        |index: usize| format!("\"s{index}\": {{\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"X-{index}\"}}");
    let security = list(count, |index| format!("{{\"s{index}\": []}}"));
    let components =
        format!("\"securitySchemes\": {{{}}}, \"x-description\": \"{}\"", list(count, scheme), "word ".repeat(n * 2));
    document(&paths, &components).replacen("\"paths\"", &format!("\"security\": [{security}], \"paths\""), 1)
}

/// Returns a document with paths whose parameters are not declared.
fn path_parameters(n: usize) -> String {
    let path = |index: usize| {
        let names: String = (0..90).map(|name| format!("/{{n{name}}}")).collect();
        format!("\"/a{index}{names}\": {{\"get\": {{{FOUND}}}}}")
    };
    document(&list(n, path), "")
}

fn server_variables(n: usize) -> String {
    let url: String = (0..n).map(|index| format!("{{v{index}}}")).collect();
    let variables = list(n, |index| format!("\"v{index}\": {{\"default\": \"x\"}}"));
    let server = format!("\"servers\": [{{\"url\": \"https://a.test/{url}\", \"variables\": {{{variables}}}}}]");
    let own = "\"servers\": [{\"url\": \"https://b.test\"}]";
    let paths = list(n, |index| format!("\"/a{index}\": {{\"get\": {{{own}, {FOUND}}}}}"));
    document(&paths, "").replacen("\"paths\"", &format!("{server}, \"paths\""), 1)
}

fn media_types(n: usize) -> String {
    let media = |index: usize| format!("\"application/NEW{index}+json\": {{\"schema\": {}}}", text());
    let path = format!(
        "\"/a\": {{\"get\": {{\"operationId\": \"a\", \"responses\": {{\"200\": {{\"description\": \"d\", \"content\": {{{}}}}}}}}}}}",
        list(n, media)
    );
    document(&path, "")
}

fn encodings(n: usize) -> String {
    let properties = list(n, |index| format!("\"NEW{index}\": {}", text()));
    let encodings = list(n, |index| format!("\"NEW{index}\": {{\"contentType\": \"text/plain\"}}"));
    let path = format!(
        "\"/a\": {{\"post\": {{\"operationId\": \"a\", {FOUND}, \"requestBody\": {{\"content\": {{\"multipart/form-data\": \
         {{\"schema\": {{\"type\": \"object\", \"properties\": {{{properties}}}}}, \"encoding\": {{{encodings}}}}}}}}}}}}}"
    );
    document(&path, "")
}

fn renamed_object(index: usize) -> String {
    format!("{{\"type\": \"object\", \"required\": [\"NEW{index}\"], \"properties\": {{\"NEW{index}\": {}}}}}", text())
}

/// Returns a document whose example has many violations.
fn invalid_examples(n: usize) -> String {
    let names = list(n, |index| format!("\"p{index}\""));
    let example = list(n * 2, |_| "{}".to_owned());
    schemas([format!(
        "{{\"type\": \"array\", \"items\": {{\"type\": \"object\", \"required\": [{names}]}}, \"example\": [{example}]}}"
    )])
}

/// Returns a document in which a component has many findings, and many unused components refer to it before an operation does.
fn shared_findings(n: usize) -> String {
    let unused = list(n, |index| format!("\"A{index}\": {{\"properties\": {{\"s\": {}}}}}", reference(0)));
    let properties = list(n, |index| format!("\"p{index}\": {{\"type\": \"strin\"}}"));
    format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\", \"description\": \"Scaling\"}}, \"components\": \
         {{\"schemas\": {{{unused}, \"S0\": {{\"properties\": {{{properties}}}}}}}}}, \"paths\": {{{}}}}}",
        operation("getA", &reference(0))
    )
}

fn same_operations(n: usize, members: &str) -> String {
    document(&list(n, |index| format!("\"/a{index}\": {{\"get\": {{{members}, {FOUND}}}}}")), "")
}

/// Returns a document with a Rust method of many operations, each with its own variants, so that most combinations are missing.
fn incomplete_overloads(n: usize) -> String {
    let parameter =
        |name: &str| format!("{{\"name\": \"{name}\", \"in\": \"path\", \"required\": true, \"schema\": {}}}", text());
    let parameters = [parameter("a"), parameter("b")].join(", ");
    let path = |index: usize| {
        let argument = |name: &str| {
            format!(
                "{{\"name\": \"{name}\", \"type\": \"T{name}\", \"variant\": \"V{index}\", \"parameters\": {{\"x\": \"{name}\"}}}}"
            )
        };
        let overload = format!("{{\"method\": \"find\", \"arguments\": [{}, {}]}}", argument("a"), argument("b"));
        format!(
            "\"/p{index}/{{a}}/{{b}}\": {{\"get\": {{\"x-overload\": {overload}, \"parameters\": [{parameters}], {FOUND}}}}}"
        )
    };
    document(&list(n, path), "")
}

fn patterns_with_example(n: usize) -> String {
    let variant = |index: usize| format!("{{\"type\": \"string\", \"pattern\": \"(a*)*b{index}\"}}");
    schemas([format!("{{\"anyOf\": [{}], \"example\": \"{}\"}}", list(n, variant), "a".repeat(n * 20))])
}

/// Each pattern has the same class, with hundreds of ranges.
fn patterns_with_a_property(n: usize) -> String {
    schemas((0..n).map(|index| format!("{{\"type\": \"string\", \"pattern\": \"^\\\\P{{Lu}}+x{index}$\"}}")))
}

fn patterns_with_enum(n: usize) -> String {
    let schema = |index: usize| format!("{{\"type\": \"string\", \"minLength\": 1, \"pattern\": \"a{index}b\"}}");
    let values = list(n, |index| format!("\"{}{index}\"", "a".repeat(40)));
    schemas([format!("{{\"allOf\": [{{\"type\": \"string\", \"enum\": [{values}]}}, {}]}}", list(n, schema))])
}
