//! Takes small parts of published documents: some paths, and the components that these refer to.

use std::error::Error;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::random::Seeded;
use crate::seeds;

/// The number of parts of each document.
const PARTS: usize = 8;

/// The number of components in a part.
const COMPONENTS: usize = 30;

/// The size of a component or a path item, in bytes of JSON. Larger ones are left out.
const SIZE: usize = 8_000;

/// Returns parts of all documents in the folders.
pub fn parts(folders: &[PathBuf]) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut parts = Vec::new();
    let mut random = Seeded(1);
    for folder in folders {
        let files = seeds::files(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let documents = files.iter().filter(|(name, _)| !name.ends_with(".md"));
        for document in documents.filter_map(|(_, text)| seeds::parsed(text)) {
            parts.extend((0..PARTS).filter_map(|_| part(&document, &mut random)));
        }
    }
    Ok(parts)
}

fn part(document: &Value, random: &mut Seeded) -> Option<Value> {
    let paths: Vec<(&String, &Value)> = document.get("paths")?.as_object()?.iter().collect();
    if paths.is_empty() {
        return None;
    }
    let mut part = json!({});
    for key in ["openapi", "info", "servers", "security", "tags"] {
        if let Some(value) = document.get(key).filter(|value| value.to_string().len() < SIZE) {
            part[key] = value.clone();
        }
    }
    let mut wanted = Vec::new();
    for _ in 0..1 + random.below(3) {
        let (path, item) = paths[random.below(paths.len())];
        if item.to_string().len() < SIZE {
            part["paths"][path] = item.clone();
            references(item, &mut wanted);
        }
    }
    let mut count = 0;
    while let Some(reference) = wanted.pop() {
        let Some(pointer) = reference.strip_prefix('#') else { continue };
        let target = document.pointer(pointer).filter(|target| target.to_string().len() < SIZE);
        let Some(target) = target.filter(|_| part.pointer(pointer).is_none() && count < COMPONENTS) else { continue };
        if insert(&mut part, pointer, target) {
            count += 1;
            references(target, &mut wanted);
        }
    }
    if let Some(schemes) = document.pointer("/components/securitySchemes") {
        insert(&mut part, "/components/securitySchemes", schemes);
    }
    Some(part)
}

/// Collects the values of all `$ref`.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Inserts a value at a JSON pointer. Returns whether this was possible.
fn insert(part: &mut Value, pointer: &str, value: &Value) -> bool {
    let mut place = part;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let Some(members) = place.as_object_mut() else { return false };
        place = members.entry(token).or_insert(Value::Null);
    }
    *place = value.clone();
    true
}
