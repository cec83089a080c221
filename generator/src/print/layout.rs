//! Distributes the printed pieces of a section over files. A section is a module that may be too long for one file. A piece is a
//! unit of code, such as the code of one type or operation.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::{self, Limits};
use super::piece::{MAX_LINES, PrintedPart, PrintedPiece};
use super::reexports::Reexports;
use crate::emit::Import;
use crate::file_name::{DEVICE_NAMES, shortened};

/// The limits for the number of lines in a file.
const LINES: Limits = Limits { most: MAX_LINES, least: 600 };

/// The limits for the number of files and folders in one folder. A folder with more than `most` of them is divided into
/// subfolders.
const ENTRIES: Limits = Limits { most: 120, least: 40 };

/// A file of a section. A section is a module that is divided into several files if it is too long for one.
#[derive(Debug, Default)]
pub struct File {
    /// The path relative to the folder of the section, without the extension. It is empty if the section is a single file.
    pub path: String,
    /// The names of the child modules that the file declares with `mod`.
    pub modules: Vec<String>,
    /// Whether the file is the `mod.rs` of a subfolder. The root file of the section re-exports items of the modules in the
    /// subfolder, so the `mod.rs` declares these modules with `pub(super)`.
    pub is_folder: bool,
    /// The re-exports in the file.
    pub reexports: Reexports,
    /// The names that the items of the file import.
    pub imports: BTreeSet<Import>,
    /// Whether some items of the file are compiled only with certain cargo features.
    pub is_conditional: bool,
    /// The text of the items.
    pub text: String,
}

impl File {
    fn of(path: String, pieces: &[PrintedPiece]) -> Self {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let imports = pieces.iter().flat_map(|piece| piece.imports.iter().cloned()).collect();
        let is_conditional = pieces.iter().any(|piece| !piece.features.is_empty());
        Self { path, imports, is_conditional, text: texts.join("\n"), ..Self::default() }
    }
}

/// A child module of a section, with the pieces of code in the file of this child module.
struct Module {
    name: String,
    pieces: Vec<PrintedPiece>,
}

impl Module {
    /// Returns the number of files and folders that the module adds to the folder that contains it. The number is 1 for a module
    /// that is one file, and 2 for a module with a file and a folder of child modules.
    fn entries(&self) -> usize {
        if self.parts().next().is_some() { 2 } else { 1 }
    }

    fn parts(&self) -> impl Iterator<Item = &PrintedPart> {
        self.pieces.iter().flat_map(|piece| &piece.parts)
    }

    /// Returns the file of the module, followed by the files of its child modules. Only a piece that is too long for one file has
    /// child modules.
    fn files(&self, folder: &str) -> impl Iterator<Item = File> {
        let path = format!("{folder}{}", self.name);
        let mut file = File::of(path.clone(), &self.pieces);
        file.modules = self.parts().map(|part| part.module.clone()).collect();
        file.modules.sort();
        let is_conditional = file.is_conditional;
        let part = move |part: &PrintedPart| File {
            path: format!("{path}/{}", part.module),
            imports: part.imports.clone(),
            is_conditional,
            text: part.text.clone(),
            ..File::default()
        };
        [file].into_iter().chain(self.parts().map(part))
    }
}

/// Distributes the pieces of a section over files. A file has at most [`MAX_LINES`] lines, unless a single piece is longer. No
/// module gets one of the names in `reserved`.
pub fn files(pieces: Vec<PrintedPiece>, reserved: &[&str]) -> Vec<File> {
    files_within(pieces, reserved, LINES, ENTRIES)
}

fn files_within(mut pieces: Vec<PrintedPiece>, reserved: &[&str], lines: Limits, entries: Limits) -> Vec<File> {
    if pieces.iter().all(|piece| !is_alone(piece))
        && pieces.iter().map(PrintedPiece::lines).sum::<usize>() <= lines.most
    {
        pieces.sort_by(|one, other| one.key.cmp(&other.key));
        let mut file = File::of(String::new(), &pieces);
        pieces.iter().for_each(|piece| file.reexports.add(piece, ""));
        return vec![file];
    }
    let modules = modules(pieces, reserved, lines);
    if modules.iter().map(Module::entries).sum::<usize>() <= entries.most {
        return root_and_files(&[(String::new(), modules)]);
    }
    let folders = grouping::group(modules, entries, |module| &module.name, Module::entries);
    let mut taken = Taken::new(reserved);
    let folder = |(name, modules): (String, Vec<Module>)| {
        let name = taken.take_around(&name, modules.iter().map(|module| module.name.as_str()));
        (name, modules)
    };
    let folders: Vec<_> = folders.into_iter().map(folder).collect();
    root_and_files(&folders)
}

