//! Finds names in `required` that are not properties of their schema.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::resolve::document::{AdditionalProperties, Document, Schema};
use crate::suggestion::nearest;

/// Returns the names in `required` that are not properties, but are similar to a property. Each item is the index of the name in
/// `required`, the name, and the similar property.
pub(super) fn misspelt_names(schema: &Schema) -> impl Iterator<Item = (usize, &str, Cow<'_, str>)> {
    let unlisted = schema.required.iter().enumerate().filter(|(_, name)| !schema.properties.contains_key(*name));
    let required: HashSet<&String> = schema.required.iter().collect();
    unlisted.filter_map(move |(index, name)| {
        let free = schema.properties.keys().filter(|property| !required.contains(property));
        let similar = || nearest(name, free.map(String::as_str), 3).map(Cow::Borrowed);
        Some((index, name.as_str(), joined_names(name, schema).or_else(similar)?))
    })
}

/// Splits a `name` that contains two or more property names: `id name` becomes `id, name`. Returns `None` for any other name.
fn joined_names<'s>(name: &str, schema: &Schema) -> Option<Cow<'s, str>> {
    let names: Vec<&str> = name.split_whitespace().collect();
    let are_properties = names.len() > 1 && names.iter().all(|name| schema.properties.contains_key(*name));
    are_properties.then(|| names.join(", ").into())
}

/// Reports names in `required` that are not properties. OpenAPI allows such names, but they are almost always mistakes: the name is
/// misspelt, or the property is missing.
pub(crate) fn undeclared(document: &Document, findings: &mut Findings) {
    let combined = LazyCell::new(|| combined_schemas(document));
    each_schema(document, &mut |schema| {
        let is_declared = |name: &String| schema.properties.contains_key(name);
        // With `additionalProperties: false`, the rule `bounds` reports the names.
        if schema.required.iter().all(is_declared) || schema.additional_properties == AdditionalProperties::Forbidden {
            return;
        }
        let misspelt: HashMap<usize, Cow<'_, str>> =
            misspelt_names(schema).map(|(index, _, similar)| (index, similar)).collect();
        let is_complete = schema.additional_properties == AdditionalProperties::Absent
            && !schema.properties.is_empty()
            && !combined.contains(&std::ptr::from_ref(schema));
        let declared = if is_complete { declared_names(document, schema) } else { HashSet::new() };
        for (index, name) in schema.required.iter().enumerate() {
            let remedy = match misspelt.get(&index) {
                Some(similar) => format!("Did you mean `{similar}`?"),
                None if is_complete && !declared.contains(name.as_str()) => {
                    format!("Add `{name}` to `properties`, or delete the name from `required`.")
                }
                None => continue,
            };
            findings.add_repairable(
                Code::UndeclaredRequired,
                &schema.pointer.join("required").join(index),
                format!("The member `{name}` is required, but the schema has no such property."),
                remedy,
                "Validation requires the member with the name as written.",
            );
        }
    });
}

/// Returns the schemas that are combined with others by `allOf`, `oneOf`, `anyOf` or `not`. The other schemas may declare the
/// members that they require.
fn combined_schemas(document: &Document) -> HashSet<*const Schema> {
    let mut combined = HashSet::new();
    each_schema(document, &mut |schema| {
        let parts = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).chain(schema.not.as_ref());
        combined.extend(parts.filter_map(|part| document.resolved(part)).map(std::ptr::from_ref));
    });
    combined
}

/// Returns the names of the properties of `schema`, and of the schemas that it combines.
fn declared_names<'d>(document: &'d Document, schema: &'d Schema) -> HashSet<&'d str> {
    let parts = |schema: &'d Schema| schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
    let combined = document.reachable_schemas(parts(schema).collect(), parts);
    let all = combined.into_iter().chain([schema]);
    all.flat_map(|schema| schema.properties.keys().map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn required_names_that_are_not_properties_are_reported() {
        assert_eq!(found("{required: [ids], properties: {id: {}, x: {}}}"), ["undeclared-required /required/0"]);
        assert_eq!(found("{required: [ids, id], properties: {id: {}, x: {}}}"), ["undeclared-required /required/0"]);
        assert_eq!(found("{required: [name], properties: {id: {}}}"), ["undeclared-required /required/0"]);
        // Another schema, or a value with any name, may be meant.
        for open in [
            "{required: [name], properties: {id: {}}, additionalProperties: true}",
            "{required: [name], properties: {id: {}}, additionalProperties: {type: string}}",
            "{required: [name], properties: {id: {}}, allOf: [{oneOf: [{properties: {name: {}}}]}]}",
            "{properties: {name: {}}, anyOf: [{required: [name], properties: {id: {}}}]}",
            "{required: [name]}",
        ] {
            assert_eq!(found(open), [""; 0], "{open}");
        }
        // The example also lacks the misspelt name, but this is not reported again.
        assert_eq!(
            found("{required: [x, ids], properties: {id: {}, x: {}}, example: {id: 1, x: 1}}"),
            ["undeclared-required /required/1"]
        );
        assert_eq!(
            found("{required: [ids], properties: {id: {}}, additionalProperties: false}"),
            ["contradictory-bounds /required"]
        );
    }
}
