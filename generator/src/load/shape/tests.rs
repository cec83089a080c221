//! Tests the findings about small documents with one mistake each, and the repaired trees.

use serde_json::json;

use crate::load::shape::substitute::SKIPPED_PARAMETER;
use crate::load::shape::*;

/// Returns the findings about a document that has these schemas and this operation, as `code pointer`.
fn findings_about(schemas: Value, operation: Value) -> Vec<String> {
    repaired(schemas, operation).1
}

/// Repairs a document that has these schemas and this operation. Returns the repaired document, and its findings as
/// `code pointer`.
fn repaired(schemas: Value, operation: Value) -> (Value, Vec<String>) {
    let mut raw = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    });
    let mut findings = Findings::new("test.yaml");
    assert!(repair(&mut raw, OpenApiVersion::V3_0, &mut findings));
    (raw, findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect())
}

fn operation() -> Value {
    json!({"responses": {"200": {"description": "ok"}}})
}

#[test]
fn unknown_keys_are_reported_at_any_depth() {
    let schemas = json!({"A": {"properties": {"b": {"maxLenght": 3, "x-mine": 1}}}});
    assert_eq!(findings_about(schemas, operation()), ["unknown-key /components/schemas/A/properties/b/maxLenght"]);
}

#[test]
fn names_of_schemas_and_properties_are_not_keys() {
    let schemas = json!({"maxLenght": {"properties": {"$ref": {"type": "string"}, "x-source": {}}}});
    assert_eq!(findings_about(schemas, operation()), [""; 0]);
}

#[test]
fn siblings_of_a_reference_are_reported_once() {
    let schemas = json!({"A": {"$ref": "#/components/schemas/B", "nullable": true, "x-a": 1}, "B": {}});
    assert_eq!(findings_about(schemas, operation()), ["ref-siblings /components/schemas/A/nullable"]);
}

#[test]
fn extensions_on_the_wrong_object_are_reported() {
    let operation = json!({"x-exampels": [], "x-failure": {}, "x-foreign": 1, "responses": {}, "x-source": "here"});
    let schemas = json!({"A": {"x-examples": [], "x-acknowledge": {}},
        "B": {"x-examples": {"first": {"value": 1}}, "x-sources": ["https://example.com"], "x-error": "none"}});
    assert_eq!(
        findings_about(schemas, operation),
        [
            "unknown-extension /paths/~1a/get/x-exampels",
            "unknown-extension /paths/~1a/get/x-failure",
            "unknown-extension /components/schemas/A/x-examples",
        ]
    );
}

#[test]
fn a_bound_without_its_noun_is_explained() {
    for (key, word) in [("min", "`minLength`"), ("max", "`maxLength`"), ("regex", "`pattern`")] {
        let remedy = foreign_key::replacement("Schema", key, OpenApiVersion::V3_0).expect("a remedy");
        assert!(remedy.contains(word), "{remedy}");
    }
}

#[test]
fn a_dedented_section_explains_its_missing_references() {
    let mut raw = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"responses": {}},
        "schemas": {"A": {"type": "object"}},
    });
    let mut findings = Findings::new("test.yaml");
    assert!(repair(&mut raw, OpenApiVersion::V3_0, &mut findings));
    let missing =
        findings.iter().filter_map(|finding| finding.missing.as_ref()).map(|missing| missing.place.to_string());
    assert_eq!(missing.collect::<Vec<_>>(), ["/components/schemas"]);
}

#[test]
fn a_malformed_value_is_removed_and_its_siblings_are_kept() {
    let schemas = json!({"A": {"maxLength": "5", "minLength": 1, "items": [], "required": ["a", true]}});
    let (raw, findings) = repaired(schemas, operation());
    assert_eq!(
        findings,
        [
            "shape /components/schemas/A/maxLength",
            "shape /components/schemas/A/items",
            "shape /components/schemas/A/required/1",
        ]
    );
    assert_eq!(raw.pointer("/components/schemas/A"), Some(&json!({"minLength": 1, "items": {}})));
}

