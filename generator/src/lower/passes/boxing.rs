//! Boxes the references by which a type would contain itself.

use crate::ir::{Type, TypeDef, TypeId, TypeKind};

/// Boxes the structs among the alternatives of unions, so that no value is as large as the largest of them.
pub fn box_alternatives(types: &mut [TypeDef]) {
    let is_large: Vec<bool> =
        types.iter().map(|definition| matches!(definition.kind, TypeKind::Struct(_) | TypeKind::Newtype(_))).collect();
    for definition in types {
        let TypeKind::Union(union) = &mut definition.kind else { continue };
        for alternative in &mut union.variants {
            if let Type::Named { id, boxed } = &mut alternative.value.kind {
                *boxed = is_large[id.0];
            }
        }
    }
}

/// Boxes every reference that lies on a cycle of types which contain each other directly. Lists and maps hold their members
/// elsewhere, so a cycle through them needs no box.
pub fn break_cycles(types: &mut [TypeDef]) {
    let edges: Vec<Vec<TypeId>> =
        types.iter_mut().map(|definition| direct(definition).map(|(id, _)| *id).collect()).collect();
    for (index, definition) in types.iter_mut().enumerate() {
        for (id, boxed) in direct(definition) {
            *boxed |= reaches(&edges, *id, TypeId(index));
        }
    }
}

/// The types that values of this type contain directly.
fn direct(definition: &mut TypeDef) -> impl Iterator<Item = (&TypeId, &mut bool)> {
    let values = match &mut definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Multipart(parts) => parts.structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Union(union) => union.variants.iter_mut().map(|alternative| &mut alternative.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    };
    values.into_iter().filter_map(|value| match &mut value.kind {
        Type::Named { id, boxed } => Some((&*id, boxed)),
        _ => None,
    })
}

fn reaches(edges: &[Vec<TypeId>], from: TypeId, goal: TypeId) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        if next == goal {
            return true;
        }
        if !std::mem::replace(&mut seen[next.0], true) {
            open.extend(&edges[next.0]);
        }
    }
    false
}
