//! Tests of bounds next to an `enum`, exclusive bounds, and bounds in `allOf`.

use super::{HOLDERS, document};
use crate::diff::{changes, lines};

#[test]
fn a_bound_that_enum_values_violate_is_reported() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    assert_eq!(
        lines(&changes(&body("type: string, maxLength: 4"), &body("type: string, enum: [a, abcde]"))),
        ["request-body-became-enum breaking request", "request-body-max-length-unset safe request"]
    );
    // The values that remain in the `enum` satisfy the new bound.
    assert_eq!(
        lines(&changes(&body("type: string, enum: [a, abcde]"), &body("type: string, enum: [a], maxLength: 4"))),
        ["request-body-enum-value-removed breaking request"]
    );
}

#[test]
fn an_exclusive_bound_is_reported_as_the_document_states_it() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    let changed = |old: &str, new: &str| {
        let found = changes(&body(old), &body(new));
        let wire = found.into_iter().find(|change| change.impact().is_some()).unwrap();
        (wire.message, wire.new.unwrap().pointer.last().unwrap())
    };
    for kind in ["number", "integer"] {
        let (included, excluded) =
            (format!("type: {kind}, minimum: 4"), format!("type: {kind}, minimum: 4, exclusiveMinimum: true"));
        let expected = ("`minimum` 4 became exclusive".to_owned(), "exclusiveMinimum".to_owned());
        assert_eq!(changed(&included, &excluded), expected);
        let expected = ("`minimum` 4 is no longer exclusive".to_owned(), "minimum".to_owned());
        assert_eq!(changed(&excluded, &included), expected);
        let more = format!("type: {kind}, minimum: 7, exclusiveMinimum: true");
        let expected = ("`minimum` changed from 4 (exclusive) to 7 (exclusive)".to_owned(), "minimum".to_owned());
        assert_eq!(changed(&excluded, &more), expected);
    }
}

#[test]
fn a_constraint_of_one_member_of_all_of_is_reported() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    let changed = |old: &str, new: &str| lines(&changes(&body(old), &body(new)));
    let parts = |first: &str, second: &str| {
        format!(
            "allOf: [{{type: object, {first}, properties: {{a: {{}}}}}}, {{type: object, {second}, properties: {{b: {{}}}}}}]"
        )
    };
    assert_eq!(
        changed(&parts("required: [a]", "minProperties: 1"), &parts("required: [a, b]", "minProperties: 3")),
        ["request-property-became-required breaking request", "request-body-min-properties-increased breaking request"]
    );
    // If a schema has two lower bounds, only the tighter one has an effect.
    let with = |bound: &str| parts(bound, "minProperties: 3");
    assert_eq!(changed(&with("minProperties: 1"), &with("minProperties: 2")), [""; 0]);
    assert_eq!(
        changed(&with("minProperties: 1"), &with("minProperties: 4")),
        ["request-body-min-properties-increased breaking request"]
    );
    assert_eq!(
        changed(
            &parts("nullable: false", "required: [b], minProperties: 2"),
            &parts("nullable: false", "required: [b]")
        ),
        ["request-body-min-properties-unset safe request"]
    );
}

#[test]
fn changes_without_an_effect_are_not_reported() {
    let same = [
        ("type: integer, maximum: 9", "type: integer, maximum: 9.5"),
        ("type: integer, minimum: 10", "type: integer, minimum: 9.5, exclusiveMinimum: true"),
        (
            "allOf: [{type: object, required: [a], properties: {a: {}}}, {required: [a, b], properties: {b: {}}}]",
            "allOf: [{type: object, required: [a, b], properties: {a: {}}}, {required: [a, b], properties: {b: {}}}]",
        ),
        (
            "allOf: [{type: object, required: [l], properties: {l: {}}}, {$ref: '#/components/schemas/Cat'}]",
            "allOf: [{type: object, required: [l, kind], properties: {l: {}}}, {$ref: '#/components/schemas/Cat'}]",
        ),
        (
            "allOf: [{type: object, properties: {a: {}}}, {minProperties: 2}]",
            "allOf: [{type: object, minProperties: 2, properties: {a: {}}}]",
        ),
        (
            "allOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}, {minProperties: 2}]",
            "minProperties: 2, allOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]",
        ),
    ];
    for (old, new) in same {
        for (name, holder) in HOLDERS.iter().filter(|(name, _)| *name != "response-header") {
            for (old, new) in [(old, new), (new, old)] {
                let found = lines(&changes(&document(holder, old), &document(holder, new)));
                assert!(found.is_empty(), "{name}: {old} and {new}: {found:?}");
            }
        }
    }
}
