//! Reads the keywords of JSON Schema 2020-12, of which the schemas of OpenAPI 3.1 and 3.2 consist.
//!
//! A keyword with a counterpart in OpenAPI 3.0 becomes this counterpart. For example, the type null in a list of types becomes
//! `nullable`, and `const` becomes an `enum` with one value. The other keywords become [`Keywords2020`].

use std::cmp::Ordering;

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use crate::json::equality::is_equal;
use crate::json::number;
use crate::load::OpenApiVersion;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema, SchemaRef, SchemaType, ValueLabel};
use crate::resolve::keyword::{number_of, schema_type};

/// The keys beside a `$ref` that say nothing about a value.
const IDLE: &[&str] = &["$ref", "$comment", "$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary", "$defs"];

/// Returns whether a schema has a `$ref` together with keys that have a meaning. OpenAPI 3.0 ignores such keys.
pub(super) fn has_siblings(version: OpenApiVersion, object: &Map<String, Value>) -> bool {
    let has_meaning = |key: &String| !IDLE.contains(&key.as_str()) && !key.starts_with("x-");
    version.has_json_schema() && object.contains_key("$ref") && object.keys().any(has_meaning)
}

/// Completes `schema`, to which the keywords of `object` were copied as far as OpenAPI 3.0 has them. `keywords` are the others.
pub(super) fn complete(object: &Map<String, Value>, place: &Pointer, mut keywords: Keywords2020, schema: &mut Schema) {
    read_bounds(object, schema);
    read_values(object, schema);
    read_types(object, place, schema);
    read_evaluation(object, place, schema);
    read_unevaluated(object, &mut keywords, schema);
    read_equal_items(&mut keywords, schema);
    read_content(&keywords, schema);
    if schema.example.is_none() {
        schema.example = keywords.examples.first().cloned();
    }
    if keywords != Keywords2020::default() {
        schema.keywords_2020 = Some(Box::new(keywords));
    }
    read_null_alternative(schema);
    read_enumeration(schema);
}

/// Reads the alternative null of `oneOf` or `anyOf` as `nullable`. If one alternative is left, it becomes a member of `allOf`.
fn read_null_alternative(schema: &mut Schema) {
    let is_plain =
        schema.kind.is_none() && schema.enum_values.is_none() && schema.not.is_none() && schema.all_of.is_empty();
    let is_one_union = schema.one_of.is_empty() != schema.any_of.is_empty();
    let alternatives = if schema.one_of.is_empty() { &mut schema.any_of } else { &mut schema.one_of };
    if !is_plain || !is_one_union || alternatives.iter().all(is_null) || !alternatives.iter().any(is_null) {
        return;
    }
    alternatives.retain(|alternative| !is_null(alternative));
    schema.nullable = true;
    if let [_] = alternatives.as_slice() {
        schema.all_of = std::mem::take(alternatives);
        schema.discriminator = None;
    }
}

/// Returns whether an inline schema accepts only null.
fn is_null(schema: &SchemaRef) -> bool {
    match schema {
        SchemaRef::Inline(schema) => schema.enum_values.as_deref() == Some(&[Value::Null]),
        SchemaRef::Component { .. } => false,
    }
}

/// Reads `unevaluatedProperties: true` and `unevaluatedItems: true` as `additionalProperties: true` and `items: true`. For an enclosing
/// schema, they evaluate all members and items.
fn read_evaluation(object: &Map<String, Value>, place: &Pointer, schema: &mut Schema) {
    if is_trivial(object, "unevaluatedProperties")
        && matches!(schema.additional_properties, AdditionalProperties::Absent)
    {
        schema.additional_properties = AdditionalProperties::Any;
    }
    if is_trivial(object, "unevaluatedItems") && schema.items.is_none() {
        let pointer = place.join("unevaluatedItems");
        schema.items = Some(SchemaRef::Inline(Box::new(Schema { pointer, ..Schema::default() })));
    }
}

/// Reads `unevaluatedProperties` and `unevaluatedItems` as `additionalProperties` and `items` if no subschema applies to the same
/// value. Then they have the same meaning.
fn read_unevaluated(object: &Map<String, Value>, keywords: &mut Keywords2020, schema: &mut Schema) {
    if schema.in_place_subschemas().next().is_some() || keywords.in_place_subschemas().next().is_some() {
        return;
    }
    if matches!(schema.additional_properties, AdditionalProperties::Absent) {
        match (object.get("unevaluatedProperties"), keywords.unevaluated_properties.take()) {
            (Some(Value::Bool(false)), _) => schema.additional_properties = AdditionalProperties::Forbidden,
            (_, Some(rest)) => schema.additional_properties = AdditionalProperties::Schema(rest),
            (_, None) => {}
        }
    }
    if schema.items.is_none() && keywords.contains.is_none() {
        schema.items = keywords.unevaluated_items.take();
    }
}

