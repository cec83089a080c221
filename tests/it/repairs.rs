//! Tests `--skip-unsupported` on a document with many mistakes: each mistake is reported, and the rest of the document is
//! generated. The document `cases/repaired/published_mistakes.yaml` has the mistakes of published documents.

use std::fs;
use std::path::Path;
use tests::runtime::Operation;

use bytes::Bytes;
use copperplate::finding::render;
use copperplate::load::ReadError;
use copperplate::{Input, Options, Pipeline};
use tests::published_mistakes::{Client, servers};

/// The file name in the reports.
const FILE: &str = "published_mistakes.yaml";

/// Returns an error for every file.
fn no_such_file(_document: &str, path: &str) -> Result<String, ReadError> {
    Err(ReadError::Unreadable(format!("{path}: no such file")))
}

fn document() -> (Input, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/repaired/published_mistakes.yaml");
    let text = fs::read_to_string(path).unwrap();
    (Input::new(FILE, text.clone(), "published_mistakes"), text)
}

#[test]
fn every_mistake_is_reported_and_the_rest_is_generated() {
    let (input, text) = document();
    let options = Options { skip_unsupported: true, ..Options::default() };
    let generation = Pipeline::new(&options).with_files(&no_such_file).generate(&[input]);
    let placed = render::placed(&generation.findings, &[(FILE, text.as_str())].into());
    let reports: Vec<String> = placed.iter().map(|finding| finding.text(false)).collect();
    let operations: Vec<String> = generation.operations.iter().map(|operation| operation.pointer.to_string()).collect();
    insta::assert_snapshot!(format!("{}\n\n=== operations\n{}", reports.join("\n\n"), operations.join("\n")));
}

#[test]
fn the_generated_operations_can_be_called() {
    let client = Client::builder(servers::server()).device("t").build_detached().unwrap();
    let line = |request: http::Request<Bytes>| format!("{} {}", request.method(), request.uri());
    let pet = client.pet("a b").fields(["x".to_owned(), "y".to_owned()]).request().unwrap();
    // Both credentials would be in the same header, so only one of them is sent.
    let credentials: Vec<_> = pet.headers().get_all("authorization").iter().collect();
    assert_eq!(credentials, ["Bearer t"]);
    assert_eq!(line(pet), "GET https://service.example/v1/pets/a%20b?fields=x&fields=y");
    assert_eq!(line(client.pet_2("7").request().unwrap()), "DELETE https://service.example/v1/pets/7");
    assert_eq!(line(client.move_("7").request().unwrap()), "PUT https://service.example/v1/pets/7");
    let empty = http::Response::new(Bytes::new());
    let () = client.probe().read(empty).unwrap().value;
    let kept = client.kept().body(&serde_json::json!([1])).request();
    assert!(kept.unwrap_err().is_invalid_request(), "the digest credential is missing");
}

#[test]
fn without_the_option_the_run_stops() {
    let (input, _) = document();
    let generation = Pipeline::new(&Options::default()).with_files(&no_such_file).generate(&[input]);
    assert!(generation.files.is_none() && generation.findings.iter().any(|finding| finding.is_error()));
}

#[test]
fn a_misspelt_section_beside_the_correct_one_hides_no_typo() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                parameters: [{$ref: '#/components/parameters/Limt'}, {$ref: '#/components/parameters/Page'}]\n      \
                responses: {'204': {description: d}}\ncomponents:\n  parameter:\n    Page: {name: page, in: query, schema: {}}\n  \
                parameters:\n    Limit: {name: limit, in: query, schema: {}}\n";
    let input = Input::new("a.yaml", text, "a");
    let generation = Pipeline::new(&Options::default()).with_files(&no_such_file).generate(&[input]);
    let remedies = generation.findings.iter().map(|finding| finding.remedy.as_str());
    assert_eq!(
        remedies.collect::<Vec<_>>(),
        ["Did you mean `parameters`?", "Did you mean `#/components/parameters/Limit`?"]
    );
}