/// Returns whether a piece has a file of its own.
fn is_alone(piece: &PrintedPiece) -> bool {
    piece.is_alone || !piece.parts.is_empty()
}

fn modules(pieces: Vec<PrintedPiece>, reserved: &[&str], lines: Limits) -> Vec<Module> {
    let (alone, together): (Vec<_>, Vec<_>) = pieces.into_iter().partition(is_alone);
    let alone = alone.into_iter().map(|piece| (piece.key.clone(), vec![piece]));
    let mut groups = grouping::group(together, lines, |piece| &piece.key, PrintedPiece::lines);
    groups.extend(alone);
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut taken = Taken::new(reserved);
    let module = |(name, pieces): (String, Vec<PrintedPiece>)| {
        let parts = pieces.iter().flat_map(|piece| &piece.parts).map(|part| part.module.as_str());
        Module { name: taken.take_around(&name, parts), pieces }
    };
    groups.into_iter().map(module).collect()
}

/// Returns the root file of a section, followed by the files of its modules. `folders` contains the name of each subfolder, with
/// the modules in the subfolder. An empty name stands for the folder of the section itself. The root file re-exports the items of
/// all modules.
fn root_and_files(folders: &[(String, Vec<Module>)]) -> Vec<File> {
    let mut root = File { path: "mod".to_owned(), ..File::default() };
    let mut files = Vec::new();
    for (folder, modules) in folders {
        let names = modules.iter().map(|module| module.name.clone()).collect();
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        if folder.is_empty() {
            root.modules = names;
        } else {
            root.modules.push(folder.clone());
            files.push(File { path: format!("{prefix}mod"), modules: names, is_folder: true, ..File::default() });
        }
        for module in modules {
            let path = format!("{}::{}", folder, module.name);
            module.pieces.iter().for_each(|piece| root.reexports.add(piece, path.trim_start_matches(':')));
            files.extend(module.files(&prefix));
        }
    }
    files.insert(0, root);
    files
}

/// Module names that rustc or Clippy rejects.
const RESERVED: &[&str] = &["lib", "main", "mod"];

/// The module names in use in one folder, each with the last number that it got. The number 0 marks a reserved name, such as `mod`.
struct Taken(BTreeMap<String, usize>);

impl Taken {
    fn new(reserved: &[&str]) -> Self {
        Self(reserved.iter().chain(RESERVED).chain(DEVICE_NAMES).map(|name| ((*name).to_owned(), 0)).collect())
    }

    /// Returns an unused name for a module of the folder. `pets` becomes `pets_2` if `pets` is in use. `mod`, which is reserved,
    /// becomes `mod_`, and `mod_2` if `mod_` is in use. A name that begins with a digit gets `_` in front.
    fn take(&mut self, name: &str) -> String {
        let name = shortened(name.to_owned());
        let name = name.as_str();
        let is_reserved = self.0.get(name) == Some(&0) || syn::parse_str::<syn::Ident>(name).is_err();
        let name = match (is_reserved, name.starts_with(|first: char| first.is_ascii_digit())) {
            (true, true) => format!("_{name}"),
            (true, false) => format!("{name}_"),
            (false, _) => name.to_owned(),
        };
        let Some(last) = self.0.get(&name).copied().filter(|last| *last > 0) else {
            self.0.insert(name.clone(), 1);
            return name;
        };
        // A name with `__` is not in snake case.
        let numbered = |number: usize| format!("{}_{number}", name.trim_end_matches('_'));
        let mut number = last + 1;
        while self.0.contains_key(&numbered(number)) {
            number += 1;
        }
        let unused = numbered(number);
        self.0.insert(unused.clone(), 1);
        self.0.insert(name, number);
        unused
    }

