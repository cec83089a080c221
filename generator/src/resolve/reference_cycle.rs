//! Detects component schemas that refer to themselves through `allOf`, `oneOf`, `anyOf`, `not` or an alias. An alias is a
//! component that consists of a `$ref` only.
//!
//! To check whether a value matches such a schema, one would have to check the same value against the same schema first. The
//! reference that closes the cycle is reported and replaced by the schema that accepts any value. So later stages can follow
//! these keywords, and never loop forever. Cycles through properties or items are legal and remain.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};
use crate::resolve::schema::accepts_anything;

/// A reference: the name of the component to which it leads, and the JSON Pointer of the reference itself.
type Edge = (String, Pointer);

/// The largest number of components and references of one cycle that a finding shows.
const MOST_SHOWN: usize = 8;

/// Reports and breaks the cycles of references through `allOf`, `oneOf`, `anyOf`, `not` and aliases.
pub(super) fn break_all(schemas: &mut IndexMap<String, Schema>, findings: &mut Findings) {
    let closing = closing_references(schemas, findings);
    if !closing.is_empty() {
        schemas.values_mut().for_each(|schema| replace(schema, &closing));
    }
}

/// Reports the references that close a cycle, and returns their JSON Pointers. Searches the components depth first. A reference
/// closes a cycle if it leads to a component on the path from the start of the search.
fn closing_references(schemas: &IndexMap<String, Schema>, findings: &mut Findings) -> HashSet<Pointer> {
    let edges: HashMap<&str, Vec<Edge>> =
        schemas.iter().map(|(name, schema)| (name.as_str(), in_place_references(schema))).collect();
    let mut closing = HashSet::new();
    let mut finished: HashSet<&str> = HashSet::new();
    for start in schemas.keys() {
        let mut path: Vec<(&str, std::slice::Iter<'_, Edge>)> = Vec::new();
        let enter = |name: &str| edges.get_key_value(name).map(|(name, edges)| (*name, edges.iter()));
        path.extend(enter(start).filter(|_| !finished.contains(start.as_str())));
        // The index of each component on the path.
        let mut positions: HashMap<&str, usize> = path.iter().map(|(name, _)| (*name, 0)).collect();
        while let Some((name, rest)) = path.last_mut() {
            let Some((next, place)) = rest.next() else {
                positions.remove(name);
                finished.insert(name);
                path.pop();
                continue;
            };
            if let Some(first) = positions.get(next.as_str()).copied() {
                let names: Vec<_> = path.iter().skip(first).map(|(name, _)| *name).chain([next.as_str()]).collect();
                findings.add_repairable(
                    Code::RefCycle,
                    place,
                    format!(
                        "The schema refers to itself without a property or item in between: `{}`.",
                        abbreviated(&names).join("` → `")
                    ),
                    "Remove the reference, or move it under a property or into `items`.",
                    "Every value is valid for this schema.",
                );
                // Each component on the path has an iterator over its references. The last reference that the iterator returned
                // leads to the next component on the path.
                for (name, rest) in path[first..].iter().take((path.len() - first - 1).min(MOST_SHOWN)) {
                    let all = edges.get(name).map(Vec::as_slice).unwrap_or_default();
                    let taken = all.len().checked_sub(rest.as_slice().len() + 1).and_then(|taken| all.get(taken));
                    if let Some((next, edge)) = taken {
                        findings.add_related(edge, Focus::Member("$ref"), format!("refers to `{next}`"));
                    }
                }
                closing.insert(place.clone());
            } else if !finished.contains(next.as_str()) {
                positions.insert(next, path.len());
                path.extend(enter(next));
            }
        }
    }
    closing
}

/// Returns the names on a cycle, without those in the middle of a long cycle.
fn abbreviated<'n>(names: &[&'n str]) -> Vec<&'n str> {
    match names {
        [first @ .., last] if names.len() > MOST_SHOWN => {
            first.iter().take(MOST_SHOWN - 2).chain(&["…", last]).copied().collect()
        }
        all => all.to_vec(),
    }
}

/// Returns the references in `allOf`, `oneOf`, `anyOf` and `not` of `schema`, also if these keywords are nested.
fn in_place_references(schema: &Schema) -> Vec<Edge> {
    let mut edges = Vec::new();
    for child in schema.in_place_subschemas() {
        match child {
            SchemaRef::Component { name, pointer } => edges.push((name.clone(), pointer.clone())),
            SchemaRef::Inline(schema) => edges.extend(in_place_references(schema)),
        }
    }
    edges
}

/// Replaces references in `schema` by the schema that accepts any value. Only the references whose JSON Pointer is in `closing`
/// are replaced.
fn replace(schema: &mut Schema, closing: &HashSet<Pointer>) {
    for child in schema.in_place_subschemas_mut() {
        match child {
            SchemaRef::Component { pointer, .. } if closing.contains(pointer) => *child = accepts_anything(pointer),
            SchemaRef::Component { .. } => {}
            SchemaRef::Inline(schema) => replace(schema, closing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::resolved;

    #[test]
    fn cycles_without_a_value_in_between_are_broken_and_others_remain() {
        let (document, findings) = resolved(
            "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    \
             B: {oneOf: [{type: string}, {not: {allOf: [{$ref: '#/components/schemas/A'}]}}]}\n    \
             Tree: {properties: {left: {$ref: '#/components/schemas/Tree'}}}\n    \
             Uses: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Tree'}]}\n",
        );
        assert_eq!(findings, ["ref-cycle /components/schemas/B/oneOf/1/not/allOf/0"]);
        let edges = |name: &str| document.schemas.get(name).map(in_place_references).unwrap_or_default().len();
        assert_eq!((edges("A"), edges("B"), edges("Uses")), (1, 0, 2));
    }
}
