//! Finds schemas whose values must contain a value of the same schema, and would therefore be infinite.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::lint::schema::finite::{finite_components, is_always_finite, required_items, required_properties};
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
    if is_always_finite(schema) {
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
    let property =
        required_properties(schema).find_map(|(name, property)| of_ref(format!("{PROPERTY} `{name}`"), property));
    property.or_else(|| of_ref(ITEMS.to_owned(), required_items(schema)?))
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

    /// `R` requires components that are finite, infinite and not in the document.
    #[test]
    fn every_requirement_counts() {
        let ok = "P: {type: string}, Q: {type: string}";
        let requires = |name: &str| {
            format!(
                "R: {{required: [q, p, x], properties: {{p: {{$ref: '#/components/schemas/P'}}, q: {{$ref: \
                 '#/components/schemas/Q'}}, x: {{anyOf: [{{$ref: '#/components/schemas/{name}'}}, {TO_A}]}}}}}}"
            )
        };
        let infinite = format!("A: {{required: [a], properties: {{a: {TO_A}}}}}");
        assert_eq!(found(&format!("{ok}, {infinite}, {}", requires("P"))), ["/A"]);
        let through = "A: {required: [r], properties: {r: {$ref: '#/components/schemas/R'}}}";
        assert_eq!(found(&format!("{ok}, {through}, {}", requires("R"))), ["/R"]);
        assert_eq!(found(&format!("{ok}, {through}, {}", requires("Q"))), [""; 0]);
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
