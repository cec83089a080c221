//! Finds the types that values of other types can contain.

use std::collections::HashSet;

use crate::ir::{TypeDef, TypeId, Value};

/// Returns the types in `roots`, and all types that values of these types can contain.
pub(crate) fn reachable_types(types: &[TypeDef], roots: impl IntoIterator<Item = TypeId>) -> HashSet<TypeId> {
    let mut open: Vec<TypeId> = roots.into_iter().collect();
    let mut reachable: HashSet<TypeId> = HashSet::new();
    while let Some(next) = open.pop() {
        if reachable.insert(next) {
            open.extend(types[next.0].kind.contained_values().into_iter().flat_map(Value::named_types));
        }
    }
    reachable
}
