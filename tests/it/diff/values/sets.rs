//! Tests of changes that only a comparison of the sets of values shows, such as variants that overlap.

use super::{HOLDERS, document, lines};
use crate::diff::changes;

/// The older schema, the newer schema, the rule, the impact in a request, and the impact in a response. The keywords alone show no
/// change that may affect callers in at least one direction.
pub(super) const PAIRS: &[(&str, &str, &str, &str, &str)] = &[
    // A value with both members was accepted, and `oneOf` rejects it.
    (BOTH, EITHER, "one-of-overlap", "breaking", ""),
    (EITHER, BOTH, "one-of-overlap", "", "breaking"),
    // The new variant overlaps another one, so that `oneOf` rejects integers that it accepted.
    (
        "oneOf: [{type: integer}, {type: string}]",
        "oneOf: [{type: integer}, {type: string}, {type: number}]",
        "one-of-overlap",
        "breaking",
        "",
    ),
    (
        "oneOf: [{type: integer}, {type: string}, {type: number}]",
        "oneOf: [{type: integer}, {type: string}]",
        "one-of-overlap",
        "",
        "breaking",
    ),
    // A variant accepts more than before, and overlaps another one.
    (
        "oneOf: [{type: string, maxLength: 2}, {type: string, minLength: 3}]",
        "oneOf: [{type: string, maxLength: 3}, {type: string, minLength: 3}]",
        "one-of-overlap",
        "breaking",
        "",
    ),
    // The object allows other members explicitly, and the new property restricts one of them.
    (
        "type: object, additionalProperties: true, properties: {a: {type: string}}",
        "type: object, additionalProperties: true, properties: {a: {type: string}, b: {type: string}}",
        "values-unclear",
        "dangerous",
        "",
    ),
    (
        "type: object, additionalProperties: {type: string}",
        "type: object, additionalProperties: {type: string}, properties: {b: {type: integer}}",
        "values-unclear",
        "dangerous",
        "dangerous",
    ),
    // The enum of the property selected the variant, and the mapping selects another one.
    (LISTED, CROSSED, "discriminator-added", "dangerous", ""),
];

const BOTH: &str = "type: object, properties: {a: {type: string}, b: {type: string}}, required: [a, b]";
const EITHER: &str = "oneOf: [{type: object, properties: {a: {type: string}, b: {type: string}}, required: [a]}, \
    {type: object, properties: {a: {type: string}, b: {type: string}}, required: [b]}]";
const LISTED: &str = "oneOf: [{$ref: '#/components/schemas/Kitten'}, {$ref: '#/components/schemas/Puppy'}]";
const CROSSED: &str = "oneOf: [{$ref: '#/components/schemas/Kitten'}, {$ref: '#/components/schemas/Puppy'}], \
    discriminator: {propertyName: kind, mapping: {kitten: Puppy, puppy: Kitten}}";
const SELECTED: &str = "oneOf: [{$ref: '#/components/schemas/Kitten'}, {$ref: '#/components/schemas/Puppy'}], \
    discriminator: {propertyName: kind, mapping: {kitten: Kitten, puppy: Puppy}}";

/// Returns the changes of a schema in each construct that can contain it, except headers.
fn lines_of(old: &str, new: &str) -> impl Iterator<Item = (&'static str, Vec<String>)> {
    let holders = HOLDERS.iter().filter(|(name, _)| *name != "response-header");
    holders.map(move |(name, holder)| (*name, lines(&changes(&document(holder, old), &document(holder, new)))))
}

#[test]
fn sets_of_values_are_compared_wherever_the_value_is() {
    for (old, new, change, sent, received) in PAIRS {
        for (name, found) in lines_of(old, new) {
            let (impact, direction) =
                if name.starts_with("request") { (sent, "request") } else { (received, "response") };
            let rule = format!("{name}-{change}");
            let matching: Vec<&String> = found.iter().filter(|line| line.starts_with(&rule)).collect();
            match *impact {
                "" => assert!(matching.is_empty(), "{old} and {new}: {found:?}"),
                impact => assert_eq!(matching, [&format!("{rule} {impact} {direction}")], "{old} and {new}: {found:?}"),
            }
        }
    }
}

