//! Documents and values made to exhaust whoever reads them: they end with a result or a finding, on the small stack of a test's thread.

use copperplate::{Input, Options, Pipeline, Types};
use tests::composition::types::Lists;
use tests::references::types::{ChainLink, Name};
use tests::runtime::{Direction, Validate, from_json};

/// How many levels nest.
const LEVELS: usize = 1_000;

/// Runs on the stack that threads have by default, whatever the machine's settings are.
fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

/// What becomes of the schemas of a document: whether files are written, and what is found.
fn generated(schemas: &str, file: &str) -> (bool, Vec<String>) {
    let (schemas, file) = (schemas.to_owned(), file.to_owned());
    on_a_small_stack(move || {
        let head =
            r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": "#;
        let text = format!("{head}{{{schemas}}}}}}}");
        let options =
            Options { crate_name: "t".to_owned(), types: Types::All, skip_unsupported: true, ..Options::default() };
        let generation = Pipeline::new(&options).generate(&[Input { file, text, module: "t".to_owned() }]);
        (generation.files.is_some(), generation.findings.iter().map(|finding| finding.message.clone()).collect())
    })
}

/// Schemas that stand in one another in the text, as many as may and too many.
#[track_caller]
fn assert_nested_ends(open: &str, close: &str) {
    let nested = |levels: usize| format!(r#""A": {}{{"type": "string"}}{}"#, open.repeat(levels), close.repeat(levels));
    let braces = open.matches(['{', '[']).count();
    for file in ["t.json", "t.yaml"] {
        let (_, said) = generated(&nested(LEVELS), file);
        assert_eq!(said, ["The text is nested more than 128 levels deep."], "{file}");
        let (written, said) = generated(&nested(120 / braces), file);
        assert!(written, "{file}: {said:?}");
    }
}

#[test]
fn deeply_nested_schemas_are_rejected() {
    assert_nested_ends(r#"{"type": "object", "properties": {"a": "#, "}}");
    assert_nested_ends(r#"{"type": "array", "items": "#, "}");
    assert_nested_ends(r#"{"type": "object", "additionalProperties": "#, "}");
    assert_nested_ends(r#"{"allOf": [{"type": "string"}, "#, "]}");
    assert_nested_ends(r#"{"oneOf": [{"type": "integer"}, "#, "]}");
    assert_nested_ends(r#"{"anyOf": [{"type": "integer"}, "#, "]}");
    assert_nested_ends(r#"{"not": "#, "}");
}

/// A thousand components, each of which stands on the next: the text is flat, and the schemas are not.
#[track_caller]
fn assert_chain_ends(link: &str) {
    let component = |index: usize| {
        let next = format!(r##"{{"$ref": "#/components/schemas/A{}"}}"##, index + 1);
        format!(r#""A{index}": {}, "#, link.replace("NEXT", &next))
    };
    let chain: String = (0..LEVELS).map(component).collect();
    let (written, said) = generated(&format!(r#"{chain}"A{LEVELS}": {{"type": "object"}}"#), "t.json");
    assert!(written, "{link}: {said:?}");
}

#[test]
fn long_chains_of_references_are_generated() {
    assert_chain_ends(r#"{"type": "object", "properties": {"a": NEXT}}"#);
    assert_chain_ends(r#"{"type": "array", "items": NEXT}"#);
    assert_chain_ends("NEXT");
    assert_chain_ends(r#"{"allOf": [NEXT]}"#);
    assert_chain_ends(r#"{"allOf": [NEXT, {"type": "object", "properties": {"a": {"type": "string"}}}]}"#);
    assert_chain_ends(r#"{"oneOf": [{"type": "string"}, NEXT]}"#);
    assert_chain_ends(r#"{"type": "object", "not": NEXT}"#);
}

#[test]
fn json_that_nests_too_deeply_is_rejected() {
    on_a_small_stack(|| {
        let text =
            |levels: usize| format!(r#"{}{{"label": "abc"}}{}"#, r#"{"next": "#.repeat(levels), "}".repeat(levels));
        let refused = from_json::<ChainLink>(text(LEVELS), Direction::Response).unwrap_err().to_string();
        assert!(refused.contains("recursion limit exceeded") && refused.len() < 2_000, "{refused}");
        // A reader goes this far.
        assert!(from_json::<ChainLink>(text(126), Direction::Response).is_ok());
        let shapes = format!(r#"{}"a"{}"#, "[".repeat(LEVELS), "]".repeat(LEVELS));
        let refused = from_json::<Lists>(shapes, Direction::Response).unwrap_err().to_string();
        assert!(refused.contains("recursion limit exceeded"), "{refused}");
    });
}

#[test]
fn a_deeply_nested_value_is_validated_serialized_printed_and_dropped() {
    on_a_small_stack(|| {
        let chain = |label: &str| {
            let last = ChainLink::default().label(Name(label.to_owned()));
            (0..LEVELS).fold(last, |link, _| ChainLink::default().next(link))
        };
        let right = chain("abc");
        assert!(right.is_valid_as(Direction::Request) && right.validate().is_ok());
        let found = chain("much too long").validate().unwrap_err();
        let expected = format!("body {}/label: maxLength 8, but the length is 13", "/next".repeat(LEVELS));
        assert_eq!(found.to_string(), expected);
        let written = serde_json::to_string(&right).unwrap();
        assert_eq!(written.matches("next").count(), LEVELS);
        assert!(format!("{right:?}").len() > LEVELS && right.clone() == right);
    });
}

/// What the crate cannot divide by is not passed over in silence; zeros at its end are no digits to divide by.
#[test]
fn a_multiple_of_with_too_many_digits_is_rejected() {
    const A: &str = "#/components/schemas/A";
    let long = "1234567890123456789012345678901234567890123";
    let behind = "0.1234567890123456789012345678901234567890123";
    for (step, is_taken) in [(long, false), (behind, false), ("1e-60", true), ("3e-9999999999", false)] {
        for kind in ["number", "integer"] {
            let schema = format!(r#""A": {{"type": "{kind}", "multipleOf": {step}}}"#);
            let (_, said) = generated(&schema, "t.json");
            let schema = format!(r#"{schema}, "B": {{"allOf": [{{"$ref": "{A}"}}, {{"minimum": 3}}]}}"#);
            let (_, told_once) = generated(&schema, "t.json");
            assert_eq!(said.iter().any(|line| line.contains("37 digits")), !is_taken, "{kind} {step}: {said:?}");
            assert_eq!(told_once, said, "{kind} {step}");
        }
    }
}
