//! Prints a piece: the items that belong to one type or operation.

use std::collections::BTreeSet;

use syn::{File, Item};

use super::exports::Exports;
use super::split::{self, Part};
use super::{formatting, imports};
use crate::emit::{Features, Import, Piece};

/// The maximum number of lines of a file. Pieces share a file if they fit, and a longer piece is divided into several files.
pub const MAX_LINES: usize = 1_050;

/// A printed piece.
#[derive(Debug, Default)]
pub struct PrintedPiece {
    /// The words that decide which pieces share a file, in snake case.
    pub key: String,
    /// Whether the piece needs its own file.
    pub is_alone: bool,
    /// The name of an inline module in the section's root module. The inline module re-exports the names of the piece. `None`
    /// means that the root module itself re-exports them.
    pub inline: Option<&'static str>,
    /// The cargo features that compile the piece.
    pub features: Features,
    /// The names that the text imports.
    pub imports: BTreeSet<Import>,
    /// The names that the piece declares for other modules.
    pub exports: Exports,
    /// The Rust source.
    pub text: String,
    /// Child modules of the module of the piece. They exist only if the piece is too long for one file.
    pub parts: Vec<PrintedPart>,
}

impl PrintedPiece {
    /// Returns the number of lines, including a blank line after the text.
    pub fn lines(&self) -> usize {
        self.text.lines().count() + 1
    }
}

/// Methods or trait implementations of a piece, in a child module of the module that declares the type. The child module exports
/// nothing.
#[derive(Debug)]
pub struct PrintedPart {
    /// The name of the module.
    pub module: String,
    /// The names that the text imports.
    pub imports: BTreeSet<Import>,
    /// The Rust source.
    pub text: String,
}

/// Prints a piece. If it is longer than [`MAX_LINES`], divides it into parts.
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

/// Moves public methods and `Validate` implementations of a long piece into parts, and returns the parts. The other items, such
/// as the declaration of the type, stay in `whole`.
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

/// Adds a path to each documentation link whose target the text does not import.
fn with_qualified_links(text: &str, piece: &Piece<'_>, declared: &[Import], imports: &BTreeSet<Import>) -> String {
    let known = piece.importable.if_named.iter().chain(declared);
    split::with_qualified_links(text, known.filter(|import| !imports.contains(*import)))
}
