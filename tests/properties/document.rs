//! Creates a document with random schemas, and values to validate against each schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::near::edges;
use super::random::{Scope, Seeded, refer};

/// The maximum depth of nested inline schemas.
const DEPTH: usize = 3;

/// The prefix of the names of array components. For each component `P`, the document has an array component `ListOfP` whose items
/// have the schema `P`. Each value is validated as an item of this array, because an item can be null if `P` allows null.
const LIST: &str = "ListOf";

/// The schemas of a document, and the values for each.
pub struct Batch {
    /// The schemas, keyed by name.
    pub components: Value,
    pub trials: Vec<Trial>,
}

/// A schema, and the values to validate against it.
pub struct Trial {
    pub component: String,
    /// Whether the values are validated as content of a request (`true`) or of a response (`false`).
    pub request: bool,
    pub values: Vec<Value>,
}

impl Trial {
    /// Returns the name of the array component whose items are this component.
    pub fn list(&self) -> String {
        format!("{LIST}{}", self.component)
    }
}

/// Returns the name `P` for an array component named `ListOfP`; `None` for any other component.
pub fn listed(name: &str) -> Option<&str> {
    name.strip_prefix(LIST)
}

/// Creates a document with about `schemas` schemas and `values` values for each schema. `is_valid` selects the valid values; some
/// of them are used with one change.
pub fn batch(
    seed: u64,
    schemas: usize,
    values: usize,
    is_valid: impl Fn(&Value, &str) -> Box<dyn Fn(&Value) -> bool>,
) -> Batch {
    let mut seeded = Seeded(seed);
    let components = Value::Object(components(&mut seeded, schemas));
    let names: Vec<String> = components.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let trials = names.into_iter().enumerate().map(|(index, component)| {
        let is_valid = is_valid(&components, &component);
        let values = trial(&mut seeded, &component, &components, values, &is_valid);
        Trial { component, request: index % 2 == 0, values }
    });
    let trials = trials.collect();
    Batch { components, trials }
}

impl Batch {
    /// Returns the OpenAPI document.
    pub fn document(&self) -> Value {
        let mut schemas = self.components.as_object().cloned().unwrap_or_default();
        for trial in &self.trials {
            schemas.insert(trial.list(), json!({"type": "array", "items": refer(&trial.component)}));
        }
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}})
    }

    /// Returns the values in the JSON format that the program with the validators reads.
    pub fn cases(&self) -> Value {
        let schemas = self.trials.iter().map(|trial| {
            let cases: Vec<Value> = trial.values.iter().map(|value| json!({"data": [value]})).collect();
            json!({"name": trial.list(), "mode": if trial.request { "request" } else { "response" }, "cases": cases})
        });
        schemas.collect()
    }
}

/// Creates the components. One in eight may have `nullable` anywhere, and no other component refers to it. One in eight is a
/// union with its variants. All other components may refer to each other.
fn components(seeded: &mut Seeded, count: usize) -> Map<String, Value> {
    let (lenient, unions) = (count / 8, count / 8);
    let names: Vec<String> = (0..count - lenient - unions).map(|index| format!("P{index}")).collect();
    let scope = Scope { components: &names, lower: 0, depth: DEPTH, typed: true, nullable: false, lenient: false };
    let mut components = Map::new();
    for (lower, name) in names.iter().enumerate() {
        components.insert(name.clone(), seeded.schema(Scope { lower, ..scope }, None));
    }
    for index in 0..lenient {
        let scope = Scope { lower: names.len(), nullable: true, lenient: true, ..scope };
        components.insert(format!("N{index}"), seeded.schema(scope, None));
    }
    for index in 0..unions {
        union(seeded, &format!("U{index}"), scope, &mut components);
    }
    components
}

/// Creates a union of objects. The property `kind` tells the variants apart: by a discriminator, with or without a mapping, or by
/// an `enum`.
pub fn union(seeded: &mut Seeded, name: &str, scope: Scope<'_>, components: &mut Map<String, Value>) {
    let tags = ["cat", "dog", "eel"];
    let (lists_tags, has_discriminator, maps) = (seeded.one_in(2), !seeded.one_in(4), seeded.one_in(2));
    let mut alternatives = Vec::new();
    let mut mapping = Map::new();
    for tag in &tags[..2 + seeded.below(2)] {
        let component = format!("{name}{}", tag.to_uppercase());
        let mut schema = seeded.schema(Scope { lower: 0, depth: 1, ..scope }, Some("object"));
        for keyword in ["enum", "nullable"] {
            schema.as_object_mut().map(|keywords| keywords.remove(keyword));
        }
        let kind = if lists_tags { json!({"type": "string", "enum": [tag]}) } else { json!({"type": "string"}) };
        schema["properties"]["kind"] = kind;
        let mut required = schema["required"].as_array().cloned().unwrap_or_default();
        required.push(json!("kind"));
        schema["required"] = json!(required);
        let target = if seeded.one_in(2) { component.clone() } else { format!("#/components/schemas/{component}") };
        if maps && !seeded.one_in(5) {
            mapping.insert((*tag).to_owned(), json!(target));
        }
        alternatives.push(refer(&component));
        components.insert(component, schema);
    }
    let keyword = if seeded.one_in(3) { "anyOf" } else { "oneOf" };
    let mut schema = json!({keyword: alternatives});
    if has_discriminator {
        schema["discriminator"] = json!({"propertyName": "kind"});
        if !mapping.is_empty() {
            schema["discriminator"]["mapping"] = json!(mapping);
        }
    }
    components.insert(name.to_owned(), schema);
}

/// Creates values for a component: random values, values at its bounds, values that are almost valid, and valid values with one
/// change.
fn trial(
    seeded: &mut Seeded,
    name: &str,
    components: &Value,
    count: usize,
    is_valid: &dyn Fn(&Value) -> bool,
) -> Vec<Value> {
    let schema = &components[name];
    let mut values = edges(schema);
    while values.len() < count {
        let value = match seeded.below(4) {
            0 => seeded.value(2),
            1 => seeded.near(schema, components, 4),
            _ => {
                let right = (0..12).map(|_| seeded.near(schema, components, 4)).find(|value| is_valid(value));
                let base = right.unwrap_or_else(|| seeded.near(schema, components, 4));
                if seeded.one_in(3) { base } else { seeded.mutated(&base) }
            }
        };
        let value = named(seeded, value, schema, components);
        values.push(value);
    }
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.to_string()));
    values
}

/// Sets the member `kind` if the schema is a union and the value is an object. The string may be a discriminator value, the name
/// of a variant, or neither.
fn named(seeded: &mut Seeded, mut value: Value, schema: &Value, components: &Value) -> Value {
    let is_union = ["oneOf", "anyOf"].iter().any(|keyword| {
        let first = schema[keyword][0]["$ref"].as_str().unwrap_or_default();
        !components[first.rsplit('/').next().unwrap_or_default()]["properties"]["kind"].is_null()
    });
    if is_union && value.is_object() && !seeded.one_in(8) {
        let alternatives: Vec<String> = components
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .filter(|name| name.starts_with('U'))
            .collect();
        let tag = seeded.of(&["cat", "dog", "eel", "cat", "dog", "ant"]).to_owned();
        value["kind"] = if seeded.one_in(3) { json!(seeded.of(&alternatives)) } else { json!(tag) };
    }
    value
}
