//! The items of a surface, indexed by their owners.

use std::collections::HashMap;

use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The items of a surface, indexed by their owners. The owner of an item is the item that contains it.
pub(super) struct Members<'s> {
    /// The members of each owner. The key is the path of the owner.
    by_owner: HashMap<&'s str, Vec<&'s Item>>,
    /// The first item of each owner with each path. The key has the path of the owner and the path of the item.
    by_path: HashMap<(&'s str, &'s str), &'s Item>,
}

impl<'s> Members<'s> {
    pub fn new(surface: &'s Surface) -> Self {
        let mut members = Self { by_owner: HashMap::new(), by_path: HashMap::new() };
        for item in &surface.items {
            members.by_owner.entry(&item.owner).or_default().push(item);
            members.by_path.entry((&item.owner, &item.path)).or_insert(item);
        }
        members
    }

    /// Returns all items, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &'s Item> {
        self.by_owner.values().flatten().copied()
    }

    /// Returns the members of `item`.
    pub fn of(&self, item: &Item) -> impl Iterator<Item = &'s Item> {
        self.by_owner.get(item.path.as_str()).into_iter().flatten().copied()
    }

    /// Returns the member of `owner` with this path.
    pub fn get(&self, owner: &str, path: &str) -> Option<&'s Item> {
        self.by_path.get(&(owner, path)).copied()
    }

    /// Returns the HTTP method and path of an operation, such as `GET /pets/{id}`.
    pub fn request(&self, item: &Item) -> Option<String> {
        let request = (item.kind == ItemKind::Operation)
            .then(|| self.of(item).find(|member| member.kind == ItemKind::Request))??;
        request.facet(Facet::Request).map(str::to_owned)
    }
}
