//! The sections of a large API: lists of pieces that `print` distributes over files once it knows their lengths.

use std::sync::Arc;

use super::imports::Importable;
use super::module::Items;

/// Features of which at least one must be enabled. If the list is empty, the code is always compiled.
pub type Features = Vec<String>;

/// A module that is printed as one file, or as a folder of files if one is too long.
pub struct Section<'a> {
    /// The path below `src/`, without an extension.
    pub path: String,
    /// The document, for the header of the files.
    pub source: String,
    /// The `//!` line of each file.
    pub title: String,
    /// Whether the section's own items are re-exported from the files into which it is divided.
    pub exported: bool,
    /// Modules outside the section whose items it re-exports, with the features that compile them.
    pub exports: Vec<(String, Features)>,
    /// Whether items may be unused, because the features decide which of them are used.
    pub allows_unused: bool,
    /// The pieces, in the order of the document.
    pub pieces: Vec<Piece<'a>>,
}

/// Items that are printed next to each other, in one file.
pub struct Piece<'a> {
    /// The module of the operation or component to which the items belong.
    pub owner: String,
    /// The module of the piece alone, if the pieces of its owner need several files.
    pub file: String,
    /// The features that compile the piece. All pieces of one owner have the same.
    pub features: Features,
    /// The names that the items may have to import.
    pub importable: Arc<Importable>,
    /// The items.
    pub items: Items<'a>,
}
