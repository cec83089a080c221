//! Tests documents that consist of several files.

use serde_json::json;

use crate::Input;
use crate::finding::Finding;
use crate::load::external_reference::*;
use crate::load::{ReadError, load_with_files};

type Files<'t> = &'t [(&'t str, &'t str)];

/// Loads `apis/main.yaml`, which consists of `openapi`, `info` and `text` and may refer to `files`. Returns the raw tree, and
/// each finding as `file code pointer`.
fn inlined(text: &str, files: Files<'_>) -> (Value, Vec<String>) {
    let (raw, findings) = loaded(text, files);
    let findings = findings.into_vec().into_iter();
    (raw, findings.map(|finding| format!("{} {} {}", finding.file, finding.code.id(), finding.pointer)).collect())
}

/// Does the same as [`inlined`], but returns [`Findings`].
fn loaded(text: &str, files: Files<'_>) -> (Value, Findings) {
    loaded_as("3.0.3", text, files)
}

/// Does the same as [`loaded`] for a document of this version of OpenAPI.
fn loaded_as(version: &str, text: &str, files: Files<'_>) -> (Value, Findings) {
    let text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{text}");
    let read = |_: &str, path: &str| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| (*text).to_owned()).ok_or_else(|| ReadError::Unreadable(format!("{path}: no such file")))
    };
    let mut findings = Findings::new("apis/main.yaml");
    let document =
        load_with_files(&Input::new("apis/main.yaml", text, ""), &read, &mut findings).expect("a loadable document");
    (document.raw, findings)
}