#[test]
fn an_object_without_a_required_value_is_removed() {
    let operation = json!({"responses": {
        "200": {"description": 5},
        "404": {"description": "", "content": {"a/b": {"schema": 1, "examples": []}}},
        "20": {"description": "x"},
        "500": [],
    }});
    let (raw, findings) = repaired(json!({}), operation);
    assert_eq!(
        findings,
        [
            "shape /paths/~1a/get/responses/200/description",
            "shape /paths/~1a/get/responses/404/content/a~1b/schema",
            "shape /paths/~1a/get/responses/404/content/a~1b/examples",
            "unknown-key /paths/~1a/get/responses/20",
            "shape /paths/~1a/get/responses/500",
        ]
    );
    let responses = raw.pointer("/paths/~1a/get/responses").and_then(Value::as_object).expect("responses");
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["200", "404"]);
    let (raw, findings) = repaired(json!({}), json!({"responses": []}));
    assert_eq!(findings, ["shape /paths/~1a/get/responses"]);
    assert_eq!(raw.pointer("/paths/~1a"), Some(&json!({"get": {"responses": {}}})));
}

#[test]
fn a_malformed_item_of_a_list_is_replaced() {
    let operation = json!({"responses": {}, "parameters": [
        {"name": "a", "in": "qery", "schema": {}},
        {"name": "b", "in": "query", "schema": {}},
        {"name": "c", "in": "body", "required": true, "schema": {}},
        {"name": "d", "in": "path"},
    ]});
    let (raw, findings) = repaired(json!({"A": {"allOf": [[]]}}), operation);
    let place = "shape /paths/~1a/get/parameters";
    assert_eq!(
        findings,
        [
            format!("{place}/0/in"),
            format!("{place}/2/in"),
            format!("{place}/3/in"),
            "shape /components/schemas/A/allOf/0".to_owned()
        ]
    );
    assert_eq!(
        raw.pointer("/paths/~1a/get/parameters"),
        Some(&json!([
            {"$ref": SKIPPED_PARAMETER},
            {"name": "b", "in": "query", "schema": {}},
            {"$ref": SKIPPED_REQUIRED_PARAMETER},
            {"name": "d", "in": "path", "required": true, "schema": {"type": "string"}},
        ]))
    );
    assert_eq!(raw.pointer("/components/schemas/A/allOf"), Some(&json!([{}])));
}

#[test]
fn rules_are_checked_on_complete_objects_only() {
    let parameters = json!([{"name": "q", "in": "query", "schema": {}}, {"name": "r", "in": "query"}]);
    let operation = json!({"parameters": parameters, "callbacks": {}, "responses": {}});
    assert_eq!(
        findings_about(json!({}), operation),
        ["shape /paths/~1a/get/parameters/1", "no-effect /paths/~1a/get/callbacks"]
    );
    let lost = json!({"parameters": [{"name": "q", "in": "query", "content": 5}], "responses": {}});
    assert_eq!(findings_about(json!({}), lost), ["shape /paths/~1a/get/parameters/0/content"]);
}

#[test]
fn a_document_without_paths_is_rejected() {
    let mut findings = Findings::new("test.yaml");
    assert!(!repair(
        &mut json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}}),
        OpenApiVersion::V3_0,
        &mut findings
    ));
    assert!(findings.has_errors());
}

#[test]
fn a_document_without_info_is_loaded() {
    let mut findings = Findings::new("test.yaml");
    let mut raw = json!({"openapi": "3.0.3", "paths": {}});
    assert!(repair(&mut raw, OpenApiVersion::V3_0, &mut findings));
    assert_eq!(raw["info"], json!({"title": "", "version": ""}));
    assert!(findings.has_errors());
}

#[test]
fn a_rule_does_not_report_a_removed_key() {
    let mut raw = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"securitySchemes": {"a": {"type": "apiKey", "name": "k", "in": 5}}},
    });
    let mut findings = Findings::new("test.yaml");
    assert!(repair(&mut raw, OpenApiVersion::V3_0, &mut findings));
    let places: Vec<_> = findings.iter().map(|finding| finding.pointer.as_str()).collect();
    assert_eq!(places, ["/components/securitySchemes/a/in"]);
    assert_eq!(raw.pointer("/components/securitySchemes"), Some(&json!({})));
}
