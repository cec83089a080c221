//! Reads schemas to the letter of JSON Schema where copperplate by default reads them as published documents mean them.

use std::mem::take;

use crate::load::OpenApiVersion;
use crate::options::SchemaReading;
use crate::resolve::document::{Keywords2020, Schema, SchemaRef, SchemaType};

/// The formats that JSON Schema 2020-12 defines, and the versions of JSON Schema before OpenAPI 3.1 do not.
const FORMATS_2020: &[&str] = &["idn-email", "iri", "iri-reference", "uri-template"];

/// Changes a schema of a document of this version as the user asks for.
pub(super) fn apply(reading: SchemaReading, version: OpenApiVersion, schema: &mut Schema) {
    // The format of a number chooses its Rust type, and has no part in this.
    let is_number = matches!(schema.kind, Some(SchemaType::Integer | SchemaType::Number));
    let is_validated = |format: &String| {
        !reading.unvalidated_formats && (version.has_json_schema() || !FORMATS_2020.contains(&format.as_str()))
    };
    schema.has_unvalidated_format = !is_number && schema.format.as_ref().is_some_and(|format| !is_validated(format));
    if reading.untyped_as_any {
        accept_other_types(schema);
    }
}

/// Makes a schema with `properties` and without `type` accept values of other types too. Its keywords for objects become an
/// alternative, and all values that are no objects another one.
fn accept_other_types(schema: &mut Schema) {
    let keywords = schema.keywords_2020.as_deref();
    // `unevaluatedProperties` depends on the keywords beside it, and such a schema accepts values of all types anyway.
    if !schema.is_untyped_object() || keywords.is_some_and(|keywords| keywords.unevaluated_properties.is_some()) {
        return;
    }
    let (place, index) = (schema.pointer.clone(), schema.any_of.len());
    let alternative = |index: usize, keywords: Schema| {
        let (pointer, derived_from) = (place.join("anyOf").join(index), Some(place.clone()));
        SchemaRef::Inline(Box::new(Schema { pointer, derived_from, ..keywords }))
    };
    let no_object = Schema {
        not: Some(alternative(index + 2, Schema { kind: Some(SchemaType::Object), ..Schema::default() })),
        ..Schema::default()
    };
    let object = object_keywords(schema);
    let alternatives = vec![alternative(index, object), alternative(index + 1, no_object)];
    if schema.any_of.is_empty() && schema.one_of.is_empty() {
        schema.any_of = alternatives;
    } else {
        let union = Schema { pointer: place.join("anyOf"), any_of: alternatives, ..Schema::default() };
        schema.all_of.push(SchemaRef::Inline(Box::new(union)));
    }
}

/// Moves the keywords for objects out of a schema, into a schema of the type `object`.
fn object_keywords(schema: &mut Schema) -> Schema {
    let mut object = Schema {
        kind: Some(SchemaType::Object),
        properties: take(&mut schema.properties),
        required: take(&mut schema.required),
        additional_properties: take(&mut schema.additional_properties),
        min_properties: schema.min_properties.take(),
        max_properties: schema.max_properties.take(),
        ..Schema::default()
    };
    if let Some(keywords) = schema.keywords_2020.as_deref_mut() {
        let of_objects = Keywords2020 {
            pattern_properties: take(&mut keywords.pattern_properties),
            property_names: keywords.property_names.take(),
            dependent_required: take(&mut keywords.dependent_required),
            dependent_schemas: take(&mut keywords.dependent_schemas),
            ..Keywords2020::default()
        };
        if of_objects != Keywords2020::default() {
            object.keywords_2020 = Some(Box::new(of_objects));
        }
        if *keywords == Keywords2020::default() {
            schema.keywords_2020 = None;
        }
    }
    object
}
