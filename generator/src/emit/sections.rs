//! The sections of a large API: lists of pieces that `print` distributes over files once it knows their lengths.

use std::sync::Arc;

use crate::emit::imports::Importable;
use crate::emit::module::Items;

/// The features of some code. The code is compiled if at least one of them is enabled, or if the list is empty.
pub type Features = Vec<String>;

/// A module that is printed as one file, or as a folder of files if one would be too long.
pub struct Section<'a> {
    /// The path below `src/`, without an extension.
    pub path: String,
    /// The document, for the header of the files.
    pub source: String,
    /// The `//!` line of each file.
    pub title: String,
    /// Whether the root of the section re-exports the items of its files.
    pub is_exported: bool,
    /// Modules outside the section whose items its root re-exports, with the features that compile them.
    pub globs: Vec<(String, Features)>,
    /// Whether items may be unused, because the features decide which of them are used.
    pub allows_unused: bool,
    /// The pieces, in the order of the document.
    pub pieces: Vec<Piece<'a>>,
}

/// Items that are printed next to each other, in one file.
pub struct Piece<'a> {
    /// Words in snake case. Pieces whose keys begin with the same words share a file.
    pub key: String,
    /// Whether the piece needs its own file, because other pieces import another item with the same name as the piece's type.
    pub is_alone: bool,
    /// The module within the section's root that re-exports the items. If there is none, the root itself does.
    pub inline: Option<&'static str>,
    /// The features that compile the piece.
    pub features: Features,
    /// The names that the items can import.
    pub importable: Arc<Importable>,
    /// The items.
    pub items: Items<'a>,
}
