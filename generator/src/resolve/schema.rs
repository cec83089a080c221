//! Reads schemas keyword by keyword from the raw tree (the document as JSON values).
//!
//! The load stage has checked the structure of each schema. The types of `openapiv3` cannot store bounds beyond 64 bits,
//! `default: null`, or the difference between an absent and an empty `enum`. The raw tree keeps this information.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::json::member::member_of;
use crate::pointer::Pointer;
use crate::resolve::component::{self, component_name};
use crate::resolve::context::Context;
use crate::resolve::document::{AdditionalProperties, Discriminator, Keywords2020, Schema, SchemaRef};
use crate::resolve::keyword::{count, flag, number_of, schema_type, text, texts};
use crate::resolve::{extension, reference, schema_2020, schema_reading};

/// Reads `components.schemas`.
///
/// A component that is only a reference becomes a schema whose `all_of` is that reference. So the component keeps its name, and
/// later stages need no special case for it.
pub(super) fn components(cx: &mut Context<'_>) -> IndexMap<String, Schema> {
    let place = Pointer::root().join("components").join("schemas");
    let Some(Value::Object(components)) = cx.value_at(&place) else {
        return IndexMap::new();
    };
    let components = components.iter().map(|(name, value)| {
        let place = place.join(name);
        (name.clone(), component_schema(cx, value, &place))
    });
    components.collect()
}

/// Adds the inline schemas with generated names to `schemas`. Reading an inline schema may generate names for further inline
/// schemas, which are then added too.
pub(super) fn add_named_inline(cx: &mut Context<'_>, schemas: &mut IndexMap<String, Schema>) {
    let mut index = 0;
    while let Some((place, name)) = cx.inline_targets.named(index) {
        let (place, name) = (place.clone(), name.clone());
        let named = cx.value_at(&place).map(|value| component_schema(cx, value, &place));
        schemas.insert(name, named.unwrap_or_default());
        index += 1;
    }
}

/// Reads the schema at `place`, which is a component or an inline schema with a generated name.
fn component_schema(cx: &mut Context<'_>, value: &Value, place: &Pointer) -> Schema {
    match value {
        Value::Object(object) if !object.contains_key("$ref") || schema_2020::has_siblings(cx.version, object) => {
            schema(cx, object, place)
        }
        _ => match schema_ref(cx, value, place) {
            SchemaRef::Inline(schema) if schema.pointer == *place => *schema,
            alias => Schema { pointer: place.clone(), all_of: vec![alias], ..Schema::default() },
        },
    }
}

/// Reads the schema under `key`, such as `items`, of the object at `place`.
pub(super) fn member(cx: &mut Context<'_>, place: &Pointer, key: &str) -> Option<SchemaRef> {
    let value = cx.member(place, key)?;
    Some(schema_ref(cx, value, &place.join(key)))
}

/// Returns a schema that accepts any value, as the substitute for the unusable schema at `place`.
pub(super) fn accepts_anything(place: &Pointer) -> SchemaRef {
    SchemaRef::Inline(Box::new(Schema { pointer: place.clone(), ..Schema::default() }))
}

/// Returns a schema that accepts no value: the boolean schema `false`.
fn accepts_nothing(place: &Pointer) -> SchemaRef {
    let not = Some(accepts_anything(place));
    SchemaRef::Inline(Box::new(Schema { pointer: place.clone(), not, ..Schema::default() }))
}

/// Reads the inline schema or reference at `place`. A reference to an inline schema is replaced by a copy of that schema. If
/// copies would be endless or too large, the inline schema becomes a component instead.
fn schema_ref(cx: &mut Context<'_>, value: &Value, place: &Pointer) -> SchemaRef {
    let object = match value {
        Value::Object(object) => object,
        Value::Bool(false) if cx.version.has_json_schema() => return accepts_nothing(place),
        _ => return accepts_anything(place),
    };
    match member_of(object, "$ref") {
        Some(Value::String(reference)) if !schema_2020::has_siblings(cx.version, object) => {
            reference_at(cx, reference, place)
        }
        _ if cx.inline_targets.is_recursive(place) => {
            SchemaRef::Component { name: cx.inline_targets.name(place, cx.raw), pointer: place.clone() }
        }
        _ => SchemaRef::Inline(Box::new(schema(cx, object, place))),
    }
}

