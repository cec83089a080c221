//! Tests of each keyword: validates valid and invalid values against a small schema.

use serde_json::{Value, json};

use crate::check::value::{Direction, Validator};
use crate::finding::Findings;
use crate::load::load;
use crate::options::SchemaReading;
use crate::resolve::document::Document;
use crate::resolve::resolve;

/// Returns the violations of the schema `A` by `value`, each with the JSON Pointer and the keyword. `schemas` contains `A`.
fn violations(schemas: &str, direction: Direction, value: Value) -> Vec<String> {
    found(schemas, value, |document| Validator::new(document, direction))
}

/// Does the same as [`violations`] for the Rust type of the schema.
fn violations_of_type(schemas: &str, value: Value) -> Vec<String> {
    found(schemas, value, |document| Validator::new(document, Direction::Either).for_rust_types())
}

fn found(schemas: &str, value: Value, validator: impl FnOnce(&Document) -> Validator<'_>) -> Vec<String> {
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let mut findings = Findings::new("test.yaml");
    let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
    let document = resolve(&source, SchemaReading::default(), &mut findings).expect("a document within the limits");
    assert_eq!(findings.iter().count(), 0, "{findings:?}");
    let schema = document.schemas.get("A").expect("a schema A");
    let found = validator(&document).violations_of(schema, &value);
    found.into_iter().map(|violation| format!("{} {}", violation.pointer, violation.keyword)).collect()
}

fn check(schema: &str, cases: &[(Value, &[&str])]) {
    for (value, expected) in cases {
        let found = violations(&format!("    A: {schema}\n"), Direction::Either, value.clone());
        assert_eq!(found, *expected, "{schema} with {value}");
    }
}

#[test]
fn types_and_null_are_validated() {
    check("{type: integer}", &[(json!(1.0), &[]), (json!(1.5), &[" type"]), (json!(null), &[" type"])]);
    check("{type: string, nullable: true, minLength: 2}", &[(json!(null), &[]), (json!("a"), &[" minLength"])]);
    check("{type: string, nullable: true, enum: [a]}", &[(json!(null), &[]), (json!("b"), &[" enum"])]);
    check("{nullable: true, enum: [a]}", &[(json!(null), &[" enum"])]);
    check("{nullable: true, allOf: [{type: object}]}", &[(json!(null), &[]), (json!(1), &[" type"])]);
    check("{minLength: 2}", &[(json!(5), &[]), (json!(null), &[]), (json!("a"), &[" minLength"])]);
}

#[test]
fn a_schema_with_properties_and_no_type_can_be_read_as_its_rust_type() {
    let schema = "    A: {properties: {a: {properties: {b: {}}}}}\n";
    for (value, of_type) in [
        (json!("a"), vec![" properties"]),
        (json!(null), vec![" properties"]),
        (json!({"a": 1}), vec!["/a properties"]),
        (json!({"a": {"b": 1}}), vec![]),
    ] {
        assert_eq!(violations(schema, Direction::Either, value.clone()), [""; 0]);
        assert_eq!(violations_of_type(schema, value), of_type);
    }
    assert_eq!(violations_of_type("    A: {not: {properties: {a: {}}}}\n", json!("a")), [" not"]);
}

#[test]
fn strings_are_validated() {
    check("{maxLength: 1}", &[(json!("😀"), &[]), (json!("ab"), &[" maxLength"])]);
    check("{pattern: '^\\p{L}+$'}", &[(json!("é"), &[]), (json!("1"), &[" pattern"])]);
    check("{pattern: '^[a\\-_]$'}", &[(json!("_"), &[]), (json!("b"), &[" pattern"])]);
}

#[test]
fn formats_are_validated() {
    check("{format: date}", &[(json!("2024-02-29"), &[]), (json!("2023-02-29"), &[" format"]), (json!(5), &[])]);
    check("{type: string, format: uri}", &[(json!("a:b"), &[]), (json!("a b"), &[" format"])]);
    check("{type: string, format: secret}", &[(json!("a b"), &[])]);
}

#[test]
fn numbers_are_validated() {
    check("{minimum: 1, maximum: 3}", &[(json!(1), &[]), (json!(0), &[" minimum"]), (json!(3.5), &[" maximum"])]);
    check("{minimum: 1, exclusiveMinimum: true}", &[(json!(1), &[" minimum"]), (json!(1.5), &[])]);
    check("{maximum: 1, exclusiveMaximum: true}", &[(json!(1), &[" maximum"]), (json!(0), &[])]);
    check("{multipleOf: 0.01}", &[(json!(19.99), &[]), (json!(0.001), &[" multipleOf"])]);
    let large = |text: &str| -> Value { text.parse().expect("a number") };
    check(
        "{minimum: -9007199254740993, maximum: 1e24, exclusiveMaximum: true, multipleOf: 0.5}",
        &[
            (json!(-9007199254740993_i64), &[]),
            (json!(-9007199254740994_i64), &[" minimum"]),
            (large("-9007199254740993.5"), &[" minimum"]),
            (large("999999999999999999999999.5"), &[]),
            (json!(1e24), &[" maximum"]),
            (large("999999999999999999999999.4"), &[" multipleOf"]),
        ],
    );
    check("{enum: [18446744073709551616, 0.1]}", &[(large("18446744073709551617"), &[" enum"]), (large("0.10"), &[])]);
    check(
        "{type: integer, format: int32}",
        &[(json!(2147483647), &[]), (json!(-2147483648.0), &[]), (json!(3e9), &[" format"])],
    );
    check("{type: integer, format: int32, maximum: 4000000000}", &[(json!(3e9), &[])]);
    check("{type: integer, format: int64}", &[(json!(i64::MIN), &[]), (json!(u64::MAX), &[" format"])]);
    check("{type: integer, format: uint64}", &[(json!(u64::MAX), &[]), (json!(-1), &[" format"])]);
    check("{type: number, format: int32}", &[(json!(3e9), &[])]);
    check("{enum: [1, null]}", &[(json!(1.0), &[]), (json!(null), &[]), (json!("1"), &[" enum"])]);
}

