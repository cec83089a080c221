//! Tests of the actions of overlays.

use serde_json::{Value, json};

use crate::Input;
use crate::finding::{Finding, Findings};
use crate::load::load_with_files;
use crate::load::no_files;
use crate::options::Overlay;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /a: {get: {responses: {}}}
  /b: {get: {responses: {}, tags: [a, b]}}
";

/// Applies overlays with these actions. Returns the document, and its findings.
fn apply(actions: &[&str]) -> (Value, Vec<Finding>) {
    let mut input = Input::new("api.yaml", DOCUMENT, "");
    let overlay = |actions: &&str| Overlay {
        file: "overlay.yaml".to_owned(),
        text: format!("overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}"),
    };
    input.overlays = actions.iter().map(overlay).collect();
    let mut findings = Findings::new("api.yaml");
    let document = load_with_files(&input, &no_files, &mut findings);
    (document.map(|document| document.raw).unwrap_or_default(), findings.into_vec())
}

fn places(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}{}", finding.code.id(), finding.file, finding.pointer)).collect()
}

#[test]
fn objects_are_merged_lists_are_joined_and_other_values_are_replaced() {
    let (document, findings) = apply(&[
        "- target: $\n  update:\n    info: {title: New, x-a: 1}\n    tags: [{name: d}]\n",
        "- {target: '$.tags', update: {name: e}}\n- {target: '$.paths[\"/b\"].get', update: {tags: [c]}}\n",
    ]);
    assert_eq!(places(&findings), [""; 0]);
    assert_eq!(document["info"], json!({"title": "New", "version": "1", "x-a": 1}));
    let names: Vec<&Value> = document["tags"].as_array().into_iter().flatten().map(|tag| &tag["name"]).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert_eq!(document["paths"]["/b"]["get"]["tags"], json!(["a", "b", "c"]));
}

#[test]
fn members_and_items_are_removed() {
    let (document, findings) =
        apply(&["- {target: '$.tags[?@.name != \"b\"]', remove: true}\n- {target: '$.paths[\"/a\"]', remove: true}\n"]);
    assert_eq!(places(&findings), [""; 0]);
    assert_eq!(document["tags"], json!([{"name": "b"}]));
    assert_eq!(
        document["paths"].as_object().map(|paths| paths.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["/b".to_owned()])
    );
}

/// A finding names the file and the place where the value is written, also after items of a list moved.
#[test]
fn findings_name_the_overlay_or_the_place_in_the_document() {
    let (_, findings) = apply(&[
        "- {target: '$.tags', update: {nam: d}}\n- {target: '$.tags[0]', remove: true}\n- {target: '$.tags[0]', update: {descripton: x}}\n",
        "- {target: '$.tags[0]', remove: true}\n",
    ]);
    // The second action of the first overlay removed `a`, and the second overlay removed `b` with the misspelt key.
    assert_eq!(places(&findings), ["unknown-key overlay.yaml/actions/0/update/nam"]);
    let (_, findings) =
        apply(&["- {target: '$.tags[0]', remove: true}\n- {target: '$.tags[1]', update: {description: 1}}\n"]);
    assert_eq!(places(&findings), ["shape overlay.yaml/actions/1/update/description"]);
    let (_, findings) = apply(&["- {target: '$.tags[0]', remove: true}\n- {target: '$.tags[1].name', remove: true}\n"]);
    assert_eq!(places(&findings), ["shape api.yaml/tags/2"]);
}

#[test]
fn mistakes_in_an_overlay_are_findings() {
    for (action, expected) in [
        (
            "- {target: '$.pathz'}\n",
            &["unmatched-action overlay.yaml/actions/0/target", "no-effect overlay.yaml/actions/0"][..],
        ),
        ("- {target: 'paths', remove: true}\n", &["shape overlay.yaml/actions/0/target"]),
        ("- {target: $, remove: true}\n", &["shape overlay.yaml/actions/0/target"]),
        ("- {target: $.info.title, update: New}\n", &["shape overlay.yaml/actions/0/target"]),
        ("- {target: $.info, update: New}\n", &["shape overlay.yaml/actions/0/update"]),
        ("- {target: $.tags, update: {name: d}, remove: true}\n", &["no-effect overlay.yaml/actions/0/update"]),
        (
            "- {target: $.info, udpate: {title: New}}\n",
            &["unknown-key overlay.yaml/actions/0/udpate", "no-effect overlay.yaml/actions/0"],
        ),
        ("- {target: '$..[?$..zzz]', remove: true}\n", &["unmatched-action overlay.yaml/actions/0/target"]),
        ("- {target: '$.tags[?@.name == ]', remove: true}\n", &["shape overlay.yaml/actions/0/target"]),
        ("- {update: {}}\n", &["shape overlay.yaml/actions/0"]),
    ] {
        let mut found = places(&apply(&[action]).1);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{action}");
    }
}

