//! `allOf` whose members no value meets together.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::check::value::{equality, number, type_name};
use crate::finding::{Code, Findings, Focus};
use crate::lint::{Linted, sites};
use crate::resolve::document::SchemaType::{Array, Integer, Number, Object, String as Text};
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef, SchemaType};

/// Some value meets the members of each `allOf` together.
pub(crate) fn disjoint(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document).into_iter().filter(|schema| !schema.all_of.is_empty()) {
        let parts = parts(linted.document, [schema]);
        let fault =
            clash(&parts).or_else(|| clash_of_properties(linted.document, &parts)).or_else(|| clash_of_members(&parts));
        if let Some(fault) = fault {
            let message = format!("No value meets all members of `allOf`: {fault}.");
            let remedy = "Correct the member that is wrong, or write `oneOf` where a value is one or the other.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join("allOf"), message, remedy);
        }
    }
}

/// The schemas and all that they build on with `allOf`.
pub(crate) fn parts<'d>(document: &'d Document, schemas: impl IntoIterator<Item = &'d Schema>) -> Vec<&'d Schema> {
    let mut open: Vec<&Schema> = schemas.into_iter().collect();
    let mut seen = HashSet::new();
    let mut parts = Vec::new();
    while let Some(schema) = open.pop() {
        if seen.insert(&schema.pointer) {
            parts.push(schema);
            open.extend(schema.all_of.iter().rev().filter_map(|member| sites::resolved(document, member)));
        }
    }
    parts
}

/// What keeps every value from meeting all of `parts`.
fn clash(parts: &[&Schema]) -> Option<String> {
    // What is wrong with a part alone is said of that part; null meets all that allow it.
    if parts.iter().all(|part| part.nullable || says_nothing(part)) && parts.iter().any(|part| part.nullable) {
        return None;
    }
    clash_of_types(parts).or_else(|| clash_of_values(parts)).or_else(|| clash_of_bounds(parts))
}

fn says_nothing(schema: &Schema) -> bool {
    schema.kind.is_none() && schema.enum_values.is_none()
}

fn clash_of_types(parts: &[&Schema]) -> Option<String> {
    let kinds: Vec<(SchemaType, &Schema)> = parts.iter().filter_map(|part| Some((part.kind?, *part))).collect();
    let (first, one) = kinds.first()?;
    let is_numeric = |kind: SchemaType| matches!(kind, Integer | Number);
    let (second, other) = kinds.iter().find(|(kind, _)| kind != first && !(is_numeric(*kind) && is_numeric(*first)))?;
    let (first, second) = (type_name(*first), type_name(*second));
    Some(format!("#{} wants {first}, and #{} wants {second}", one.pointer, other.pointer))
}

fn clash_of_values(parts: &[&Schema]) -> Option<String> {
    let listed =
        |part: &Schema| Some(part.enum_values.as_ref()?.iter().map(equality::canonical_text).collect::<HashSet<_>>());
    let lists: Vec<(HashSet<String>, &Schema)> = parts.iter().filter_map(|part| Some((listed(part)?, *part))).collect();
    let (_, one) = lists.iter().find(|(values, _)| !values.is_empty())?;
    let mut common = listed(one)?;
    for (values, other) in lists.iter().filter(|(values, _)| !values.is_empty()) {
        common.retain(|value| values.contains(value));
        if common.is_empty() {
            return Some(format!("#{} and #{} list different values", one.pointer, other.pointer));
        }
    }
    None
}

/// Two bounds of one kind of value: the keywords, the bounds, and the type that they are for.
type Bounds = (
    &'static str,
    fn(&Schema) -> Option<serde_json::Number>,
    &'static str,
    fn(&Schema) -> Option<serde_json::Number>,
    &'static [SchemaType],
);

const BOUNDS: &[Bounds] = &[
    ("minLength", |part| part.min_length.map(Into::into), "maxLength", |part| part.max_length.map(Into::into), &[Text]),
    ("minItems", |part| part.min_items.map(Into::into), "maxItems", |part| part.max_items.map(Into::into), &[Array]),
    (
        "minProperties",
        |part| part.min_properties.map(Into::into),
        "maxProperties",
        |part| part.max_properties.map(Into::into),
        &[Object],
    ),
    ("minimum", |part| part.minimum.clone(), "maximum", |part| part.maximum.clone(), &[Integer, Number]),
];

fn clash_of_bounds(parts: &[&Schema]) -> Option<String> {
    let kind = parts.iter().find_map(|part| part.kind)?;
    let (low_keyword, low_of, high_keyword, high_of, _) = BOUNDS.iter().find(|(.., kinds)| kinds.contains(&kind))?;
    for one in parts {
        for other in parts.iter().filter(|other| other.pointer != one.pointer) {
            let (Some(low), Some(high)) = (low_of(one), high_of(other)) else { continue };
            if number::compare(&low, &high) == Ordering::Greater {
                return Some(format!(
                    "`{low_keyword}` is {low} in #{}, and `{high_keyword}` is {high} in #{}",
                    one.pointer, other.pointer
                ));
            }
        }
    }
    None
}

