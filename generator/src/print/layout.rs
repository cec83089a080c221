//! Distributes the printed pieces of a section over files: one file, or a folder with a file for each owner if one file is too long.
//!
//! The file of a piece depends only on the piece's length and name, so that a new piece moves no other.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{MAX_LINES, PrintedPart, PrintedPiece};
use super::reexports::Exports;
use crate::emit::{Features, Import};

/// A module that a file declares.
#[derive(Debug, PartialEq)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// The features that compile it.
    pub features: Features,
    /// The names that it declares for other modules.
    pub exports: Exports,
}

impl Module {
    fn of(name: &str, features: Features, pieces: &[PrintedPiece]) -> Self {
        let mut exports = Exports::default();
        pieces.iter().for_each(|piece| exports.extend(&piece.exports));
        Self { name: name.to_owned(), features, exports }
    }
}

/// A file of a section.
#[derive(Debug, Default)]
pub struct File {
    /// The path below that of the section, without its extension. It is empty if the section is a single file.
    pub path: String,
    /// The modules with pieces that it declares, by name.
    pub modules: Vec<Module>,
    /// The modules with the parts of its own piece.
    pub parts: Vec<String>,
    /// The names that its items import.
    pub imports: BTreeSet<Import>,
    /// The text of its items.
    pub text: String,
}

impl File {
    fn of(path: String, pieces: &[PrintedPiece]) -> Self {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let imports = pieces.iter().flat_map(|piece| piece.imports.iter().cloned()).collect();
        Self { path, imports, text: texts.join("\n"), ..Self::default() }
    }

    /// The file of one piece, and the files of its parts.
    fn with_parts(path: String, piece: PrintedPiece) -> Vec<Self> {
        let mut file = Self::of(path.clone(), std::slice::from_ref(&piece));
        file.parts = piece.parts.iter().map(|part| part.module.clone()).collect();
        file.parts.sort();
        let part = |part: PrintedPart| {
            let PrintedPart { module, imports, text } = part;
            Self { path: format!("{path}/{module}"), imports, text, ..Self::default() }
        };
        [file].into_iter().chain(piece.parts.into_iter().map(part)).collect()
    }
}

/// Divides the pieces of a section into files of at most [`MAX_LINES`] lines, unless a single piece is longer.
pub fn files(pieces: Vec<PrintedPiece>) -> Vec<File> {
    files_within(pieces, MAX_LINES)
}

fn files_within(pieces: Vec<PrintedPiece>, limit: usize) -> Vec<File> {
    let same_features = pieces.iter().all(|piece| piece.features.is_empty());
    if same_features && lines(&pieces) <= limit {
        return vec![File::of(String::new(), &pieces)];
    }
    let mut owners: BTreeMap<String, Vec<PrintedPiece>> = BTreeMap::new();
    for piece in pieces {
        owners.entry(piece.owner.clone()).or_default().push(piece);
    }
    let modules = owners.iter().map(|(owner, pieces)| {
        let features = pieces.first().map(|piece| piece.features.clone()).unwrap_or_default();
        Module::of(owner, features, pieces)
    });
    let mut files = vec![File { path: "mod".to_owned(), modules: modules.collect(), ..File::default() }];
    for (owner, pieces) in owners {
        files.extend(files_of_owner(&owner, pieces, limit));
    }
    files
}

fn files_of_owner(owner: &str, pieces: Vec<PrintedPiece>, limit: usize) -> Vec<File> {
    if pieces.len() == 1 {
        return pieces.into_iter().flat_map(|piece| File::with_parts(owner.to_owned(), piece)).collect();
    }
    if lines(&pieces) <= limit {
        return vec![File::of(owner.to_owned(), &pieces)];
    }
    let module = |piece: &PrintedPiece| Module::of(&piece.file, Vec::new(), std::slice::from_ref(piece));
    let mut modules: Vec<Module> = pieces.iter().map(module).collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    let mut files = vec![File { path: format!("{owner}/mod"), modules, ..File::default() }];
    files.extend(pieces.into_iter().flat_map(|piece| File::with_parts(format!("{owner}/{}", piece.file), piece)));
    files
}

fn lines(pieces: &[PrintedPiece]) -> usize {
    let texts = pieces.iter().flat_map(|piece| piece.parts.iter().map(|part| &part.text).chain([&piece.text]));
    texts.map(|text| text.lines().count() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(owner: &str, file: &str, lines: usize, features: &[&str]) -> PrintedPiece {
        let features = features.iter().map(|feature| (*feature).to_owned()).collect();
        let (owner, file) = (owner.to_owned(), file.to_owned());
        let text = "line\n".repeat(lines);
        PrintedPiece {
            owner,
            file,
            features,
            imports: BTreeSet::new(),
            exports: Exports::default(),
            text,
            parts: Vec::new(),
        }
    }

    fn paths(pieces: Vec<PrintedPiece>) -> Vec<String> {
        files_within(pieces, 20).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn a_short_section_is_one_file() {
        assert_eq!(paths(vec![piece("a", "a", 5, &[]), piece("b", "b", 5, &[])]), [""]);
    }

    #[test]
    fn a_long_section_has_a_file_for_each_owner() {
        let pieces = vec![piece("b", "b", 5, &[]), piece("a", "a", 30, &[]), piece("b", "c", 5, &[])];
        assert_eq!(paths(pieces), ["mod", "a", "b"]);
    }

    #[test]
    fn a_long_owner_is_a_folder() {
        let pieces = vec![piece("b", "b", 15, &[]), piece("b", "c", 15, &[])];
        assert_eq!(paths(pieces), ["mod", "b/mod", "b/b", "b/c"]);
    }

    #[test]
    fn the_parts_of_a_divided_piece_are_below_it() {
        let mut divided = piece("b", "c", 15, &[]);
        divided.parts =
            vec![PrintedPart { module: "methods".to_owned(), imports: BTreeSet::new(), text: String::new() }];
        let files = files_within(vec![piece("b", "b", 15, &[]), divided], 20);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["mod", "b/mod", "b/b", "b/c", "b/c/methods"]);
        assert_eq!(files[3].parts, ["methods"]);
    }

    #[test]
    fn a_module_has_the_features_of_its_pieces() {
        let files = files_within(vec![piece("b", "b", 5, &["x"]), piece("a", "a", 5, &[])], 20);
        let modules: Vec<_> = files[0].modules.iter().map(|module| (module.name.as_str(), &module.features)).collect();
        assert_eq!(modules, [("a", &Vec::new()), ("b", &vec!["x".to_owned()])]);
    }
}