/// The steps of all actions are counted together, so neither a costly target nor many targets take long.
#[test]
fn actions_that_take_too_many_steps_stop_the_run() {
    let items = format!("- {{target: $.info, update: {{x-a: [{}]}}}}\n", "{a: x}, ".repeat(20_000));
    let levels = format!("- {{target: $.info, update: {{x-b: {}{}}}}}\n", "[".repeat(60), "]".repeat(60));
    let costly = [
        "$..[?$..zzz]".to_owned(),
        "$..[?count($..*) > 1]".to_owned(),
        format!("${}", "..*".repeat(100)),
        format!("${}", "[*,*,*,*,*,*,*,*]".repeat(40)),
        "$..[?search(@.a, \"(a{1,90}){1,90}\")]".to_owned(),
        "$.info['x-a'][?$.info['x-a'] == $.info['x-a']]".to_owned(),
    ];
    for target in costly {
        let action = format!("- {{target: '{}', remove: true}}\n", target.replace('\'', "''"));
        let found = places(&apply(&[&format!("{items}{levels}{action}")]).1);
        assert_eq!(found, ["document-limit overlay.yaml/actions/2/target"], "{target}");
    }
    let many = format!("{items}{}", "- {target: $..a, update: y}\n".repeat(2_000));
    let found = places(&apply(&[&many]).1);
    assert!(found.iter().any(|place| place.starts_with("document-limit overlay.yaml/actions/")), "{found:?}");
    let first = "- {target: '$.info[\"x-a\"][0]', remove: true}\n".repeat(2_000);
    let found = places(&apply(&[&format!("{items}{first}")]).1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("document-limit overlay.yaml/actions/") && found[0].ends_with("/target"));
}

/// Each action doubles what it selects.
#[test]
fn actions_that_double_the_document_stop_the_run() {
    let double = "- {target: $.info..x-a, update: {x-a: {x-a: {}}}}\n- {target: '$.info..*', update: {b: {}, c: {}}}\n";
    let actions = format!("- {{target: $.info, update: {{x-a: {{}}}}}}\n{}", double.repeat(40));
    let found = places(&apply(&[&actions]).1);
    assert!(found.iter().any(|place| place.starts_with("document-limit ")), "{found:?}");
}

#[test]
fn actions_that_add_too_much_or_too_deeply_stop_the_run() {
    let levels = |count: usize| format!("{}1{}", "{x: ".repeat(count), "}".repeat(count));
    let nested =
        format!("- {{target: $.info, update: {}}}\n- {{target: '$..x', update: {}}}\n", levels(90), levels(90));
    assert!(places(&apply(&[&nested]).1).iter().any(|place| place == "document-limit overlay.yaml/actions/1/update"));
    let items = format!("- {{target: $.info, update: {{x-a: [{}]}}}}\n", "{}, ".repeat(2_000));
    let large = format!("{items}- {{target: '$.info[\"x-a\"].*', update: {{x-b: {}}}}}\n", "x".repeat(40_000));
    assert!(places(&apply(&[&large]).1).iter().any(|place| place == "document-limit overlay.yaml/actions/1/update"));
}

/// The values at a place with long keys have long JSON Pointers, even if the values are short.
#[test]
fn actions_at_places_with_long_keys_stop_the_run_earlier() {
    let deep = format!("{}h: {{xs: []}}{}", format!("{}: {{", "k".repeat(900)).repeat(50), "}".repeat(50));
    let items = |count: usize| {
        let ones = "1, ".repeat(count);
        format!("- {{target: $.info, update: {{x-a: {{{deep}}}}}}}\n- {{target: '$..h', update: {{xs: [{ones}]}}}}\n")
    };
    assert_eq!(places(&apply(&[&items(100)]).1), [""; 0]);
    let found = places(&apply(&[&items(1_000)]).1);
    assert_eq!(found, ["document-limit overlay.yaml/actions/1/update"]);
    let removals = format!("{}{}", items(100), "- {target: '$..xs[0]', remove: true}\n".repeat(20));
    let found = places(&apply(&[&removals]).1);
    assert!(found.len() == 1 && found[0].ends_with("/target") && found[0].starts_with("document-limit "), "{found:?}");
}
