//! Finds `allOf` lists whose members exclude each other, so that no value can satisfy all of them.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::check::value::type_name;
use crate::finding::{Code, Findings, Focus};
use crate::json::{equality, number};
use crate::lint::context::Context;
use crate::lint::walk;
use crate::resolve::document::SchemaType::{Array, Integer, Number, Object, String as Text};
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef, SchemaType};

/// Reports each `allOf` whose members no value can satisfy together.
pub(crate) fn disjoint(context: &Context<'_>, findings: &mut Findings) {
    for schema in context.schemas.iter().copied().filter(|schema| !schema.all_of.is_empty()) {
        let parts = walk::all_of_parts(context.document, [schema]);
        let conflict = conflict(&parts)
            .or_else(|| conflict_of_properties(context.document, &parts))
            .or_else(|| conflict_of_members(&parts));
        if let Some(conflict) = conflict {
            let message = format!("No value matches all subschemas of `allOf`: {conflict}.");
            let remedy = "Correct one of the subschemas. If a value has to match only one of them, write `oneOf`.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join("allOf"), message, remedy);
        }
    }
}

/// Returns the reason why no value satisfies all schemas in `parts`; `None` if no reason was found.
fn conflict(parts: &[&Schema]) -> Option<String> {
    // If every schema that has a type or an `enum` allows null, then null satisfies all schemas.
    if parts.iter().all(|part| part.nullable || allows_any_type(part)) && parts.iter().any(|part| part.nullable) {
        return None;
    }
    conflict_of_types(parts).or_else(|| conflict_of_values(parts)).or_else(|| conflict_of_bounds(parts))
}

fn allows_any_type(schema: &Schema) -> bool {
    schema.kind.is_none() && schema.enum_values.is_none()
}

fn conflict_of_types(parts: &[&Schema]) -> Option<String> {
    let kinds: Vec<(SchemaType, &Schema)> = parts.iter().filter_map(|part| Some((part.kind?, *part))).collect();
    let (first, one) = kinds.first()?;
    let is_numeric = |kind: SchemaType| matches!(kind, Integer | Number);
    let (second, other) = kinds.iter().find(|(kind, _)| kind != first && !(is_numeric(*kind) && is_numeric(*first)))?;
    let (first, second) = (type_name(*first), type_name(*second));
    Some(format!("`#{}` requires {first}, and `#{}` requires {second}", one.pointer, other.pointer))
}

fn conflict_of_values(parts: &[&Schema]) -> Option<String> {
    let listed =
        |part: &Schema| Some(part.enum_values.as_ref()?.iter().map(equality::canonical_text).collect::<HashSet<_>>());
    let lists: Vec<(HashSet<String>, &Schema)> = parts.iter().filter_map(|part| Some((listed(part)?, *part))).collect();
    let (_, one) = lists.iter().find(|(values, _)| !values.is_empty())?;
    let mut common = listed(one)?;
    for (values, other) in lists.iter().filter(|(values, _)| !values.is_empty()) {
        common.retain(|value| values.contains(value));
        if common.is_empty() {
            return Some(format!(
                "the `enum` of `#{}` and the `enum` of `#{}` have no common value",
                one.pointer, other.pointer
            ));
        }
    }
    None
}

/// A pair of keywords for a lower and an upper bound, such as `minLength` and `maxLength`. Each keyword is followed by a function
/// that returns the keyword's value in a schema. The last element lists the types that both keywords apply to.
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

fn conflict_of_bounds(parts: &[&Schema]) -> Option<String> {
    let kind = parts.iter().find_map(|part| part.kind)?;
    let (low_keyword, low_of, high_keyword, high_of, _) = BOUNDS.iter().find(|(.., kinds)| kinds.contains(&kind))?;
    let mut lows: Vec<_> = parts.iter().filter_map(|part| Some((low_of(part)?, *part))).collect();
    let mut highs: Vec<_> = parts.iter().filter_map(|part| Some((high_of(part)?, *part))).collect();
    lows.sort_by(|(one, _), (other, _)| number::compare(other, one));
    highs.sort_by(|(one, _), (other, _)| number::compare(one, other));
    // Two bounds of the same schema are not compared, because another rule reports their conflict. If the strictest lower bound
    // and the strictest upper bound are in the same schema, only the second strictest bounds can reveal a conflict. Therefore,
    // the two strictest bounds of each keyword are compared.
    let pairs = lows.iter().take(2).flat_map(|low| highs.iter().take(2).map(move |high| (low, high)));
    let mut pairs = pairs.filter(|((_, one), (_, other))| one.pointer != other.pointer);
    let ((low, one), (high, other)) =
        pairs.find(|((low, _), (high, _))| number::compare(low, high) == Ordering::Greater)?;
    Some(format!(
        "`{low_keyword}` is {low} in `#{}`, but `{high_keyword}` is {high} in `#{}`",
        one.pointer, other.pointer
    ))
}

