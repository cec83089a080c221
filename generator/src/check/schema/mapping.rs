//! Finds values in the `mapping` of a discriminator that refer to no schema, or to a schema that is no variant.

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Document, Schema, SchemaRef};
use crate::suggestion::nearest;

/// Reports each value in a `mapping` that refers to no schema. The stage `load` has reported files that it cannot read.
pub(crate) fn targets(document: &Document, findings: &mut Findings) {
    let is_schema = |name: &str| document.schemas.contains_key(name);
    let is_unknown = |target: &str| !is_schema(target) && !is_schema(&target_name(target));
    let reported: HashSet<Pointer> = findings
        .iter()
        .filter(|finding| finding.code.is_lost_reference())
        .map(|finding| finding.pointer.clone())
        .collect();
    each_schema(document, &mut |schema| {
        let Some(discriminator) = &schema.discriminator else { return };
        let place = schema.pointer.join("discriminator");
        let entries = discriminator.mapping.iter().map(|(value, target)| (place.join("mapping").join(value), target));
        let default = discriminator.default_mapping.iter().map(|target| (place.join("defaultMapping"), target));
        let unknown = entries.chain(default).filter(|(_, target)| is_unknown(target));
        for (place, target) in unknown.filter(|(place, _)| !reported.contains(place)) {
            if target.starts_with("#/") && !target.starts_with("#/components/schemas/") {
                let message =
                    format!("`{target}` has no effect in `mapping`: it is not the name of a component schema.");
                findings.add(Code::NoEffect, &place, message, "Make the schema a component, and write its name.");
                continue;
            }
            let key = place.last().unwrap_or_default();
            let name = target.rsplit('/').next().unwrap_or_default();
            let remedy = match nearest(name, document.schemas.keys().map(String::as_str), 3) {
                Some(near) if target.starts_with('#') => format!("Did you mean `#/components/schemas/{near}`?"),
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Correct the reference, or add the schema.".to_owned(),
            };
            findings.add_repairable(
                Code::RefMissing,
                &place,
                match discriminator.mapping.contains_key(&key) {
                    true => format!(
                        "The entry `{key}` of `mapping` refers to `{target}`, which is not a schema of the document."
                    ),
                    false => format!("`{key}` refers to `{target}`, which is not a schema of the document."),
                },
                remedy,
                "The entry is ignored.",
            );
            findings.set_missing(&Pointer::root().join("components").join("schemas").join(name));
        }
    });
}

/// Reports each entry of a `mapping` whose target is a schema of the document, but no variant. The variants of a schema with
/// `oneOf` or `anyOf` are its alternatives. The variants of any other schema are the schemas that extend it with `allOf`.
pub(crate) fn variants(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        let Some(discriminator) =
            schema.discriminator.as_ref().filter(|discriminator| !discriminator.mapping.is_empty())
        else {
            return;
        };
        let own_name = component_name(&schema.pointer);
        let is_union = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        let alternatives = LazyCell::new(|| alternatives(document, schema));
        for (value, target) in &discriminator.mapping {
            let name = target_name(target);
            let Some(target) = document.schemas.get(&name) else { continue };
            let is_listed = schema.one_of.iter().chain(&schema.any_of).any(|listed| is_component(listed, &name));
            let is_variant = is_listed || own_name.as_ref() == Some(&name) || {
                let ancestors = ancestors(document, target);
                own_name.as_ref().is_some_and(|own| ancestors.contains(own.as_str()))
                    || alternatives.contains(name.as_str())
                    || ancestors.iter().any(|ancestor| alternatives.contains(ancestor))
            };
            if is_variant {
                continue;
            }
            let place = schema.pointer.join("discriminator").join("mapping").join(value);
            let (message, remedy) = match (is_union, &own_name) {
                (true, _) => (
                    format!(
                        "The entry `{value}` of `mapping` has no effect: `{name}` is not an alternative of the union."
                    ),
                    format!("Add `{name}` to the alternatives, or delete the entry."),
                ),
                (false, Some(own)) => (
                    format!("The entry `{value}` of `mapping` has no effect: `{name}` does not extend `{own}`."),
                    format!(
                        "Add `allOf: [$ref: '#/components/schemas/{own}']` to `{name}`, or move the discriminator to a schema that \
                         lists the variants in `oneOf`."
                    ),
                ),
                (false, None) => (
                    format!("The entry `{value}` of `mapping` has no effect, because this schema has no variants."),
                    "List the variants in `oneOf`, or delete the discriminator.".to_owned(),
                ),
            };
            findings.add(Code::NoEffect, &place, message, remedy);
        }
    });
}

/// Returns the name of the component at `pointer`. Returns `None` if the pointer is not the one of a component schema.
fn component_name(pointer: &Pointer) -> Option<String> {
    let is_component = pointer.parent().is_some_and(|parent| parent.as_str() == "/components/schemas");
    pointer.last().filter(|_| is_component)
}

