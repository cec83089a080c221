//! Collects the items of one API: everything that callers can name or rely on.

use std::sync::Arc;

use crate::ir::Api;
use crate::pointer::Pointer;
use crate::surface::item::{Item, ItemKind};

/// Collects the items of one API: everything that callers can name or rely on.
pub(super) struct Listing<'a> {
    pub api: &'a Api,
    /// The prefix of every path: the module of the API, such as `osm::`. It is empty if the API is at the root of the crate.
    pub prefix: String,
    file: Arc<str>,
    pub items: Vec<Item>,
}

impl<'a> Listing<'a> {
    pub fn new(api: &'a Api, at_root: bool) -> Self {
        let prefix = if at_root { String::new() } else { format!("{}::", api.module) };
        Self { api, prefix, file: api.file.as_str().into(), items: Vec::new() }
    }

    /// Returns the path of `name` in the crate, such as `osm::Client` for `Client`.
    pub fn path(&self, name: &str) -> Arc<str> {
        format!("{}{name}", self.prefix).into()
    }

    /// Adds an item without facets, and returns it. The path of the item is `owner` followed by `suffix`, such as `::new` or
    /// `.name`.
    pub fn add(&mut self, kind: ItemKind, owner: &Arc<str>, suffix: &str, pointer: &Pointer) -> &mut Item {
        self.add_at(kind, owner, format!("{owner}{suffix}"), pointer)
    }

    /// Adds an item with the path `path` and without facets, and returns the item. `path` need not begin with `owner`.
    pub fn add_at(&mut self, kind: ItemKind, owner: &Arc<str>, path: String, pointer: &Pointer) -> &mut Item {
        let item = Item {
            path,
            owner: owner.clone(),
            kind,
            arguments: Vec::new(),
            named: 0,
            nullable: false,
            facets: Vec::new(),
            file: self.file.clone(),
            pointer: pointer.clone(),
        };
        let index = self.items.len();
        self.items.push(item);
        &mut self.items[index]
    }
}
