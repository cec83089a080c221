//! Tests of changes to schemas, for every OpenAPI construct that can contain a schema. The impact of a change depends on the
//! direction.

/// Tests of bounds next to an `enum`, exclusive bounds, and bounds in `allOf`.
mod bounds;
/// Tests of changes that only a comparison of the sets of values shows, such as variants that overlap.
mod sets;

use super::{HEAD, changes, lines};

/// The older schema, the newer schema, the rule, the impact in a request, and the impact in a response.
const PAIRS: &[(&str, &str, &str, &str, &str)] = &[
    ("type: string, maxLength: 4", "type: string, maxLength: 5", "max-length-increased", "safe", "breaking"),
    ("type: string, maxLength: 4", "type: string, maxLength: 3", "max-length-decreased", "breaking", "safe"),
    ("type: string", "type: string, maxLength: 3", "max-length-set", "dangerous", "safe"),
    ("type: string, maxLength: 4", "type: string", "max-length-unset", "safe", "breaking"),
    ("type: string, minLength: 4", "type: string, minLength: 5", "min-length-increased", "breaking", "safe"),
    ("type: string, minLength: 4", "type: string, minLength: 3", "min-length-decreased", "safe", "breaking"),
    ("type: string", "type: string, minLength: 3", "min-length-set", "dangerous", "safe"),
    ("type: string, minLength: 4", "type: string", "min-length-unset", "safe", "breaking"),
    ("type: integer, maximum: 4", "type: integer, maximum: 5", "max-increased", "safe", "breaking"),
    ("type: integer, maximum: 4", "type: integer, maximum: 3", "max-decreased", "breaking", "safe"),
    ("type: integer", "type: integer, maximum: 3", "max-set", "dangerous", "safe"),
    ("type: integer, maximum: 4", "type: integer", "max-unset", "safe", "breaking"),
    ("type: number, maximum: 1e24", "type: number, maximum: 1.1e24", "max-increased", "safe", "breaking"),
    (
        "type: integer, maximum: 9007199254740992",
        "type: integer, maximum: 9007199254740993",
        "max-increased",
        "safe",
        "breaking",
    ),
    (
        "type: integer, maximum: 18446744073709551616, exclusiveMaximum: true",
        "type: integer, maximum: 18446744073709551616",
        "max-increased",
        "safe",
        "breaking",
    ),
    ("type: integer, minimum: 4", "type: integer, minimum: 5", "min-increased", "breaking", "safe"),
    ("type: integer, minimum: 4", "type: integer, minimum: 3", "min-decreased", "safe", "breaking"),
    ("type: integer", "type: integer, minimum: 3", "min-set", "dangerous", "safe"),
    ("type: integer, minimum: 4", "type: integer", "min-unset", "safe", "breaking"),
    (
        "type: number, minimum: 4",
        "type: number, minimum: 4, exclusiveMinimum: true",
        "min-increased",
        "breaking",
        "safe",
    ),
    (
        "type: number, maximum: 4, exclusiveMaximum: true",
        "type: number, maximum: 4",
        "max-increased",
        "safe",
        "breaking",
    ),
    (
        "type: array, items: {}, maxItems: 4",
        "type: array, items: {}, maxItems: 5",
        "max-items-increased",
        "safe",
        "breaking",
    ),
    (
        "type: array, items: {}, maxItems: 4",
        "type: array, items: {}, maxItems: 3",
        "max-items-decreased",
        "breaking",
        "safe",
    ),
    ("type: array, items: {}", "type: array, items: {}, maxItems: 3", "max-items-set", "dangerous", "safe"),
    ("type: array, items: {}, maxItems: 4", "type: array, items: {}", "max-items-unset", "safe", "breaking"),
    (
        "type: array, items: {}, minItems: 4",
        "type: array, items: {}, minItems: 5",
        "min-items-increased",
        "breaking",
        "safe",
    ),
    (
        "type: array, items: {}, minItems: 4",
        "type: array, items: {}, minItems: 3",
        "min-items-decreased",
        "safe",
        "breaking",
    ),
    ("type: array, items: {}", "type: array, items: {}, minItems: 3", "min-items-set", "dangerous", "safe"),
    ("type: array, items: {}, minItems: 4", "type: array, items: {}", "min-items-unset", "safe", "breaking"),
    (
        "type: object, maxProperties: 4",
        "type: object, maxProperties: 5",
        "max-properties-increased",
        "safe",
        "breaking",
    ),
    (
        "type: object, maxProperties: 4",
        "type: object, maxProperties: 3",
        "max-properties-decreased",
        "breaking",
        "safe",
    ),
    ("type: object", "type: object, maxProperties: 3", "max-properties-set", "dangerous", "safe"),
    ("type: object, maxProperties: 4", "type: object", "max-properties-unset", "safe", "breaking"),
    (
        "type: object, minProperties: 4",
        "type: object, minProperties: 5",
        "min-properties-increased",
        "breaking",
        "safe",
    ),
    (
        "type: object, minProperties: 4",
        "type: object, minProperties: 3",
        "min-properties-decreased",
        "safe",
        "breaking",
    ),
    ("type: object", "type: object, minProperties: 3", "min-properties-set", "dangerous", "safe"),
    ("type: object, minProperties: 4", "type: object", "min-properties-unset", "safe", "breaking"),
    ("type: integer", "type: integer, multipleOf: 3", "multiple-of-set", "dangerous", "safe"),
    ("type: integer, multipleOf: 3", "type: integer", "multiple-of-unset", "safe", "breaking"),
    ("type: integer, multipleOf: 3", "type: integer, multipleOf: 6", "multiple-of-tightened", "breaking", "safe"),
    ("type: integer, multipleOf: 6", "type: integer, multipleOf: 3", "multiple-of-loosened", "safe", "breaking"),
    ("type: integer, multipleOf: 3", "type: integer, multipleOf: 4", "multiple-of-changed", "breaking", "breaking"),
    ("type: string", "type: string, pattern: '^a'", "pattern-added", "breaking", "safe"),
    ("type: string, pattern: '^a'", "type: string", "pattern-removed", "safe", "breaking"),
    ("type: string, pattern: '^a'", "type: string, pattern: '^b'", "pattern-changed", "dangerous", "dangerous"),
    ("type: array, items: {}", "type: array, items: {}, uniqueItems: true", "unique-items-added", "breaking", "safe"),
    ("type: array, items: {}, uniqueItems: true", "type: array, items: {}", "unique-items-removed", "safe", "breaking"),
    ("type: string", "type: string, format: uuid", "format-added", "breaking", "safe"),
    ("type: string", "type: string, format: password", "format-annotation-changed", "safe", "safe"),
    ("type: string, format: phone", "type: string, format: uuid", "format-added", "breaking", "safe"),
    ("type: string, format: uuid", "type: string", "format-removed", "safe", "breaking"),
    ("type: string, format: date", "type: string, format: date-time", "format-changed", "breaking", "breaking"),
    ("type: integer, format: int32", "type: integer, format: int64", "format-generalized", "safe", "breaking"),
    ("type: number, format: double", "type: number, format: float", "format-specialized", "breaking", "safe"),
    // An integer without a format counts as `int64`, and a number without a format counts as `double`.
    ("type: integer", "type: integer, format: int64", "format-annotation-changed", "safe", "safe"),
    ("type: number, format: double", "type: number", "format-annotation-changed", "safe", "safe"),
    ("type: integer, format: int32", "type: integer", "format-generalized", "safe", "breaking"),
    ("type: integer, format: int32", "type: number, format: double", "type-generalized", "safe", "breaking"),
    ("type: integer", "type: string", "type-changed", "breaking", "breaking"),
    ("type: integer", "type: number", "type-generalized", "safe", "breaking"),
    ("{}", "type: string", "type-specialized", "breaking", "safe"),
    ("type: string", "type: string, nullable: true", "became-nullable", "safe", "breaking"),
    ("type: string, nullable: true", "type: string", "became-not-nullable", "breaking", "safe"),
    ("type: string, enum: [a]", "type: string, enum: [b, a]", "enum-value-added", "safe", "dangerous"),
    ("type: string, enum: [a, b]", "type: string, enum: [b]", "enum-value-removed", "breaking", "safe"),
    ("type: string", "type: string, enum: [a]", "became-enum", "breaking", "safe"),
    ("type: string, enum: [a]", "type: string", "became-not-enum", "safe", "dangerous"),
    // Constraints that follow from an `enum` are not reported.
    ("type: string, maxLength: 4, pattern: '^a'", "type: string, enum: [a, ab]", "became-enum", "breaking", "safe"),
    (
        "type: string, enum: [a, ab]",
        "type: string, minLength: 1, pattern: '^a'",
        "became-not-enum",
        "safe",
        "dangerous",
    ),
    ("type: integer, minimum: 4, multipleOf: 2", "type: integer, enum: [4, 6]", "became-enum", "breaking", "safe"),
    (
        "type: object, properties: {a: {}}",
        "type: object, properties: {a: {}}, additionalProperties: false",
        "additional-properties-forbidden",
        "breaking",
        "safe",
    ),
    (
        "type: object, properties: {a: {}}, additionalProperties: false",
        "type: object, properties: {a: {}}, additionalProperties: true",
        "additional-properties-allowed",
        "safe",
        "dangerous",
    ),
    (
        "type: object",
        "type: object, additionalProperties: {type: string}",
        "additional-properties-restricted",
        "breaking",
        "safe",
    ),
    (
        "type: object, additionalProperties: {type: string}",
        "type: object",
        "additional-properties-widened",
        "safe",
        "breaking",
    ),
    ("type: string", "type: string, not: {enum: [a]}", "not-added", "breaking", "safe"),
    ("type: string, not: {enum: [a]}", "type: string", "not-removed", "safe", "breaking"),
    ("type: string, not: {enum: [a]}", "type: string, not: {enum: [b]}", "not-changed", "dangerous", "dangerous"),
    (
        "oneOf: [{type: string}, {type: integer}]",
        "oneOf: [{type: integer}, {type: string}, {type: boolean}]",
        "one-of-added",
        "safe",
        "breaking",
    ),
    (
        "oneOf: [{type: string}, {type: boolean}, {type: integer}]",
        "oneOf: [{type: string}, {type: integer}]",
        "one-of-removed",
        "breaking",
        "safe",
    ),
    (
        "anyOf: [{type: string}, {type: integer}]",
        "anyOf: [{type: integer}, {type: string}, {type: boolean}]",
        "any-of-added",
        "safe",
        "breaking",
    ),
    (
        "anyOf: [{type: string}, {type: boolean}, {type: integer}]",
        "anyOf: [{type: string}, {type: integer}]",
        "any-of-removed",
        "breaking",
        "safe",
    ),
    (
        "oneOf: [{type: number}, {type: integer}]",
        "anyOf: [{type: number}, {type: integer}]",
        "one-of-became-any-of",
        "safe",
        "breaking",
    ),
    (
        "anyOf: [{type: number}, {type: integer}]",
        "oneOf: [{type: number}, {type: integer}]",
        "any-of-became-one-of",
        "breaking",
        "safe",
    ),
    ("{}", "oneOf: [{type: string}, {type: integer}]", "became-one-of", "breaking", "safe"),
    ("oneOf: [{type: string}, {type: integer}]", "{}", "became-not-one-of", "safe", "breaking"),
    ("{}", "anyOf: [{type: string}, {type: integer}]", "became-any-of", "breaking", "safe"),
    ("anyOf: [{type: string}, {type: integer}]", "{}", "became-not-any-of", "safe", "breaking"),
    (
        "type: string, allOf: [{maxLength: 5}]",
        "type: string, allOf: [{minLength: 2}, {maxLength: 5}]",
        "all-of-added",
        "breaking",
        "safe",
    ),
    ("type: string, allOf: [{minLength: 2}]", "type: string", "all-of-removed", "safe", "breaking"),
    (UNION, UNION_KIND, "discriminator-added", "dangerous", "dangerous"),
    (UNION_KIND, UNION, "discriminator-removed", "dangerous", "dangerous"),
    (UNION_KIND, UNION_SORT, "discriminator-property-name-changed", "breaking", "breaking"),
    (UNION_KIND, UNION_MAPPED, "discriminator-mapping-added", "safe", "dangerous"),
    (UNION_MAPPED, UNION_KIND, "discriminator-mapping-deleted", "breaking", "safe"),
    (UNION_KIND, UNION_PARTLY, "discriminator-mapping-changed", "breaking", "breaking"),
    (UNION_PARTLY, UNION_KIND, "discriminator-mapping-changed", "breaking", "breaking"),
    (UNION_MAPPED, UNION_REMAPPED, "discriminator-mapping-changed", "breaking", "breaking"),
    ("type: string", "type: string, deprecated: true", "deprecated", "safe", "safe"),
    ("type: string, deprecated: true", "type: string", "reactivated", "safe", "safe"),
];

