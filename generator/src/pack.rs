//! From printed pieces to files: a section is one file, or a folder with a file for each owner where it would be too long.
//!
//! Where a piece stands follows from its own length and name, so that a new piece moves no other.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::{Features, Use};
use crate::export::Exports;

/// Items of one owner, printed.
#[derive(Debug)]
pub struct Printed {
    /// The module of the operation or component they belong to.
    pub owner: String,
    /// The module of their own.
    pub file: String,
    /// The features that have them.
    pub features: Features,
    /// What they import.
    pub uses: BTreeSet<Use>,
    /// What they declare for others.
    pub exports: Exports,
    /// The text.
    pub text: String,
    /// What stands in modules below that of the text, where all of it would be too long for a file.
    pub parts: Vec<PrintedPart>,
}

/// Items in a module of their own below that of a declaration. They are the declaration's methods, so nothing is exported.
#[derive(Debug)]
pub struct PrintedPart {
    /// The module.
    pub module: String,
    /// What they import.
    pub uses: BTreeSet<Use>,
    /// The text.
    pub text: String,
}

/// A module that a file declares.
#[derive(Debug, PartialEq)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// The features that have it.
    pub features: Features,
    /// What it declares for others.
    pub exports: Exports,
}

impl Module {
    fn of(name: &str, features: Features, pieces: &[Printed]) -> Self {
        let mut exports = Exports::default();
        pieces.iter().for_each(|piece| exports.extend(&piece.exports));
        Self { name: name.to_owned(), features, exports }
    }
}

/// A file to be.
#[derive(Debug, Default)]
pub struct File {
    /// The path below that of the section, without an ending; empty for the section's only file.
    pub path: String,
    /// The modules that stand in it, by their names.
    pub modules: Vec<Module>,
    /// The modules of what its items are too long with.
    pub parts: Vec<String>,
    /// What its items import.
    pub uses: BTreeSet<Use>,
    /// The items.
    pub text: String,
}

impl File {
    fn of(path: String, pieces: &[Printed]) -> Self {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let uses = pieces.iter().flat_map(|piece| piece.uses.iter().cloned()).collect();
        Self { path, uses, text: texts.join("\n"), ..Self::default() }
    }

    /// The file of one piece, and those of its parts.
    fn with_parts(path: String, piece: Printed) -> Vec<Self> {
        let mut file = Self::of(path.clone(), std::slice::from_ref(&piece));
        file.parts = piece.parts.iter().map(|part| part.module.clone()).collect();
        file.parts.sort();
        let part = |part: PrintedPart| {
            let PrintedPart { module, uses, text } = part;
            Self { path: format!("{path}/{module}"), uses, text, ..Self::default() }
        };
        [file].into_iter().chain(piece.parts.into_iter().map(part)).collect()
    }
}

/// Divides the pieces of a section into files of at most `limit` lines, where no single piece is longer.
pub fn pack(pieces: Vec<Printed>, limit: usize) -> Vec<File> {
    let alike = pieces.iter().all(|piece| piece.features.is_empty());
    if alike && lines(&pieces) <= limit {
        return vec![File::of(String::new(), &pieces)];
    }
    let mut owners: BTreeMap<String, Vec<Printed>> = BTreeMap::new();
    for piece in pieces {
        owners.entry(piece.owner.clone()).or_default().push(piece);
    }
    let modules = owners.iter().map(|(owner, pieces)| {
        let features = pieces.first().map(|piece| piece.features.clone()).unwrap_or_default();
        Module::of(owner, features, pieces)
    });
    let mut files = vec![File { path: "mod".to_owned(), modules: modules.collect(), ..File::default() }];
    for (owner, pieces) in owners {
        files.extend(of_owner(&owner, pieces, limit));
    }
    files
}

fn of_owner(owner: &str, pieces: Vec<Printed>, limit: usize) -> Vec<File> {
    if pieces.len() == 1 {
        return pieces.into_iter().flat_map(|piece| File::with_parts(owner.to_owned(), piece)).collect();
    }
    if lines(&pieces) <= limit {
        return vec![File::of(owner.to_owned(), &pieces)];
    }
    let module = |piece: &Printed| Module::of(&piece.file, Vec::new(), std::slice::from_ref(piece));
    let mut modules: Vec<Module> = pieces.iter().map(module).collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    let mut files = vec![File { path: format!("{owner}/mod"), modules, ..File::default() }];
    files.extend(pieces.into_iter().flat_map(|piece| File::with_parts(format!("{owner}/{}", piece.file), piece)));
    files
}

fn lines(pieces: &[Printed]) -> usize {
    let texts = pieces.iter().flat_map(|piece| piece.parts.iter().map(|part| &part.text).chain([&piece.text]));
    texts.map(|text| text.lines().count() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(owner: &str, file: &str, lines: usize, features: &[&str]) -> Printed {
        let features = features.iter().map(|feature| (*feature).to_owned()).collect();
        let (owner, file) = (owner.to_owned(), file.to_owned());
        let text = "line\n".repeat(lines);
        Printed { owner, file, features, uses: BTreeSet::new(), exports: Exports::default(), text, parts: Vec::new() }
    }

    fn paths(pieces: Vec<Printed>) -> Vec<String> {
        pack(pieces, 20).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn a_short_section_is_one_file() {
        assert_eq!(paths(vec![piece("a", "a", 5, &[]), piece("b", "b", 5, &[])]), [""]);
    }

    #[test]
    fn a_long_section_is_a_file_for_each_owner() {
        let pieces = vec![piece("b", "b", 5, &[]), piece("a", "a", 30, &[]), piece("b", "c", 5, &[])];
        assert_eq!(paths(pieces), ["mod", "a", "b"]);
    }

    #[test]
    fn a_long_owner_is_a_folder() {
        let pieces = vec![piece("b", "b", 15, &[]), piece("b", "c", 15, &[])];
        assert_eq!(paths(pieces), ["mod", "b/mod", "b/b", "b/c"]);
    }

    #[test]
    fn a_piece_that_is_cut_has_its_parts_below_it() {
        let mut cut = piece("b", "c", 15, &[]);
        cut.parts = vec![PrintedPart { module: "methods".to_owned(), uses: BTreeSet::new(), text: String::new() }];
        let files = pack(vec![piece("b", "b", 15, &[]), cut], 20);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["mod", "b/mod", "b/b", "b/c", "b/c/methods"]);
        assert_eq!(files[3].parts, ["methods"]);
    }

    #[test]
    fn a_module_has_its_features_as_a_whole() {
        let files = pack(vec![piece("b", "b", 5, &["x"]), piece("a", "a", 5, &[])], 20);
        let modules: Vec<_> = files[0].modules.iter().map(|module| (module.name.as_str(), &module.features)).collect();
        assert_eq!(modules, [("a", &Vec::new()), ("b", &vec!["x".to_owned()])]);
    }
}
