//! Components of a draft: named objects, parameters that several operations share, and credentials.

use std::collections::HashMap;

use crate::transcribe::yaml::{Node, quoted};

/// The components of a draft.
#[derive(Debug, Default)]
pub(super) struct Components {
    schemas: Vec<(String, Node)>,
    schema_names: Names,
    /// The names of `schemas`, by the names for which they were added and by the schemas without comments.
    known_schemas: HashMap<(String, Node), String>,
    parameters: Vec<(String, Node)>,
    schemes: Vec<(String, Node)>,
    operation_names: Names,
    is_optional: bool,
}

/// Names that are taken, each with the number at which the search for the next free name starts.
#[derive(Debug, Default)]
struct Names(HashMap<String, usize>);

impl Names {
    /// Returns a free name, and takes it: `name`, or `name` with a number.
    fn take(&mut self, name: &str) -> String {
        let mut number = self.0.get(name).copied().unwrap_or(1);
        loop {
            let candidate = if number == 1 { name.to_owned() } else { format!("{name}{number}") };
            number += 1;
            if !self.0.contains_key(&candidate) {
                self.0.insert(candidate.clone(), 2);
                self.0.insert(name.to_owned(), number);
                return candidate;
            }
        }
    }
}

impl Components {
    /// Adds a schema, unless there is an equal one. Returns a reference to it.
    pub(super) fn schema(&mut self, name: &str, schema: Node) -> Node {
        let base = component_name(name);
        let key = (base, schema.bare());
        let name = self.known_schemas.get(&key).cloned().unwrap_or_else(|| {
            let name = self.schema_names.take(&key.0);
            self.schemas.push((name.clone(), schema));
            self.known_schemas.insert(key, name.clone());
            name
        });
        reference("schemas", &name)
    }

    /// Adds a security scheme. `is_optional` is true if the page has requests without the credential.
    pub(super) fn scheme(&mut self, name: &str, scheme: Node, is_optional: bool) {
        self.is_optional |= is_optional;
        if self.schemes.iter().all(|(known, _)| known != name) {
            self.schemes.push((name.to_owned(), scheme));
        }
    }

    /// Returns `security`.
    pub(super) fn security(&self) -> Option<Node> {
        let scheme = |(name, _): &(String, Node)| Node::map([(name.clone(), Node::list(Vec::new()))]);
        let mut items: Vec<Node> = self.schemes.iter().map(scheme).collect();
        if self.is_optional && !items.is_empty() {
            items.push(Node::map([]));
        }
        (!items.is_empty()).then(|| Node::list(items))
    }

    /// Returns a name for an operation that no other operation has.
    pub(super) fn operation_name(&mut self, name: &str) -> String {
        self.operation_names.take(name)
    }

    /// Replaces each parameter that several operations have by a reference to a component.
    pub(super) fn share<'n>(&mut self, items: impl Iterator<Item = &'n mut Node>) {
        let mut found: Vec<&mut Node> = Vec::new();
        for item in items {
            for operation in item.children_mut() {
                found.extend(operation.get_mut("parameters").map(Node::children_mut).into_iter().flatten());
            }
        }
        let mut uses: HashMap<Node, usize> = HashMap::new();
        found.iter().for_each(|node| *uses.entry(node.bare()).or_default() += 1);
        let mut names: HashMap<Node, String> =
            self.parameters.iter().rev().map(|(name, known)| (known.bare(), name.clone())).collect();
        let mut taken = Names(self.parameters.iter().map(|(name, _)| (name.clone(), 2)).collect());
        for node in found {
            let bare = node.bare();
            if uses.get(&bare).is_none_or(|count| *count < 2) {
                continue;
            }
            let name = names.get(&bare).cloned().unwrap_or_else(|| {
                let own = node.get_mut("name").map(|name| name.to_yaml()).unwrap_or_default();
                let name = taken.take(&component_name(own.trim_matches('"')));
                names.insert(bare, name.clone());
                self.parameters.push((name.clone(), node.clone()));
                name
            });
            *node = reference("parameters", &name);
        }
    }

    /// Returns `components`.
    pub(super) fn into_node(self) -> Option<Node> {
        let mut node = Node::map([]);
        let sections = [("securitySchemes", self.schemes), ("parameters", self.parameters), ("schemas", self.schemas)];
        for (name, entries) in sections {
            if !entries.is_empty() {
                node.add(name, Node::map(entries));
            }
        }
        (!node.is_empty()).then_some(node)
    }
}

fn reference(section: &str, name: &str) -> Node {
    Node::map([("$ref".to_owned(), quoted(&format!("#/components/{section}/{name}")))])
}

/// Returns a name that OpenAPI allows for a component.
fn component_name(name: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let name: String = name.trim().chars().map(|letter| if allowed(letter) { letter } else { '_' }).collect();
    if name.chars().any(|letter| letter.is_ascii_alphanumeric()) { name } else { "Object".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_for_a_free_name_starts_after_the_last_one() {
        let mut components = Components::default();
        assert_eq!(
            ["a2", "a", "a", "a", "a2"].map(|name| components.operation_name(name)),
            ["a2", "a", "a3", "a4", "a22"]
        );
        assert_eq!(components.operation_names.0["a"], 5);
    }
}
