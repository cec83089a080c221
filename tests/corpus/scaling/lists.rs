//! Shapes of documents with one long list.
//!
//! In the older document of `diff`, the names of these shapes are in lower case: `NEW1` becomes `new1`.

use super::shapes::{Shape, document, list, operation, reference, schemas, text};

/// The shapes of this module.
pub const SHAPES: &[Shape] = &[
    Shape {
        name: "response-headers",
        size: 1_000,
        document: |n| response(&format!("\"headers\": {{{}}}", headers(n))),
    },
    Shape {
        name: "response-headers-renamed",
        size: 1_000,
        document: |n| response(&format!("\"headers\": {{{}}}", headers(n).replace("X-", "NEW"))),
    },
    Shape { name: "parameters-renamed", size: 1_000, document: renamed_parameters },
    Shape { name: "links", size: 1_000, document: |n| response(&format!("\"links\": {{{}}}", list(n, link))) },
    Shape { name: "media-type-examples", size: 1_000, document: media_type_examples },
    Shape { name: "responses-of-media-types", size: 1_000, document: media_types_of_a_response },
    Shape { name: "form-fields", size: 1_000, document: |n| form(n, "application/x-www-form-urlencoded") },
    Shape { name: "multipart-parts", size: 1_000, document: |n| form(n, "multipart/form-data") },
    Shape { name: "callbacks", size: 500, document: callbacks },
    Shape { name: "webhooks", size: 500, document: webhooks },
    Shape { name: "servers", size: 1_000, document: servers },
    Shape { name: "security-alternatives-shared", size: 1_000, document: one_scheme },
    Shape { name: "tags-of-one-operation", size: 1_000, document: tags_of_one_operation },
    Shape { name: "dependentRequired", size: 1_000, document: |n| schema_3_1("dependentRequired", n, "[\"a\"]") },
    Shape {
        name: "patternProperties",
        size: 1_000,
        document: |n| schema_3_1("patternProperties", n, "{\"type\": \"string\"}"),
    },
    Shape { name: "patternProperties-example", size: 1_000, document: patterns_of_members },
    Shape { name: "not-chain", size: 1_000, document: negations },
    Shape { name: "mapping-wide", size: 500, document: mapping },
    Shape { name: "prefixItems", size: 1_000, document: prefix_items },
    Shape { name: "definitions", size: 1_000, document: |n| schema_3_1("$defs", n, "{\"type\": \"string\"}") },
    Shape { name: "titles-equal", size: 1_000, document: equal_titles },
    Shape { name: "one-property-in-many", size: 1_000, document: inline_objects },
];

/// A document with one operation and one response, which has the given members besides its description.
fn response(members: &str) -> String {
    document(
        &format!(
            "\"/a\": {{\"get\": {{\"operationId\": \"a\", \"responses\": {{\"200\": {{\"description\": \"d\", {members}}}}}}}}}"
        ),
        "",
    )
}

/// A document with one operation, which has the given members besides its response.
fn one_operation(members: &str) -> String {
    let responses = "\"responses\": {\"204\": {\"description\": \"d\"}}";
    document(&format!("\"/a\": {{\"post\": {{\"operationId\": \"a\", {members}, {responses}}}}}"), "")
}

fn headers(n: usize) -> String {
    list(n, |index| format!("\"X-{index}\": {{\"schema\": {}}}", text()))
}

fn renamed_parameters(n: usize) -> String {
    let parameters =
        list(n, |index| format!("{{\"name\": \"NEW{index}\", \"in\": \"query\", \"schema\": {}}}", text()));
    one_operation(&format!("\"parameters\": [{parameters}]"))
}

fn link(index: usize) -> String {
    format!("\"l{index}\": {{\"operationId\": \"a\"}}")
}

fn media_type_examples(n: usize) -> String {
    let examples = list(n, |index| format!("\"e{index}\": {{\"value\": \"v{index}\"}}"));
    response(&format!(
        "\"content\": {{\"application/json\": {{\"schema\": {}, \"examples\": {{{examples}}}}}}}",
        text()
    ))
}

fn media_types_of_a_response(n: usize) -> String {
    let content = list(n, |index| format!("\"application/v{index}+json\": {{\"schema\": {}}}", text()));
    response(&format!("\"content\": {{{content}}}"))
}

fn form(n: usize, media_type: &str) -> String {
    let properties = list(n, |index| format!("\"p{index}\": {}", text()));
    let required = list(n, |index| format!("\"p{index}\""));
    let schema = format!("{{\"type\": \"object\", \"required\": [{required}], \"properties\": {{{properties}}}}}");
    one_operation(&format!("\"requestBody\": {{\"content\": {{\"{media_type}\": {{\"schema\": {schema}}}}}}}"))
}

