//! Finds keywords that have no effect in their schema, such as `maxLength` with `type: integer`.

use crate::check::schema_walk::each_schema;
use crate::check::value::type_name;
use crate::finding::{Code, Findings};
use crate::resolve::document::SchemaType::{Array, Integer, Number, Object, String};
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaType};

/// The name of a keyword, a function that returns whether a schema has the keyword, and the types that the keyword applies to.
type Keyword = (&'static str, fn(&Schema) -> bool, &'static [SchemaType]);

const KEYWORDS: &[Keyword] = &[
    ("minLength", |schema| schema.min_length.is_some(), &[String]),
    ("maxLength", |schema| schema.max_length.is_some(), &[String]),
    ("pattern", |schema| schema.pattern.is_some(), &[String]),
    ("minimum", |schema| schema.minimum.is_some(), &[Number, Integer]),
    ("maximum", |schema| schema.maximum.is_some(), &[Number, Integer]),
    ("exclusiveMinimum", |schema| schema.exclusive_minimum, &[Number, Integer]),
    ("exclusiveMaximum", |schema| schema.exclusive_maximum, &[Number, Integer]),
    ("multipleOf", |schema| schema.multiple_of.is_some(), &[Number, Integer]),
    ("items", |schema| schema.items.is_some(), &[Array]),
    ("minItems", |schema| schema.min_items.is_some(), &[Array]),
    ("maxItems", |schema| schema.max_items.is_some(), &[Array]),
    ("uniqueItems", |schema| schema.unique_items, &[Array]),
    ("properties", |schema| !schema.properties.is_empty(), &[Object]),
    ("required", |schema| !schema.required.is_empty(), &[Object]),
    ("additionalProperties", |schema| !matches!(schema.additional_properties, AdditionalProperties::Absent), &[Object]),
    ("minProperties", |schema| schema.min_properties.is_some(), &[Object]),
    ("maxProperties", |schema| schema.max_properties.is_some(), &[Object]),
];

/// Reports keywords that do not apply to the type of their schema.
pub(crate) fn foreign_keywords(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        let Some(kind) = schema.kind else { return };
        for (keyword, _, types) in KEYWORDS.iter().filter(|(_, has, types)| has(schema) && !types.contains(&kind)) {
            let types: Vec<_> = types.iter().map(|kind| type_name(*kind)).collect();
            let (types, own) = (types.join(" or "), type_name(kind));
            let message = format!("`{keyword}` has no effect: it applies to {types}, but the type here is {own}.");
            let remedy = "Delete the keyword, or correct `type`.";
            findings.add(Code::ForeignKeyword, &schema.pointer.join(keyword), message, remedy);
        }
    });
}

/// Reports `exclusiveMinimum` without `minimum`, and `exclusiveMaximum` without `maximum`.
pub(crate) fn exclusive_without_bound(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        let exclusive = [
            ("exclusiveMinimum", schema.exclusive_minimum && schema.minimum.is_none(), "minimum"),
            ("exclusiveMaximum", schema.exclusive_maximum && schema.maximum.is_none(), "maximum"),
        ];
        for (keyword, _, bound) in exclusive.into_iter().filter(|(_, is_idle, _)| *is_idle) {
            let message = format!("`{keyword}` has no effect: the schema has no `{bound}`.");
            let remedy = format!("Add `{bound}`, or delete `{keyword}`.");
            findings.add(Code::NoEffect, &schema.pointer.join(keyword), message, remedy);
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn keywords_for_other_types_are_reported() {
        let expected =
            ["foreign-keyword /maxLength", "foreign-keyword /properties", "foreign-keyword /properties/a/minimum"];
        assert_eq!(found("{type: integer, maxLength: 3, properties: {a: {type: string, minimum: 1}}}"), expected);
        assert_eq!(found("{maxLength: 3, minimum: 1}"), [""; 0]);
    }

    #[test]
    fn exclusive_bounds_without_a_bound_are_reported() {
        let schema = "{type: integer, exclusiveMinimum: true, exclusiveMaximum: true, maximum: 3}";
        assert_eq!(found(schema), ["no-effect /exclusiveMinimum"]);
    }
}
