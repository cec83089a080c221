//! Decides whether a sender would send a value: whether the sender's schema describes all members of the value.
//!
//! `copperplate diff` assumes that callers and servers do not send members that their document does not describe, unless
//! `additionalProperties` allows such members explicitly, or the object has no properties at all. It also assumes that requests
//! omit `readOnly` properties, and responses omit `writeOnly` properties.

use serde_json::Value;

use super::draft_4::is_marked;

/// The components of a document, and the direction of its values.
#[derive(Clone, Copy)]
pub struct Sender<'s> {
    pub components: &'s Value,
    pub is_request: bool,
}

impl<'s> Sender<'s> {
    /// Returns whether the sender would send `value` as a value of all of `schemas`.
    pub fn describes(self, schemas: &[&'s Value], value: &Value) -> bool {
        let all = self.all(schemas);
        match value {
            Value::Array(items) => {
                let inner: Vec<&Value> = all.iter().filter_map(|schema| schema.get("items")).collect();
                items.iter().all(|item| self.describes(&inner, item))
            }
            Value::Object(members) => members.iter().all(|(name, member)| {
                let inner: Vec<&Value> = all.iter().filter_map(|schema| inner_schema(schema, name)).collect();
                !self.omits(&all, name) && self.describes(&inner, member)
            }),
            _ => true,
        }
    }

    /// Returns the schemas, the members of their `allOf`, and the variants of their unions.
    fn all(self, schemas: &[&'s Value]) -> Vec<&'s Value> {
        let mut all: Vec<&Value> = Vec::new();
        let mut pending = schemas.to_vec();
        while let Some(schema) = pending.pop() {
            if !all.iter().any(|known| std::ptr::eq(*known, schema)) {
                all.push(schema);
                let target = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
                pending.extend(target.map(|name| &self.components[name]));
                let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| schema[keyword].as_array());
                pending.extend(lists.flatten());
            }
        }
        all
    }

    fn omits(self, all: &[&'s Value], name: &str) -> bool {
        let marker = if self.is_request { "readOnly" } else { "writeOnly" };
        let mut described = all.iter().filter_map(|schema| schema["properties"].get(name)).peekable();
        if described.peek().is_some() {
            return described.any(|property| is_marked(property, marker));
        }
        let is_free = |schema: &&&Value| {
            let is_explicit = schema.get("additionalProperties").is_some_and(|additional| *additional != false);
            is_explicit || schema["required"].as_array().into_iter().flatten().any(|required| required == name)
        };
        let has_properties =
            |schema: &&&Value| schema["properties"].as_object().is_some_and(|properties| !properties.is_empty());
        all.iter().any(|schema| has_properties(&schema)) && !all.iter().any(|schema| is_free(&schema))
    }
}

fn inner_schema<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
    let additional = schema.get("additionalProperties").filter(|additional| additional.is_object());
    schema["properties"].get(name).or(additional)
}