#[test]
fn schemas_with_the_same_set_of_values_are_no_change() {
    let same = [
        // Keywords move into an `allOf`, or out of it.
        ("type: string, pattern: '^a', maxLength: 3", "type: string, allOf: [{pattern: '^a'}, {maxLength: 3}]"),
        ("type: integer, not: {enum: [3]}", "type: integer, allOf: [{not: {enum: [3]}}]"),
        (
            "type: array, items: {type: string}, uniqueItems: true",
            "allOf: [{type: array, items: {type: string}}, {uniqueItems: true}]",
        ),
        // Annotations in a `not` have no effect.
        ("type: string, not: {enum: [a]}", "type: string, not: {enum: [a], deprecated: true}"),
        (
            "type: string, not: {type: string, maxLength: 2}",
            "type: string, not: {type: string, maxLength: 2, default: a}",
        ),
        // The variants are disjoint.
        ("oneOf: [{type: string}, {type: integer}]", "anyOf: [{type: string}, {type: integer}]"),
        (LISTED, "anyOf: [{$ref: '#/components/schemas/Kitten'}, {$ref: '#/components/schemas/Puppy'}]"),
        // A removed variant is covered by another one.
        ("anyOf: [{type: number}, {type: integer}]", "anyOf: [{type: number}]"),
        ("anyOf: [{type: string, enum: [a]}, {type: string, enum: [a, b]}]", "anyOf: [{type: string, enum: [a, b]}]"),
        // Each variant requires a value of the property that selects it.
        (LISTED, SELECTED),
        // Every value of the `enum` satisfies the keyword.
        ("type: object, enum: [{a: 1}]", "type: object, enum: [{a: 1}], required: [a]"),
        ("type: array, items: {}, maxItems: 1", "type: array, items: {}, maxItems: 1, uniqueItems: true"),
        ("type: number, multipleOf: 2", "type: integer, multipleOf: 2"),
        ("type: integer, minimum: 0, format: int32", "type: integer, minimum: 0, maximum: 2147483647"),
    ];
    for (old, new) in same {
        for (name, found) in lines_of(old, new).chain(lines_of(new, old)) {
            let unsafe_changes: Vec<&String> = found.iter().filter(|line| !line.contains(" safe ")).collect();
            let is_selection = |line: &&&String| line.contains("discriminator-removed");
            let rest = unsafe_changes.iter().filter(|line| !is_selection(line)).count();
            assert_eq!(rest, 0, "{name}: {old} and {new}: {found:?}");
        }
    }
}

#[test]
fn new_properties_of_open_objects_are_safe_to_send() {
    let old = "type: object, properties: {a: {type: string}}";
    let new = "type: object, properties: {a: {type: string}, b: {type: string}}";
    let (_, found) = lines_of(old, new).find(|(name, _)| *name == "request-body").unwrap();
    assert_eq!(found, ["new-optional-request-property safe request"]);
}

/// Returns the changes of a request body that may affect callers.
fn unsafe_in_request(old: &str, new: &str) -> Vec<String> {
    let (_, found) = lines_of(old, new).find(|(name, _)| *name == "request-body").unwrap();
    found.into_iter().filter(|line| !line.contains(" safe ")).collect()
}

/// The member `d` is described by the first variant only. A comparison of the second variants alone would assume that callers
/// omit it.
#[test]
fn a_member_that_another_variant_describes_may_be_sent() {
    let union = |second: &str| {
        format!(
            "anyOf: [{{type: object, properties: {{c: {{type: string}}, d: {{type: string}}}}, required: [c, d]}}, \
             {{type: object, properties: {{a: {{type: string}}}}, required: [a]{second}}}]"
        )
    };
    for (old, new) in [
        (", not: {type: object, properties: {d: {type: number}}}", ", not: {type: object}"),
        ("", ", additionalProperties: false"),
        ("", ", additionalProperties: {type: integer}"),
    ] {
        let found = unsafe_in_request(&union(old), &union(new));
        assert!(!found.is_empty(), "{old} and {new}");
    }
}