fn callbacks(n: usize) -> String {
    let body = format!("{{\"content\": {{\"application/json\": {{\"schema\": {}}}}}}}", text());
    let callback = |index: usize| {
        format!(
            "\"c{index}\": {{\"{{$request.body#/url}}\": {{\"post\": {{\"requestBody\": {body}, \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}}}"
        )
    };
    one_operation(&format!("\"callbacks\": {{{}}}", list(n, callback)))
}

fn webhooks(n: usize) -> String {
    let body = format!("{{\"content\": {{\"application/json\": {{\"schema\": {}}}}}}}", text());
    let webhook = |index: usize| {
        format!(
            "\"w{index}\": {{\"post\": {{\"requestBody\": {body}, \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
        )
    };
    format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\", \"description\": \"Scaling\"}}, \"webhooks\": {{{}}}}}",
        list(n, webhook)
    )
}

fn servers(n: usize) -> String {
    let servers = list(n, |index| format!("{{\"url\": \"https://h{index}.example.com\"}}"));
    one_operation(&format!("\"servers\": [{servers}]"))
}

/// Each operation has two alternatives, and all operations use the same schemes.
fn one_scheme(n: usize) -> String {
    let path = |index: usize| {
        format!(
            "\"/a{index}\": {{\"get\": {{\"operationId\": \"a{index}\", \"security\": [{{\"k\": []}}, {{\"l\": []}}], \"responses\": {{\"204\": {{\"description\": \"d\"}}}}}}}}"
        )
    };
    let schemes = "\"securitySchemes\": {\"k\": {\"type\": \"http\", \"scheme\": \"bearer\"}, \"l\": {\"type\": \"http\", \"scheme\": \"basic\"}}";
    document(&list(n, path), schemes)
}

fn tags_of_one_operation(n: usize) -> String {
    one_operation(&format!("\"tags\": [{}]", list(n, |index| format!("\"NEW{index}\""))))
}

/// A 3.1 document with one object, whose keyword has a member for each index.
fn schema_3_1(keyword: &str, n: usize, value: &str) -> String {
    let members = list(n, |index| format!("\"NEW{index}\": {value}"));
    let schema =
        format!("{{\"type\": \"object\", \"properties\": {{\"a\": {}}}, \"{keyword}\": {{{members}}}}}", text());
    version_3_1(&schemas([schema]))
}

fn prefix_items(n: usize) -> String {
    version_3_1(&schemas([format!("{{\"type\": \"array\", \"prefixItems\": [{}]}}", list(n, |_| text()))]))
}

fn version_3_1(document: &str) -> String {
    document.replacen("3.0.3", "3.1.0", 1)
}

fn equal_titles(n: usize) -> String {
    let schema = |index: usize| {
        format!("{{\"title\": \"Same\", \"type\": \"object\", \"properties\": {{\"p{index}\": {}}}}}", text())
    };
    let paths = list(n, |index| operation(&format!("a{index}"), &schema(index)));
    document(&paths, "")
}

fn inline_objects(n: usize) -> String {
    let schema =
        "{\"type\": \"object\", \"properties\": {\"state\": {\"type\": \"string\", \"enum\": [\"on\", \"off\"]}}}";
    schemas((0..n).map(|_| schema.to_owned()))
}

/// Each component is the negation of the next one.
fn negations(n: usize) -> String {
    let schema = |index: usize| format!("{{\"not\": {}}}", reference((index + 1).min(n - 1)));
    schemas((0..n).map(|index| if index + 1 < n { schema(index) } else { text() }))
}

/// A union whose mapping has several values for each variant.
fn mapping(n: usize) -> String {
    let variant = |index: usize| {
        format!(
            "{{\"type\": \"object\", \"required\": [\"k\"], \"properties\": {{\"k\": {}, \"p{index}\": {}}}}}",
            text(),
            text()
        )
    };
    let variants = list(n, |index| reference(index + 1));
    let mapping = list(n * 2, |index| format!("\"NEW{index}\": \"#/components/schemas/S{}\"", index % n + 1));
    let union = format!(
        "{{\"oneOf\": [{variants}], \"discriminator\": {{\"propertyName\": \"k\", \"mapping\": {{{mapping}}}}}}}"
    );
    schemas(std::iter::once(union).chain((0..n).map(variant)))
}

/// Each member of an example is compared with each pattern.
fn patterns_of_members(n: usize) -> String {
    let patterns = list(n, |index| format!("\"^a{index}$\": {}", text()));
    let example = list(n * 2, |index| format!("\"b{index}\": \"c\""));
    version_3_1(&schemas([format!(
        "{{\"type\": \"object\", \"patternProperties\": {{{patterns}}}, \"example\": {{{example}}}}}"
    )]))
}
