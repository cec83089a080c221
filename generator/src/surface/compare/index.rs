//! Finds the items of a surface by their paths. A surface is the public interface of a generated crate.

use std::collections::{HashMap, HashSet};

use crate::pointer::Pointer;
use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The items of a surface, indexed by their paths. A surface is the public interface of a generated crate.
pub(super) struct Index<'a> {
    pub items: &'a [Item],
    by_path: HashMap<&'a str, &'a Item>,
    /// Maps each operation to the struct of its arguments. The key is the path of the client method, such as
    /// `osm::Client::list_pets`.
    argument_structs: HashMap<&'a str, &'a Item>,
}

impl<'a> Index<'a> {
    pub fn new(surface: &'a Surface) -> Self {
        let items = surface.items.as_slice();
        let is_argument_struct = |item: &&Item| item.kind == ItemKind::Struct && item.owner.contains("Client::");
        Self {
            items,
            by_path: items.iter().map(|item| (item.path.as_str(), item)).collect(),
            argument_structs: items.iter().filter(is_argument_struct).map(|item| (&*item.owner, item)).collect(),
        }
    }

    pub fn get(&self, path: &str) -> Option<&'a Item> {
        self.by_path.get(path).copied()
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
        let container = match item.kind {
            ItemKind::Argument => self.argument_structs.get(&*item.owner).copied(),
            _ => self.get(&item.owner),
        };
        container.is_some_and(|container| container.facet(Facet::NonExhaustive).is_some())
    }

    /// Returns whether the type with the path `owner` has a function `new`.
    pub fn has_constructor(&self, owner: &str) -> bool {
        self.get(&format!("{owner}::new")).is_some()
    }
}

/// Returns the JSON Pointer of the operation that contains `pointer`; `None` if `pointer` is not inside an operation.
pub(super) fn operation_of(pointer: &Pointer) -> Option<&str> {
    let text = pointer.as_str();
    let end = text.starts_with("/paths/").then(|| text.match_indices('/').nth(3).map_or(text.len(), |(at, _)| at))?;
    Some(&text[..end])
}
