//! Tests that `diff` reports nothing for a document and itself, or for a document and an equivalent copy. The copy has a
//! different order, other descriptions, no comments, or no references.

use std::fs;
use std::path::{Path, PathBuf};

use copperplate::diff::Change;
use copperplate::load::ReadError;
use copperplate::{Input, Pipeline};
use serde_json::{Map, Value};

use super::{lines, options};

/// Returns the paths of the documents in `specs/` and `tests/cases/`.
pub(super) fn documents() -> Vec<PathBuf> {
    let folders = ["../specs", "cases"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    assert!(paths.len() > 20);
    paths
}

/// Returns the changes that `diff` reports between a document and a copy. `copy` turns the parsed document into the text of the
/// copy.
fn changes_against(path: &Path, copy: impl Fn(Value) -> String) -> Vec<Change> {
    let text = with_small_numbers(&fs::read_to_string(path).unwrap());
    let read = |_: &str, path: &str| fs::read_to_string(path).map_err(ReadError::from);
    let input = |text: String| Input::new(path.to_str().unwrap().to_owned(), text, "api");
    let copied = copy(serde_yaml::from_str(&text).unwrap());
    let (old, new) = (input(text), input(copied));
    let compared = Pipeline::new(&options()).diff((&old, &read), (&new, &read));
    compared.changes.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), compared.new))
}

/// Returns the text with long numbers shortened, because the parsed documents of these tests store numbers as `f64`.
pub(super) fn with_small_numbers(text: &str) -> String {
    let mut digits = 0;
    let is_small = |letter: &char| {
        digits = if letter.is_ascii_digit() { digits + 1 } else { 0 };
        digits <= 14
    };
    text.chars().filter(is_small).collect()
}

/// Returns the document with the members of every object in reverse order.
fn reversed(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().rev().map(|(name, value)| (name, reversed(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(reversed).collect(),
        other => other,
    }
}

/// Returns the document with all references replaced by their targets, except in cycles.
fn inlined(value: &Value, root: &Value, inside: &[&str]) -> Value {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            match target
                .filter(|target| !inside.contains(target))
                .and_then(|target| Some((target, root.pointer(target)?)))
            {
                Some((target, piece)) => {
                    let piece = inlined(piece, root, &[inside, &[target]].concat());
                    // OpenAPI 3.0 ignores the keys beside a reference. Later versions do not.
                    let is_alone =
                        members.len() == 1 || root["openapi"].as_str().is_some_and(|text| text.starts_with("3.0"));
                    if is_alone {
                        return piece;
                    }
                    let siblings = members.iter().filter(|(name, _)| *name != "$ref");
                    let siblings = siblings.map(|(name, value)| (name.clone(), inlined(value, root, inside)));
                    siblings.chain([("allOf".to_owned(), Value::Array(vec![piece]))]).collect()
                }
                None => members.iter().map(|(name, value)| (name.clone(), inlined(value, root, inside))).collect(),
            }
        }
        Value::Array(items) => items.iter().map(|item| inlined(item, root, inside)).collect(),
        other => other.clone(),
    }
}

/// Returns the document with different descriptions and summaries.
fn with_other_descriptions(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let replace = |(name, value): (String, Value)| match (name.as_str(), &value) {
                ("description" | "summary", Value::String(text)) => (name, format!("{text} Really.").into()),
                _ => (name, with_other_descriptions(value)),
            };
            Value::Object(members.into_iter().map(replace).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(with_other_descriptions).collect(),
        other => other,
    }
}

/// Returns the changes that `diff` reports between each document and its copy, each as `document: rule subject`.
fn changes_of_copies(copy: impl Fn(Value) -> String) -> Vec<String> {
    let documents = documents();
    let lines = documents.iter().flat_map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = changes_against(path, &copy);
        found.into_iter().map(move |change| format!("{name}: {} {}", change.rule, change.subject))
    });
    lines.collect()
}

#[test]
fn a_document_has_no_changes_against_itself() {
    for path in documents() {
        let text = with_small_numbers(&fs::read_to_string(&path).unwrap());
        assert_eq!(changes_against(&path, |_| text.clone()), [], "{}", path.display());
    }
}

#[test]
fn another_order_without_comments_is_no_change() {
    assert_eq!(changes_of_copies(|tree| reversed(tree).to_string()), [""; 0]);
}

/// A document in which components, operations, values and inline schemas compete for names. Some inline schemas occur repeatedly.
const NAMESAKES: &str = "servers: [{url: 'https://{a}.{b}.example.com', variables: {b: {default: x}, a: {default: y}}}]
paths:
  /pets:
    get:
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/pet_id'}}}}}
    put:
      operationId: get_pets
      requestBody: {content: {application/json: {schema: {type: object, properties: {mood: {type: string, enum: [calm, wild]}}}}}}
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Zoo'}}}}}
    post:
      operationId: getPets
      parameters: [{name: sort, in: query, schema: {type: string, enum: [asc, ASC, Asc, '+']}}]
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/pet-id'}}}}}
components:
  schemas:
    pet_id: {type: object, properties: {a: {type: object, properties: {b: {type: string, enum: [x]}}}}}
    pet-id: {type: object, properties: {a: {type: object, properties: {b: {type: string, enum: [y]}}}}}
    Zoo:
      type: object
      properties:
        inmates:
          type: array
          items: {type: object, properties: {mood: {type: string, enum: [calm, wild]}, id: {$ref: '#/components/schemas/pet-id'}}}
        keeper: {type: object, properties: {mood: {type: string, enum: [calm, wild]}, a-b: {type: string, enum: [x, z]}}}
        Keeper: {type: object, properties: {mood: {type: string, enum: [calm, wild]}, aB: {type: string, enum: [z, x]}}}
";

#[test]
fn names_do_not_depend_on_the_order() {
    let text = format!("{}{NAMESAKES}", super::HEAD);
    let tree: Value = serde_yaml::from_str(&text).unwrap();
    let reordered = reversed(tree.clone());
    assert_ne!(tree.to_string(), reordered.to_string());
    assert_eq!(super::changes(&text, &reordered.to_string()), []);
    // The first operation that uses the name is a different one in the copy.
    let before = text.replace("  /pets:\n", "  /moods:\n    get:\n      operationId: aMood\n      responses: {'200': {description: D, content: {application/json: {schema: {type: object, properties: {m: {type: string, enum: [calm, wild]}}}}}}}\n  /pets:\n");
    let reordered = reversed(serde_yaml::from_str(&before).unwrap()).to_string();
    assert_eq!(super::changes(&before, &reordered), []);
}

#[test]
fn fields_keep_their_names_in_any_order() {
    let text = format!(
        "{}paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{a-b: {{type: string}}, a_b: {{type: integer}}, A b: {{}}}}}}}}}}\n",
        super::HEAD
    );
    let reordered = reversed(serde_yaml::from_str(&text).unwrap()).to_string();
    assert_eq!(super::changes(&text, &reordered), []);
}

#[test]
fn other_descriptions_are_no_change() {
    assert_eq!(changes_of_copies(|tree| with_other_descriptions(tree).to_string()), [""; 0]);
}

#[test]
fn a_copy_without_references_has_no_changes_on_the_wire() {
    for path in documents() {
        let found = changes_against(&path, |tree| inlined(&tree, &tree, &[]).to_string());
        assert_eq!(lines(&found), [""; 0], "{}", path.display());
    }
}
