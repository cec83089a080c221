//! Finds the counterparts of the items of a list by their keys, such as the names of headers.

use std::collections::HashMap;
use std::hash::Hash;

/// The items of a list by their keys.
pub(crate) struct ByKey<'a, K, T>(HashMap<K, &'a T>);

impl<'a, K: Eq + Hash, T> ByKey<'a, K, T> {
    /// Arranges the items of a list. If several have the same key, the first is used.
    pub(crate) fn of(items: impl IntoIterator<Item = &'a T>, key: impl Fn(&'a T) -> K) -> Self {
        let mut by_key = HashMap::new();
        for item in items {
            by_key.entry(key(item)).or_insert(item);
        }
        Self(by_key)
    }

    /// Returns the item with this key.
    pub(crate) fn get(&self, key: &K) -> Option<&'a T> {
        self.0.get(key).copied()
    }
}
