//! Finds names in `required` that are probably misspelt.

use std::borrow::Cow;
use std::collections::HashSet;

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

/// Reports names in `required` that are not properties, but are similar to a property. OpenAPI allows names that are not
/// properties, but a similar name is almost always a mistake.
pub(crate) fn misspelt(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        for (index, name, similar) in misspelt_names(schema) {
            // With `additionalProperties: false`, the rule `bounds` reports the name.
            if !matches!(schema.additional_properties, AdditionalProperties::Forbidden) {
                findings.add(
                    Code::MisspeltRequired,
                    &schema.pointer.join("required").join(index),
                    format!("The member `{name}` is required, but the schema has no such property."),
                    format!("Did you mean `{similar}`?"),
                );
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn required_names_that_are_similar_to_a_property_are_reported() {
        assert_eq!(found("{required: [ids], properties: {id: {}, x: {}}}"), ["misspelt-required /required/0"]);
        assert_eq!(found("{required: [ids, id], properties: {id: {}, x: {}}}"), [""; 0]);
        assert_eq!(found("{required: [name], properties: {id: {}}}"), [""; 0]);
        // The example also lacks the misspelt name, but this is not reported again.
        assert_eq!(
            found("{required: [x, ids], properties: {id: {}, x: {}}, example: {id: 1, x: 1}}"),
            ["misspelt-required /required/1"]
        );
        assert_eq!(
            found("{required: [ids], properties: {id: {}}, additionalProperties: false}"),
            ["contradictory-bounds /required"]
        );
    }
}
