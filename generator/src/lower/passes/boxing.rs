//! Boxes fields and variants of types, so that every type has a finite and moderate size.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::ir::{Type, TypeDef, TypeId, TypeKind};

/// Boxes the structs, newtypes and tuples in unions, so that a union is not as large as its largest variant.
pub(crate) fn box_variants(types: &mut [TypeDef]) {
    let large: Vec<bool> = types.iter().map(|definition| is_large(&definition.kind)).collect();
    for definition in types {
        let TypeKind::Union(union) = &mut definition.kind else { continue };
        for variant in &mut union.variants {
            if let Type::Named { id, boxed } = &mut variant.value.kind {
                *boxed = large[id.0];
            }
        }
    }
}

fn is_large(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Struct(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_))
}

/// Boxes the fields and variants through which a type directly or indirectly contains itself. A cycle through a list or a map
/// needs no box, because lists and maps hold their content on the heap.
pub(crate) fn box_cycles(types: &mut [TypeDef]) {
    let cycles = cycles(types);
    for (index, definition) in types.iter_mut().enumerate() {
        for (id, boxed) in direct_references(definition) {
            *boxed |= cycles[id.0] == cycles[index];
        }
    }
}

/// Returns a number for each type. Two types have the same number if and only if each contains the other one.
fn cycles(types: &mut [TypeDef]) -> Vec<usize> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = types.iter().map(|_| graph.add_node(())).collect();
    for (index, definition) in types.iter_mut().enumerate() {
        for (id, _) in direct_references(definition) {
            graph.add_edge(nodes[index], nodes[id.0], ());
        }
    }
    let mut cycles = vec![0; types.len()];
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        members.into_iter().for_each(|member| cycles[member.index()] = number);
    }
    cycles
}

/// Returns the named types that a value of this type contains outside of lists and maps, each with its `boxed` flag.
fn direct_references(definition: &mut TypeDef) -> impl Iterator<Item = (&TypeId, &mut bool)> {
    let values = match &mut definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Multipart(multipart) => multipart.structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Tuple(items) => items.iter_mut().collect(),
        TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    };
    values.into_iter().filter_map(|value| match &mut value.kind {
        Type::Named { id, boxed } => Some((&*id, boxed)),
        _ => None,
    })
}