/// The same for a property that two of the parts describe and that has to be there.
fn clash_of_properties(document: &Document, parts: &[&Schema]) -> Option<String> {
    let required: HashSet<&String> = parts.iter().flat_map(|part| &part.required).collect();
    let names = parts.iter().flat_map(|part| part.properties.keys()).filter(|name| required.contains(name));
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).find_map(|name| {
        let properties: Vec<&SchemaRef> = parts.iter().filter_map(|part| part.properties.get(name)).collect();
        let schemas = properties.iter().filter_map(|property| sites::resolved(document, property));
        let fault = clash(&self::parts(document, schemas)).filter(|_| properties.len() > 1)?;
        Some(format!("of its property `{name}`, {fault}"))
    })
}

/// A member that a part requires, and that another one forbids.
fn clash_of_members(parts: &[&Schema]) -> Option<String> {
    let closed = || parts.iter().filter(|part| matches!(part.additional_properties, AdditionalProperties::Forbidden));
    parts.iter().find_map(|part| {
        let others = || closed().filter(|other| !std::ptr::eq(**other, *part));
        part.required.iter().find_map(|name| {
            let other = others().find(|other| !other.properties.contains_key(name))?;
            Some(format!(
                "#{} requires `{name}`, and `additionalProperties: false` of #{} forbids it",
                part.pointer, other.pointer
            ))
        })
    })
}

/// No member of an `allOf` is closed to what another one describes.
pub(crate) fn closed(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document).into_iter().filter(|schema| !schema.all_of.is_empty()) {
        let parts = parts(linted.document, [schema]);
        let is_told = clash_of_members(&parts).is_some();
        let forbidding = parts
            .iter()
            .filter(|part| matches!(part.additional_properties, AdditionalProperties::Forbidden))
            .find_map(|part| {
                let names = parts.iter().flat_map(|other| other.properties.keys());
                let name = names.into_iter().find(|name| !part.properties.contains_key(*name))?;
                Some((part, name))
            });
        let Some((part, name)) = forbidding.filter(|_| !is_told) else { continue };
        let message = format!(
            "`{name}` can never be there: a value has to meet all members of `allOf`, and `additionalProperties: false` of #{} \
             allows its own properties alone.",
            part.pointer
        );
        let remedy = "Delete that `additionalProperties: false`, or describe all properties in one schema.";
        findings.add(Code::ImpossibleSchema, &schema.pointer.join("allOf"), message, remedy);
        findings.relate(&part.pointer.join("additionalProperties"), Focus::Key, "forbids it");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn told(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    #[test]
    fn members_that_exclude_each_other_are_told() {
        for members in [
            "{type: string}, {type: object}",
            "{enum: [a, b]}, {enum: [c]}",
            "{type: string, minLength: 5}, {maxLength: 4}",
            "{type: integer, minimum: 5}, {type: number, maximum: 4.5}",
            "{$ref: '#/components/schemas/B'}, {type: array, items: {}}",
            "{$ref: '#/components/schemas/B'}, {properties: {b: {enum: [2]}}}",
            "{$ref: '#/components/schemas/B'}, {additionalProperties: false, properties: {c: {}}}",
            "{additionalProperties: false, properties: {c: {}}}, {additionalProperties: false, properties: {d: {}}}",
            "{additionalProperties: false, properties: {c: {}}}, {properties: {d: {}}}",
        ] {
            let schemas = format!(
                "A: {{allOf: [{members}]}}, B: {{type: object, required: [b], properties: {{b: {{enum: [1]}}}}}}"
            );
            assert_eq!(told(&schemas), ["/A/allOf"], "{members}");
        }
    }

    #[test]
    fn members_that_go_together_are_not() {
        for members in [
            "{type: integer}, {type: number}",
            "{type: string, nullable: true}, {type: object, nullable: true}",
            "{enum: [a, b]}, {enum: [b, c]}",
            "{type: string, minLength: 5}, {maxLength: 5}",
            "{minLength: 5}, {maxLength: 4}",
            "{$ref: '#/components/schemas/B'}, {additionalProperties: false, properties: {b: {}}}",
            "{$ref: '#/components/schemas/B'}, {properties: {b: {enum: [1, 2]}}}",
            "{$ref: '#/components/schemas/B'}, {properties: {c: {type: string}}}",
        ] {
            let schemas = format!(
                "A: {{allOf: [{members}]}}, B: {{type: object, required: [b], properties: {{b: {{enum: [1]}}}}}}"
            );
            assert_eq!(told(&schemas), [""; 0], "{members}");
        }
    }
}
