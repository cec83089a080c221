//! Random operations that `x-overload` combines. Its names are in camelCase, snake_case or PascalCase.

use serde_json::{Value, json};

use crate::random::Seeded;

const METHODS: &[&str] = &["find", "new", "clone", "send", "self", "type", "builder", "request", "default", "aB", "ab"];

const ARGUMENTS: &[&str] =
    &["self", "self_", "type", "at", "request", "values", "key", "new", "server", "value", "a_b", "r"];

const TYPES: &[&str] =
    &["Key", "Option", "Client", "String", "T", "Secret", "HTTP", "Http", "PathValue", "Vec", "Call", "K"];

const VARIANTS: &[&str] =
    &["AB", "Ab", "New", "Default", "Clone", "Validate", "None", "Some", "Form", "Values", "Check", "Ok", "Only"];

const FIELDS: &[&str] =
    &["self", "self_", "at", "a_b", "a__b", "a_b_", "type", "type_", "new", "form", "value", "values", "name"];

/// Creates two operations of one method. They have a key with two forms, and a key without a form or a plain argument.
pub fn path_items(random: &mut Seeded) -> Vec<(String, Value)> {
    let method = random.of(METHODS);
    let first = random.below(ARGUMENTS.len());
    let (key, rest) = (ARGUMENTS[first], ARGUMENTS[(first + 1) % ARGUMENTS.len()]);
    let start = random.below(VARIANTS.len());
    let (key_type, rest_type) = (random.of(TYPES), random.one_in(2).then_some("Rest"));
    let variants = [VARIANTS[start], VARIANTS[(start + 1) % VARIANTS.len()]];
    let items = variants.into_iter().enumerate().map(|(index, variant)| {
        let count = 1 + random.below(4);
        let start = random.below(FIELDS.len());
        let fields = (0..count).map(|step| (FIELDS[(start + step) % FIELDS.len()].to_owned(), format!("P{step}")));
        let fields: serde_json::Map<String, Value> = fields.map(|(field, name)| (field, json!(name))).collect();
        let mut path = format!("/overload/{index}");
        (0..count).for_each(|step| path.push_str(&format!("/{{P{step}}}")));
        path.push_str("/{R}");
        let mut last = json!({"name": rest, "parameters": {"a": "R"}});
        if let Some(name) = rest_type {
            last["type"] = json!(name);
        }
        let arguments = json!([{"name": key, "type": key_type, "variant": variant, "parameters": fields}, last]);
        let names = (0..count).map(|step| format!("P{step}")).chain(["R".to_owned()]);
        let parameters: Vec<Value> = names
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "maxLength": 3}}))
            .collect();
        let operation = json!({
            "x-overload": {"method": method, "arguments": arguments},
            "parameters": parameters,
            "responses": {"204": {"description": "Done."}},
        });
        (path, json!({"get": operation}))
    });
    items.collect()
}
