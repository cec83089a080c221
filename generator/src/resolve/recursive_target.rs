//! Finds the inline schemas that contain a reference to themselves.

use std::collections::{HashMap, HashSet};
use std::ptr;

use indexmap::IndexSet;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use serde_json::Value;

use super::component::has_own_name;
use crate::json::member::{member_of, value_at};
use crate::pointer::Pointer;

/// Returns the inline schemas that contain a reference to themselves, directly or through other schemas.
pub(super) fn recursive_targets(raw: &Value) -> HashSet<Pointer> {
    let mut targets = Targets::default();
    targets.collect(raw);
    if targets.places.is_empty() {
        return HashSet::new();
    }
    let places = targets.places.iter().enumerate();
    let found = places.filter_map(|(index, place)| Some((ptr::from_ref(value_at(raw, place)?), index)));
    let mut edges = Edges { targets: &targets, by_address: found.collect(), open: Vec::new(), graph: DiGraph::new() };
    targets.places.iter().for_each(|_| _ = edges.graph.add_node(()));
    edges.collect(raw);
    let graph = edges.graph;
    let is_circle = |members: &Vec<NodeIndex>| members.len() > 1 || graph.contains_edge(members[0], members[0]);
    let circles = kosaraju_scc(&graph).into_iter().filter(is_circle).flatten();
    circles.filter_map(|member| targets.places.get_index(member.index()).cloned()).collect()
}

/// The targets of the references in a document, except components and path items.
#[derive(Default)]
struct Targets<'r> {
    places: IndexSet<Pointer>,
    /// For each text of a reference, the index of its target in `places`.
    by_text: HashMap<&'r str, Option<usize>>,
}

impl<'r> Targets<'r> {
    fn collect(&mut self, value: &'r Value) {
        if let Some(text) = reference(value)
            && !self.by_text.contains_key(text)
        {
            let target = text.strip_prefix('#').and_then(Pointer::from_fragment).filter(|place| !has_own_name(place));
            let index = target.map(|place| self.places.insert_full(place).0);
            self.by_text.insert(text, index);
        }
        children(value).for_each(|child| self.collect(child));
    }
}

/// Collects which targets contain references to which others.
struct Edges<'t> {
    targets: &'t Targets<'t>,
    /// The indexes of the targets, by the address of their schemas.
    by_address: HashMap<*const Value, usize>,
    /// The targets that contain the value that is being read.
    open: Vec<usize>,
    graph: DiGraph<(), ()>,
}

impl Edges<'_> {
    fn collect(&mut self, value: &Value) {
        let target = self.by_address.get(&ptr::from_ref(value)).copied();
        self.open.extend(target);
        if let Some(Some(inner)) = reference(value).and_then(|text| self.targets.by_text.get(text)) {
            for outer in &self.open {
                self.graph.add_edge(NodeIndex::new(*outer), NodeIndex::new(*inner), ());
            }
        }
        children(value).for_each(|child| self.collect(child));
        self.open.truncate(self.open.len() - usize::from(target.is_some()));
    }
}

fn reference(value: &Value) -> Option<&str> {
    member_of(value.as_object()?, "$ref")?.as_str()
}

/// Returns the members or items of a value.
fn children(value: &Value) -> impl Iterator<Item = &Value> {
    let members = value.as_object().into_iter().flat_map(|members| members.values());
    members.chain(value.as_array().into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_targets_in_a_circle_are_recursive() {
        let to = |name: &str| json!({"$ref": format!("#/x/{name}")});
        let document = json!({"x": {
            "a": {"items": to("b")},
            "b": {"properties": {"c": {"items": to("a")}}},
            "d": {"items": to("b/properties/c")},
            "e": {"items": to("a")},
            "f": {"items": to("f")},
            "g": {"items": to("h")},
            "h": {"properties": {"i": {"items": to("h/properties/j")}, "j": {"items": to("h/properties/i")}}},
        }});
        let mut found: Vec<String> = recursive_targets(&document).iter().map(ToString::to_string).collect();
        found.sort_unstable();
        assert_eq!(found, ["/x/a", "/x/b", "/x/f", "/x/h/properties/i", "/x/h/properties/j"]);
    }
}
