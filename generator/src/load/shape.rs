//! Holds the raw tree against the [grammar](super::grammar): unknown keys, misplaced extensions, misshapen pieces.
//!
//! A misshapen piece takes its key with it, or the nearest object around it that cannot do without that key; a schema
//! becomes the empty one, so that what refers to it still finds it. Lists keep their length: either all items stay or
//! the list goes, so that every pointer means the same before and after.

use serde_json::{Map, Value};

use super::grammar::{ACKNOWLEDGE, EXTENSIONS, OPENAPI, SCHEMA};
use super::kind::{Kind, Object};
use super::suggestion::{elsewhere, nearest};
use super::wording;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// Takes out of `raw` every piece that has not its shape and reports it; false where nothing is left.
pub(super) fn mend(raw: &mut Value, findings: &mut Findings) -> bool {
    sound(&Kind::One(&OPENAPI), raw, &Pointer::root(), findings)
}

/// Whether `value`, after mending, is of `kind`.
fn sound(kind: &Kind, value: &mut Value, place: &Pointer, findings: &mut Findings) -> bool {
    match (kind, &mut *value) {
        (Kind::Any, _)
        | (Kind::Text, Value::String(_))
        | (Kind::Flag | Kind::FlagOr(_), Value::Bool(_))
        | (Kind::Number, Value::Number(_)) => true,
        (Kind::Count, Value::Number(number)) if number.is_u64() => true,
        (Kind::Choice(choices), Value::String(text)) if choices.contains(&text.as_str()) => true,
        (Kind::One(object), Value::Object(members)) => object_is_sound(object, members, place, findings),
        (Kind::Referable(object), Value::Object(members)) => {
            reference(members, place, findings).unwrap_or_else(|| object_is_sound(object, members, place, findings))
        }
        (Kind::FlagOr(kind), Value::Object(_)) => sound(kind, value, place, findings),
        (Kind::List(kind), Value::Array(items)) => {
            let items = items.iter_mut().enumerate();
            items.fold(true, |all, (index, item)| sound(kind, item, &place.join(index), findings) && all)
        }
        (Kind::Map(kind), Value::Object(members)) => {
            members.retain(|name, value| sound(kind, value, &place.join(name), findings));
            true
        }
        _ => {
            let (message, remedy) = wording::misshapen(kind, value, place);
            findings.add(Code::Shape, place, message, remedy);
            replace_by_empty_schema(kind, value)
        }
    }
}

/// Makes a misshapen schema one that accepts anything; false for other kinds.
fn replace_by_empty_schema(kind: &Kind, value: &mut Value) -> bool {
    let is_schema = matches!(kind, Kind::Referable(object) if std::ptr::eq(*object, &SCHEMA));
    if is_schema {
        *value = Value::Object(Map::new());
    }
    is_schema
}

/// Judges an object that holds `$ref`; `None` where it holds none and is to be judged as itself.
fn reference(members: &Map<String, Value>, place: &Pointer, findings: &mut Findings) -> Option<bool> {
    let reference = members.get("$ref")?;
    if !reference.is_string() {
        let (message, remedy) = wording::misshapen(&Kind::Text, reference, &place.join("$ref"));
        findings.add(Code::Shape, &place.join("$ref"), message, remedy);
        return Some(false);
    }
    let siblings: Vec<_> = members.keys().filter(|key| *key != "$ref" && *key != ACKNOWLEDGE).cloned().collect();
    if !siblings.is_empty() {
        findings.add(
            Code::RefSiblings,
            place,
            format!("`{}` beside `$ref` has no effect in OpenAPI 3.0.", siblings.join("`, `")),
            "Move it to the place that the reference leads to, or, in a schema, wrap the reference: `allOf: [$ref: …]`.",
        );
    }
    Some(true)
}

