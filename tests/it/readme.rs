//! Tests that the example in the README compiles and runs, and that the README has the same code word for word.

use std::fs;

use crate::socket::{Server, json};

// The consumer begins.
use generated::osm::{self, DeleteRelationRequest, required};
use generated::runtime::Error;

/// Deletes an association; returns `false` if the service ticket does not exist.
async fn disassociate(base_url: &str, token: &str, case: &str, related: &str) -> Result<bool, Error> {
    let client = osm::Client::builder(base_url).x_auth_token(token).build()?;
    let body = DeleteRelationRequest::new(required::DeleteRelationRequest { group_id: "group-1", related_id: related });
    match client.delete_relation(case, &body).x_language("en-us").send().await {
        Ok(_) => Ok(true),
        // OSM sends this code with HTTP 200. `x-failure` in specs/osm.yaml makes it an error.
        Err(error) if error.code() == Some("OSM.01010015") => Ok(false),
        Err(error) if error.is_invalid_request() => {
            for violation in error.violations().into_iter().flatten() {
                eprintln!("not sent: {violation}");
            }
            Err(error)
        }
        // `error` has the status, code, message, request ID and body.
        Err(error) => Err(error),
    }
}
// The consumer ends.

#[tokio::test]
async fn the_consumer_distinguishes_success_from_a_missing_case() {
    for (body, outcome) in [("{}", true), (r#"{"error_code":"OSM.01010015","error_msg":"No such case."}"#, false)] {
        let server = Server::responding(json(200, body));
        assert_eq!(disassociate(&server.base_url(), "token-1", "case-123", "case-456").await.unwrap(), outcome);
        let request = &server.stop()[0];
        assert_eq!(request.line, "DELETE /v2/servicerequest/cases/case-123/relations HTTP/1.1");
        assert_eq!(request.header("X-Language"), ["en-us"]);
        assert_eq!(request.body, br#"{"related_id":"case-456","group_id":"group-1"}"#);
    }
}

#[tokio::test]
async fn the_consumer_returns_other_errors() {
    let server = Server::responding(json(401, r#"{"error_code":"APIGW.0301","error_msg":"decrypt token fail"}"#));
    let error = disassociate(&server.base_url(), "token-1", "case-123", "case-456").await.unwrap_err();
    assert_eq!((error.code(), server.stop().len()), (Some("APIGW.0301"), 1));

    let server = Server::responding(json(200, "{}"));
    let error = disassociate(&server.base_url(), "token-1", "..", "case-456").await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.stop(), []);
}

#[test]
fn the_readme_shows_the_consumer() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let source = include_str!("readme.rs");
    let (_, rest) = source.split_once("// The consumer begins.\n").unwrap();
    let (consumer, _) = rest.split_once("// The consumer ends.\n").unwrap();
    let example = readme.split("```rust\n").nth(1).expect("a block of Rust code");
    assert_eq!(example.split("```").next(), Some(consumer));
}
