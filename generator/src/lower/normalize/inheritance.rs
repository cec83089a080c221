//! Determines which components inherit from each other with `allOf`, and through how many levels.

use std::collections::HashMap;

use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::resolve::document::{Schema, SchemaRef};

/// How a component inherits from other components with `allOf`: its cycle, and the number of levels above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inheritance {
    /// Two components have the same number if and only if each inherits from the other one.
    pub(super) cycle: usize,
    /// The number of levels of ancestors; 0 for a component that inherits from no other component.
    pub(super) height: usize,
}

/// Returns the [`Inheritance`] of each component, by the name of the component.
pub(super) fn inheritance(components: &IndexMap<String, Schema>) -> HashMap<&str, Inheritance> {
    let mut graph = DiGraph::<&str, ()>::new();
    let nodes: HashMap<&str, NodeIndex> =
        components.keys().map(|name| (name.as_str(), graph.add_node(name.as_str()))).collect();
    for (name, schema) in components {
        for parent in parents(schema).into_iter().filter_map(|parent| nodes.get(parent)) {
            graph.add_edge(nodes[name.as_str()], *parent, ());
        }
    }
    let mut found: HashMap<&str, Inheritance> = HashMap::new();
    // A cycle comes after the cycles that its components inherit from.
    for (cycle, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        let ancestors = members.iter().flat_map(|member| graph.neighbors_directed(*member, Direction::Outgoing));
        let heights = ancestors.filter_map(|ancestor| found.get(graph[ancestor])).map(|ancestor| ancestor.height + 1);
        let height = heights.max().unwrap_or_default();
        found.extend(members.iter().map(|member| (graph[*member], Inheritance { cycle, height })));
    }
    found
}

/// Returns the names of the components that a schema inherits from: the references in its `allOf`, and in the `allOf` of its
/// inline members.
fn parents(schema: &Schema) -> Vec<&str> {
    let mut names = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        for member in &schema.all_of {
            match member {
                SchemaRef::Inline(member) => open.push(member),
                SchemaRef::Component { name, .. } => names.push(name.as_str()),
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    #[test]
    fn components_of_a_cycle_have_the_same_number() {
        let reference =
            |name: &&str| SchemaRef::Component { name: (*name).to_owned(), pointer: Pointer::root().join(*name) };
        let component = |name: &str, parents: &[&str]| {
            let inline = Schema { all_of: parents.iter().map(reference).collect(), ..Schema::default() };
            (name.to_owned(), Schema { all_of: vec![SchemaRef::Inline(Box::new(inline))], ..Schema::default() })
        };
        let components =
            [component("A", &["B"]), component("B", &["C", "D"]), component("C", &["B", "E"]), component("D", &["E"])];
        let components: IndexMap<String, Schema> = components.into_iter().chain([component("E", &["Gone"])]).collect();
        let found = inheritance(&components);
        let heights = ["A", "B", "C", "D", "E"].map(|name| found[name].height);
        assert_eq!(heights, [3, 2, 2, 1, 0]);
        let is_same_cycle = |left: &str, right: &str| found[left].cycle == found[right].cycle;
        assert!(is_same_cycle("B", "C") && !is_same_cycle("A", "B") && !is_same_cycle("D", "E"));
    }
}
