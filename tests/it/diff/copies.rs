//! What says nothing: documents against themselves, and against copies in another order, without comments, without
//! references, with other prose.

use std::fs;
use std::path::{Path, PathBuf};

use copperplate::diff::Change;
use copperplate::{Input, Pipeline};
use serde_json::{Map, Value};

use super::{lines, options};

/// The specs and the cases.
pub(super) fn documents() -> Vec<PathBuf> {
    let folders = ["../specs", "cases"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    assert!(paths.len() > 20);
    paths
}

/// The changes between a document and what `copy` makes of its tree.
fn against(path: &Path, copy: impl Fn(Value) -> String) -> Vec<Change> {
    let text = with_small_numbers(&fs::read_to_string(path).unwrap());
    let read = |path: &str| fs::read_to_string(path).map_err(|error| error.to_string());
    let input = |text: String| Input { file: path.to_str().unwrap().to_owned(), text, module: "api".to_owned() };
    let copied = copy(serde_yaml::from_str(&text).unwrap());
    let (old, new) = (input(text), input(copied));
    let compared = Pipeline::new(&options()).diff((&old, &read), (&new, &read));
    compared.changes.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), compared.new))
}

/// The tree of this test holds no number with more digits than a double keeps.
pub(super) fn with_small_numbers(text: &str) -> String {
    let mut digits = 0;
    let is_small = |letter: &char| {
        digits = if letter.is_ascii_digit() { digits + 1 } else { 0 };
        digits <= 14
    };
    text.chars().filter(is_small).collect()
}

/// The keys of every mapping in the opposite order.
fn reversed(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().rev().map(|(name, value)| (name, reversed(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(reversed).collect(),
        other => other,
    }
}

/// What references lead to in place of them, but for those that lead back to themselves.
fn inlined(value: &Value, root: &Value, inside: &[&str]) -> Value {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            match target
                .filter(|target| !inside.contains(target))
                .and_then(|target| Some((target, root.pointer(target)?)))
            {
                Some((target, piece)) => inlined(piece, root, &[inside, &[target]].concat()),
                None => members.iter().map(|(name, value)| (name.clone(), inlined(value, root, inside))).collect(),
            }
        }
        Value::Array(items) => items.iter().map(|item| inlined(item, root, inside)).collect(),
        other => other.clone(),
    }
}

/// Other descriptions and summaries wherever there are some.
fn retold(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let retell = |(name, value): (String, Value)| match (name.as_str(), &value) {
                ("description" | "summary", Value::String(text)) => (name, format!("{text} Really.").into()),
                _ => (name, retold(value)),
            };
            Value::Object(members.into_iter().map(retell).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(retold).collect(),
        other => other,
    }
}

/// What is told of copies, as `document: rule subject`.
fn told(copy: impl Fn(Value) -> String) -> Vec<String> {
    let documents = documents();
    let told = documents.iter().flat_map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = against(path, &copy);
        found.into_iter().map(move |change| format!("{name}: {} {}", change.rule, change.subject))
    });
    told.collect()
}

#[test]
fn a_document_against_itself_says_nothing() {
    for path in documents() {
        let text = with_small_numbers(&fs::read_to_string(&path).unwrap());
        assert_eq!(against(&path, |_| text.clone()), [], "{}", path.display());
    }
}

#[test]
fn another_order_without_comments_says_nothing() {
    assert_eq!(told(|tree| reversed(tree).to_string()), [""; 0]);
}

/// Components, operations, values and types in place that would have the same names, and types in place with several users.
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
fn names_do_not_follow_from_the_order() {
    let text = format!("{}{NAMESAKES}", super::HEAD);
    let tree: Value = serde_yaml::from_str(&text).unwrap();
    let turned = reversed(tree.clone());
    assert_ne!(tree.to_string(), turned.to_string());
    assert_eq!(super::changes(&text, &turned.to_string()), []);
    // What comes first in the newer document is not what comes first in the older one.
    let before = text.replace("  /pets:\n", "  /moods:\n    get:\n      operationId: aMood\n      responses: {'200': {description: D, content: {application/json: {schema: {type: object, properties: {m: {type: string, enum: [calm, wild]}}}}}}}\n  /pets:\n");
    let behind = reversed(serde_yaml::from_str(&before).unwrap()).to_string();
    assert_eq!(super::changes(&before, &behind), []);
}

#[test]
fn members_keep_their_names_in_any_order() {
    let text = format!(
        "{}paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{a-b: {{type: string}}, a_b: {{type: integer}}, A b: {{}}}}}}}}}}\n",
        super::HEAD
    );
    let turned = reversed(serde_yaml::from_str(&text).unwrap()).to_string();
    assert_eq!(super::changes(&text, &turned), []);
}

#[test]
fn other_prose_says_nothing() {
    assert_eq!(told(|tree| retold(tree).to_string()), [""; 0]);
}

#[test]
fn a_copy_without_references_says_nothing_on_the_wire() {
    for path in documents() {
        let found = against(&path, |tree| inlined(&tree, &tree, &[]).to_string());
        assert_eq!(lines(&found), [""; 0], "{}", path.display());
    }
}
