//! Finds the items of a surface by their paths. A surface is the public interface of a generated crate.

use std::collections::{HashMap, HashSet};

use crate::pointer::Pointer;
use crate::surface::compare::wire_meaning::wire_meaning;
use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The items of a surface, indexed by their paths. A surface is the public interface of a generated crate.
pub(super) struct Index<'a> {
    pub items: &'a [Item],
    by_path: HashMap<&'a str, &'a Item>,
    /// Maps each kind, owner and meaning in JSON or HTTP to the items. All requests have the owner "".
    by_meaning: HashMap<(ItemKind, &'a str, String), Vec<&'a Item>>,
}

impl<'a> Index<'a> {
    pub fn new(surface: &'a Surface) -> Self {
        let items = surface.items.as_slice();
        let mut by_meaning: HashMap<_, Vec<_>> = HashMap::new();
        for item in items {
            if let Some(meaning) = wire_meaning(item) {
                by_meaning.entry((item.kind, owner(item), meaning)).or_default().push(item);
            }
        }
        Self { items, by_path: items.iter().map(|item| (item.path.as_str(), item)).collect(), by_meaning }
    }

    pub fn get(&self, path: &str) -> Option<&'a Item> {
        self.by_path.get(path).copied()
    }

    /// Returns the sibling of `item` whose name has the meaning `meaning` in requests or responses. A sibling is another item of
    /// the same kind in the same owner. All requests are siblings of each other.
    pub fn sibling_with_meaning(&self, item: &'a Item, meaning: String) -> Option<&'a Item> {
        let items = self.by_meaning.get(&(item.kind, owner(item), meaning))?;
        items.iter().find(|other| other.path != item.path).copied()
    }

    /// Returns the operations that are in this surface but not in `other`, as JSON Pointers. An operation is in a surface if the
    /// path of its client method is.
    pub fn operations_missing_in(&self, other: &Self) -> HashSet<&'a str> {
        let operations = self.items.iter().filter(|item| item.kind == ItemKind::Operation);
        let missing = operations.filter(|item| other.get(&item.path).is_none());
        missing.filter_map(|item| operation_of(&item.pointer)).collect()
    }

    /// Returns whether the struct or enum that contains `item` is `non_exhaustive`. If so, a new field or variant does not break
    /// existing code.
    pub fn is_in_non_exhaustive(&self, item: &Item) -> bool {
        self.get(&item.owner).is_some_and(|container| container.facet(Facet::NonExhaustive).is_some())
    }

    /// Returns whether the type with the path `owner` has a function `new`.
    pub fn has_constructor(&self, owner: &str) -> bool {
        self.get(&format!("{owner}::new")).is_some()
    }
}

/// Returns the owner that an item shares with its siblings.
fn owner(item: &Item) -> &str {
    if item.kind == ItemKind::Request { "" } else { &item.owner }
}

/// Returns the JSON Pointer of the operation that contains `pointer`; `None` if `pointer` is not inside an operation.
pub(super) fn operation_of(pointer: &Pointer) -> Option<&str> {
    let text = pointer.as_str();
    let end = text.starts_with("/paths/").then(|| text.match_indices('/').nth(3).map_or(text.len(), |(at, _)| at))?;
    Some(&text[..end])
}