fn schemas(raw: &Value) -> &Value {
    raw.pointer("/components/schemas").expect("schemas")
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn parts_of_yaml_and_json_files_become_components() {
    let (raw, findings) = inlined(
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
         b: {$ref: 'b.yaml'}\n        c: {$ref: './c.json#/defs/C'}\n        again: {$ref: c.json#/defs/C}\n        \
         d: {$ref: '../shared/d.yml#/D'}\n",
        &[
            ("apis/b.yaml", "type: string\nmaxLength: 3\n"),
            ("apis/c.json", r#"{"defs": {"C": {"type": "integer"}}}"#),
            ("shared/d.yml", "D: {type: boolean}\n"),
        ],
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        *schemas(&raw),
        json!({
            "A": {"properties": {"b": reference("b"), "c": reference("C"), "again": reference("C"), "d": reference("D")}},
            "b": {"type": "string", "maxLength": 3},
            "C": {"type": "integer"},
            "D": {"type": "boolean"},
        })
    );
}

#[test]
fn a_reference_is_relative_to_the_file_that_contains_it() {
    let (raw, findings) = inlined(
        "paths: {}\ncomponents:\n  schemas:\n    Id: {type: string}\n    A: {$ref: '../one/a.yaml#/A'}\n",
        &[
            (
                "one/a.yaml",
                "A: {properties: {b: {$ref: 'two/b.yaml#/B'}, own: {$ref: '#/Own'}}}\nOwn: {minLength: 1}\n",
            ),
            (
                "one/two/b.yaml",
                "B: {items: {$ref: '../a.yaml#/Own'}, not: {$ref: '../../apis/main.yaml#/components/schemas/Id'}}\n",
            ),
        ],
    );
    assert_eq!(findings, [""; 0]);
    // The main document already has a schema `A`.
    assert_eq!(
        *schemas(&raw),
        json!({
            "Id": {"type": "string"},
            "A": reference("A2"),
            "A2": {"properties": {"b": reference("B"), "own": reference("Own")}},
            "B": {"items": reference("Own"), "not": reference("Id")},
            "Own": {"minLength": 1},
        })
    );
}

#[test]
fn cycles_through_files_are_followed() {
    let files: Files<'_> = &[
        ("apis/a.yaml", "properties: {b: {$ref: b.yaml}, main: {$ref: 'main.yaml#/components/schemas/Main'}}\n"),
        ("apis/b.yaml", "items: {$ref: a.yaml}\ntype: array\n"),
        ("apis/loop.yaml", "One: {$ref: '#/Two'}\nTwo: {$ref: '#/One'}\n"),
    ];
    let text = "paths: {}\ncomponents:\n  schemas:\n    Main: {properties: {a: {$ref: a.yaml}}}\n";
    let (raw, findings) = inlined(text, files);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        *schemas(&raw),
        json!({
            "Main": {"properties": {"a": reference("a")}},
            "a": {"properties": {"b": reference("b"), "main": reference("Main")}},
            "b": {"items": reference("a"), "type": "array"},
        })
    );

    // The load stage terminates although the references form a cycle without a schema. The resolve stage reports the cycle.
    let (raw, findings) = inlined("paths: {}\ncomponents: {schemas: {A: {$ref: 'loop.yaml#/One'}}}\n", files);
    assert_eq!(findings, [""; 0]);
    assert_eq!(*schemas(&raw), json!({"A": reference("One"), "One": reference("Two"), "Two": reference("One")}));
}

#[test]
fn pointers_and_paths_are_unescaped() {
    let (raw, findings) = inlined(
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
         slash: {$ref: 'b%20c.yaml#/x~1y~0z'}\n        percent: {$ref: 'b%20c.yaml#/100%25'}\n        \
         space: {$ref: 'b c.yaml#/a%20b'}\n",
        &[("apis/b c.yaml", "x/y~z: {type: string}\n100%: {type: integer}\na b: {type: boolean}\n")],
    );
    assert_eq!(findings, [""; 0]);
    let properties = raw.pointer("/components/schemas/A/properties").expect("properties");
    assert_eq!(
        *properties,
        json!({"slash": reference("x~1y~0z"), "percent": reference("100%25"), "space": reference("a b")})
    );
    assert_eq!(raw.pointer("/components/schemas/x~1y~0z"), Some(&json!({"type": "string"})));
    assert_eq!(raw.pointer("/components/schemas/100%"), Some(&json!({"type": "integer"})));
}

#[test]
fn a_missing_target_is_reported_with_a_suggestion() {
    let (raw, findings) = loaded(
        "paths: {}\ncomponents:\n  schemas:\n    A: {properties: {a: {$ref: 'gone.yaml#/A'}, b: {$ref: 'b.yaml#/Bodi'}}}\n",
        &[("apis/b.yaml", "Body: {type: string}\n")],
    );
    let findings: Vec<Finding> = findings.into_vec();
    let seen: Vec<_> = findings.iter().map(|finding| (finding.code, finding.pointer.as_str())).collect();
    let place = "/components/schemas/A/properties";
    let expected = [format!("{place}/a"), format!("{place}/b")];
    assert_eq!(seen, [(Code::RefMissing, expected[0].as_str()), (Code::RefMissing, expected[1].as_str())]);
    assert!(findings[0].message.contains("`apis/gone.yaml`, which cannot be read"), "{}", findings[0].message);
    assert_eq!(findings[1].remedy, "Did you mean `apis/b.yaml#/Body`?");
    assert_eq!(findings[1].consequence, Some("Every value is valid for this schema."));
    // The reference remains, and so does the object that contains the reference.
    assert_eq!(raw.pointer(&format!("{place}/a/$ref")), Some(&json!("gone.yaml#/A")));
}

#[test]
fn urls_and_absolute_paths_are_not_read() {
    for outside in ["https://schemas.example/s.yaml#/S", "http://localhost/s.yaml", "file:///etc/s.yaml", "/etc/s.yaml"]
    {
        let text = format!("paths: {{}}\ncomponents: {{schemas: {{A: {{items: {{$ref: '{outside}'}}}}}}}}\n");
        let (raw, findings) = inlined(&text, &[(outside, "type: string"), ("apis/s.yaml", "type: string")]);
        assert_eq!(findings, [""; 0], "{outside}");
        assert_eq!(*schemas(&raw), json!({"A": {"items": {"$ref": outside}}}), "the resolve stage reports it");
    }
}

#[test]
fn a_reference_to_a_path_item_is_replaced_by_it() {
    let (raw, findings) = inlined(
        "paths:\n  /pets/{id}: {$ref: 'paths/pet.yaml'}\n",
        &[
            (
                "apis/paths/pet.yaml",
                "parameters: [{$ref: '../parameters.yaml#/Id'}]\nget:\n  operationId: getPet\n  responses:\n    \
                 '200': {$ref: '../answers.json#/Pet'}\n    default: {description: d.}\n",
            ),
            ("apis/parameters.yaml", "Id: {name: id, in: path, required: true, schema: {type: string}}\n"),
            (
                "apis/answers.json",
                r##"{"Pet": {"description": "a pet", "content": {"application/json": {"schema": {"$ref": "#/S"}}}},
                    "S": {"type": "object"}}"##,
            ),
        ],
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        raw.pointer("/paths/~1pets~1{id}"),
        Some(&json!({
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "get": {
                "operationId": "getPet",
                "responses": {"200": {"$ref": "#/components/responses/Pet"}, "default": {"description": "d."}},
            },
        }))
    );
    assert_eq!(raw.pointer("/components/parameters/Id/in"), Some(&json!("path")));
    let media = raw.pointer("/components/responses/Pet/content/application~1json");
    assert_eq!(media, Some(&json!({"schema": reference("S")})));
    assert_eq!(*schemas(&raw), json!({"S": {"type": "object"}}));
}