#[test]
fn arrays_are_validated() {
    check(
        "{items: {maxLength: 1}, minItems: 1, maxItems: 2, uniqueItems: true}",
        &[
            (json!(["a", "bb"]), &["/1 maxLength"]),
            (json!([]), &[" minItems"]),
            (json!([1, 1.0, 2]), &[" maxItems", " uniqueItems"]),
        ],
    );
}

#[test]
fn objects_are_validated() {
    let schema = "{properties: {a: {type: string}}, required: [a, b], additionalProperties: false, maxProperties: 1}";
    check(
        schema,
        &[
            (json!({"a": 1}), &[" required", "/a type"]),
            (json!({"a": "", "b": 1}), &[" maxProperties", "/b additionalProperties"]),
        ],
    );
    check("{additionalProperties: {type: string}, minProperties: 1}", &[(json!({"x/y": 1}), &["/x~1y type"])]);
    check("{minProperties: 1}", &[(json!({}), &[" minProperties"])]);
}

#[test]
fn read_only_and_write_only_members_are_required_in_one_direction() {
    let schema = "    A: {properties: {id: {readOnly: true}, key: {$ref: '#/components/schemas/Key'}}, required: [id, key]}\n    \
                  Key: {writeOnly: true}\n";
    assert_eq!(violations(schema, Direction::Request, json!({"id": 1})), [" required"]);
    assert_eq!(violations(schema, Direction::Request, json!({"key": 1})), [""; 0]);
    assert_eq!(violations(schema, Direction::Response, json!({"id": 1})), [""; 0]);
    assert_eq!(violations(schema, Direction::Response, json!({"key": 1})), [" required"]);
    assert_eq!(violations(schema, Direction::Either, json!({})), [""; 0]);
}

#[test]
fn combinations_are_validated() {
    check(
        "{allOf: [{minLength: 2}, {maxLength: 3}]}",
        &[(json!("a"), &[" minLength"]), (json!("abcd"), &[" maxLength"])],
    );
    check("{anyOf: [{type: string}, {minimum: 2}]}", &[(json!("a"), &[]), (json!(1), &[" anyOf"])]);
    check(
        "{oneOf: [{type: integer}, {minimum: 2}]}",
        &[(json!(1), &[]), (json!(3), &[" oneOf"]), (json!(1.5), &[" oneOf"])],
    );
    check("{not: {type: string}}", &[(json!(1), &[]), (json!("a"), &[" not"])]);
}

#[test]
fn a_discriminator_selects_an_alternative() {
    let schemas = "    A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
                   discriminator: {propertyName: kind, mapping: {dog: Dog}}}\n    \
                   Cat: {type: object, required: [lives]}\n    Dog: {type: object, required: [bark]}\n";
    let found = |value| violations(schemas, Direction::Either, value);
    assert_eq!(found(json!({"kind": "Cat", "bark": 1})), [" required"]);
    assert_eq!(found(json!({"kind": "Cat", "lives": 9, "bark": 1})), [""; 0]);
    assert_eq!(found(json!({"kind": "dog"})), [" required"]);
    assert_eq!(found(json!({"kind": "Cow"})), ["/kind discriminator"]);
    assert_eq!(found(json!({"kind": "Cow", "lives": 9})), [""; 0]);
    assert_eq!(found(json!({})), [" discriminator"]);
    assert_eq!(found(json!(1)), [" oneOf"]);
}

#[test]
fn validation_ends_when_the_budget_is_spent() {
    let schemas = "    A: {anyOf: [{properties: {a: {$ref: '#/components/schemas/A'}}, required: [b]}, \
                   {properties: {a: {$ref: '#/components/schemas/A'}}, required: [c]}]}\n";
    let nested = |depth: usize| (0..depth).fold(json!({}), |inner, _| json!({"a": inner}));
    assert_eq!(violations(schemas, Direction::Either, nested(3)), [" anyOf"]);
    assert_eq!(violations(schemas, Direction::Either, nested(60)), [" $ref"]);
}

/// Without a limit on the number of steps, matching each of these strings would take longer than a lifetime.
#[test]
fn matching_that_takes_too_many_steps_is_a_violation() {
    for pattern in [r"(a*)*\\1c", "^(a{1,1000}){1,1000}$"] {
        let schema = format!("    A: {{type: string, pattern: \"{pattern}\"}}\n");
        let text = format!("{}!", "a".repeat(50));
        assert_eq!(violations(&schema, Direction::Either, json!(text)), [" pattern"], "{pattern}");
    }
}

#[test]
fn the_patterns_of_all_variants_share_the_steps_of_a_value() {
    let variants: String = (0..40).map(|index| format!(r"{{type: string, pattern: '(a*)*\1c{index}'}}, ")).collect();
    let schema = format!("    A: {{anyOf: [{variants}]}}\n");
    assert_eq!(violations(&schema, Direction::Either, json!("a".repeat(10_000))), [" $ref"]);
}

#[test]
fn a_hundred_violations_of_a_value_are_listed() {
    let names: String = (0..60).map(|index| format!("p{index}, ")).collect();
    let schema = format!("    A: {{type: array, items: {{type: object, required: [{names}]}}}}\n");
    let found = |length: usize| violations(&schema, Direction::Either, json!(vec![json!({}); length]));
    assert_eq!(found(1).len(), 60);
    assert_eq!(found(2).len(), 101);
    assert_eq!(found(1_000).len(), 101);
}