/// Judges an object key by key, then as a whole.
fn object_is_sound(
    object: &'static Object,
    members: &mut Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let absent: Vec<_> = object.keys.iter().filter(|key| key.needed && !members.contains_key(key.name)).collect();
    for key in absent {
        findings.add(
            Code::Shape,
            place,
            format!("{} object stands here without `{}`.", wording::with_article(object.name), key.name),
            format!("Add `{}`.", key.name),
        );
    }
    let before = members.len();
    members.retain(|key, value| member_is_sound(object, key, value, place, findings));
    let is_whole = members.len() == before;
    for key in object.keys.iter().filter(|key| key.needed) {
        match key.kind {
            // The place is reported; an empty text lets the rest of the object be read.
            Kind::Text if !members.contains_key(key.name) => {
                members.insert(key.name.to_owned(), Value::from(""));
            }
            _ if !members.contains_key(key.name) => return false,
            _ => {}
        }
    }
    let Some((message, remedy)) = object.rule.and_then(|rule| rule(members)) else {
        return true;
    };
    if is_whole {
        findings.add(Code::Shape, place, message, remedy);
    }
    // Where a member was taken out, that is reported, and what the object lacks may be just that.
    false
}

/// Judges one member of an object; false where it is to be taken out.
fn member_is_sound(
    object: &'static Object,
    name: &str,
    value: &mut Value,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let here = place.join(name);
    if let Some(key) = object.keys.iter().find(|key| key.name == name) {
        if !key.used {
            findings.add(
                Code::NoEffect,
                &here,
                format!("`{name}` has no effect: a client makes no use of it."),
                "Nothing is to be done; delete it if the document serves copperplate alone.",
            );
        }
        return sound(&key.kind, value, &here, findings);
    }
    if name.starts_with("x-") {
        extension(object, name, &here, findings);
        return true;
    }
    match &object.others {
        Some(others) if (others.admit)(name) => sound(&others.kind, value, &here, findings),
        Some(others) => {
            let message = format!("`{name}` is not {}.", others.called);
            let remedy = wording::instead_of(name, object.name);
            findings.add(Code::UnknownKey, &here, message, remedy);
            false
        }
        None => {
            unknown_key(object, name, &here, findings);
            true
        }
    }
}

fn unknown_key(object: &Object, name: &str, here: &Pointer, findings: &mut Findings) {
    let candidates = object.keys.iter().map(|key| key.name);
    let remedy = match (elsewhere(object.name, name), nearest(name, candidates, 3)) {
        (Some(remedy), _) => remedy.to_owned(),
        (None, Some(key)) => format!("Did you mean `{key}`?"),
        (None, None) => format!("Delete it, or call it `x-{}` if another tool needs it.", name.trim_start_matches('$')),
    };
    let message = format!("`{name}` is no key of {} object.", wording::with_article(object.name).to_lowercase());
    let (message, remedy) = if name == "$ref" { wording::no_reference() } else { (message, remedy) };
    findings.add(Code::UnknownKey, here, message, remedy);
}

/// Reports `name`, which is no extension of copperplate's for this object, where it was meant to be one.
fn extension(object: &Object, name: &str, here: &Pointer, findings: &mut Findings) {
    if name == ACKNOWLEDGE {
        return;
    }
    if let Some((_, meant)) = EXTENSIONS.iter().find(|(known, _)| *known == name) {
        let message =
            format!("`{name}` has no meaning in {} object.", wording::with_article(object.name).to_lowercase());
        findings.add(Code::UnknownExtension, here, message, format!("Move it to {meant}, or delete it."));
        return;
    }
    let fitting = object.keys.iter().map(|key| key.name).filter(|key| key.starts_with("x-"));
    if let Some(known) = nearest(name, fitting.chain([ACKNOWLEDGE]), 6) {
        let message = format!("`{name}` is nearly copperplate's `{known}`.");
        findings.add(Code::UnknownExtension, here, message, format!("Write `{known}`, or a name less like it."));
    }
}

#[cfg(test)]
mod tests;