/// Reads `prefixItems` as `items` if all items have the same schema. An array whose length is fixed stays a tuple.
fn read_equal_items(keywords: &mut Keywords2020, schema: &mut Schema) {
    let count = keywords.prefix_items.len() as u64;
    let others = keywords.contains.is_some() || keywords.unevaluated_items.is_some();
    let Some(first) = keywords.prefix_items.first().map(without_pointers) else { return };
    if others
        || schema.min_items == Some(count)
        || !keywords.prefix_items.iter().all(|item| without_pointers(item) == first)
    {
        return;
    }
    match &schema.items {
        Some(items) if accepts_nothing(items) => {
            schema.max_items = Some(schema.max_items.map_or(count, |most| most.min(count)));
        }
        Some(items) if without_pointers(items) == first => {}
        None if schema.max_items.is_some_and(|most| most <= count) => {}
        _ => return,
    }
    schema.items = keywords.prefix_items.drain(..).next();
}

fn without_pointers(schema: &SchemaRef) -> SchemaRef {
    let mut schema = schema.clone();
    schema.erase_pointers();
    schema
}

/// Returns whether a schema is `false`, which is read as `not: {}`.
fn accepts_nothing(schema: &SchemaRef) -> bool {
    let SchemaRef::Inline(schema) = schema else { return false };
    let not = schema.not.as_ref().map(without_pointers);
    not == Some(SchemaRef::Inline(Box::default()))
}

fn accepts_all(value: &Value) -> bool {
    *value == Value::Bool(true) || value.as_object().is_some_and(Map::is_empty)
}

/// Returns whether the schema under `key` accepts every value: `true` and `{}`.
pub(super) fn is_trivial(object: &Map<String, Value>, key: &str) -> bool {
    object.get(key).is_some_and(accepts_all)
}

/// Returns whether a schema for the names of members accepts every name, as `{type: string}` does.
pub(super) fn is_any_name(names: &SchemaRef) -> bool {
    let SchemaRef::Inline(names) = names else { return false };
    let annotations = Schema {
        pointer: names.pointer.clone(),
        kind: names.kind,
        title: names.title.clone(),
        description: names.description.clone(),
        ..Schema::default()
    };
    matches!(names.kind, None | Some(SchemaType::String)) && **names == annotations
}

/// Reads `dependentRequired`, without members that require nothing.
pub(super) fn dependent_required(object: &Map<String, Value>) -> IndexMap<String, Vec<String>> {
    let members = object.get("dependentRequired").and_then(Value::as_object).into_iter().flatten();
    let names = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    members.map(|(name, value)| (name.clone(), names(value))).filter(|(_, names)| !names.is_empty()).collect()
}

/// Reads the numeric `exclusiveMinimum` and `exclusiveMaximum`. If the schema also has `minimum` or `maximum`, the tighter of the two
/// bounds is kept.
fn read_bounds(object: &Map<String, Value>, schema: &mut Schema) {
    let tighter = |exclusive: &Number, inclusive: &Option<Number>, looser: Ordering| {
        inclusive.as_ref().is_none_or(|inclusive| number::compare(exclusive, inclusive) != looser)
    };
    if let Some(bound) = number_of(object, "exclusiveMinimum")
        && tighter(&bound, &schema.minimum, Ordering::Less)
    {
        (schema.minimum, schema.exclusive_minimum) = (Some(bound), true);
    }
    if let Some(bound) = number_of(object, "exclusiveMaximum")
        && tighter(&bound, &schema.maximum, Ordering::Greater)
    {
        (schema.maximum, schema.exclusive_maximum) = (Some(bound), true);
    }
}

/// Reads `const` as an `enum` with one value. If the schema also has an `enum` without this value, the list is empty.
fn read_values(object: &Map<String, Value>, schema: &mut Schema) {
    let Some(value) = object.get("const") else { return };
    let is_listed = |values: &Vec<Value>| values.iter().any(|other| is_equal(other, value));
    let is_possible = schema.enum_values.as_ref().is_none_or(is_listed);
    schema.enum_values = Some(if is_possible { vec![value.clone()] } else { Vec::new() });
}

/// Reads `type` with null or with several types. Null becomes `nullable`. Several other types become alternatives of `oneOf`.
fn read_types(object: &Map<String, Value>, place: &Pointer, schema: &mut Schema) {
    let lists_null = schema.enum_values.as_ref().is_some_and(|values| values.iter().any(Value::is_null));
    let listed = schema.enum_values.as_deref().unwrap_or_default();
    let lists_only_null = lists_null && listed.iter().all(Value::is_null);
    let Some(written) = object.get("type") else {
        schema.nullable |= lists_null;
        schema.kind = type_of_values(listed);
        return;
    };
    let names: Vec<&str> = match written {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    };
    schema.nullable |= names.contains(&"null");
    let is_redundant = |name: &str| name == "integer" && names.contains(&"number");
    let types = names.iter().enumerate().filter(|(_, name)| !is_redundant(name));
    let types: Vec<(usize, SchemaType)> = types.filter_map(|(index, name)| Some((index, schema_type(name)?))).collect();
    match types.as_slice() {
        [] if schema.nullable => {
            let possible = schema.enum_values.is_none() || lists_null;
            schema.enum_values = Some(if possible { vec![Value::Null] } else { Vec::new() });
        }
        // Only null is listed, so no Rust type needs the other type.
        [_] if schema.nullable && lists_only_null => schema.kind = None,
        [(_, only)] => schema.kind = Some(*only),
        // Together, these types include all values, except perhaps null.
        several if several.len() == 5 && schema.nullable => {}
        several => add_types(several, place, schema),
    }
}

