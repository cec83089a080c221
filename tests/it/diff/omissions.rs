//! Tests of operations that are not compared under `--skip-unsupported`, because they have errors in one document or in both.

use copperplate::diff::{Report, SourceTexts, json, text};
use copperplate::load::no_files;
use copperplate::{Comparison, Input, Options, Pipeline};

use super::HEAD;

const OPERATIONS: &str = "paths:
  /a:
    get:
      operationId: getA
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
  /b:
    get:
      operationId: getB
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}
  /c:
    get: {operationId: getC, responses: {'204': {description: D}}}
    put: {operationId: putC, responses: {'204': {description: D}}}
components:
  schemas:
    A: {type: object, properties: {a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
";

/// An edit that adds a body with a reference to a missing component.
const MISSING_BODY: (&str, &str) =
    ("operationId: getB\n", "operationId: getB\n      requestBody: {$ref: '#/components/requestBodies/None'}\n");

/// An edit to a schema. OpenAPI allows the new schema, but copperplate does not support it.
const UNSUPPORTED: (&str, &str) = (
    "B: {type: object, properties: {b: {type: string}}}",
    "B: {type: object, required: [x], properties: {b: {type: integer}}, additionalProperties: false}",
);

/// An edit that replaces a path item with a number.
const INVALID_PATH_ITEM: (&str, &str) = (
    "  /c:\n    get: {operationId: getC, responses: {'204': {description: D}}}\n    put: {operationId: putC, responses: {'204': {description: D}}}\n",
    "  /c: 5\n",
);

fn compared(old: &[(&str, &str)], new: &[(&str, &str)]) -> Comparison {
    let document = |file: &str, edits: &[(&str, &str)]| {
        let mut text = format!("{HEAD}{OPERATIONS}");
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        Input::new(file, text, "api")
    };
    let (old, new) = (document("old.yaml", old), document("new.yaml", new));
    let options = Options { skip_unsupported: true, ..super::options() };
    Pipeline::new(&options).diff((&old, &no_files), (&new, &no_files))
}

/// Returns the rules of the changes, and the lines of the report about operations that are not compared.
fn report_of(old: &[(&str, &str)], new: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let compared = compared(old, new);
    let changes = compared.changes.unwrap();
    let [old, new] =
        ["old.yaml", "new.yaml"].map(|name| SourceTexts { name: name.to_owned(), ..SourceTexts::default() });
    let report = Report { changes: &changes, omissions: &compared.omissions, old: &old, new: &new };
    let text = text(&report);
    let omissions =
        text.lines().filter(|line| line.starts_with("not compared") || line.starts_with("skipped or repaired"));
    (changes.iter().map(|change| change.rule.clone()).collect(), omissions.map(str::to_owned).collect())
}

#[test]
fn a_skipped_operation_is_neither_added_nor_removed() {
    let newer = "not compared: GET /b: skipped in the newer document (CP0201)";
    let (changes, omissions) = report_of(&[], &[MISSING_BODY]);
    assert_eq!(changes, [""; 0]);
    assert_eq!(omissions, [newer, "skipped or repaired in new.yaml: 1 error (1 CP0201 ref-missing)"]);

    let (changes, omissions) = report_of(&[MISSING_BODY], &[]);
    assert_eq!(changes, [""; 0]);
    let older = "not compared: GET /b: skipped in the older document (CP0201)";
    assert_eq!(omissions, [older, "skipped or repaired in old.yaml: 1 error (1 CP0201 ref-missing)"]);

    let (changes, omissions) = report_of(&[MISSING_BODY], &[MISSING_BODY]);
    assert_eq!(changes, [""; 0]);
    assert_eq!(
        omissions[0],
        "not compared: GET /b: skipped in the older document (CP0201), skipped in the newer document (CP0201)"
    );
    assert_eq!(omissions.len(), 3);
}

#[test]
fn an_unreadable_operation_is_neither_added_nor_removed() {
    let (changes, omissions) = report_of(&[], &[INVALID_PATH_ITEM]);
    assert_eq!(changes, [""; 0]);
    let expected = [
        "not compared: GET /c: skipped in the newer document (CP0103)",
        "not compared: PUT /c: skipped in the newer document (CP0103)",
        "skipped or repaired in new.yaml: 1 error (1 CP0103 shape)",
    ];
    assert_eq!(omissions, expected);
    let (changes, omissions) = report_of(&[INVALID_PATH_ITEM], &[]);
    assert_eq!((changes.len(), omissions.len()), (0, 3));
    assert!(omissions[0].contains("skipped in the older document"), "{}", omissions[0]);
}

#[test]
fn an_unsupported_operation_is_compared_on_the_wire() {
    let (changes, omissions) = report_of(&[], &[UNSUPPORTED]);
    assert!(changes.contains(&"response-property-type-changed".to_owned()), "{changes:?}");
    assert!(!changes.iter().any(|rule| rule.contains("removed") || rule.contains("renamed")), "{changes:?}");
    assert_eq!(omissions[0], "not compared in the crate: GET /b: skipped in the newer document (CP0401)");
}

#[test]
fn a_removed_operation_is_reported_although_it_was_skipped() {
    let removed = (
        "  /b:\n    get:\n      operationId: getB\n      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}\n",
        "",
    );
    let (changes, omissions) = report_of(&[MISSING_BODY], &[removed]);
    assert_eq!(changes, ["api-path-removed-without-deprecation"]);
    assert_eq!(omissions[0], "not compared in the crate: GET /b: skipped in the older document (CP0201)");
}

#[test]
fn json_contains_the_omissions() {
    let compared = compared(&[], &[MISSING_BODY]);
    let (changes, texts) = (compared.changes.unwrap(), SourceTexts::default());
    let report = Report { changes: &changes, omissions: &compared.omissions, old: &texts, new: &texts };
    let printed: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    let expected =
        serde_json::json!([{"operation": "GET /b", "axes": ["wire", "crate"], "old": null, "new": ["CP0201"]}]);
    assert_eq!(printed["not_compared"], expected);
    assert_eq!(printed["skipped"], serde_json::json!({"old": {}, "new": {"CP0201": 1}}));
}
