//! What is not compared because the user goes on without it, in one document or in both.

use copperplate::diff::{Report, Texts, json, text};
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

/// A body that leads nowhere.
const NOWHERE: (&str, &str) =
    ("operationId: getB\n", "operationId: getB\n      requestBody: {$ref: '#/components/requestBodies/None'}\n");

/// What copperplate refuses, though OpenAPI allows it, and nothing is wrong with it.
const REFUSED: (&str, &str) = (
    "B: {type: object, properties: {b: {type: string}}}",
    "B: {type: object, required: [x], properties: {b: {type: integer}}, additionalProperties: false}",
);

/// A path that is no path item.
const NO_PATH: (&str, &str) = (
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
        Input { file: file.to_owned(), text, module: "api".to_owned() }
    };
    let (old, new) = (document("old.yaml", old), document("new.yaml", new));
    let options = Options { skip_unsupported: true, ..super::options() };
    Pipeline::new(&options).diff((&old, &no_files), (&new, &no_files))
}

/// The rules of the changes, and what is said of what was not compared.
fn told(old: &[(&str, &str)], new: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let compared = compared(old, new);
    let changes = compared.changes.unwrap();
    let [old, new] = ["old.yaml", "new.yaml"].map(|name| Texts { name: name.to_owned(), ..Texts::default() });
    let report = Report { changes: &changes, omissions: &compared.omissions, old: &old, new: &new };
    let said = text(&report);
    let omissions = said.lines().filter(|line| line.starts_with("not compared") || line.starts_with("passed over"));
    (changes.iter().map(|change| change.rule.clone()).collect(), omissions.map(str::to_owned).collect())
}

#[test]
fn what_is_left_out_has_neither_come_nor_gone() {
    let newer = "not compared: GET /b: left out of the newer document (CP0201)";
    let (changes, omissions) = told(&[], &[NOWHERE]);
    assert_eq!(changes, [""; 0]);
    assert_eq!(omissions, [newer, "passed over in new.yaml: 1 finding (1 CP0201 ref-missing)"]);

    let (changes, omissions) = told(&[NOWHERE], &[]);
    assert_eq!(changes, [""; 0]);
    let older = "not compared: GET /b: left out of the older document (CP0201)";
    assert_eq!(omissions, [older, "passed over in old.yaml: 1 finding (1 CP0201 ref-missing)"]);

    let (changes, omissions) = told(&[NOWHERE], &[NOWHERE]);
    assert_eq!(changes, [""; 0]);
    assert_eq!(
        omissions[0],
        "not compared: GET /b: left out of the older document (CP0201), left out of the newer document (CP0201)"
    );
    assert_eq!(omissions.len(), 3);
}

#[test]
fn what_cannot_be_read_at_all_has_neither_come_nor_gone() {
    let (changes, omissions) = told(&[], &[NO_PATH]);
    assert_eq!(changes, [""; 0]);
    let expected = [
        "not compared: GET /c: left out of the newer document (CP0103)",
        "not compared: PUT /c: left out of the newer document (CP0103)",
        "passed over in new.yaml: 1 finding (1 CP0103 shape)",
    ];
    assert_eq!(omissions, expected);
    let (changes, omissions) = told(&[NO_PATH], &[]);
    assert_eq!((changes.len(), omissions.len()), (0, 3));
    assert!(omissions[0].contains("left out of the older document"), "{}", omissions[0]);
}

#[test]
fn what_is_refused_is_compared_on_the_wire() {
    let (changes, omissions) = told(&[], &[REFUSED]);
    assert!(changes.contains(&"response-property-type-changed".to_owned()), "{changes:?}");
    assert!(!changes.iter().any(|rule| rule.contains("removed") || rule.contains("renamed")), "{changes:?}");
    assert_eq!(omissions[0], "not compared in the crate: GET /b: left out of the newer document (CP0401)");
}

#[test]
fn what_is_gone_is_told_though_it_was_left_out() {
    let gone = (
        "  /b:\n    get:\n      operationId: getB\n      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}\n",
        "",
    );
    let (changes, omissions) = told(&[NOWHERE], &[gone]);
    assert_eq!(changes, ["api-path-removed-without-deprecation"]);
    assert_eq!(omissions[0], "not compared in the crate: GET /b: left out of the older document (CP0201)");
}

#[test]
fn machines_are_told_too() {
    let compared = compared(&[], &[NOWHERE]);
    let (changes, texts) = (compared.changes.unwrap(), Texts::default());
    let report = Report { changes: &changes, omissions: &compared.omissions, old: &texts, new: &texts };
    let said: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    let expected =
        serde_json::json!([{"operation": "GET /b", "axes": ["wire", "crate"], "old": null, "new": ["CP0201"]}]);
    assert_eq!(said["not_compared"], expected);
    assert_eq!(said["passed_over"], serde_json::json!({"old": {}, "new": {"CP0201": 1}}));
}