#[test]
fn findings_name_the_file_and_the_place_in_it() {
    let (_, findings) = inlined(
        "paths:\n  /a: {$ref: 'a.yaml#/items/a'}\ncomponents:\n  schemas: {A: {$ref: 'b.yaml#/B'}}\n",
        &[
            (
                "apis/a.yaml",
                "items:\n  a:\n    get:\n      operationId: a\n      sumary: s\n      responses:\n        \
                 '200': {description: d., content: {application/json: {schema: {$ref: 'b.yaml#/C'}}}}\n",
            ),
            ("apis/b.yaml", "B: {properties: {c: {maxLenght: 3}}}\nC: {type: strong}\n"),
        ],
    );
    assert_eq!(
        findings,
        [
            "apis/a.yaml unknown-key /items/a/get/sumary",
            "apis/b.yaml shape /C/type",
            "apis/b.yaml unknown-key /B/properties/c/maxLenght",
        ]
    );
}

#[test]
fn a_file_that_cannot_be_parsed_is_reported_once() {
    let (_, findings) = inlined(
        "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'b.yaml#/B'}}, C: {items: {$ref: 'b.yaml#/C'}}}}\n",
        &[("apis/b.yaml", "B: [\n")],
    );
    let syntax = findings.iter().filter(|finding| finding.starts_with("apis/b.yaml syntax")).count();
    assert_eq!(syntax, 1, "{findings:?}");
    let main: Vec<_> = findings.iter().filter(|finding| finding.starts_with("apis/main.yaml")).collect();
    // An unreadable file is reported once, however many references lead to the file.
    assert_eq!(main, ["apis/main.yaml ref-missing /components/schemas/A/items"]);
}

#[test]
fn a_forbidden_reference_is_followed_and_reported() {
    let (raw, findings) = inlined(
        "paths:\n  /a:\n    get: {$ref: 'a.yaml#/get'}\n",
        &[("apis/a.yaml", "get: {operationId: a, responses: {'200': {description: d.}}}\n")],
    );
    assert_eq!(findings, ["apis/main.yaml shape /paths/~1a/get/$ref"]);
    assert_eq!(raw.pointer("/paths/~1a/get/operationId"), Some(&json!("a")));
}

#[test]
fn a_mapping_may_refer_to_files() {
    let (raw, findings) = inlined(
        "paths: {}\ncomponents:\n  schemas:\n    Pet:\n      oneOf: [{$ref: 'cat.yaml'}, {$ref: '#/components/schemas/Dog'}]\n      \
         discriminator: {propertyName: kind, mapping: {c: cat.yaml, d: Dog}}\n    Dog: {type: object}\n",
        &[("apis/cat.yaml", "type: object\n")],
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        raw.pointer("/components/schemas/Pet/discriminator/mapping"),
        Some(&json!({"c": "#/components/schemas/cat", "d": "Dog"}))
    );
}

