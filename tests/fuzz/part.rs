//! Takes parts of documents: some paths or one operation, and the components that these refer to.

use std::error::Error;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::random::Seeded;
use crate::seeds;

/// The number of parts of each published document.
const PARTS: usize = 8;

/// The number of components in a part.
const COMPONENTS: usize = 30;

/// The size of a component or a path item, in bytes of JSON. Larger ones are left out.
const SIZE: usize = 8_000;

/// The size of a part with one operation, in bytes of JSON. Larger parts are left out.
const SMALL: usize = 4_000;

/// The number of parts with one operation of each document.
const OPERATIONS: usize = 40;

/// The keys of a path item that are operations.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Returns parts of all documents in the folders.
pub fn of_published_documents(folders: &[PathBuf]) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut parts = Vec::new();
    let mut random = Seeded(1);
    for folder in folders {
        let files = seeds::files(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let documents = files.iter().filter(|(name, _)| !name.ends_with(".md"));
        for document in documents.filter_map(|(_, text)| seeds::parsed(text)) {
            parts.extend((0..PARTS).filter_map(|_| some_paths(&document, &mut random)));
        }
    }
    Ok(parts)
}

/// Returns a part with up to three random paths.
fn some_paths(document: &Value, random: &mut Seeded) -> Option<Value> {
    let paths: Vec<(&String, &Value)> = document.get("paths")?.as_object()?.iter().collect();
    if paths.is_empty() {
        return None;
    }
    let mut part = base(document);
    for _ in 0..1 + random.below(3) {
        let (path, item) = paths[random.below(paths.len())];
        if item.to_string().len() < SIZE {
            part["paths"][path] = item.clone();
        }
    }
    add_components(&mut part, document);
    Some(part)
}

/// Returns small parts: each has one operation.
pub fn operations(document: &Value) -> Vec<Value> {
    let items = document["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let methods = METHODS.iter().filter(|method| item.get(method).is_some());
        methods.map(move |method| {
            let mut part = base(document);
            let mut kept = item.clone();
            let keys = kept.as_object_mut().into_iter();
            keys.for_each(|keys| keys.retain(|key, _| key == method || !METHODS.contains(&key.as_str())));
            part["paths"][path] = kept;
            add_components(&mut part, document);
            part
        })
    });
    operations.filter(|part| part.to_string().len() < SMALL).take(OPERATIONS).collect()
}

/// Returns a part without paths and components.
fn base(document: &Value) -> Value {
    let mut part = json!({});
    for key in ["openapi", "info", "servers", "security", "tags"] {
        if let Some(value) = document.get(key).filter(|value| value.to_string().len() < SIZE) {
            part[key] = value.clone();
        }
    }
    part
}

/// Adds the components that the paths of `part` refer to, and the security schemes that they use.
fn add_components(part: &mut Value, document: &Value) {
    let mut wanted = Vec::new();
    references(&part["paths"], &mut wanted);
    let mut count = 0;
    while let Some(reference) = wanted.pop() {
        let Some(pointer) = reference.strip_prefix('#') else { continue };
        let target = document.pointer(pointer).filter(|target| target.to_string().len() < SIZE);
        let Some(target) = target.filter(|_| part.pointer(pointer).is_none() && count < COMPONENTS) else { continue };
        if insert(part, pointer, target) {
            count += 1;
            references(target, &mut wanted);
        }
    }
    let mut used = Vec::new();
    security_schemes(part, &mut used);
    for name in used {
        let pointer = format!("/components/securitySchemes/{}", name.replace('~', "~0").replace('/', "~1"));
        if let Some(scheme) = document.pointer(&pointer) {
            insert(part, &pointer, scheme);
        }
    }
}

/// Collects the names of the security schemes in all `security`.
fn security_schemes(value: &Value, found: &mut Vec<String>) {
    let Some(members) = value.as_object() else { return };
    let requirements = members.get("security").and_then(Value::as_array).into_iter().flatten();
    found.extend(requirements.filter_map(Value::as_object).flat_map(|requirement| requirement.keys().cloned()));
    members.values().for_each(|member| security_schemes(member, found));
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
