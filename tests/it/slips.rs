//! A document with the slips that published documents have, under `--skip-unsupported`: what is told, and what is left.

use std::fs;
use std::path::Path;

use bytes::Bytes;
use copperplate::finding::render;
use copperplate::{Input, Options, Pipeline};
use tests::slips;

fn document() -> (Input, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("slips/slips.yaml");
    let text = fs::read_to_string(path).unwrap();
    (Input { file: "slips.yaml".to_owned(), text: text.clone(), module: "slips".to_owned() }, text)
}

#[test]
fn every_slip_is_told_and_the_rest_is_left() {
    let (input, text) = document();
    let options = Options { skip_unsupported: true, ..Options::default() };
    let generation =
        Pipeline::new(&options).with_files(&|path| Err(format!("{path}: no such file"))).generate(&[input]);
    let placed = render::placed(&generation.findings, &[("slips.yaml", text.as_str())].into());
    let told: Vec<String> = placed.iter().map(|finding| finding.text(false)).collect();
    let left: Vec<String> = generation.operations.iter().map(|operation| operation.pointer.to_string()).collect();
    insta::assert_snapshot!(format!("{}\n\n=== left\n{}", told.join("\n\n"), left.join("\n")));
}

#[test]
fn what_is_left_can_be_called() {
    let client = slips::Client::builder(slips::servers::server()).device("t").build_detached().unwrap();
    let line = |request: http::Request<Bytes>| format!("{} {}", request.method(), request.uri());
    let pet = client.pet("a b").fields(["x".to_owned(), "y".to_owned()]).request().unwrap();
    // Either of two credentials in one place is sent, once.
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
fn a_slip_without_the_switch_stops_the_run() {
    let (input, _) = document();
    let generation =
        Pipeline::new(&Options::default()).with_files(&|path| Err(format!("{path}: no such file"))).generate(&[input]);
    assert!(generation.files.is_none() && generation.findings.iter().any(|finding| finding.is_error()));
}

#[test]
fn a_section_that_is_misspelt_beside_the_right_one_hides_no_typo() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                parameters: [{$ref: '#/components/parameters/Limt'}, {$ref: '#/components/parameters/Page'}]\n      \
                responses: {'204': {description: d}}\ncomponents:\n  parameter:\n    Page: {name: page, in: query, schema: {}}\n  \
                parameters:\n    Limit: {name: limit, in: query, schema: {}}\n";
    let input = Input { file: "a.yaml".to_owned(), text: text.to_owned(), module: "a".to_owned() };
    let generation =
        Pipeline::new(&Options::default()).with_files(&|path| Err(format!("{path}: no such file"))).generate(&[input]);
    let said = generation.findings.iter().map(|finding| finding.remedy.as_str());
    assert_eq!(
        said.collect::<Vec<_>>(),
        ["Did you mean `parameters`?", "Did you mean `#/components/parameters/Limit`?"]
    );
}
