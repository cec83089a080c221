//! Prints a piece: the items of one type or operation, which share a file.

use std::collections::BTreeSet;

use syn::File;

use super::reexports::Exports;
use super::split::{self, Part};
use super::{formatting, imports};
use crate::emit::{Features, Import, Piece};

/// The lines above which a piece is divided into several files.
pub const MAX_LINES: usize = 380;

/// A printed piece.
#[derive(Debug)]
pub struct PrintedPiece {
    /// The module of the operation or component to which the piece belongs.
    pub owner: String,
    /// The module of the piece alone.
    pub file: String,
    /// The features that compile the piece.
    pub features: Features,
    /// The names that its text imports.
    pub imports: BTreeSet<Import>,
    /// The names that it declares for other modules.
    pub exports: Exports,
    /// Its text.
    pub text: String,
    /// Modules below that of the piece, if the piece is too long for one file.
    pub parts: Vec<PrintedPart>,
}

/// Methods or trait implementations of a piece in a module below that of the declaration. Nothing is exported from it.
#[derive(Debug)]
pub struct PrintedPart {
    /// The name of the module.
    pub module: String,
    /// The names that its text imports.
    pub imports: BTreeSet<Import>,
    /// Its text.
    pub text: String,
}

/// Prints a piece, divided if it is longer than [`MAX_LINES`].
pub fn print(piece: &Piece<'_>) -> PrintedPiece {
    let file = syn::parse2::<File>((piece.items)());
    let mut printed = PrintedPiece {
        owner: piece.owner.clone(),
        file: piece.file.clone(),
        features: piece.features.clone(),
        imports: imports::required(file.as_ref().map_or(&[], |file| &file.items), &piece.importable),
        exports: file.as_ref().map(Exports::of).unwrap_or_default(),
        text: String::new(),
        parts: Vec::new(),
    };
    let Ok(file) = file else { return PrintedPiece { text: formatting::unparsed(&(piece.items)()), ..printed } };
    printed.text = formatting::file(file);
    if printed.text.lines().count() > MAX_LINES {
        printed.parts = take_parts(piece, &mut printed);
    }
    printed
}

/// Reduces a piece that is too long to its declaration, and returns its other items as parts.
fn take_parts(piece: &Piece<'_>, whole: &mut PrintedPiece) -> Vec<PrintedPart> {
    let Ok(mut file) = syn::parse2::<File>((piece.items)()) else { return Vec::new() };
    let length = |item: &syn::Item| formatting::file(formatting::file_of(vec![item.clone()])).lines().count();
    let parts = split::split(&mut file, MAX_LINES, length);
    if parts.is_empty() {
        return Vec::new();
    }
    whole.imports = imports::required(&file.items, &piece.importable);
    whole.text = with_qualified_links(&formatting::file(file), piece, &[], &whole.imports);
    let declared: Vec<Import> = whole.exports.names().map(|name| Import::new("super", name)).collect();
    let printed = |part: Part| {
        let mut imports = imports::required(&part.items, &piece.importable);
        imports.extend(part.imports);
        let text = formatting::file(formatting::file_of(part.items));
        let text = with_qualified_links(&text, piece, &declared, &imports);
        PrintedPart { module: part.module, imports, text }
    };
    parts.into_iter().map(printed).collect()
}

/// Writes out the paths of documentation links whose names this text does not import.
fn with_qualified_links(text: &str, piece: &Piece<'_>, declared: &[Import], imports: &BTreeSet<Import>) -> String {
    let known = piece.importable.if_named.iter().chain(declared);
    split::with_qualified_links(text, known.filter(|import| !imports.contains(*import)))
}
