//! The documents of the tests, and the strings and keys in them that a hostile text can replace.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use copperplate::diff::{Report, SourceTexts, json, markdown, text};
use copperplate::load::no_files;
use copperplate::{Input, Pipeline};
use serde_json::{Map, Value};

use super::markdown::check_report;
use super::{assert_printable, options};

/// The keys whose strings are prose. Prose has no effect on the types of a crate.
const PROSE: &[&str] = &["description", "summary", "x-source"];

/// The keys of objects whose member names the document chooses. `info` is included because any key in it is an example of an
/// unknown key.
const MAPS: &[&str] = &[
    "content",
    "encoding",
    "examples",
    "headers",
    "info",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "x-fixed-headers",
];

/// The keys whose strings are keywords of OpenAPI.
const KEYWORDS: &[&str] = &["in", "openapi", "style", "type"];

/// A string or a key of a document.
#[derive(Debug, Clone)]
pub struct Place {
    pointer: String,
    is_key: bool,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.is_key { "key" } else { "value" }, self.pointer)
    }
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a document. `file` is a path in the folder `tests`.
pub fn read(file: &str) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(folder().join(file)).unwrap()).unwrap()
}

/// Returns the paths of the documents in `cases/`, which together use every feature, and of the document for these tests.
pub fn cases() -> Vec<String> {
    let files = std::fs::read_dir(folder().join("cases")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = files.map(|name| format!("cases/{}", name.to_string_lossy())).filter(|name| name.ends_with(".yaml"));
    // These documents refer to other files.
    let names = names.filter(|name| !name.contains("references"));
    names.chain(["it/untrusted_text/document.yaml".to_owned()]).collect()
}

/// Returns the strings and the keys of a document that can be any text.
pub fn places(document: &Value) -> Vec<Place> {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    places.retain(|place: &Place| {
        let (parent, key) = place.pointer.rsplit_once('/').unwrap();
        let is_name = MAPS.iter().any(|map| parent.rsplit('/').next() == Some(*map));
        is_name || !(place.is_key || KEYWORDS.contains(&key))
    });
    places
}

fn collect(value: &Value, pointer: String, places: &mut Vec<Place>) {
    let child = |step: &str| format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::String(_) => places.push(Place { pointer, is_key: false }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, child(&index.to_string()), places));
        }
        Value::Object(members) => {
            for (key, member) in members {
                places.push(Place { pointer: child(key), is_key: true });
                collect(member, child(key), places);
            }
        }
        _ => {}
    }
}

/// Returns the document with `text` instead of one string or key.
pub fn injected(document: &Value, place: &Place, text: &str) -> Value {
    let mut document = document.clone();
    if !place.is_key {
        *document.pointer_mut(&place.pointer).unwrap() = text.into();
        return document;
    }
    let (parent, key) = place.pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let members = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    // A path has to begin with a slash.
    let text = if key.starts_with('/') { format!("/{text}") } else { text.to_owned() };
    let renamed: Map<String, Value> = std::mem::take(members)
        .into_iter()
        .map(|(name, value)| (if name == key { text.clone() } else { name }, value))
        .collect();
    *members = renamed;
    document
}

/// Returns the document with `text` instead of all prose, and the number of replaced strings.
pub fn with_prose(document: &Value, text: &str) -> (Value, usize) {
    let mut document = document.clone();
    let mut count = 0;
    for place in places(&document).into_iter().filter(|place| !place.is_key) {
        let (parent, key) = place.pointer.rsplit_once('/').unwrap();
        // A property can have the name `description`. Then the value is a schema, not prose.
        let is_schema = ["/properties", "/example", "/value", "/default"].iter().any(|name| parent.ends_with(name));
        if place.pointer == "/info/title" || (PROSE.contains(&key) && !is_schema) {
            *document.pointer_mut(&place.pointer).unwrap() = text.into();
            count += 1;
        }
    }
    (document, count)
}

/// Checks the reports about the changes between two documents.
pub fn check_reports(old: &str, new: &str, place: &str) {
    let input = |text: &str| Input::new("text.json", text, "api");
    let texts = |text: &str| SourceTexts {
        name: "text.json".to_owned(),
        files: HashMap::from([("text.json".to_owned(), text.to_owned())]),
        prefix: String::new(),
    };
    let options = options();
    let comparison = Pipeline::new(&options).diff((&input(old), &no_files), (&input(new), &no_files));
    let Some(changes) = comparison.changes else { return };
    let (old, new) = (texts(old), texts(new));
    let report = Report { changes: &changes, omissions: &comparison.omissions, old: &old, new: &new };
    assert_printable(&text(&report), place);
    assert_printable(&json(&report), place);
    assert_eq!(json(&report).lines().count(), 1, "{place}");
    check_report(&markdown(&report), place);
}
