//! Finds the component schemas that have finite values.

use std::collections::{HashMap, HashSet};

use crate::resolve::document::SchemaType::{Array, Object};
use crate::resolve::document::{Document, Schema, SchemaRef};

/// Returns the names of the component schemas that a finite value can satisfy.
///
/// A schema has finite values if all schemas that it requires have finite values. So each schema counts the requirements that are
/// not known to be finite, and a schema without such requirements lowers the counts of those that require it.
pub(super) fn finite_components(document: &Document) -> HashSet<&str> {
    let mut requirements = Requirements::default();
    for name in document.schemas.keys() {
        let node = requirements.add_node(0);
        requirements.components.insert(name, node);
    }
    for (node, schema) in document.schemas.values().enumerate() {
        requirements.add_schema(node, schema);
    }
    let is_finite = requirements.finite();
    document.schemas.keys().zip(is_finite).filter(|(_, is_finite)| *is_finite).map(|(name, _)| name.as_str()).collect()
}

/// Returns whether a schema has finite values whatever schemas it refers to. An `enum` has finite values. A `readOnly` or
/// `writeOnly` property is absent in one direction, and so ends the recursion.
pub(super) fn is_always_finite(schema: &Schema) -> bool {
    schema.nullable || schema.enum_values.is_some() || schema.read_only || schema.write_only
}

/// Returns the properties that every value of a schema has, with their names.
pub(super) fn required_properties(schema: &Schema) -> impl Iterator<Item = (&String, &SchemaRef)> {
    let is_object = schema.kind.is_none_or(|kind| kind == Object);
    let names = schema.required.iter().filter(move |_| is_object);
    names.filter_map(|name| schema.properties.get_key_value(name))
}

/// Returns the schema of the items if every value of a schema has items.
pub(super) fn required_items(schema: &Schema) -> Option<&SchemaRef> {
    let is_array = schema.kind.is_none_or(|kind| kind == Array);
    schema.items.as_ref().filter(|_| is_array && schema.min_items.is_some_and(|min| min > 0))
}

/// The schemas of a document, and the unions in them, as nodes that require one another.
#[derive(Default)]
struct Requirements<'d> {
    /// The node of each component.
    components: HashMap<&'d str, usize>,
    /// For each node, the number of requirements that are not known to be finite.
    unmet: Vec<usize>,
    /// For each node, the nodes that require it.
    dependents: Vec<Vec<usize>>,
}

impl<'d> Requirements<'d> {
    fn add_node(&mut self, unmet: usize) -> usize {
        self.unmet.push(unmet);
        self.dependents.push(Vec::new());
        self.unmet.len() - 1
    }

    /// Adds the requirements of `schema` to its node.
    fn add_schema(&mut self, node: usize, schema: &'d Schema) {
        if is_always_finite(schema) {
            return;
        }
        let properties = required_properties(schema).map(|(_, property)| property);
        for child in schema.all_of.iter().chain(properties).chain(required_items(schema)) {
            let child = self.node(child);
            self.require(node, child);
        }
        for variants in [&schema.one_of, &schema.any_of].into_iter().filter(|variants| !variants.is_empty()) {
            // The first finite variant meets the only requirement of a union.
            let union = self.add_node(1);
            self.require(node, union);
            for variant in variants {
                let variant = self.node(variant);
                self.dependents[variant].push(union);
            }
        }
    }

    fn require(&mut self, node: usize, required: usize) {
        self.unmet[node] += 1;
        self.dependents[required].push(node);
    }

    /// Returns the node of a schema. A component that does not exist has a requirement that is never met.
    fn node(&mut self, schema: &'d SchemaRef) -> usize {
        match schema {
            SchemaRef::Component { name, .. } => match self.components.get(name.as_str()) {
                Some(node) => *node,
                None => self.add_node(1),
            },
            SchemaRef::Inline(schema) => {
                let node = self.add_node(0);
                self.add_schema(node, schema);
                node
            }
        }
    }

    /// Returns for each node whether it is finite.
    fn finite(mut self) -> Vec<bool> {
        let mut open: Vec<usize> = (0..self.unmet.len()).filter(|node| self.unmet[*node] == 0).collect();
        while let Some(node) = open.pop() {
            for dependent in std::mem::take(&mut self.dependents[node]) {
                if self.unmet[dependent] == 1 {
                    open.push(dependent);
                }
                self.unmet[dependent] = self.unmet[dependent].saturating_sub(1);
            }
        }
        self.unmet.into_iter().map(|unmet| unmet == 0).collect()
    }
}
