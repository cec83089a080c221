//! Re-exports the names of a divided module one by one.
//!
//! Globs would be shorter, but the compiler looks up every name in every glob: with a thousand files, that took most of the time and
//! memory of expanding a crate.

use std::collections::BTreeSet;

use syn::{File, Item, Visibility};

/// The names that a file declares for other modules, each with its visibility: `pub` or `pub(crate)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exports(BTreeSet<(&'static str, String)>);

impl Exports {
    /// The names that the items of a file declare.
    pub fn of(file: &File) -> Self {
        Self(file.items.iter().filter_map(exported).collect())
    }

    /// Adds the names of another file.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// The names alone.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, name)| name.as_str())
    }

    /// The `use` declarations that re-export the names from `module`, one for each visibility.
    pub fn declarations(&self, module: &str) -> impl Iterator<Item = String> {
        ["pub", "pub(crate)"].into_iter().filter_map(move |visibility| {
            let of_visibility = self.0.iter().filter(|(of, _)| *of == visibility);
            let names: Vec<&str> = of_visibility.map(|(_, name)| name.as_str()).collect();
            match names.as_slice() {
                [] => None,
                [only] => Some(format!("{visibility} use self::{module}::{only};\n")),
                several => Some(format!("{visibility} use self::{module}::{{{}}};\n", several.join(", "))),
            }
        })
    }
}

fn exported(item: &Item) -> Option<(&'static str, String)> {
    let (visibility, name) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
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

    fn declarations(text: &str) -> Vec<String> {
        Exports::of(&syn::parse_str(text).unwrap()).declarations("seat").collect()
    }

    #[test]
    fn each_name_keeps_its_visibility() {
        assert_eq!(declarations("pub struct Seat; struct Row; impl Seat {}"), ["pub use self::seat::Seat;\n"]);
        assert_eq!(
            declarations("pub(crate) struct Place; pub struct Seat; pub enum Row { A }"),
            ["pub use self::seat::{Row, Seat};\n", "pub(crate) use self::seat::Place;\n"]
        );
        assert_eq!(declarations("impl Seat {}"), [""; 0]);
    }
}
