//! Finds schemas whose values must contain a value of the same schema, and would therefore be infinite.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::resolve::document::SchemaType::{Array, Object};
use crate::resolve::document::{Document, Schema, SchemaRef};

/// The start of the phrase in messages for a requirement through a property: `A` requires `B` in "its property `next`".
const PROPERTY: &str = "its property";

/// The phrase in messages for a requirement through the `items` of an array: `A` requires `B` in "its items".
const ITEMS: &str = "its items";

/// Reports component schemas whose values would all be infinite.
pub(crate) fn endless(context: &Context<'_>, findings: &mut Findings) {
    let document = context.document;
    let finite = finite_components(document);
    let mut examined = HashSet::new();
    for start in document.schemas.keys().filter(|name| !finite.contains(name.as_str())) {
        let Some(cycle) = cycle(document, start, &finite, &mut examined) else { continue };
        let Some(&(name, _)) = cycle.first() else { continue };
        let nexts = cycle.iter().skip(1).chain(cycle.first()).map(|(next, _)| next);
        let steps = cycle.iter().zip(nexts);
        let steps: Vec<String> =
            steps.map(|((member, keyword), next)| format!("`{member}` requires `{next}` in {keyword}")).collect();
        let message = format!("Every value of `{name}` would be infinite: {}.", steps.join(", and "));
        let remedy = remedy(cycle.iter().map(|(_, keyword)| keyword.as_str()));
        if let Some(schema) = document.schemas.get(name) {
            findings.add(Code::ImpossibleSchema, &schema.pointer, message, remedy);
        }
    }
}

/// Returns a remedy for a cycle of schemas that require each other. `keywords` has the keyword through which each schema requires
/// the next one, such as `` `allOf` `` or [`ITEMS`].
fn remedy<'k>(keywords: impl Iterator<Item = &'k str> + Clone) -> &'static str {
    match (
        keywords.clone().any(|keyword| keyword.starts_with(PROPERTY)),
        keywords.clone().any(|keyword| keyword == ITEMS),
    ) {
        (true, true) => "Remove one of the properties from `required`, or allow an empty array.",
        (true, false) => "Remove one of the properties from `required`.",
        (false, true) => "Allow an empty array: remove `minItems`.",
        (false, false) => "Remove one of the references, or add a variant that does not lead back to the schema.",
    }
}

/// Returns the names of the component schemas that a finite value can satisfy.
fn finite_components(document: &Document) -> HashSet<&str> {
    let mut finite = HashSet::new();
    // The components that require another component, by the name of the other component.
    let mut waiting: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut open: Vec<&str> = document.schemas.keys().map(String::as_str).collect();
    while let Some(name) = open.pop() {
        let Some(schema) = document.schemas.get(name) else { continue };
        match requirement(schema, &finite) {
            None if finite.insert(name) => open.extend(waiting.remove(name).unwrap_or_default()),
            None => {}
            Some((_, required)) => waiting.entry(required).or_default().push(name),
        }
    }
    finite
}

/// Returns the cycle of components that require each other to which `start` leads. Each item contains the name of a component, and
/// the keyword through which this component requires the component in the next item. The cycle begins with the component that is
/// first in the document.
///
/// Returns `None` if `start` leads to a component in `examined`. Adds all components on the way to `examined`.
fn cycle<'d>(
    document: &'d Document,
    start: &'d str,
    finite: &HashSet<&str>,
    examined: &mut HashSet<&'d str>,
) -> Option<Vec<(&'d str, String)>> {
    let mut steps: Vec<(&str, String)> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    let mut name = start;
    while !positions.contains_key(name) {
        if !examined.insert(name) {
            return None;
        }
        let (keyword, next) = requirement(document.schemas.get(name)?, finite)?;
        positions.insert(name, steps.len());
        steps.push((name, keyword));
        name = next;
    }
    let mut cycle = steps.split_off(positions.get(name).copied()?);
    let first = cycle.iter().enumerate().min_by_key(|(_, (name, _))| document.schemas.get_index_of(*name))?.0;
    cycle.rotate_left(first);
    Some(cycle)
}