/// Returns the schema to which the `$ref` of the object at `place` leads. If there is no such schema, returns a schema that accepts
/// any value.
fn reference_at(cx: &mut Context<'_>, reference: &str, place: &Pointer) -> SchemaRef {
    let mark = cx.findings.mark();
    let schema = referenced(cx, reference, place);
    if schema.is_none() {
        reference::set_consequence(cx, mark, Some("Every value is valid for this schema."));
    }
    schema.unwrap_or_else(|| accepts_anything(place))
}

/// Returns the schema to which `reference` leads. `place` is the JSON Pointer of the reference.
fn referenced(cx: &mut Context<'_>, reference: &str, place: &Pointer) -> Option<SchemaRef> {
    let (target, value) = reference::target(cx, reference, place)?;
    if let Some(name) = component_name(&target, "schemas") {
        return Some(SchemaRef::Component { name, pointer: place.clone() });
    }
    if component::section_of(&target).is_some() {
        reference::report_wrong_kind(cx, &target, place, component::SCHEMAS, "");
        return None;
    }
    // If the target is in an extension, the load stage has not checked the target.
    if !reference::is_well_formed(cx, value, &target, place, component::SCHEMAS) {
        return None;
    }
    if cx.version.has_json_schema() && !value.is_object() && !value.is_boolean() {
        reference::report_wrong_kind(cx, &target, place, component::SCHEMAS, "it is neither an object nor a boolean");
        return None;
    }
    if cx.inline_targets.is_recursive(&target) || cx.inline_targets.is_deep() {
        let name = cx.inline_targets.name(&target, cx.raw);
        return Some(SchemaRef::Component { name, pointer: place.clone() });
    }
    cx.inline_targets.depth += 1;
    let schema = schema_ref(cx, value, &target);
    cx.inline_targets.depth -= 1;
    Some(schema)
}

/// Reads all keywords of a schema object.
fn schema(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> Schema {
    let mut schema = Schema {
        derived_from: None,
        keyword_origins: BTreeMap::new(),
        wide_example: None,
        pointer: place.clone(),
        kind: text(object, "type").and_then(|name| schema_type(&name)),
        nullable: flag(object, "nullable"),
        title: text(object, "title"),
        description: text(object, "description"),
        format: text(object, "format"),
        has_unvalidated_format: false,
        enum_values: member_of(object, "enum").and_then(Value::as_array).cloned(),
        default: member_of(object, "default").cloned(),
        example: member_of(object, "example").cloned(),
        deprecated: flag(object, "deprecated"),
        read_only: flag(object, "readOnly"),
        write_only: flag(object, "writeOnly"),
        min_length: count(object, "minLength"),
        max_length: count(object, "maxLength"),
        pattern: text(object, "pattern"),
        minimum: number_of(object, "minimum"),
        exclusive_minimum: flag(object, "exclusiveMinimum"),
        maximum: number_of(object, "maximum"),
        exclusive_maximum: flag(object, "exclusiveMaximum"),
        multiple_of: number_of(object, "multipleOf"),
        items: member_of(object, "items").map(|items| schema_ref(cx, items, &place.join("items"))),
        min_items: count(object, "minItems"),
        max_items: count(object, "maxItems"),
        unique_items: flag(object, "uniqueItems"),
        properties: schemas_by_name(cx, object, place, "properties"),
        required: texts(object, "required"),
        additional_properties: additional_properties(cx, object, place),
        min_properties: count(object, "minProperties"),
        max_properties: count(object, "maxProperties"),
        all_of: list(cx, object, place, "allOf"),
        one_of: list(cx, object, place, "oneOf"),
        any_of: list(cx, object, place, "anyOf"),
        not: member_of(object, "not").map(|not| schema_ref(cx, not, &place.join("not"))),
        discriminator: discriminator(object),
        source: extension::source(cx, member_of(object, "x-source"), place),
        keywords_2020: None,
    };
    if cx.version.has_json_schema() {
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            schema.all_of.push(reference_at(cx, reference, place));
            schema.all_of.rotate_right(1);
        }
        let keywords = keywords_2020(cx, object, place);
        schema_2020::complete(object, place, keywords, &mut schema);
        cx.has_unevaluated |= schema
            .keywords_2020
            .as_ref()
            .is_some_and(|keywords| keywords.unevaluated_properties.is_some() || keywords.unevaluated_items.is_some());
    }
    schema_reading::apply(cx.reading, cx.version, &mut schema);
    schema
}

