//! Prints a piece of a large module. A piece is a unit of code, such as the code of one type or operation.

use std::collections::BTreeSet;

use syn::{File, Item};

use super::exports::Exports;
use super::split::{self, Part};
use super::{formatting, imports};
use crate::emit::{Features, Import, Piece};

/// The maximum number of lines of a file. Several pieces of code share a file if they fit into it together. A piece with more
/// lines is divided into several files.
pub const MAX_LINES: usize = 1_050;

/// A printed unit of code, such as the code of one type or operation.
#[derive(Debug, Default)]
pub struct PrintedPiece {
    /// Words in snake case. Pieces whose keys begin with the same words share a file.
    pub key: String,
    /// Whether the piece needs its own file.
    pub is_alone: bool,
    /// The name of the inline module that re-exports the items of the piece, such as `type_exports`. The inline module is in the
    /// root module of the section. `None` means that the root module itself re-exports the items.
    pub inline: Option<&'static str>,
    /// The piece is compiled if one of these cargo features is enabled, or if the list is empty.
    pub features: Features,
    /// The names that the Rust source imports.
    pub imports: BTreeSet<Import>,
    /// The names of the `pub` and `pub(crate)` items of the piece.
    pub exports: Exports,
    /// The Rust source.
    pub text: String,
    /// The child modules into which some items of the piece were moved. The list is empty unless the piece is too long for one
    /// file.
    pub parts: Vec<PrintedPart>,
}

impl PrintedPiece {
    /// Returns the number of lines, including a blank line after the text.
    pub fn lines(&self) -> usize {
        self.text.lines().count() + 1
    }
}

/// A child module with methods or trait implementations of a type whose code is too long for one file. The parent module declares
/// the type. The child module declares no names.
#[derive(Debug)]
pub struct PrintedPart {
    /// The name of the child module, such as `methods`.
    pub module: String,
    /// The names that the Rust source imports.
    pub imports: BTreeSet<Import>,
    /// The Rust source.
    pub text: String,
}

/// Prints a piece. If the printed piece has more than [`MAX_LINES`] lines, moves some of its items to child modules.
pub fn print(piece: &Piece<'_>) -> PrintedPiece {
    let mut printed = PrintedPiece {
        key: piece.key.clone(),
        is_alone: piece.is_alone,
        inline: piece.inline,
        features: piece.features.clone(),
        ..PrintedPiece::default()
    };
    let Ok(file) = syn::parse2::<File>((piece.items)()) else {
        return PrintedPiece { text: formatting::unparsed(&(piece.items)()), ..printed };
    };
    printed.imports = imports::required(&file.items, &piece.importable);
    printed.exports = Exports::of(&file);
    printed.text = formatting::conditional(file.items, &piece.features);
    if printed.lines() > MAX_LINES {
        printed.parts = take_parts(piece, &mut printed);
    }
    printed
}

/// Moves public methods and `Validate` implementations from `whole` to child modules, and returns these modules. The other items,
/// such as the declaration of the type, stay in `whole`.
fn take_parts(piece: &Piece<'_>, whole: &mut PrintedPiece) -> Vec<PrintedPart> {
    let Ok(mut file) = syn::parse2::<File>((piece.items)()) else { return Vec::new() };
    let text = |items: Vec<Item>| formatting::conditional(items, &piece.features);
    let parts = split::split(&mut file, MAX_LINES, |item| text(vec![item.clone()]).lines().count());
    if parts.is_empty() {
        return Vec::new();
    }
    whole.imports = imports::required(&file.items, &piece.importable);
    whole.text = with_qualified_links(&text(file.items), piece, &[], &whole.imports);
    let declared: Vec<Import> = whole.exports.names().map(|name| Import::new("super", name)).collect();
    let printed = |part: Part| {
        let mut imports = imports::required(&part.items, &piece.importable);
        imports.extend(part.imports);
        let text = with_qualified_links(&text(part.items), piece, &declared, &imports);
        PrintedPart { module: part.module, imports, text }
    };
    parts.into_iter().map(printed).collect()
}

/// Adds the full path to each documentation link in `text` if the target of the link is not in `imports`.
fn with_qualified_links(text: &str, piece: &Piece<'_>, declared: &[Import], imports: &BTreeSet<Import>) -> String {
    let known = piece.importable.if_named.iter().chain(declared);
    split::with_qualified_links(text, known.filter(|import| !imports.contains(*import)))
}
