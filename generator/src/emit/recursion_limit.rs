//! Computes the recursion limit that rustc needs for the types of a crate.
//!
//! To find out whether a type is `Send` or `Sync`, rustc visits the types of its fields, the types of their fields, and so on.
//! rustc reports E0275 if this goes deeper than the recursion limit of the crate.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::ir::{Api, Type, TypeDef, Value};

/// The deepest types that compile with rustc's default limit of 128. The rest is a reserve for the types of the runtime.
const DEEPEST_WITHOUT_LIMIT: usize = 96;

/// Returns the recursion limit that the crate of these APIs needs. Returns `None` if rustc's default suffices.
pub fn recursion_limit(apis: &[Api]) -> Option<usize> {
    let deepest = apis.iter().map(|api| depth(&api.types)).max().unwrap_or_default();
    (deepest > DEEPEST_WITHOUT_LIMIT).then(|| 2 * deepest.next_power_of_two())
}

/// Returns the number of steps from the outermost type to the innermost type. In types that contain each other, rustc may visit
/// each of them before it returns to one that it has seen, so all of them count.
fn depth(types: &[TypeDef]) -> usize {
    let mut graph = DiGraph::<(), usize>::new();
    let nodes: Vec<_> = types.iter().map(|_| graph.add_node(())).collect();
    for (definition, node) in types.iter().zip(&nodes) {
        for value in definition.kind.contained_values() {
            if let Some(id) = value.named_type() {
                graph.add_edge(*node, nodes[id.0], steps(value));
            }
        }
    }
    let mut depths = vec![0; types.len()];
    // The contained types come first.
    for cycle in kosaraju_scc(&graph) {
        let mut own = 0;
        let mut below = 0;
        for member in &cycle {
            let edges = || graph.edges(*member).map(|edge| (*edge.weight(), petgraph::visit::EdgeRef::target(&edge)));
            own += edges().map(|(steps, _)| steps).max().unwrap_or(1);
            below = below.max(edges().map(|(_, target)| depths[target.index()]).max().unwrap_or_default());
        }
        cycle.iter().for_each(|member| depths[member.index()] = own + below);
    }
    depths.into_iter().max().unwrap_or_default()
}

/// Returns the number of steps from a field to the named type in it. The field may be an `Option`. The numbers for a list, a map
/// and a box are the numbers of nested types in the standard library.
fn steps(value: &Value) -> usize {
    match &value.kind {
        Type::List(inner) => 6 + steps(inner),
        Type::Map { members, .. } => 10 + steps(members),
        Type::Named { boxed: true, .. } => 6,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    /// Returns the limit for a document in which each of `count` schemas contains the next one. The last contains `last`.
    fn limit(count: usize, schema: impl Fn(&str) -> String, last: &str) -> Option<usize> {
        let mut text =
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for index in 0..count {
            let next = if index + 1 < count { format!("C{}", index + 1) } else { last.to_owned() };
            text.push_str(&format!("    C{index}: {}\n", schema(&format!("{{$ref: '#/components/schemas/{next}'}}"))));
        }
        text.push_str("    End: {type: object, properties: {a: {type: string}}}\n");
        recursion_limit(&[crate::pipeline::lowered(&text, &Options::default())])
    }

    fn list(next: &str) -> String {
        format!("{{type: object, properties: {{a: {{type: array, items: {next}}}}}}}")
    }

    fn member(next: &str) -> String {
        format!("{{type: object, properties: {{a: {next}}}}}")
    }

    #[test]
    fn deep_types_need_a_limit() {
        assert_eq!(limit(5, list, "End"), None);
        assert_eq!(limit(27, list, "End"), Some(512));
        assert_eq!(limit(27, member, "End"), None);
        assert!(limit(600, member, "End") > Some(1200));
    }

    #[test]
    fn all_types_of_a_cycle_count() {
        assert_eq!(limit(5, member, "C0"), None);
        assert!(limit(60, member, "C0").is_some());
    }
}
