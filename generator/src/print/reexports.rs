//! Re-exports the items that are defined in the files of a section, which is a module whose code is split over several files.
//!
//! The root module of a section re-exports the items of each file with a glob. The compiler looks up every name in every glob, so
//! globs are efficient only if there are few of them. With thousands of small files, the globs took most of the time and memory
//! that the compiler needed for the expansion of a crate.
//!
//! An inline module inside the root module cannot use a glob, because one file can define names for several inline modules. It
//! therefore re-exports each of its names separately.

use std::collections::{BTreeMap, BTreeSet};

use super::formatting;
use super::piece::PrintedPiece;
use crate::emit::Features;

/// The re-exports in the root module of a section. A section is a module whose code is split over several files.
#[derive(Debug, Default)]
pub struct Reexports {
    /// The glob re-exports, such as `pub use self::a_to_p::seat::*;`. Maps the module path of a file (`a_to_p::seat`) to the
    /// visibility of the glob (`pub`). The visibility is `pub(crate)` if no item of the file is `pub`.
    files: BTreeMap<String, &'static str>,
    /// The `use` declarations in the inline modules of the root module, such as `pub use super::seats::ListSeats;`. Maps each
    /// declaration to the names that the declaration re-exports.
    listed: BTreeMap<Source, BTreeSet<String>>,
}

/// A `use` declaration in an inline module of the root module, without the names that the declaration re-exports.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Source {
    /// The name of the inline module that contains the `use` declaration.
    inline: &'static str,
    /// The module path of the file that declares the re-exported names, relative to the root module. It is empty if the root
    /// module itself declares these names.
    file: String,
    features: Features,
    visibility: &'static str,
}

impl Reexports {
    /// Adds re-exports of the items in `piece`, a unit of code such as the code of one type. `file` is the path of the module
    /// that contains these items, such as `a_to_d::cat`. The path is empty if the root module contains the items.
    pub fn add(&mut self, piece: &PrintedPiece, file: &str) {
        for (visibility, name) in piece.exports.iter() {
            if let Some(inline) = piece.inline {
                let (file, features) = (file.to_owned(), piece.features.clone());
                let source = Source { inline, file, features, visibility };
                self.listed.entry(source).or_default().insert(name.to_owned());
            } else if !file.is_empty() {
                let widest = self.files.entry(file.to_owned()).or_insert(visibility);
                *widest = (*widest).min(visibility);
            }
        }
    }

    /// Returns Rust source for the root module: first the glob re-exports, then the inline modules with their `use` declarations.
    pub fn text(&self) -> String {
        let globs = self.files.iter().map(|(file, visibility)| format!("{visibility} use self::{file}::*;\n"));
        let modules: BTreeSet<&str> = self.listed.keys().map(|source| source.inline).collect();
        let modules = modules.into_iter().map(|module| {
            let of_module = self.listed.iter().filter(|(source, _)| source.inline == module);
            let declarations: String = of_module.map(|(source, names)| declaration(source, names)).collect();
            formatting::parsed(&format!("pub mod {module} {{ {declarations} }}"))
        });
        let blocks = [globs.collect::<String>()].into_iter().chain(modules).filter(|block| !block.is_empty());
        blocks.collect::<Vec<_>>().join("\n")
    }
}

fn declaration(source: &Source, names: &BTreeSet<String>) -> String {
    let Source { file, visibility, features, .. } = source;
    let module = if file.is_empty() { "super".to_owned() } else { format!("super::{file}") };
    let condition = formatting::condition(features);
    match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [only] => format!("{condition}{visibility} use {module}::{only};\n"),
        several => format!("{condition}{visibility} use {module}::{{{}}};\n", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::exports::Exports;
    use super::*;

    fn piece(items: &str, inline: Option<&'static str>, features: &[&str]) -> PrintedPiece {
        let features = features.iter().map(|feature| (*feature).to_owned()).collect();
        PrintedPiece {
            exports: Exports::of(&syn::parse_str(items).unwrap()),
            inline,
            features,
            ..PrintedPiece::default()
        }
    }

    #[test]
    fn each_file_has_a_glob_of_the_widest_visibility() {
        let mut reexports = Reexports::default();
        reexports.add(&piece("pub(crate) struct Place; struct Hidden;", None, &[]), "hall");
        reexports.add(&piece("pub(crate) struct Row;", None, &[]), "a_to_p::seat");
        reexports.add(&piece("pub struct Seat;", None, &["x"]), "a_to_p::seat");
        reexports.add(&piece("struct Hidden;", None, &[]), "other");
        assert_eq!(reexports.text(), "pub use self::a_to_p::seat::*;\npub(crate) use self::hall::*;\n");
    }

    #[test]
    fn names_are_listed_in_a_module_within_the_root() {
        let mut reexports = Reexports::default();
        reexports.add(&piece("pub struct Seat;", Some("types"), &[]), "");
        reexports.add(&piece("pub struct ListSeats;", Some("operations"), &[]), "seats");
        let wanted = "pub mod operations {\n    pub use super::seats::ListSeats;\n}\n\n\
                      pub mod types {\n    pub use super::Seat;\n}\n";
        assert_eq!(reexports.text(), wanted);
    }

    #[test]
    fn names_of_the_root_need_no_declaration() {
        let mut reexports = Reexports::default();
        reexports.add(&piece("pub struct Seat;", None, &[]), "");
        assert_eq!(reexports.text(), "");
    }
}
