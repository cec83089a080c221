//! Finds the names of the `pub` and `pub(crate)` items of a printed file.

use std::collections::BTreeSet;

use syn::{File, Item, Visibility};

/// The names of the `pub` and `pub(crate)` items of a file, each with the visibility of the item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exports(BTreeSet<(&'static str, String)>);

impl Exports {
    /// Finds the names of the `pub` and `pub(crate)` items of a file.
    pub fn of(file: &File) -> Self {
        Self(file.items.iter().filter_map(exported).collect())
    }

    /// Returns the names, each with its visibility.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(visibility, name)| (*visibility, name.as_str()))
    }

    /// Returns the names without their visibilities.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, name)| name.as_str())
    }
}

fn exported(item: &Item) -> Option<(&'static str, String)> {
    let (visibility, name) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    let visibility = match visibility {
        Visibility::Public(_) => "pub",
        Visibility::Restricted(_) => "pub(crate)",
        Visibility::Inherited => return None,
    };
    Some((visibility, name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_keeps_its_visibility() {
        let exports = |text: &str| Exports::of(&syn::parse_str(text).unwrap()).0.into_iter().collect::<Vec<_>>();
        assert_eq!(exports("pub struct Seat; struct Row; impl Seat {}"), [("pub", "Seat".to_owned())]);
        let names = exports("pub(crate) static PLACE: u8 = 1; pub enum Row { A }");
        assert_eq!(names, [("pub", "Row".to_owned()), ("pub(crate)", "PLACE".to_owned())]);
    }
}
