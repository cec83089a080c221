//! Finds the unions whose values can contain a secret. Their `Debug` hides the variants that are secret, and the values that match
//! no variant.

use crate::ir::{Type, TypeDef, TypeId, TypeKind, Value};

/// Sets [`Union::contains_secret`](crate::ir::Union::contains_secret) of each union.
pub(crate) fn mark_unions(types: &mut [TypeDef]) {
    let mut containers: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    let mut pending = Vec::new();
    for (index, definition) in types.iter().enumerate() {
        let contained = definition.kind.contained_values();
        pending.extend(contained.iter().any(|value| is_secret(value)).then_some(TypeId(index)));
        for TypeId(inner) in contained.into_iter().filter_map(Value::named_type) {
            containers[inner].push(TypeId(index));
        }
    }
    let mut is_marked = vec![false; types.len()];
    while let Some(TypeId(index)) = pending.pop() {
        if std::mem::replace(&mut is_marked[index], true) {
            continue;
        }
        pending.extend(&containers[index]);
        if let TypeKind::Union(union) = &mut types[index].kind {
            union.contains_secret = true;
        }
    }
}

/// Returns whether a value is a secret, or a list or map of secrets.
fn is_secret(value: &Value) -> bool {
    let is_inner_secret = match &value.kind {
        Type::List(inner) | Type::Map { members: inner, .. } => is_secret(inner),
        _ => false,
    };
    value.secret || is_inner_secret
}