/// Finds a component that `schema` requires, and that has no finite values. Returns the keyword through which `schema` requires
/// the component, and the name of the component.
fn requirement<'d>(schema: &'d Schema, finite: &HashSet<&str>) -> Option<(String, &'d str)> {
    // An `enum` has finite values. A `readOnly` or `writeOnly` property is absent in one direction, and so ends the recursion.
    if schema.nullable || schema.enum_values.is_some() || schema.read_only || schema.write_only {
        return None;
    }
    let of_ref = |keyword: String, child: &'d SchemaRef| match child {
        SchemaRef::Component { name, .. } => (!finite.contains(name.as_str())).then_some((keyword, name.as_str())),
        SchemaRef::Inline(child) => requirement(child, finite).map(|(_, name)| (keyword, name)),
    };
    if let Some(found) = schema.all_of.iter().find_map(|member| of_ref("`allOf`".to_owned(), member)) {
        return Some(found);
    }
    for (keyword, ways) in [("`oneOf`", &schema.one_of), ("`anyOf`", &schema.any_of)] {
        let needs: Vec<_> = ways.iter().map_while(|way| of_ref(keyword.to_owned(), way)).collect();
        if !ways.is_empty() && needs.len() == ways.len() {
            return needs.into_iter().next();
        }
    }
    let is = |kind| schema.kind.is_none_or(|own| own == kind);
    if is(Object) {
        let required = schema.required.iter().filter_map(|name| schema.properties.get_key_value(name));
        let found = required
            .map(|(name, property)| of_ref(format!("{PROPERTY} `{name}`"), property))
            .find_map(|requirement| requirement);
        if found.is_some() {
            return found;
        }
    }
    let items = schema.items.as_ref().filter(|_| is(Array) && schema.min_items.is_some_and(|min| min > 0));
    items.and_then(|items| of_ref(ITEMS.to_owned(), items))
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{findings, places_in_schemas};

    fn found(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    const TO_A: &str = "{$ref: '#/components/schemas/A'}";
    const TO_B: &str = "{$ref: '#/components/schemas/B'}";

    #[test]
    fn a_cycle_is_reported_once() {
        assert_eq!(found(&format!("A: {{required: [a], properties: {{a: {TO_A}}}}}")), ["/A"]);
        let cycle = format!(
            "C: {{required: [b], properties: {{b: {TO_B}}}}}, A: {{required: [b], properties: {{b: {TO_B}}}}}, \
             B: {{type: array, minItems: 1, items: {{oneOf: [{TO_A}, {TO_B}]}}}}"
        );
        assert_eq!(found(&cycle), ["/A"]);
        let text = format!("paths: {{}}\ncomponents: {{schemas: {{{cycle}}}}}\n");
        let message =
            findings(&text).iter().find(|finding| finding.code.id() == "impossible-schema").map(|f| f.message.clone());
        let expected = "Every value of `A` would be infinite: `A` requires `B` in its property `b`, and `B` requires `A` in its items.";
        assert_eq!(message.as_deref(), Some(expected));
    }

    #[test]
    fn the_remedy_speaks_of_the_keywords_of_the_cycle() {
        let remedies = [
            (
                format!("A: {{required: [a], properties: {{a: {TO_A}}}}}"),
                "Remove one of the properties from `required`.",
            ),
            (format!("A: {{type: array, minItems: 1, items: {TO_A}}}"), "Allow an empty array: remove `minItems`."),
            (
                format!("A: {{oneOf: [{{required: [a], properties: {{a: {TO_A}}}}}]}}"),
                "Remove one of the references, or add a variant",
            ),
        ];
        for (schemas, expected) in remedies {
            let text = format!("paths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n");
            let findings = findings(&text);
            let found = findings.iter().find(|finding| finding.code.id() == "impossible-schema");
            let remedy = found.map(|finding| finding.remedy.clone());
            assert!(remedy.as_deref().is_some_and(|remedy| remedy.starts_with(expected)), "{schemas}: {remedy:?}");
        }
    }

    #[test]
    fn schemas_with_a_finite_value_are_not_reported() {
        for schema in [
            format!("A: {{properties: {{a: {TO_A}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{type: array, items: {TO_A}}}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{nullable: true, allOf: [{TO_A}]}}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{oneOf: [{TO_A}, {{type: string}}]}}}}}}"),
            format!("A: {{type: object, additionalProperties: {TO_A}}}"),
        ] {
            assert_eq!(found(&schema), [""; 0], "{schema}");
        }
    }
}