/// Each value refers twice to the next one, in a place where OpenAPI allows no reference, so each reference is replaced by a copy.
#[test]
fn copies_that_double_at_each_level_are_limited() {
    let schema = |next: usize| format!("{{type: object, properties: {{$ref: '#/x-a/p{next}'}}}}");
    let values: String = (0..60).map(|index| format!("  p{index}: {{a: {0}, b: {0}}}\n", schema(index + 1))).collect();
    let text = format!("paths: {{}}\ncomponents: {{schemas: {{A: {}}}}}\nx-a:\n{values}  p60: {{}}\n", schema(0));
    let (_, findings) = inlined(&text, &[]);
    let limits = findings.iter().filter(|finding| finding.contains("document-limit")).count();
    assert_eq!(limits, 1, "{findings:?}");
    // A chain that does not double is limited by its depth.
    let values: String = (0..5_000).map(|index| format!("  p{index}: {{a: {}}}\n", schema(index + 1))).collect();
    let text = format!("paths: {{}}\ncomponents: {{schemas: {{A: {}}}}}\nx-a:\n{values}", schema(0));
    let (_, findings) = inlined(&text, &[]);
    assert!(findings.iter().any(|finding| finding.contains("document-limit")), "{findings:?}");
}

#[test]
fn targets_with_the_same_name_get_numbers() {
    let names =
        ["A", "B", "C"].map(|name| format!("    {name}: {{properties: {{p: {{$ref: 'b.yaml#/{name}/Pet'}}}}}}\n"));
    let text = format!("paths: {{}}\ncomponents:\n  schemas:\n    Pet2: {{type: string}}\n{}", names.concat());
    let file = "A: {Pet: {type: string}}\nB: {Pet: {type: integer}}\nC: {Pet: {type: number}}\n";
    let (raw, findings) = inlined(&text, &[("apis/b.yaml", file)]);
    assert_eq!(findings, [""; 0]);
    let kinds = ["Pet", "Pet2", "Pet3", "Pet4"].map(|name| schemas(&raw)[name]["type"].clone());
    assert_eq!(kinds, ["string", "string", "integer", "number"]);
}

/// Returns the code, place and message of each finding.
fn messages(findings: Findings) -> Vec<String> {
    let findings = findings.into_vec().into_iter();
    findings.map(|finding| format!("{} {} {}", finding.code.id(), finding.pointer, finding.message)).collect()
}

#[test]
fn a_reference_that_leads_to_no_place_of_a_file_is_reported() {
    let files: Files<'_> = &[("apis/b.yaml", "P: {$anchor: p, type: string}\nQ: {items: {$ref: '#q'}}\n")];
    let is_not_utf_8 = "the percent-encoding of its fragment is not UTF-8";
    let (path_is_not_utf_8, not_a_pointer) = ("the percent-encoding of its path is not UTF-8", "is not a JSON Pointer");
    for (reference, reason) in [
        ("b.yaml#p", &*format!("`p` {not_a_pointer}")),
        ("b.yaml#%ff", is_not_utf_8),
        ("b.yaml#/%ff", is_not_utf_8),
        ("b.yaml#~2", &*format!("`~2` {not_a_pointer}")),
        ("%ff.yaml", path_is_not_utf_8),
        ("%ff", path_is_not_utf_8),
    ] {
        let text = format!(
            "paths:\n  /a:\n    get: {{responses: {{}}, parameters: [{{$ref: '{reference}'}}]}}\n  /b: {{$ref: '{reference}'}}\n\
             components:\n  schemas:\n    A: {{items: {{$ref: '{reference}'}}}}\n  responses: {{R: {{$ref: '{reference}'}}}}\n"
        );
        let (_, findings) = loaded(&text, files);
        let mut findings = findings.iter().map(|finding| format!("{} {}", finding.pointer, finding.message));
        for place in
            ["/paths/~1a/get/parameters/0", "/paths/~1b", "/components/schemas/A/items", "/components/responses/R"]
        {
            let expected = format!("{place} The reference `{reference}` leads nowhere: {reason}.");
            assert_eq!(findings.next(), Some(expected));
        }
        assert_eq!(findings.next(), None);
    }
    let (raw, findings) = loaded("paths: {}\ncomponents: {schemas: {A: {$ref: 'b.yaml#/Q'}}}\n", files);
    assert_eq!(schemas(&raw)["Q"]["items"]["$ref"], "apis/b.yaml#q");
    assert_eq!(
        messages(findings),
        ["ref-missing /Q/items The reference `#q` leads nowhere: `q` is not a JSON Pointer."]
    );
}

