//! Schemas whose values would have to hold each other without end.

use std::collections::HashSet;

use crate::finding::{Code, Findings};
use crate::lint::Linted;
use crate::resolve::document::SchemaType::{Array, Object};
use crate::resolve::document::{Document, Schema, SchemaRef};

/// Some value of every component schema comes to an end.
pub(crate) fn endless(linted: &Linted<'_>, findings: &mut Findings) {
    let document = linted.document;
    let ending = ending_components(document);
    let mut told = HashSet::new();
    for name in document.schemas.keys().filter(|name| !ending.contains(name.as_str())) {
        let Some(ring) = ring(document, name, &ending) else { continue };
        if ring.iter().any(|(member, _)| told.contains(member)) {
            continue;
        }
        told.extend(ring.iter().map(|(member, _)| *member));
        let nexts = ring.iter().skip(1).chain(&ring[..1]).map(|(next, _)| next);
        let steps = ring.iter().zip(nexts);
        let steps: Vec<String> =
            steps.map(|((member, keyword), next)| format!("`{member}` needs `{next}` for {keyword}")).collect();
        let message = format!("A value of `{name}` would never end: {}.", steps.join(", and "));
        let remedy = "Take one of the properties out of `required`, or allow an empty list.";
        if let Some(schema) = document.schemas.get(name) {
            findings.add(Code::ImpossibleSchema, &schema.pointer, message, remedy);
        }
    }
}

/// The component schemas of which a finite value exists, as far as nesting goes.
fn ending_components(document: &Document) -> HashSet<&str> {
    let mut ending = HashSet::new();
    loop {
        let unknown = document.schemas.iter().filter(|(name, _)| !ending.contains(name.as_str()));
        let more: Vec<&str> =
            unknown.filter(|(_, schema)| need(schema, &ending).is_none()).map(|(name, _)| name.as_str()).collect();
        if more.is_empty() {
            return ending;
        }
        ending.extend(more);
    }
}

/// The way from the component back to itself, each step with what needs the next; `None` where it is only on the way to such a ring.
fn ring<'d>(document: &'d Document, start: &'d str, ending: &HashSet<&str>) -> Option<Vec<(&'d str, String)>> {
    let mut steps: Vec<(&str, String)> = Vec::new();
    let mut name = start;
    while steps.iter().all(|(seen, _)| *seen != name) {
        let (keyword, next) = need(document.schemas.get(name)?, ending)?;
        steps.push((name, keyword));
        name = next;
    }
    (name == start).then_some(steps)
}

/// What keeps a value of `schema` from ending: the keyword, and the component that it asks for. `None` where it can end.
fn need<'d>(schema: &'d Schema, ending: &HashSet<&str>) -> Option<(String, &'d str)> {
    // A listed value is there, and a property of one direction need not be there in the other.
    if schema.nullable || schema.enum_values.is_some() || schema.read_only || schema.write_only {
        return None;
    }
    let of_ref = |keyword: String, child: &'d SchemaRef| match child {
        SchemaRef::Component { name, .. } => (!ending.contains(name.as_str())).then_some((keyword, name.as_str())),
        SchemaRef::Inline(child) => need(child, ending).map(|(_, name)| (keyword, name)),
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
        let found =
            required.map(|(name, property)| of_ref(format!("its property `{name}`"), property)).find_map(|need| need);
        if found.is_some() {
            return found;
        }
    }
    let items = schema.items.as_ref().filter(|_| is(Array) && schema.min_items.is_some_and(|min| min > 0));
    items.and_then(|items| of_ref("its items".to_owned(), items))
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{findings, places_in_schemas};

    fn told(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    const TO_A: &str = "{$ref: '#/components/schemas/A'}";
    const TO_B: &str = "{$ref: '#/components/schemas/B'}";

    #[test]
    fn what_needs_itself_is_told_once_a_ring() {
        assert_eq!(told(&format!("A: {{required: [a], properties: {{a: {TO_A}}}}}")), ["/A"]);
        let ring = format!(
            "C: {{required: [b], properties: {{b: {TO_B}}}}}, A: {{required: [b], properties: {{b: {TO_B}}}}}, \
             B: {{type: array, minItems: 1, items: {{oneOf: [{TO_A}, {TO_B}]}}}}"
        );
        assert_eq!(told(&ring), ["/A"]);
        let text = format!("paths: {{}}\ncomponents: {{schemas: {{{ring}}}}}\n");
        let message =
            findings(&text).iter().find(|finding| finding.code.id() == "impossible-schema").map(|f| f.message.clone());
        let wanted =
            "A value of `A` would never end: `A` needs `B` for its property `b`, and `B` needs `A` for its items.";
        assert_eq!(message.as_deref(), Some(wanted));
    }

    #[test]
    fn what_can_end_is_not() {
        for ends in [
            format!("A: {{properties: {{a: {TO_A}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{type: array, items: {TO_A}}}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{nullable: true, allOf: [{TO_A}]}}}}}}"),
            format!("A: {{required: [a], properties: {{a: {{oneOf: [{TO_A}, {{type: string}}]}}}}}}"),
            format!("A: {{type: object, additionalProperties: {TO_A}}}"),
        ] {
            assert_eq!(told(&ends), [""; 0], "{ends}");
        }
    }
}
