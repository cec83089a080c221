//! The places from which overlays took values, while overlays change the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Origin;
use crate::pointer::Pointer;

/// The origins of the values that overlays added or moved.
pub(super) struct Origins {
    /// The document.
    file: String,
    /// For the place of a value in the changed document, the file from which it comes, and its place there.
    of: BTreeMap<Pointer, (String, Pointer)>,
}

impl Origins {
    /// Creates the origins for a document that no overlay changed yet.
    pub(super) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), of: BTreeMap::new() }
    }

    /// Records that the value at `here` is now the value at `there` of `file`.
    pub(super) fn replace(&mut self, here: &Pointer, file: &str, there: &Pointer) {
        self.remove(here);
        self.of.insert(here.clone(), (file.to_owned(), there.clone()));
    }

    /// Records that the value at `here` was removed.
    pub(super) fn remove(&mut self, here: &Pointer) {
        let inner: Vec<Pointer> = self.within(here).collect();
        inner.iter().for_each(|place| _ = self.of.remove(place));
    }

    /// Records that items of the list at `list` were removed, so that later items moved. `length` is the number of items before.
    pub(super) fn remove_items(&mut self, list: &Pointer, removed: &BTreeSet<usize>, length: usize) {
        removed.iter().for_each(|index| self.remove(&list.join(index)));
        let first = removed.first().copied().unwrap_or(length);
        let (file, there) = self.origin(list);
        for (old, new) in (first..length).filter(|index| !removed.contains(index)).zip(first..) {
            let of_list = || (file.clone(), there.join(old));
            let (old, new) = (list.join(old), list.join(new));
            let origin = self.of.get(&old).cloned().unwrap_or_else(of_list);
            for place in self.within(&old).collect::<Vec<_>>() {
                if let Some(origin) = self.of.remove(&place) {
                    self.of.insert(place.rebased(&old, &new), origin);
                }
            }
            self.of.insert(new, origin);
        }
    }

    /// Returns the file from which the value at `place` comes, and the place of the value there.
    fn origin(&self, place: &Pointer) -> (String, Pointer) {
        let mut around = Some(place.clone());
        while let Some(outer) = around {
            if let Some((file, there)) = self.of.get(&outer) {
                return (file.clone(), place.rebased(&outer, there));
            }
            around = outer.parent();
        }
        (self.file.clone(), place.clone())
    }

    /// Returns the recorded places that are `outer` or within it.
    fn within<'o>(&'o self, outer: &'o Pointer) -> impl Iterator<Item = Pointer> + 'o {
        // Other places, such as `/a-b` for `/a`, are between `/a` and `/a/b`.
        let inner = outer.join("");
        let from = self.of.range(inner.clone()..).take_while(move |(place, _)| place.starts_with(inner.as_str()));
        self.of.get_key_value(outer).into_iter().chain(from).map(|(place, _)| place.clone())
    }

    /// Returns the origins as findings use them.
    pub(super) fn into_list(self) -> Vec<Origin> {
        self.of.into_iter().map(|(here, (file, there))| Origin { here, file, there }).collect()
    }
}