const UNION: &str = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]";
const UNION_KIND: &str = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
    discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}";
// Without a mapping, the discriminator value of a variant is the name of its schema.
const UNION_PARTLY: &str = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
    discriminator: {propertyName: kind, mapping: {cat: Cat}}";
const UNION_SORT: &str = "oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}], \
    discriminator: {propertyName: sort, mapping: {dog: Dog, cat: Cat}}";
const UNION_MAPPED: &str = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
    discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog, wolf: Dog}}";
const UNION_REMAPPED: &str = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
    discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog, wolf: Cat}}";

const ANIMALS: &str = "components:
  schemas:
    Cat: {type: object, required: [kind, sort], properties: {kind: {type: string}, sort: {type: string}}}
    Dog: {type: object, required: [kind, sort, bark], properties: {kind: {type: string}, sort: {type: string}, bark: {type: string}}}
    Kitten: {type: object, required: [kind], properties: {kind: {type: string, enum: [kitten]}}}
    Puppy: {type: object, required: [kind], properties: {kind: {type: string, enum: [puppy]}}}
";

/// The constructs that can contain a schema. Each has its name in rule IDs, and an operation in which `VALUE` stands for the
/// schema.
const HOLDERS: &[(&str, &str)] = &[
    (
        "request-parameter",
        "      parameters: [{name: q, in: query, content: {application/json: {schema: VALUE}}}]\n      responses: {'204': {description: D}}\n",
    ),
    (
        "request-body",
        "      requestBody: {content: {application/json: {schema: VALUE}}}\n      responses: {'204': {description: D}}\n",
    ),
    (
        "request-property",
        "      requestBody: {content: {application/json: {schema: {type: object, properties: {p: VALUE}}}}}\n      responses: {'204': {description: D}}\n",
    ),
    ("response-body", "      responses: {'200': {description: D, content: {application/json: {schema: VALUE}}}}\n"),
    (
        "response-property",
        "      responses: {'200': {description: D, content: {application/json: {schema: {type: array, items: VALUE}}}}}\n",
    ),
    ("response-header", "      responses: {'200': {description: D, headers: {H: {schema: VALUE}}}}\n"),
];

