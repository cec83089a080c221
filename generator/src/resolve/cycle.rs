//! Schemas that ask themselves: cycles through references, `allOf`, `oneOf`, `anyOf` and `not`, with no value between.
//!
//! Whoever walks such schemas never arrives, so the reference that closes the cycle is reported and gives way to the
//! schema that accepts anything. Cycles through properties or items are legal and stay.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};
use crate::resolve::schema;

/// A reference in place: the component it leads to, and where it stands.
type Edge = (String, Pointer);

/// Cuts every cycle among `schemas`.
pub(super) fn cut(schemas: &mut IndexMap<String, Schema>, findings: &mut Findings) {
    let closing = closing_references(schemas, findings);
    if !closing.is_empty() {
        schemas.values_mut().for_each(|schema| replace(schema, &closing));
    }
}

/// Walks depth first over all components; an edge back into the walk closes a cycle.
fn closing_references(schemas: &IndexMap<String, Schema>, findings: &mut Findings) -> HashSet<Pointer> {
    let edges: HashMap<&str, Vec<Edge>> =
        schemas.iter().map(|(name, schema)| (name.as_str(), references_in_place(schema))).collect();
    let mut closing = HashSet::new();
    let mut finished: HashSet<&str> = HashSet::new();
    for start in schemas.keys() {
        let mut walk: Vec<(&str, std::slice::Iter<'_, Edge>)> = Vec::new();
        let enter = |name: &str| edges.get_key_value(name).map(|(name, edges)| (*name, edges.iter()));
        walk.extend(enter(start).filter(|_| !finished.contains(start.as_str())));
        while let Some((name, rest)) = walk.last_mut() {
            let Some((next, place)) = rest.next() else {
                finished.insert(name);
                walk.pop();
                continue;
            };
            if let Some(first) = walk.iter().position(|(name, _)| name == next) {
                let names: Vec<_> = walk.iter().skip(first).map(|(name, _)| *name).chain([next.as_str()]).collect();
                findings.add_mendable(
                    Code::RefCycle,
                    place,
                    format!("The schema leads back to itself: `{}`.", names.join("` → `")),
                    "Take the reference out, or put it under a property or into `items`.",
                    "Any value stands for it.",
                );
                // The frames behind the first are on the way by the edge that they took last.
                for (name, rest) in walk[first..].iter().take(walk.len() - first - 1) {
                    let all = edges.get(name).map(Vec::as_slice).unwrap_or_default();
                    let taken = all.len().checked_sub(rest.as_slice().len() + 1).and_then(|taken| all.get(taken));
                    if let Some((next, edge)) = taken {
                        findings.relate(edge, Focus::Member("$ref"), format!("leads to `{next}`"));
                    }
                }
                closing.insert(place.clone());
            } else if !finished.contains(next.as_str()) {
                walk.extend(enter(next));
            }
        }
    }
    closing
}

fn references_in_place(schema: &Schema) -> Vec<Edge> {
    let mut edges = Vec::new();
    for child in schema.in_place() {
        match child {
            SchemaRef::Component { name, pointer } => edges.push((name.clone(), pointer.clone())),
            SchemaRef::Inline(schema) => edges.extend(references_in_place(schema)),
        }
    }
    edges
}

fn replace(schema: &mut Schema, closing: &HashSet<Pointer>) {
    for child in schema.in_place_mut() {
        match child {
            SchemaRef::Component { pointer, .. } if closing.contains(pointer) => *child = schema::anything(pointer),
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
    fn cycles_in_place_are_cut_and_others_stay() {
        let (document, findings) = resolved(
            "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    \
             B: {oneOf: [{type: string}, {not: {allOf: [{$ref: '#/components/schemas/A'}]}}]}\n    \
             Tree: {properties: {left: {$ref: '#/components/schemas/Tree'}}}\n    \
             Uses: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Tree'}]}\n",
        );
        assert_eq!(findings, ["ref-cycle /components/schemas/B/oneOf/1/not/allOf/0"]);
        let edges = |name: &str| document.schemas.get(name).map(references_in_place).unwrap_or_default().len();
        assert_eq!((edges("A"), edges("B"), edges("Uses")), (1, 0, 2));
    }
}