#[test]
fn anchors_of_other_files_are_followed() {
    let files: Files<'_> = &[(
        "apis/b.yaml",
        "P: {$anchor: p, items: {$ref: '#n'}}\nN: {$dynamicAnchor: n, not: {$dynamicRef: '#n'}}\n\
         D: [{$anchor: d}, {$anchor: d}]\nI: {$id: i, $anchor: i}\n",
    )];
    let document =
        |references: &str| format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {{allOf: [{references}]}}\n");
    let (raw, findings) = loaded_as("3.1.0", &document("{$ref: 'b.yaml#p'}"), files);
    assert_eq!(messages(findings), [""; 0]);
    let schemas = schemas(&raw);
    assert_eq!(schemas["A"]["allOf"][0], reference("P"));
    assert_eq!((&schemas["P"]["items"], &schemas["N"]["not"]), (&reference("N"), &reference("N")));
    for (reference, reason) in [
        ("b.yaml#x", "`apis/b.yaml` has no anchor `x`"),
        ("b.yaml#d", "`apis/b.yaml` has several schemas with the anchor `d`"),
        ("b.yaml#i", "`apis/b.yaml` has no anchor `i`"),
    ] {
        let (_, findings) = loaded_as("3.1.0", &document(&format!("{{$ref: '{reference}'}}")), files);
        let expected =
            format!("ref-missing /components/schemas/A/allOf/0 The reference `{reference}` leads nowhere: {reason}.");
        assert_eq!(messages(findings), [expected]);
    }
}

#[test]
fn a_path_item_that_refers_to_itself_is_reported() {
    let (_, findings) = inlined("paths:\n  /a: {$ref: 'a.yaml'}\n", &[("apis/a.yaml", "$ref: a.yaml\n")]);
    assert_eq!(findings, ["apis/a.yaml ref-cycle "]);
}

/// The place of the copy has a long JSON Pointer, and so have all values in it.
#[test]
fn a_copy_at_a_place_with_long_keys_is_limited() {
    let document = |count: usize| {
        let mut schema = "properties: {$ref: '#/x-p'}".to_owned();
        (0..50).for_each(|_| schema = format!("properties: {{{}: {{{schema}}}}}", "k".repeat(900)));
        let values: String = (0..count).map(|index| format!("  p{index}: {{}}\n")).collect();
        format!("paths: {{}}\ncomponents: {{schemas: {{A: {{{schema}}}}}}}\nx-p:\n{values}")
    };
    let (_, findings) = inlined(&document(10), &[]);
    assert!(!findings.iter().any(|finding| finding.contains("document-limit")), "{findings:?}");
    let (_, findings) = inlined(&document(500), &[]);
    assert_eq!(findings.iter().filter(|finding| finding.contains("document-limit")).count(), 1);
}

#[test]
fn many_references_to_an_anchor_with_a_long_json_pointer_are_limited() {
    let (key, references) = ("k".repeat(900), "{$ref: 'main.yaml#a'}, ".repeat(500));
    let text = format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    A: {{properties: {{{key}: {{$anchor: a}}}}}}\n    \
         B: {{allOf: [{{$ref: 'b.yaml#/B'}}]}}\n"
    );
    let (_, findings) = loaded_as("3.1.0", &text, &[("apis/b.yaml", &format!("B: {{allOf: [{references}]}}\n"))]);
    let limits = findings.iter().filter(|finding| finding.code == Code::DocumentLimit);
    assert_eq!(limits.count(), 1);
}