fn document(holder: &str, value: &str) -> String {
    let value = if value == "{}" { value.to_owned() } else { format!("{{{value}}}") };
    format!("{HEAD}paths:\n  /a:\n    put:\n{}{ANIMALS}", holder.replace("VALUE", &value))
}

/// Returns whether the tests put the schema `value` into a header. Arrays and objects are left out.
fn fits_header(value: &str) -> bool {
    value.starts_with("type: string") || value.starts_with("type: integer") || value.starts_with("type: number")
}

/// Returns the rules that the pairs test, each with its impact and direction.
pub(super) fn tested_rules() -> Vec<String> {
    let lines = PAIRS.iter().chain(sets::PAIRS).flat_map(|(_, _, change, sent, received)| {
        let sent = Some(sent).filter(|sent| !sent.is_empty());
        let received = Some(received).filter(|received| !received.is_empty());
        let sent = sent.map(|impact| format!("request-*-{change} {impact} request"));
        let received = received.map(|impact| format!("response-*-{change} {impact} response"));
        sent.into_iter().chain(received)
    });
    lines.collect()
}

#[test]
fn each_pair_has_its_impact_wherever_the_value_is() {
    let mut wrong = Vec::new();
    for (old, new, change, sent, received) in PAIRS {
        for (name, holder) in HOLDERS {
            if *name == "response-header" && !(fits_header(old) && fits_header(new)) {
                continue;
            }
            let (impact, direction) =
                if name.starts_with("request") { (sent, "request") } else { (received, "response") };
            let found = lines(&changes(&document(holder, old), &document(holder, new)));
            let expected = format!("{name}-{change} {impact} {direction}");
            if found != [expected.clone()] {
                wrong.push(format!("{expected}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn schemas_with_the_same_meaning_are_no_change() {
    let same = [
        ("type: integer, minimum: 4, exclusiveMinimum: true", "type: integer, minimum: 5"),
        ("type: number, maximum: 4", "type: number, maximum: 4.0"),
        ("type: integer, maximum: 10", "type: integer, maximum: 1e1"),
        ("type: number, maximum: 1e1", "type: number, maximum: 10.0"),
        ("type: number, maximum: 1000000000000000000000000", "type: number, maximum: 1.0e24"),
        (
            "type: integer, maximum: 18446744073709551616, exclusiveMaximum: true",
            "type: integer, maximum: 18446744073709551615",
        ),
        ("type: integer, enum: [10, 20], default: 10", "type: integer, enum: [1e1, 20.0], default: 10.0"),
        ("type: object", "type: object, additionalProperties: true"),
        ("type: string", "type: string, minLength: 0"),
        ("type: array, items: {}, minItems: 0", "type: array, items: {}"),
        ("type: object", "type: object, minProperties: 0"),
        ("type: integer", "type: integer, multipleOf: 1"),
        ("type: string, enum: [ab, b]", "type: string, enum: [ab, b], maxLength: 2, pattern: b"),
        ("type: integer, enum: [1, 2], maximum: 4", "type: integer, enum: [1, 2], maximum: 2"),
        ("type: number, multipleOf: 0.1", "type: number, multipleOf: 0.10"),
        ("type: string, enum: [a, b]", "type: string, enum: [b, a]"),
        (
            "type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}",
            "allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, properties: {b: {type: integer}}}]",
        ),
        (
            "type: object, required: [kind, sort], properties: {kind: {type: string}, sort: {type: string}, b: {type: integer}}",
            "allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {b: {type: integer}}}]",
        ),
        (
            "oneOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: integer, description: D}, {type: string, title: T}]",
        ),
        ("allOf: [{$ref: '#/components/schemas/Cat'}]", "$ref: '#/components/schemas/Cat'"),
        (UNION, "oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]"),
        ("type: string, example: a", "type: string, example: b, description: D."),
        (
            "type: object, required: [a, b], properties: {a: {}, b: {}}",
            "type: object, required: [b, a], properties: {b: {}, a: {}}",
        ),
    ];
    for (old, new) in same {
        for (name, holder) in HOLDERS.iter().filter(|(name, _)| *name != "response-header") {
            let found = lines(&changes(&document(holder, old), &document(holder, new)));
            assert!(found.is_empty(), "{name}: {old} and {new}: {found:?}");
        }
    }
}

#[test]
fn a_schema_that_becomes_a_variant_is_compared_with_it() {
    let pairs = [
        ("type: string, maxLength: 4", "anyOf: [{type: integer}, {type: string, maxLength: 4}]", "any-of-added"),
        ("oneOf: [{type: integer}, {type: string}]", "type: string", "one-of-removed"),
        (
            "type: object, properties: {kind: {type: string}, sort: {type: string}}, required: [kind, sort]",
            "oneOf: [{$ref: '#/components/schemas/Cat'}, {type: string}]",
            "one-of-added",
        ),
    ];
    for (old, new, change) in pairs {
        let body = |value: &str| document(HOLDERS[1].1, value);
        let found = lines(&changes(&body(old), &body(new)));
        let impact = if change.ends_with("added") { "safe" } else { "breaking" };
        assert_eq!(found, [format!("request-body-{change} {impact} request")]);
    }
}
