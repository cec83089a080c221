//! Changes of the keywords of schemas.

use copperplate::pointer::Pointer;
use serde_yaml::Value;

use super::{Mutation, added, dropped, edited, get};

/// Bounds: the keyword, and the type that has it.
const BOUNDS: &[(&str, &str)] =
    &[("minLength", "string"), ("maxLength", "string"), ("minItems", "array"), ("maxItems", "array")];

/// The keywords that only some types have.
const OF_TYPE: &[&str] =
    &["minLength", "maxLength", "pattern", "enum", "default", "items", "minItems", "maxItems", "properties"];

/// Adds the changes of a schema.
pub(super) fn collect(document: &Value, place: &Pointer, value: &Value, mutations: &mut Vec<Mutation>) {
    let Some(kind) = value.get("type").and_then(Value::as_str).filter(|_| is_schema(place)) else { return };
    let mut add = |what: &str, keyword: &str, changed: Value| {
        let reported = place.join(keyword);
        let place = if get(document, &reported).is_some() { reported.clone() } else { place.clone() };
        mutations.push(Mutation { what: format!("{what} {reported}"), place, reported, document: changed });
    };
    // With other keywords, the change of the type would be a change of these too.
    if OF_TYPE.iter().all(|keyword| value.get(*keyword).is_none()) {
        let other = if kind == "string" { "boolean" } else { "string" };
        add("changed", "type", added(document, place, "type", &other.into()));
    }
    for (keyword, of_type) in BOUNDS {
        match value.get(*keyword).and_then(Value::as_u64) {
            Some(bound) => {
                let change = |schema: &mut Value| {
                    schema.as_mapping_mut().unwrap().insert((*keyword).into(), (bound + 1).into());
                };
                add("changed", keyword, edited(document, place, change));
                add("dropped", keyword, dropped(document, place, keyword));
            }
            None if *of_type == kind => add("added", keyword, added(document, place, keyword, &7.into())),
            None => {}
        }
    }
    let list = Value::Sequence(vec!["other".into()]);
    let values = [("default", Value::from("other")), ("pattern", "^[0-9]{40}$".into()), ("enum", list)];
    for (keyword, other) in values {
        match value.get(keyword) {
            Some(_) => {
                add("changed", keyword, added(document, place, keyword, &other));
                add("dropped", keyword, dropped(document, place, keyword));
            }
            None if kind == "string" => add("added", keyword, added(document, place, keyword, &other)),
            None => {}
        }
    }
    let more = [
        ("format", Value::from("ipv6"), "string"),
        ("nullable", true.into(), "string"),
        ("uniqueItems", true.into(), "array"),
    ];
    for (keyword, value, of_type) in more {
        if of_type == kind {
            add("added", keyword, added(document, place, keyword, &value));
        }
    }
}

/// Returns whether a value is a schema: security schemes have a `type` too.
fn is_schema(place: &Pointer) -> bool {
    !place.as_str().contains("/securitySchemes/")
}
