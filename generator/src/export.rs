//! What a module hands on of the files it is divided into: each name by itself.
//!
//! A glob for each of a thousand files would let the compiler look every name up in all of them: most of the time and memory that
//! expanding a large crate took went there.

use std::collections::BTreeSet;

use syn::{File, Item, Visibility};

/// The names that a file declares for others, and how far they are seen: `pub` or `pub(crate)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exports(BTreeSet<(&'static str, String)>);

impl Exports {
    /// Those of the items of a file.
    pub fn of(file: &File) -> Self {
        Self(file.items.iter().filter_map(declared).collect())
    }

    /// Takes over those of another file.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, name)| name.as_str())
    }

    /// The `use` of what `module` declares, once for each visibility.
    pub fn uses(&self, module: &str) -> impl Iterator<Item = String> {
        ["pub", "pub(crate)"].into_iter().filter_map(move |visibility| {
            let of_visibility = self.0.iter().filter(|(seen, _)| *seen == visibility);
            let names: Vec<&str> = of_visibility.map(|(_, name)| name.as_str()).collect();
            match names.as_slice() {
                [] => None,
                [only] => Some(format!("{visibility} use self::{module}::{only};\n")),
                several => Some(format!("{visibility} use self::{module}::{{{}}};\n", several.join(", "))),
            }
        })
    }
}

fn declared(item: &Item) -> Option<(&'static str, String)> {
    let (visibility, name) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        _ => return None,
    };
    let seen = match visibility {
        Visibility::Public(_) => "pub",
        Visibility::Restricted(_) => "pub(crate)",
        Visibility::Inherited => return None,
    };
    Some((seen, name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Vec<String> {
        Exports::of(&syn::parse_str(text).unwrap()).uses("seat").collect()
    }

    #[test]
    fn each_name_is_handed_on_as_far_as_it_is_seen() {
        assert_eq!(uses("pub struct Seat; struct Row; impl Seat {}"), ["pub use self::seat::Seat;\n"]);
        assert_eq!(
            uses("pub(crate) struct Place; pub struct Seat; pub enum Row { A }"),
            ["pub use self::seat::{Row, Seat};\n", "pub(crate) use self::seat::Place;\n"]
        );
        assert_eq!(uses("impl Seat {}"), [""; 0]);
    }
}