/// Returns the reason why a required property cannot have a valid value: no value satisfies all schemas that `parts` declare for
/// the property.
fn conflict_of_properties(document: &Document, parts: &[&Schema]) -> Option<String> {
    let required: HashSet<&String> = parts.iter().flat_map(|part| &part.required).collect();
    let mut declared: IndexMap<&String, Vec<&SchemaRef>> = IndexMap::new();
    for (name, property) in parts.iter().flat_map(|part| &part.properties).filter(|(name, _)| required.contains(name)) {
        declared.entry(name).or_default().push(property);
    }
    declared.iter().find_map(|(name, properties)| {
        let schemas = properties.iter().filter_map(|property| document.resolved(property));
        let conflict = conflict(&walk::all_of_parts(document, schemas)).filter(|_| properties.len() > 1)?;
        Some(format!("in the property `{name}`, {conflict}"))
    })
}

/// Returns a description of the conflict if one schema in `parts` requires a member that another schema in `parts` forbids.
fn conflict_of_members(parts: &[&Schema]) -> Option<String> {
    let is_closed = |part: &&&Schema| matches!(part.additional_properties, AdditionalProperties::Forbidden);
    let closed: Vec<&&Schema> = parts.iter().filter(is_closed).collect();
    let mut declarations: HashMap<&String, usize> = HashMap::new();
    for name in closed.iter().flat_map(|part| part.properties.keys()) {
        *declarations.entry(name).or_default() += 1;
    }
    parts.iter().find_map(|part| {
        // A schema that is closed and requires a member that it does not declare has another finding.
        let forbids_itself = |name: &String| is_closed(&part) && !part.properties.contains_key(name);
        let is_allowed = |name: &&String| {
            let declared = declarations.get(name).copied().unwrap_or_default();
            declared + usize::from(forbids_itself(name)) == closed.len()
        };
        let name = part.required.iter().find(|name| !is_allowed(name))?;
        let mut others = closed.iter().filter(|other| !std::ptr::eq(**other, part));
        let other = others.find(|other| !other.properties.contains_key(name))?;
        Some(format!(
            "`#{}` requires `{name}`, but `additionalProperties: false` in `#{}` forbids this member",
            part.pointer, other.pointer
        ))
    })
}

/// Reports each `allOf` in which one schema forbids a property that another schema declares.
pub(crate) fn closed(context: &Context<'_>, findings: &mut Findings) {
    for schema in context.schemas.iter().copied().filter(|schema| !schema.all_of.is_empty()) {
        let parts = walk::all_of_parts(context.document, [schema]);
        let is_reported = conflict_of_members(&parts).is_some();
        let names: HashSet<&String> = parts.iter().flat_map(|part| part.properties.keys()).collect();
        let forbidding = parts
            .iter()
            .filter(|part| matches!(part.additional_properties, AdditionalProperties::Forbidden))
            .filter(|part| part.properties.len() < names.len())
            .find_map(|part| {
                let names = parts.iter().flat_map(|other| other.properties.keys());
                let name = names.into_iter().find(|name| !part.properties.contains_key(*name))?;
                Some((part, name))
            });
        let Some((part, name)) = forbidding.filter(|_| !is_reported) else { continue };
        let message = format!(
            "The property `{name}` is never valid: a value must match all subschemas of `allOf`, and `additionalProperties: \
             false` in `#{}` forbids the property.",
            part.pointer
        );
        let remedy = "Delete this `additionalProperties: false`, or declare all properties in one schema.";
        findings.add(Code::ImpossibleSchema, &schema.pointer.join("allOf"), message, remedy);
        findings.add_related(&part.pointer.join("additionalProperties"), Focus::Key, "forbids the property");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn found(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    #[test]
    fn parts_that_no_value_matches_together_are_reported() {
        for parts in [
            "{type: string}, {type: object}",
            "{enum: [a, b]}, {enum: [c]}",
            "{type: string, minLength: 5}, {maxLength: 4}",
            "{type: integer, minimum: 5}, {type: number, maximum: 4.5}",
            "{$ref: '#/components/schemas/B'}, {type: array, items: {}}",
            "{$ref: '#/components/schemas/B'}, {properties: {b: {enum: [2]}}}",
            "{$ref: '#/components/schemas/B'}, {additionalProperties: false, properties: {c: {}}}",
            "{additionalProperties: false, properties: {c: {}}}, {additionalProperties: false, properties: {d: {}}}",
            "{additionalProperties: false, properties: {c: {}}}, {properties: {d: {}}}",
            "{additionalProperties: false, properties: {c: {}, d: {}}}, {additionalProperties: false, properties: {c: {}}}",
        ] {
            let schemas = format!(
                "A: {{allOf: [{parts}]}}, B: {{type: object, required: [b], properties: {{b: {{enum: [1]}}}}}}"
            );
            assert_eq!(found(&schemas), ["/A/allOf"], "{parts}");
        }
    }

    #[test]
    fn compatible_parts_are_not_reported() {
        for parts in [
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
                "A: {{allOf: [{parts}]}}, B: {{type: object, required: [b], properties: {{b: {{enum: [1]}}}}}}"
            );
            assert_eq!(found(&schemas), [""; 0], "{parts}");
        }
    }
}
