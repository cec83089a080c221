//! Keys that stand one step from where they belong: each object is put right, and told once by what it lacks.

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::load::grammar::SCHEMA;
use crate::load::grammar::kind::Object;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// Writes `ref` as it was meant where it leads to a place of the document.
pub(crate) fn spell_reference(members: &mut Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    let leads_on = members.get("ref").and_then(Value::as_str).is_some_and(|text| text.starts_with("#/"));
    if !leads_on || members.contains_key("$ref") || members.contains_key("schema") || members.contains_key("content") {
        return;
    }
    let Some(reference) = members.shift_remove("ref") else { return };
    members.insert("$ref".to_owned(), reference);
    let message = "`ref` leads nowhere without its `$`.";
    findings.add_repairable(Code::UnknownKey, &place.join("ref"), message, "Did you mean `$ref`?", "It is followed.");
}

/// Moves the members of an object that belong below a key that it does not have.
pub(crate) fn move_deeper(object: &Object, members: &mut Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    let is_own = |name: &str| object.keys.iter().any(|key| key.name == name);
    let is_of_schema = |name: &str| SCHEMA.keys.iter().any(|key| key.name == name) && !name.starts_with("x-");
    let (holder, is_moved): (_, &dyn Fn(&str) -> bool) = match object.name {
        "Media Type" => ("schema", &|name| name == "$ref"),
        "Parameter" | "Header" => ("schema", &|name| !is_own(name) && is_of_schema(name)),
        "Request Body" | "Response" => ("content", &|name| !is_own(name) && is_media_type(name)),
        _ => return,
    };
    // Where the key itself is misspelt, that is to be told.
    let is_holder = |name: &String| name == holder || nearest(name, std::iter::once(holder), 3).is_some();
    let excludes = |name: &String| is_holder(name) || (holder == "schema" && name == "content");
    let astray: Vec<String> = members.keys().filter(|name| is_moved(name)).cloned().collect();
    let Some(first) = astray.first().filter(|_| !members.keys().any(excludes)) else { return };
    let (verb, them) = if astray.len() == 1 { ("belongs", "it") } else { ("belong", "them") };
    let message = format!("`{}` {verb} below `{holder}`, which is not there.", astray.join("`, `"));
    let remedy = format!("Put {them} under `{holder}:`.");
    findings.add_repairable(Code::UnknownKey, &place.join(first), message, remedy, "It is taken as if it stood there.");
    let moved: Map<String, Value> =
        astray.iter().filter_map(|name| Some((name.clone(), members.shift_remove(name)?))).collect();
    members.insert(holder.to_owned(), moved.into());
}

/// Whether a key reads like a media type.
fn is_media_type(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && !word.contains([' ', '/']);
    name.split_once('/')
        .is_some_and(|(kind, rest)| is_word(kind) && is_word(rest.split(';').next().unwrap_or_default()))
}

/// Moves `properties` that stand among the names of the schemas to the schema above them.
pub(crate) fn move_properties(members: &mut Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    if place.last().as_deref() != Some("schemas") {
        return;
    }
    let is_key = |name: &String| SCHEMA.keys.iter().any(|key| key.name == *name);
    let is_astray = |value: &Value| {
        let names = value.as_object();
        names.is_some_and(|names| {
            !names.is_empty() && names.iter().all(|(name, value)| !is_key(name) && value.is_object())
        })
    };
    let Some(index) = members.keys().position(|name| name == "properties") else { return };
    let above = members.iter().nth(index.wrapping_sub(1)).map(|(name, schema)| (name.clone(), schema.clone()));
    let Some((name, Value::Object(mut schema))) = above.filter(|_| members.values().nth(index).is_some_and(is_astray))
    else {
        return;
    };
    if schema.contains_key("properties") || schema.contains_key("$ref") {
        return;
    }
    let message = format!("`properties` stands among the names of the schemas, below `{name}`, which has none.");
    findings.add_repairable(
        Code::UnknownKey,
        &place.join("properties"),
        message,
        format!("It belongs to `{name}`: indent it deeper."),
        "It is taken as if it stood there.",
    );
    if let Some(properties) = members.shift_remove("properties") {
        schema.insert("properties".to_owned(), properties);
        members.insert(name, schema.into());
    }
}
