//! The operations and types that only one of two surfaces has, indexed by their names.

use std::collections::{HashMap, HashSet};

use crate::surface::item::{Item, ItemKind, Surface};

/// The operations and types that only one of two surfaces has.
pub(super) struct Candidates<'s> {
    /// The operations and types, in the order of the surface.
    pub all: Vec<&'s Item>,
    /// The types, sorted by name. Types with the same name are in the order of the surface.
    types: Vec<&'s Item>,
}

/// Returns the name of a type or method, without its module.
pub(super) fn name(item: &Item) -> &str {
    item.path.rsplit("::").next().unwrap_or_default()
}

impl<'s> Candidates<'s> {
    /// Finds the operations and types of `surface` whose paths `other` does not contain.
    pub fn only_in(surface: &'s Surface, other: &Surface) -> Self {
        let known: HashSet<&str> = other.items.iter().map(|item| item.path.as_str()).collect();
        let kinds = [ItemKind::Operation, ItemKind::Struct, ItemKind::Newtype, ItemKind::Tuple, ItemKind::Enum];
        let is_candidate = |item: &&Item| kinds.contains(&item.kind) && !known.contains(item.path.as_str());
        let all: Vec<&Item> = surface.items.iter().filter(is_candidate).collect();
        let mut types: Vec<&Item> = all.iter().copied().filter(|item| item.kind != ItemKind::Operation).collect();
        types.sort_by_key(|item| name(item));
        Self { all, types }
    }

    /// Returns the types whose names begin with `prefix`. A name has few prefixes, so the calls for all types and operations
    /// of a surface return about as many types as the surface has.
    pub fn types_with_prefix(&self, prefix: &str) -> impl Iterator<Item = &'s Item> {
        let start = self.types.partition_point(|item| name(item) < prefix);
        self.types[start..].iter().copied().take_while(move |item| name(item).starts_with(prefix))
    }

    /// Returns the types with this name. Only types of different modules have the same name.
    pub fn types_with_name(&self, wanted: &str) -> impl Iterator<Item = &'s Item> {
        let start = self.types.partition_point(|item| name(item) < wanted);
        self.types[start..].iter().copied().take_while(move |item| name(item) == wanted)
    }
}

/// Pairs each item in `removed` with the item in `added` that has the same key. `old_key` and `new_key` compute the keys. Ignores
/// a key that two items of one list share.
pub(super) fn pairs<'s>(
    removed: &[&'s Item],
    added: &[&'s Item],
    old_key: impl Fn(&'s Item) -> Option<String>,
    new_key: impl Fn(&'s Item) -> Option<String>,
) -> Vec<(&'s Item, &'s Item)> {
    let by_key = |items: &[&'s Item], key: &dyn Fn(&'s Item) -> Option<String>| {
        let mut found: HashMap<String, Vec<&'s Item>> = HashMap::new();
        for item in items {
            if let Some(key) = key(item) {
                found.entry(key).or_default().push(item);
            }
        }
        found
    };
    let (removed, added) = (by_key(removed, &old_key), by_key(added, &new_key));
    let unique_pair = |(key, before): (&String, &Vec<&'s Item>)| {
        let after = added.get(key).map(Vec::as_slice);
        match (before.as_slice(), after) {
            ([before], Some([after])) => Some((*before, *after)),
            _ => None,
        }
    };
    let mut pairs: Vec<(&Item, &Item)> = removed.iter().filter_map(unique_pair).collect();
    pairs.sort_by_key(|(before, _)| &before.path);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    fn surface(names: impl Iterator<Item = String>) -> Surface {
        let item = |name: String| Item {
            path: format!("a::types::{name}"),
            owner: "a::types".into(),
            kind: ItemKind::Struct,
            arguments: Vec::new(),
            named: 0,
            nullable: false,
            facets: Vec::new(),
            file: "a.yaml".into(),
            pointer: Pointer::root(),
        };
        Surface { items: names.map(item).collect() }
    }

    #[test]
    fn a_name_leads_only_to_the_types_that_are_named_after_it() {
        let operations = || (0..1000).map(|index| format!("Get{index:04}"));
        let old = surface(operations().flat_map(|name| [format!("{name}Response"), format!("{name}Body"), name]));
        let candidates = Candidates::only_in(&old, &Surface::default());
        let looked_up: usize = operations().map(|name| candidates.types_with_prefix(&name).count()).sum();
        assert_eq!(looked_up, old.items.len());
        let found: Vec<&str> = candidates.types_with_prefix("Get0007").map(name).collect();
        assert_eq!(found, ["Get0007", "Get0007Body", "Get0007Response"]);
        assert_eq!(candidates.types_with_name("Get0007").count(), 1);
        assert_eq!(candidates.types_with_name("Get").count(), 0);
    }
}