/// Reads the keywords that OpenAPI 3.0 does not have.
fn keywords_2020(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> Keywords2020 {
    let mut at = |key: &str| member_of(object, key).map(|value| schema_ref(cx, value, &place.join(key)));
    let (condition, consequence, alternative) = match member_of(object, "if").is_some() {
        // An `if` without branches evaluates members and items.
        true => (at("if"), at("then"), at("else")),
        false => (None, None, None),
    };
    let contains = at("contains");
    let property_names = at("propertyNames").filter(|names| !schema_2020::is_any_name(names));
    let mut rest = |key: &str| at(key).filter(|_| !schema_2020::is_trivial(object, key));
    let (unevaluated_properties, unevaluated_items) = (rest("unevaluatedProperties"), rest("unevaluatedItems"));
    let content_media_type = text(object, "contentMediaType");
    let essence = content_media_type.as_deref().and_then(|name| name.split(';').next());
    let is_json = essence.is_some_and(|essence| essence.trim().ends_with("json"));
    let content_schema = member_of(object, "contentSchema").filter(|_| is_json);
    let content_schema = content_schema.map(|value| schema_ref(cx, value, &place.join("contentSchema")));
    let examples = member_of(object, "examples").and_then(Value::as_array);
    Keywords2020 {
        is_const: member_of(object, "const").is_some(),
        labels: IndexMap::new(),
        examples: examples.cloned().unwrap_or_default(),
        content_media_type,
        content_schema,
        content_encoding: text(object, "contentEncoding"),
        prefix_items: list(cx, object, place, "prefixItems"),
        contains,
        min_contains: count(object, "minContains"),
        max_contains: count(object, "maxContains"),
        pattern_properties: schemas_by_name(cx, object, place, "patternProperties"),
        property_names,
        dependent_required: schema_2020::dependent_required(object),
        dependent_schemas: schemas_by_name(cx, object, place, "dependentSchemas"),
        condition,
        consequence,
        alternative,
        unevaluated_properties,
        unevaluated_items,
    }
}

/// Reads the object under `key`, whose values are schemas.
fn schemas_by_name(
    cx: &mut Context<'_>,
    object: &Map<String, Value>,
    place: &Pointer,
    key: &str,
) -> IndexMap<String, SchemaRef> {
    let Some(members) = member_of(object, key).and_then(Value::as_object) else { return IndexMap::new() };
    let place = place.join(key);
    let members = members.iter();
    members.map(|(name, value)| (name.clone(), schema_ref(cx, value, &place.join(name)))).collect()
}

fn additional_properties(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> AdditionalProperties {
    match member_of(object, "additionalProperties") {
        None => AdditionalProperties::Absent,
        Some(Value::Bool(false)) => AdditionalProperties::Forbidden,
        Some(value @ Value::Object(schema)) if !schema.is_empty() => {
            AdditionalProperties::Schema(schema_ref(cx, value, &place.join("additionalProperties")))
        }
        Some(_) => AdditionalProperties::Any,
    }
}

/// Reads the list of schemas under `key`.
fn list(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer, key: &str) -> Vec<SchemaRef> {
    let Some(items) = member_of(object, key).and_then(Value::as_array) else { return Vec::new() };
    let place = place.join(key);
    let items = items.iter().enumerate();
    items.map(|(index, item)| schema_ref(cx, item, &place.join(index))).collect()
}

fn discriminator(object: &Map<String, Value>) -> Option<Discriminator> {
    let discriminator = member_of(object, "discriminator")?.as_object()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    Some(Discriminator {
        property_name: text(discriminator, "propertyName")?,
        mapping: mapping.filter_map(|(value, to)| Some((value.clone(), to.as_str()?.to_owned()))).collect(),
        default_mapping: text(discriminator, "defaultMapping"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resolve::document::SchemaType;
    use crate::resolve::tests::resolved;

    fn schemas(text: &str) -> (IndexMap<String, Schema>, Vec<String>) {
        let (document, findings) = resolved(&format!("paths: {{}}\ncomponents:\n  schemas:\n{text}"));
        (document.schemas, findings)
    }

    fn schema(text: &str) -> Schema {
        let (schemas, findings) = schemas(&format!("    A: {text}\n"));
        assert_eq!(findings, [""; 0]);
        schemas.get("A").cloned().expect("the schema")
    }

    #[test]
    fn keywords_that_do_not_apply_to_the_type_are_kept() {
        let schema = schema("{type: string, maximum: 5, properties: {a: {type: integer}}, enum: [a, 1, null]}");
        assert_eq!(schema.kind, Some(SchemaType::String));
        assert_eq!(schema.maximum, Some(5.into()));
        assert_eq!(schema.properties.len(), 1);
        assert_eq!(schema.enum_values, Some(vec![json!("a"), json!(1), Value::Null]));
    }

    #[test]
    fn bounds_keep_all_digits() {
        let schema =
            schema("{type: integer, maximum: 18446744073709551615, minimum: 0.0, multipleOf: 9007199254740993}");
        assert_eq!(schema.maximum.map(|bound| bound.to_string()).as_deref(), Some("18446744073709551615"));
        assert_eq!(schema.multiple_of.map(|bound| bound.to_string()).as_deref(), Some("9007199254740993"));
        assert_eq!(schema.minimum.map(|bound| bound.to_string()).as_deref(), Some("0.0"));
    }

    #[test]
    fn null_and_empty_lists_differ_from_absent_keywords() {
        let given = schema("{type: object, enum: [], default: null, example: null}");
        assert_eq!(
            (given.enum_values, given.default, given.example),
            (Some(vec![]), Some(Value::Null), Some(Value::Null))
        );
        let absent = schema("{type: object}");
        assert_eq!((absent.enum_values, absent.default, absent.example), (None, None, None));
        assert!(matches!(schema("{additionalProperties: {}}").additional_properties, AdditionalProperties::Any));
        assert!(matches!(
            schema("{additionalProperties: false}").additional_properties,
            AdditionalProperties::Forbidden
        ));
        assert!(matches!(
            schema("{additionalProperties: {type: string}}").additional_properties,
            AdditionalProperties::Schema(_)
        ));
        assert!(matches!(absent.additional_properties, AdditionalProperties::Absent));
    }

    #[test]
    fn an_object_with_one_of_keeps_both() {
        let schema = schema("{type: object, properties: {a: {}}, oneOf: [{required: [a]}, {required: [b]}]}");
        assert_eq!((schema.kind, schema.properties.len(), schema.one_of.len()), (Some(SchemaType::Object), 1, 2));
    }

    #[test]
    fn an_alias_is_an_all_of_with_one_reference() {
        let (schemas, findings) = schemas("    A: {$ref: '#/components/schemas/B'}\n    B: {type: string}\n");
        assert_eq!(findings, [""; 0]);
        let alias = schemas.get("A").expect("A");
        assert!(matches!(alias.all_of.as_slice(), [SchemaRef::Component { name, .. }] if name == "B"));
    }

    #[test]
    fn references_to_inline_schemas_are_replaced_by_copies() {
        let (schemas, findings) = schemas(
            "    A: {properties: {b: {$ref: '#/components/schemas/B/properties/c'}}}\n    \
             B: {properties: {c: {type: string, maxLength: 3}}}\n    C: {$ref: '#/components/schemas/B/properties/c'}\n",
        );
        assert_eq!(findings, [""; 0]);
        let inlined = schemas.get("A").and_then(|schema| schema.properties.get("b"));
        let Some(SchemaRef::Inline(inlined)) = inlined else { panic!("{inlined:?} is not inline") };
        assert_eq!((inlined.pointer.as_str(), inlined.max_length), ("/components/schemas/B/properties/c", Some(3)));
        assert_eq!(schemas.get("C").map(|schema| schema.all_of.len()), Some(1));
    }

    #[test]
    fn a_reference_to_another_kind_of_component_is_reported() {
        let (_, findings) = resolved(
            "paths: {}\ncomponents:\n  responses: {R: {description: d.}}\n  schemas:\n    \
             A: {items: {$ref: '#/components/responses/R'}}\n",
        );
        assert_eq!(findings, ["shape /components/schemas/A/items"]);
    }

    #[test]
    fn a_reference_to_an_invalid_schema_is_reported() {
        let (document, findings) = resolved(
            "paths: {}\nx-mine: {s: {type: string}, t: {type: [string]}}\ncomponents:\n  schemas:\n    \
             A: {items: {$ref: '#/x-mine/s'}, not: {$ref: '#/x-mine/t'}}\n",
        );
        assert_eq!(findings, ["shape /components/schemas/A/not"]);
        let items = document.schemas.get("A").and_then(|schema| schema.items.as_ref());
        assert!(matches!(items, Some(SchemaRef::Inline(schema)) if schema.kind == Some(SchemaType::String)));
    }

    #[test]
    fn a_deep_schema_with_an_invalid_part_is_examined_once() {
        let deep = format!("{}{{items: /birds}}{}", "{anyOf: [".repeat(60), "]}".repeat(60));
        let (_, findings) =
            resolved(&format!("paths: {{}}\nx-mine: {deep}\ncomponents:\n  schemas: {{A: {{$ref: '#/x-mine'}}}}\n"));
        assert_eq!(findings, ["shape /components/schemas/A"]);
    }
}
