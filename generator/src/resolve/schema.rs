//! Schemas, read keyword by keyword from the raw tree.
//!
//! `openapiv3` has vouched for the shape, but files a schema under a variant by its keywords and loses some on the way:
//! bounds beyond 64 bits, `default: null`, whether `enum` is absent or empty. The raw object has them all.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::{Map, Number, Value};

use crate::pointer::Pointer;
use crate::resolve::document::{Additional, Discriminator, Schema, SchemaRef, SchemaType};
use crate::resolve::{Context, extension, reference};

/// `components.schemas`.
///
/// A component that is itself only a reference becomes a schema whose `all_of` is that reference: the name stays, and
/// what holds of one holds of the other.
pub(super) fn components(cx: &mut Context<'_>) -> IndexMap<String, Schema> {
    let place = Pointer::root().join("components").join("schemas");
    let Some(Value::Object(components)) = cx.at(&place) else {
        return IndexMap::new();
    };
    let components = components.iter().map(|(name, value)| {
        let place = place.join(name);
        (name.clone(), with_a_name(cx, value, &place))
    });
    components.collect()
}

/// The schema at `place`, which others refer to by a name.
pub(super) fn with_a_name(cx: &mut Context<'_>, value: &Value, place: &Pointer) -> Schema {
    match value {
        Value::Object(object) if !object.contains_key("$ref") => flat(cx, object, place),
        _ => match at(cx, value, place) {
            SchemaRef::Inline(schema) if schema.pointer == *place => *schema,
            alias => Schema { pointer: place.clone(), all_of: vec![alias], ..Schema::default() },
        },
    }
}

/// The schema, or reference to one, under `key` of the object at `place`.
pub(super) fn member(cx: &mut Context<'_>, place: &Pointer, key: &str) -> Option<SchemaRef> {
    let value = cx.member(place, key)?;
    Some(at(cx, value, &place.join(key)))
}

/// The schema that accepts anything; it stands where a piece with a fault was left out.
pub(super) fn anything(place: &Pointer) -> SchemaRef {
    SchemaRef::Inline(Box::new(Schema { pointer: place.clone(), ..Schema::default() }))
}

/// The schema, or reference to one, that stands at `place`. A reference to a component keeps its name; what a reference
/// to any other place leads to is written in its stead, or gets a name where it would never end.
fn at(cx: &mut Context<'_>, value: &Value, place: &Pointer) -> SchemaRef {
    let Value::Object(object) = value else {
        return anything(place);
    };
    match object.get("$ref") {
        Some(Value::String(reference)) => {
            let mark = cx.findings.mark();
            let schema = referred(cx, reference, place);
            if schema.is_none() {
                reference::settle(cx, mark, Some("Any value stands for it."));
            }
            schema.unwrap_or_else(|| anything(place))
        }
        _ if cx.unnamed.is_recursive(place) => {
            SchemaRef::Component { name: cx.unnamed.name(place, cx.raw), pointer: place.clone() }
        }
        _ => SchemaRef::Inline(Box::new(flat(cx, object, place))),
    }
}

fn referred(cx: &mut Context<'_>, reference: &str, place: &Pointer) -> Option<SchemaRef> {
    let (target, value) = reference::target(cx, reference, place)?;
    if let Some(name) = component_name(&target, "schemas") {
        return Some(SchemaRef::Component { name, pointer: place.clone() });
    }
    if reference::section_of(&target).is_some() {
        reference::wrong_kind(cx, &target, place, reference::SCHEMA, "");
        return None;
    }
    // The grammar has seen no schema here if the place lies in an extension.
    reference::typed::<ReferenceOr<openapiv3::Schema>>(cx, value, &target, place, reference::SCHEMA)?;
    if cx.unnamed.is_recursive(&target) || cx.unnamed.is_deep() {
        return Some(SchemaRef::Component { name: cx.unnamed.name(&target, cx.raw), pointer: place.clone() });
    }
    cx.unnamed.depth += 1;
    let schema = at(cx, value, &target);
    cx.unnamed.depth -= 1;
    Some(schema)
}

/// NAME, where `place` is `/components/KIND/NAME`.
pub(super) fn component_name(place: &Pointer, kind: &str) -> Option<String> {
    let parent = Pointer::root().join("components").join(kind);
    (place.parent()? == parent).then(|| place.last()).flatten()
}