/// Returns the type of the values of an `enum` of numbers or booleans, besides null. The type says nothing more than the values.
fn type_of_values(values: &[Value]) -> Option<SchemaType> {
    let mut values = values.iter().filter(|value| !value.is_null()).peekable();
    values.peek()?;
    if values.clone().all(|value| value.is_i64() || value.is_u64()) {
        Some(SchemaType::Integer)
    } else if values.clone().all(Value::is_number) {
        Some(SchemaType::Number)
    } else if values.all(Value::is_boolean) {
        Some(SchemaType::Boolean)
    } else {
        None
    }
}

/// Adds alternatives of `oneOf`, one for each type. No value has two of the types.
fn add_types(types: &[(usize, SchemaType)], place: &Pointer, schema: &mut Schema) {
    let alternatives = types.iter().map(|(index, kind)| {
        let pointer = place.join("type").join(index);
        SchemaRef::Inline(Box::new(Schema { pointer, kind: Some(*kind), nullable: false, ..Schema::default() }))
    });
    let alternatives: Vec<SchemaRef> = alternatives.collect();
    if schema.one_of.is_empty() && schema.any_of.is_empty() {
        schema.one_of = alternatives;
    } else {
        let (pointer, nullable) = (place.join("type"), schema.nullable);
        let types = Schema { pointer, nullable, one_of: alternatives, ..Schema::default() };
        schema.all_of.push(SchemaRef::Inline(Box::new(types)));
    }
}

/// Reads `contentEncoding` and `contentMediaType` as the `format` that has this meaning in OpenAPI 3.0.
fn read_content(keywords: &Keywords2020, schema: &mut Schema) {
    if schema.format.is_some() {
        return;
    }
    let is_text = |media_type: &str| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.starts_with("text/") || ["json", "xml"].iter().any(|ending| essence.ends_with(ending))
    };
    match (keywords.content_encoding.as_deref(), keywords.content_media_type.as_deref()) {
        (Some("base64"), _) => schema.format = Some("byte".to_owned()),
        (None | Some("binary" | "8bit" | "7bit"), Some(media_type)) if !is_text(media_type) => {
            schema.format = Some("binary".to_owned());
        }
        _ => {}
    }
}

/// Reads an enumeration that is written as `oneOf` or `anyOf` of `const`: each value has its own title and description. The values
/// are strings or integers.
fn read_enumeration(schema: &mut Schema) {
    let alternatives = match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
        (alternatives, []) | ([], alternatives) if !alternatives.is_empty() => alternatives,
        _ => return,
    };
    if schema.enum_values.is_some() {
        return;
    }
    let mut labels = IndexMap::new();
    let mut values = Vec::new();
    let mut is_nullable = false;
    for alternative in alternatives {
        let SchemaRef::Inline(alternative) = alternative else { return };
        let Some([value]) = alternative.enum_values.as_deref().filter(|_| has_only_values(alternative)) else { return };
        let text = match value {
            Value::Null => {
                is_nullable = true;
                continue;
            }
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return,
        };
        let label = ValueLabel {
            title: alternative.title.clone(),
            description: alternative.description.clone(),
            deprecated: alternative.deprecated,
        };
        values.push(value.clone());
        if labels.insert(text, label).is_some() {
            return;
        }
    }
    let kind = match values.as_slice() {
        [] => return,
        strings if strings.iter().all(Value::is_string) => SchemaType::String,
        others => match type_of_values(others) {
            Some(SchemaType::Integer) => SchemaType::Integer,
            _ => return,
        },
    };
    if schema.kind.is_some_and(|known| known != kind) {
        return;
    }
    // With a type, null is valid only if the type allows it.
    schema.nullable |= is_nullable && schema.kind.is_none();
    schema.kind = Some(kind);
    schema.enum_values = Some(values);
    (schema.one_of, schema.any_of) = (Vec::new(), Vec::new());
    schema.keywords_2020_mut().labels = labels;
}

/// Returns whether a schema constrains values only by `type` and `const` or `enum`.
fn has_only_values(schema: &Schema) -> bool {
    let rest = Schema {
        pointer: Pointer::root(),
        kind: None,
        nullable: false,
        title: None,
        description: None,
        enum_values: None,
        default: None,
        example: None,
        deprecated: false,
        source: None,
        keywords_2020: None,
        ..schema.clone()
    };
    matches!(schema.kind, None | Some(SchemaType::String | SchemaType::Integer))
        && !schema.has_constraints_2020()
        && rest == Schema::default()
}