    /// Does the same for a module that contains the modules `inner`. None of them has the returned name, because Clippy rejects a
    /// module with the name of the module that contains it.
    fn take_around<'m>(&mut self, name: &str, mut inner: impl Iterator<Item = &'m str>) -> String {
        if inner.any(|inner| inner == name) { self.take(&format!("{name}_")) } else { self.take(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::exports::Exports;
    use super::*;

    const LINES: Limits = Limits { most: 20, least: 8 };
    const ENTRIES: Limits = Limits { most: 4, least: 2 };

    fn piece(key: &str, lines: usize) -> PrintedPiece {
        let exports =
            Exports::of(&syn::parse_str(&format!("pub struct {}; struct Hidden;", key.to_uppercase())).unwrap());
        PrintedPiece { key: key.to_owned(), exports, text: "line\n".repeat(lines - 1), ..PrintedPiece::default() }
    }

    fn paths(pieces: Vec<PrintedPiece>) -> Vec<String> {
        files_within(pieces, &["types"], LINES, ENTRIES).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn the_number_of_a_module_follows_one_underscore() {
        let mut taken = Taken::new(&[]);
        let names = ["en", "en_", "en_", "mod", "mod", "en", "en", "en_2", "en_"].map(|name| taken.take(name));
        assert_eq!(names, ["en", "en_", "en_2", "mod_", "mod_2", "en_3", "en_4", "en_2_2", "en_5"]);
        let mut taken = Taken::new(&[]);
        let names = [(); 3].map(|()| taken.take_around("en", ["en"].into_iter()));
        assert_eq!(names, ["en_", "en_2", "en_3"]);
    }

    #[test]
    fn a_short_section_is_one_file() {
        assert_eq!(paths(vec![piece("b", 5), piece("a", 5)]), [""]);
    }

    #[test]
    fn a_long_section_is_a_folder() {
        let files =
            files_within(vec![piece("types", 15), piece("a", 30), piece("type", 5)], &["types"], LINES, ENTRIES);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["mod", "a", "q_to_z"]);
        assert_eq!(files[0].modules, ["a", "q_to_z"]);
    }

    #[test]
    fn reserved_names_are_changed() {
        let paths = paths(vec![piece("types", 15), piece("type", 15), piece("con", 15)]);
        assert_eq!(paths, ["mod", "con_", "type_", "types_"]);
    }

    #[test]
    fn names_are_file_names_on_every_system() {
        let long = "word_".repeat(60);
        let pieces = [long.as_str(), "com1", "lpt9", "nul"].map(|name| piece(name.trim_end_matches('_'), 15));
        let paths = paths(pieces.into());
        assert!(paths.iter().all(|path| path.len() < 130), "{paths:?}");
        let taken = ["com1", "lpt9", "nul"];
        assert!(!paths.iter().any(|path| path.rsplit('/').any(|name| taken.contains(&name))), "{paths:?}");
    }

    #[test]
    fn a_folder_with_many_files_is_divided() {
        let pieces = ["ape", "bat", "cat", "dog", "eel", "fox", "rat"].map(|name| piece(name, 15)).into();
        let files = files_within(pieces, &[], LINES, ENTRIES);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths[..6], ["mod", "a_to_d/mod", "a_to_d/ape", "a_to_d/bat", "a_to_d/cat", "a_to_d/dog"]);
        assert!(files[1].is_folder && files[1].modules == ["ape", "bat", "cat", "dog"]);
        assert!(files[0].reexports.text().contains("pub use self::a_to_d::bat::*;"));
    }

    #[test]
    fn the_parts_of_a_piece_are_below_it() {
        let mut long = piece("c", 15);
        long.parts = vec![PrintedPart { module: "methods".to_owned(), imports: BTreeSet::new(), text: String::new() }];
        let files = files_within(vec![piece("b", 5), long], &[], LINES, ENTRIES);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["mod", "b", "c", "c/methods"]);
        assert_eq!(files[2].modules, ["methods"]);
    }

    #[test]
    fn no_module_has_the_name_of_the_module_that_contains_it() {
        let mut long = piece("methods", 15);
        long.parts = vec![PrintedPart { module: "methods".to_owned(), imports: BTreeSet::new(), text: String::new() }];
        assert_eq!(paths(vec![piece("b", 5), long]), ["mod", "b", "methods_", "methods_/methods"]);
        let pieces = ["pets", "pets_a", "pets_b", "petshop", "petshop_a"].map(|name| piece(name, 15));
        let paths = paths(pieces.into());
        assert!(paths.iter().any(|path| path == "pets_/pets"), "{paths:?}");
        assert!(paths.iter().all(|path| path.split('/').is_sorted_by(|one, other| one != other)), "{paths:?}");
    }
}