/// Validators that follow the discriminator accept a boolean if any variant matches. Others count the variants.
#[test]
fn a_discriminator_does_not_count_the_variants_of_a_boolean() {
    let document = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /flags:\n    post:\n      requestBody: {{content: \
             {{application/json: {{schema: {{{schema}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\ncomponents:\n  \
             schemas:\n    Flag: {{type: boolean}}\n    Switch: {{type: boolean}}\n"
        )
    };
    let flags = "oneOf: [{$ref: '#/components/schemas/Flag'}, {$ref: '#/components/schemas/Switch'}]";
    let old = document(&format!("{flags}, discriminator: {{propertyName: kind}}"));
    let found = lines(&changes(&old, &document(flags)));
    assert!(found.iter().any(|line| !line.contains(" safe ")), "{found:?}");
}

/// By the specification, no value matches two equal variants of a `oneOf`. Published documents list several nullable variants, and
/// mean that null is allowed.
#[test]
fn null_matches_one_variant_by_the_specification_and_any_variant_in_practice() {
    let is_safe = |old: &str, new: &str| unsafe_in_request(old, new).is_empty();
    let nullable = "type: object, nullable: true";
    let never = "oneOf: [{type: object}, {oneOf: [{}, {}]}]";
    let once = "oneOf: [{type: object}, {oneOf: [{type: string, nullable: true}, {type: integer}]}]";
    assert!(is_safe("type: object", never));
    assert!(!is_safe(nullable, never));
    assert!(is_safe(nullable, once));
    let twice = "{type: string, nullable: true}, {type: integer, nullable: true}";
    assert!(is_safe(&format!("oneOf: [{twice}]"), &format!("oneOf: [{twice}, {{type: boolean}}]")));
    assert!(!is_safe("type: string, nullable: true", &format!("oneOf: [{twice}]")));
    assert!(!is_safe(&format!("oneOf: [{twice}]"), "oneOf: [{type: string}, {type: integer}]"));
}

#[test]
fn a_wrapper_of_a_read_only_property_is_read_only() {
    let object =
        |rest: &str| format!("type: object, properties: {{a: {{allOf: [{{type: string, readOnly: true}}]}}}}{rest}");
    assert_eq!(unsafe_in_request(&object(""), &object(", required: [a]")), [""; 0]);
}

#[test]
fn the_report_names_the_variants_that_overlap() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    let found = changes(&body(BOTH), &body(EITHER));
    let messages: Vec<&str> = found.iter().map(|change| change.message.as_str()).collect();
    let message = "a value can match the variants `0` and `1` of `oneOf` in the newer document";
    assert!(messages.contains(&message), "{messages:?}");
}

/// Returns a union of `count` unions, each of `count` variants that overlap.
fn nested_unions(count: usize, bound: usize) -> String {
    let variants = |outer: usize| {
        let variant = |inner: usize| {
            format!("{{type: object, properties: {{p{outer}x{inner}: {{type: integer, maximum: {bound}}}}}}}")
        };
        format!("{{anyOf: [{}]}}", (0..count).map(variant).collect::<Vec<_>>().join(", "))
    };
    format!("oneOf: [{}]", (0..count).map(variants).collect::<Vec<_>>().join(", "))
}

#[test]
fn large_unions_are_compared_with_a_limited_number_of_steps() {
    let body = |bound| document(HOLDERS[1].1, &nested_unions(24, bound));
    let found = lines(&changes(&body(1), &body(2)));
    assert!(found.iter().any(|line| !line.contains(" safe ")), "{found:?}");
}

#[test]
fn properties_that_move_between_members_of_all_of_are_compared() {
    let old = "type: object, required: [a], properties: {a: {type: string}, b: {type: integer}, c: {type: string}}";
    let new = "allOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]";
    assert_eq!(
        lines(&changes(&document(HOLDERS[1].1, old), &document(HOLDERS[1].1, new))),
        [
            "request-property-became-required breaking request",
            "request-property-type-changed breaking request",
            "request-property-removed dangerous request",
            "request-property-became-optional safe request",
        ]
    );
}
