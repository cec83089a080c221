//! The sections of a large API. A section is a list of pieces of code. The stage `print` distributes the pieces over files once
//! it knows their lengths.

use std::sync::Arc;

use crate::emit::imports::Importable;
use crate::emit::module::Items;

/// The cargo features of some code. The code is compiled if at least one of them is enabled. An empty list means that it is
/// always compiled.
pub type Features = Vec<String>;

/// A module that is printed as one file, or as a folder of files if one would be too long.
pub struct Section<'a> {
    /// The path of the module below `src/`, without an extension.
    pub path: String,
    /// The file name of the document, for the header of the files.
    pub source: String,
    /// The `//!` line of each file.
    pub title: String,
    /// Whether the root module of the section re-exports the items of the section's files.
    pub is_exported: bool,
    /// Modules outside the section, each with the cargo features that compile the module. The root module of the section
    /// re-exports the items of these modules.
    pub globs: Vec<(String, Features)>,
    /// Whether items of the section may be unused, because the enabled features decide which of them are used.
    pub allows_unused: bool,
    /// The pieces, in document order.
    pub pieces: Vec<Piece<'a>>,
}

/// Items that are printed next to each other, in one file.
pub struct Piece<'a> {
    /// Words in snake case. Pieces whose keys begin with the same words share a file.
    pub key: String,
    /// Whether the piece needs its own file. It does if it declares a type, and operations import another item with the name of
    /// this type.
    pub is_alone: bool,
    /// The name of an inline module in the section's root module. The inline module re-exports the items of the piece. `None`
    /// means that the root module itself re-exports them.
    pub inline: Option<&'static str>,
    /// The cargo features that compile the piece.
    pub features: Features,
    /// The names that the items can import.
    pub importable: Arc<Importable>,
    /// The items.
    pub items: Items<'a>,
}