fn is_component(schema: &SchemaRef, wanted: &str) -> bool {
    matches!(schema, SchemaRef::Component { name, .. } if name == wanted)
}

/// Returns the name of the component to which a value of `mapping` refers: `Cat` for `#/components/schemas/Cat` and for `Cat`.
fn target_name(target: &str) -> String {
    Discriminator::referenced_name(target).unwrap_or_else(|| target.to_owned())
}

/// Returns the names of the alternatives of a union, of their alternatives, and so on. An alternative may be a wrapper such as
/// `allOf: [A]`.
fn alternatives<'d>(document: &'d Document, schema: &'d Schema) -> HashSet<&'d str> {
    let mut found = HashSet::new();
    let mut open: Vec<&SchemaRef> = schema.one_of.iter().chain(&schema.any_of).collect();
    while let Some(alternative) = open.pop() {
        let schema = match alternative {
            SchemaRef::Inline(schema) => Some(&**schema),
            SchemaRef::Component { name, .. } if found.insert(name.as_str()) => document.schemas.get(name),
            SchemaRef::Component { .. } => None,
        };
        open.extend(
            schema.into_iter().flat_map(|schema| schema.one_of.iter().chain(&schema.any_of).chain(&schema.all_of)),
        );
    }
    found
}

/// Returns the names of the components that a schema extends with `allOf`, directly or indirectly.
fn ancestors<'d>(document: &'d Document, schema: &'d Schema) -> HashSet<&'d str> {
    let mut found = HashSet::new();
    let mut open: Vec<&Schema> = vec![schema];
    while let Some(schema) = open.pop() {
        for member in &schema.all_of {
            match member {
                SchemaRef::Component { name, .. } if found.insert(name.as_str()) => {
                    open.extend(document.schemas.get(name))
                }
                SchemaRef::Component { .. } => {}
                SchemaRef::Inline(schema) => open.push(schema),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes_and_places, codes_and_places_in_schema};

    /// Returns the findings about a document with the schemas `Dog`, `Cat` and `Eel`. `Cat` extends `A`, and `Eel` extends `Cat`.
    fn found_about(schema: &str) -> Vec<String> {
        codes_and_places(&format!(
            "paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n    Dog: {{type: object}}\n    Cat: {{allOf: [$ref: \
             '#/components/schemas/A']}}\n    Eel: {{allOf: [$ref: '#/components/schemas/Cat']}}\n"
        ))
    }

    #[test]
    fn a_target_that_is_no_variant_is_reported() {
        let mapping = "mapping: {d: '#/components/schemas/Dog', c: Cat, e: Eel, a: A}";
        let base = format!("{{type: object, discriminator: {{propertyName: k, {mapping}}}}}");
        assert_eq!(found_about(&base), ["no-effect /components/schemas/A/discriminator/mapping/d"]);
        let inline = "{properties: {p: {discriminator: {propertyName: k, mapping: {d: Dog}}}}}";
        assert_eq!(found_about(inline), ["no-effect /components/schemas/A/properties/p/discriminator/mapping/d"]);
        let union = |alternatives: &str| {
            let discriminator = "discriminator: {propertyName: k, mapping: {d: Dog}}";
            found_about(&format!("{{properties: {{p: {{anyOf: [{alternatives}], {discriminator}}}}}}}"))
        };
        let not_listed = ["no-effect /components/schemas/A/properties/p/discriminator/mapping/d"];
        assert_eq!(union("{$ref: '#/components/schemas/Cat'}"), not_listed);
        for alternative in ["{$ref: '#/components/schemas/Dog'}", "{allOf: [$ref: '#/components/schemas/Dog']}"] {
            assert_eq!(union(alternative), [""; 0], "{alternative}");
        }
    }

    #[test]
    fn entries_without_a_schema_are_reported() {
        let found = |mapping: &str| {
            codes_and_places_in_schema(&format!("{{discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}"))
        };
        assert_eq!(found("a: A, b: '#/components/schemas/A'"), [""; 0]);
        assert_eq!(
            found("a: B, b: '#/components/schemas/B'"),
            ["ref-missing /discriminator/mapping/a", "ref-missing /discriminator/mapping/b"]
        );
        assert_eq!(found("a: '#/paths/~1a/get'"), ["no-effect /discriminator/mapping/a"]);
        for unknown in ["//x/y", "b.json?x#/P", "http://h/a", "a.b", "a/b", "#x", "#", "/a", "urn:a", ""] {
            assert_eq!(found(&format!("a: '{unknown}'")), ["ref-missing /discriminator/mapping/a"], "{unknown}");
        }
    }
}