/// Every keyword of one schema object.
fn flat(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> Schema {
    Schema {
        made_from: None,
        origins: BTreeMap::new(),
        shown: None,
        pointer: place.clone(),
        kind: text(object, "type").and_then(|name| schema_type(&name)),
        nullable: flag(object, "nullable"),
        title: text(object, "title"),
        description: text(object, "description"),
        format: text(object, "format"),
        values: object.get("enum").and_then(Value::as_array).cloned(),
        default: object.get("default").cloned(),
        example: object.get("example").cloned(),
        deprecated: flag(object, "deprecated"),
        read_only: flag(object, "readOnly"),
        write_only: flag(object, "writeOnly"),
        min_length: count(object, "minLength"),
        max_length: count(object, "maxLength"),
        pattern: text(object, "pattern"),
        minimum: number(object, "minimum"),
        exclusive_minimum: flag(object, "exclusiveMinimum"),
        maximum: number(object, "maximum"),
        exclusive_maximum: flag(object, "exclusiveMaximum"),
        multiple_of: number(object, "multipleOf"),
        items: object.get("items").map(|items| at(cx, items, &place.join("items"))),
        min_items: count(object, "minItems"),
        max_items: count(object, "maxItems"),
        unique_items: flag(object, "uniqueItems"),
        properties: properties(cx, object, &place.join("properties")),
        required: texts(object, "required"),
        additional: additional(cx, object, &place.join("additionalProperties")),
        min_properties: count(object, "minProperties"),
        max_properties: count(object, "maxProperties"),
        all_of: list(cx, object, place, "allOf"),
        one_of: list(cx, object, place, "oneOf"),
        any_of: list(cx, object, place, "anyOf"),
        not: object.get("not").map(|not| at(cx, not, &place.join("not"))),
        discriminator: discriminator(object),
        source: extension::source(cx, object.get("x-source"), place),
    }
}

fn schema_type(name: &str) -> Option<SchemaType> {
    match name {
        "string" => Some(SchemaType::String),
        "number" => Some(SchemaType::Number),
        "integer" => Some(SchemaType::Integer),
        "boolean" => Some(SchemaType::Boolean),
        "array" => Some(SchemaType::Array),
        "object" => Some(SchemaType::Object),
        _ => None,
    }
}

fn properties(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> IndexMap<String, SchemaRef> {
    let properties = object.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties.map(|(name, value)| (name.clone(), at(cx, value, &place.join(name)))).collect()
}

fn additional(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer) -> Additional {
    match object.get("additionalProperties") {
        None => Additional::Unsaid,
        Some(Value::Bool(false)) => Additional::None,
        Some(value @ Value::Object(schema)) if !schema.is_empty() => Additional::Schema(at(cx, value, place)),
        Some(_) => Additional::Any,
    }
}

fn list(cx: &mut Context<'_>, object: &Map<String, Value>, place: &Pointer, key: &str) -> Vec<SchemaRef> {
    let place = place.join(key);
    let items = object.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
    items.map(|(index, item)| at(cx, item, &place.join(index))).collect()
}

fn discriminator(object: &Map<String, Value>) -> Option<Discriminator> {
    let discriminator = object.get("discriminator")?.as_object()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    Some(Discriminator {
        property: text(discriminator, "propertyName")?,
        mapping: mapping.filter_map(|(value, to)| Some((value.clone(), to.as_str()?.to_owned()))).collect(),
    })
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn texts(object: &Map<String, Value>, key: &str) -> Vec<String> {
    let items = object.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn flag(object: &Map<String, Value>, key: &str) -> bool {
    object.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn count(object: &Map<String, Value>, key: &str) -> Option<u64> {
    object.get(key).and_then(Value::as_u64)
}

fn number(object: &Map<String, Value>, key: &str) -> Option<Number> {
    object.get(key).and_then(Value::as_number).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
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
    fn keywords_foreign_to_the_type_stay() {
        let schema = schema("{type: string, maximum: 5, properties: {a: {type: integer}}, enum: [a, 1, null]}");
        assert_eq!(schema.kind, Some(SchemaType::String));
        assert_eq!(schema.maximum, Some(5.into()));
        assert_eq!(schema.properties.len(), 1);
        assert_eq!(schema.values, Some(vec![json!("a"), json!(1), Value::Null]));
    }

    #[test]
    fn bounds_keep_their_digits() {
        let schema =
            schema("{type: integer, maximum: 18446744073709551615, minimum: 0.0, multipleOf: 9007199254740993}");
        assert_eq!(schema.maximum.map(|bound| bound.to_string()).as_deref(), Some("18446744073709551615"));
        assert_eq!(schema.multiple_of.map(|bound| bound.to_string()).as_deref(), Some("9007199254740993"));
        assert_eq!(schema.minimum.map(|bound| bound.to_string()).as_deref(), Some("0.0"));
    }

    #[test]
    fn null_and_empty_differ_from_absent() {
        let given = schema("{type: object, enum: [], default: null, example: null}");
        assert_eq!((given.values, given.default, given.example), (Some(vec![]), Some(Value::Null), Some(Value::Null)));
        let absent = schema("{type: object}");
        assert_eq!((absent.values, absent.default, absent.example), (None, None, None));
        assert!(matches!(schema("{additionalProperties: {}}").additional, Additional::Any));
        assert!(matches!(schema("{additionalProperties: false}").additional, Additional::None));
        assert!(matches!(schema("{additionalProperties: {type: string}}").additional, Additional::Schema(_)));
        assert!(matches!(absent.additional, Additional::Unsaid));
    }

    #[test]
    fn an_object_beside_one_of_keeps_both() {
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
    fn deep_references_are_written_in_place() {
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
    fn a_reference_to_something_else_is_reported() {
        let (document, findings) = resolved(
            "paths: {}\nx-mine: {s: {type: string}, t: {type: [string]}}\ncomponents:\n  schemas:\n    \
             A: {items: {$ref: '#/x-mine/s'}, not: {$ref: '#/x-mine/t'}}\n",
        );
        assert_eq!(findings, ["shape /components/schemas/A/not"]);
        let items = document.schemas.get("A").and_then(|schema| schema.items.as_ref());
        assert!(matches!(items, Some(SchemaRef::Inline(schema)) if schema.kind == Some(SchemaType::String)));
    }
}
