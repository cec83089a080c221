//! Tests of documents and values that could exhaust time, memory or the stack. Each test runs on a small stack, and must end with
//! a result or a finding.

use copperplate::{Input, Options, Pipeline, Types};
use tests::composition::types::Lists;
use tests::nested_structs::types::Top;
use tests::references::types::{ChainLink, Name};
use tests::runtime::{Direction, Validate, from_json};

/// The depth of the nested schemas and values in these tests.
const LEVELS: usize = 1_000;

/// Runs a function on a stack of 2 MiB, the default for threads.
fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

/// Generates a crate from a document with these schemas. Returns whether the run produced files, and the messages of its
/// findings.
fn generated(schemas: &str, file: &str) -> (bool, Vec<String>) {
    let (schemas, file) = (schemas.to_owned(), file.to_owned());
    on_a_small_stack(move || {
        let head =
            r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": "#;
        let text = format!("{head}{{{schemas}}}}}}}");
        let options =
            Options { crate_name: "t".to_owned(), types: Types::All, skip_unsupported: true, ..Options::default() };
        let generation = Pipeline::new(&options).generate(&[Input::new(file, text, "t")]);
        (generation.files.is_some(), generation.findings.iter().map(|finding| finding.message.clone()).collect())
    })
}

/// Asserts that nested schemas are generated up to the limit, and rejected beyond it.
#[track_caller]
fn assert_nesting_is_limited(open: &str, close: &str) {
    let nested = |levels: usize| format!(r#""A": {}{{"type": "string"}}{}"#, open.repeat(levels), close.repeat(levels));
    let braces = open.matches(['{', '[']).count();
    for file in ["t.json", "t.yaml"] {
        let (_, messages) = generated(&nested(LEVELS), file);
        assert_eq!(messages, ["The text is nested more than 128 levels deep."], "{file}");
        let (written, messages) = generated(&nested(120 / braces), file);
        assert!(written, "{file}: {messages:?}");
    }
}

#[test]
fn deeply_nested_schemas_are_rejected() {
    assert_nesting_is_limited(r#"{"type": "object", "properties": {"a": "#, "}}");
    assert_nesting_is_limited(r#"{"type": "array", "items": "#, "}");
    assert_nesting_is_limited(r#"{"type": "object", "additionalProperties": "#, "}");
    assert_nesting_is_limited(r#"{"allOf": [{"type": "string"}, "#, "]}");
    assert_nesting_is_limited(r#"{"oneOf": [{"type": "integer"}, "#, "]}");
    assert_nesting_is_limited(r#"{"anyOf": [{"type": "integer"}, "#, "]}");
    assert_nesting_is_limited(r#"{"not": "#, "}");
}

/// Asserts that copperplate generates a chain of `levels` components, each of which refers to the next. The text is flat, but the
/// schemas are deeply nested.
#[track_caller]
fn assert_chain_is_generated(levels: usize, link: &str) {
    let component = |index: usize| {
        let next = format!(r##"{{"$ref": "#/components/schemas/A{}"}}"##, index + 1);
        format!(r#""A{index}": {}, "#, link.replace("NEXT", &next))
    };
    let chain: String = (0..levels).map(component).collect();
    let (written, messages) = generated(&format!(r#"{chain}"A{levels}": {{"type": "object"}}"#), "t.json");
    assert!(written, "{link}: {messages:?}");
}

#[test]
fn long_chains_of_references_are_generated() {
    /// Each component of a chain of `allOf` or aliases is merged with those that follow, so such a chain may be less long.
    const INHERITED: usize = 150;
    assert_chain_is_generated(LEVELS, r#"{"type": "object", "properties": {"a": NEXT}}"#);
    assert_chain_is_generated(LEVELS, r#"{"type": "array", "items": NEXT}"#);
    assert_chain_is_generated(INHERITED, "NEXT");
    assert_chain_is_generated(INHERITED, r#"{"allOf": [NEXT]}"#);
    assert_chain_is_generated(
        INHERITED,
        r#"{"allOf": [NEXT, {"type": "object", "properties": {"a": {"type": "string"}}}]}"#,
    );
    assert_chain_is_generated(LEVELS, r#"{"oneOf": [{"type": "string"}, NEXT]}"#);
    assert_chain_is_generated(LEVELS, r#"{"type": "object", "not": NEXT}"#);
}

#[test]
fn json_that_nests_too_deeply_is_rejected() {
    on_a_small_stack(|| {
        let text =
            |levels: usize| format!(r#"{}{{"label": "abc"}}{}"#, r#"{"next": "#.repeat(levels), "}".repeat(levels));
        let error = from_json::<ChainLink>(text(LEVELS), Direction::Response).unwrap_err().to_string();
        assert!(error.contains("recursion limit exceeded") && error.len() < 2_000, "{error}");
        // This is the deepest value that can be decoded.
        assert!(from_json::<ChainLink>(text(126), Direction::Response).is_ok());
        let lists = format!(r#"{}"a"{}"#, "[".repeat(LEVELS), "]".repeat(LEVELS));
        let error = from_json::<Lists>(lists, Direction::Response).unwrap_err().to_string();
        assert!(error.contains("recursion limit exceeded"), "{error}");
    });
}

/// Each of four structs has 16 members, so that a struct with all members in place has 16^4 strings: 1.5 MB.
#[test]
fn structs_with_many_structs_as_members_are_decoded_on_a_small_stack() {
    const { assert!(size_of::<Top>() <= 8192) };
    on_a_small_stack(|| {
        assert_eq!(from_json::<Top>("{}", Direction::Response).unwrap(), Top::default());
        let text = r#"{"a":{"p":{"a":{"p":"deep"}}}}"#;
        let top: Top = from_json(text, Direction::Response).unwrap();
        let leaf = top.a.as_ref().and_then(|upper| upper.p.as_ref()?.a.as_ref());
        assert_eq!(leaf.and_then(|leaf| leaf.p.as_deref()), Some("deep"));
        assert_eq!(serde_json::to_string(&top).unwrap(), text);
    });
}

#[test]
fn a_deeply_nested_value_is_validated_serialized_printed_and_dropped() {
    on_a_small_stack(|| {
        let chain = |label: &str| {
            let last = ChainLink::default().label(Name(label.to_owned()));
            (0..LEVELS).fold(last, |link, _| ChainLink::default().next(link))
        };
        let valid = chain("abc");
        assert!(valid.is_valid_as(Direction::Request) && valid.validate().is_ok());
        let found = chain("much too long").validate().unwrap_err();
        let expected = format!("body {}/label: maxLength 8, but the length is 13", "/next".repeat(LEVELS));
        assert_eq!(found.to_string(), expected);
        let written = serde_json::to_string(&valid).unwrap();
        assert_eq!(written.matches("next").count(), LEVELS);
        assert!(format!("{valid:?}").len() > LEVELS && valid.clone() == valid);
    });
}

/// A `multipleOf` with more than 37 significant digits is reported once, because the crate cannot divide by it.
#[test]
fn a_multiple_of_with_too_many_digits_is_rejected() {
    const A: &str = "#/components/schemas/A";
    let long = "1234567890123456789012345678901234567890123";
    let fraction = "0.1234567890123456789012345678901234567890123";
    for (step, is_supported) in [(long, false), (fraction, false), ("1e-60", true), ("3e-9999999999", false)] {
        for kind in ["number", "integer"] {
            let schema = format!(r#""A": {{"type": "{kind}", "multipleOf": {step}}}"#);
            let (_, messages) = generated(&schema, "t.json");
            let schema = format!(r#"{schema}, "B": {{"allOf": [{{"$ref": "{A}"}}, {{"minimum": 3}}]}}"#);
            let (_, with_subtype) = generated(&schema, "t.json");
            assert_eq!(
                messages.iter().any(|line| line.contains("37 digits")),
                !is_supported,
                "{kind} {step}: {messages:?}"
            );
            assert_eq!(with_subtype, messages, "{kind} {step}");
        }
    }
}

/// Compares two documents whose schemas `S0` to `S{levels}` are `schema(level)`. The schema after the last level has the type
/// `string` in the older document, and `integer` in the newer document.
fn assert_change_is_found(levels: usize, rules: &[&str], schema: impl Fn(usize) -> String) {
    let document = |leaf: &str| {
        let mut schemas: Vec<String> = (0..levels).map(|level| format!(r#""S{level}": {}"#, schema(level))).collect();
        schemas.extend([levels, levels + 1].map(|level| format!(r#""S{level}": {{"type": "{leaf}"}}"#)));
        format!(
            r##"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {{"/a": {{"post": {{
            "operationId": "a", "requestBody": {{"content": {{"application/json": {{"schema": {{"$ref":
            "#/components/schemas/S0"}}}}}}}}, "responses": {{"204": {{"description": "x"}}}}}}}}}},
            "components": {{"schemas": {{{}}}}}}}"##,
            schemas.join(", ")
        )
    };
    let changes = crate::diff::changes(&document("string"), &document("integer"));
    let is_found = changes.iter().any(|change| rules.iter().any(|rule| change.rule.ends_with(rule)));
    assert!(is_found, "{:?}", changes.iter().map(|change| &change.rule).collect::<Vec<_>>());
}

/// Each pair of schemas is compared once: a search without memory takes 2^60 steps, and does not end.
#[test]
fn schemas_that_refer_to_two_further_schemas_are_compared_once() {
    let reference = |level: usize| format!(r##"{{"$ref": "#/components/schemas/S{level}"}}"##);
    assert_change_is_found(60, &["not-changed", "values-unclear"], |level| {
        format!(r#"{{"not": {{"allOf": [{}, {}]}}}}"#, reference(level + 1), reference(level + 2))
    });
}

/// Each schema has a variant for each other schema, so that variants are compared in every order.
#[test]
fn unions_that_refer_to_each_other_are_compared_once() {
    const LEVELS: usize = 14;
    assert_change_is_found(LEVELS, &["not-changed", "values-unclear"], |level| {
        let variant = |other: usize| {
            let name = (level + other + 1) % (LEVELS + 1);
            format!(r##"{{"type": "object", "properties": {{"k": {{"$ref": "#/components/schemas/S{name}"}}}}}}"##)
        };
        format!(r#"{{"not": {{"oneOf": [{}]}}}}"#, (0..LEVELS).map(variant).collect::<Vec<_>>().join(", "))
    });
}

/// Two circles of references without a common divisor of their lengths have a pair for each two of their schemas, and each pair is
/// compared inside the one before it.
#[test]
fn circles_of_different_lengths_are_compared_with_a_limited_depth() {
    let document = |length: usize| {
        let schema = |index: usize| {
            let next = (index + 1) % length;
            format!(
                r##""S{index}": {{"type": "object", "properties": {{"c": {{"$ref": "#/components/schemas/S{next}"}}}}}}"##
            )
        };
        format!(
            r##"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {{"/a": {{"get": {{
            "operationId": "a", "responses": {{"200": {{"description": "d", "content": {{"application/json": {{"schema":
            {{"$ref": "#/components/schemas/S0"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{{}}}}}}}"##,
            (0..length).map(schema).collect::<Vec<_>>().join(", ")
        )
    };
    let changes = crate::diff::changes(&document(600), &document(599));
    assert!(!changes.is_empty(), "a component is removed");
}

/// The items of each schema extend all later schemas, so that the items of their items have a conjunction for each choice of
/// schemas.
#[test]
fn conjunctions_of_each_choice_of_schemas_are_not_merged() {
    const SCHEMAS: usize = 30;
    let reference = |index: usize| format!(r##"{{"$ref": "#/components/schemas/S{index}"}}"##);
    for (before, after) in [(r#""type": "array", "items": "#, ""), (r#""type": "object", "properties": {"a": "#, "}")] {
        let schema = |index: usize| {
            let later: Vec<String> = (index + 1..SCHEMAS).map(reference).collect();
            format!(r#""S{index}": {{{before}{{"allOf": [{}]}}{after}}}"#, later.join(", "))
        };
        let schemas: Vec<String> = (0..SCHEMAS - 1).map(schema).collect();
        let last = SCHEMAS - 1;
        let (written, messages) =
            generated(&format!(r#"{}, "S{last}": {{"type": "string"}}"#, schemas.join(", ")), "t.json");
        assert!(written, "{messages:?}");
    }
}
