//! The sections of a large API. A section is a module whose code is divided into pieces, such as one piece for each type. The
//! stage `print` measures the lengths of the pieces, and distributes the pieces over files.

use std::sync::Arc;

use crate::emit::imports::Importable;
use crate::emit::module::Items;

/// The cargo features of some code. The code is compiled if at least one of them is enabled. An empty list means that the code is
/// always compiled.
pub type Features = Vec<String>;

/// A module that is printed as one file. If this file would be too long, the module is printed as a folder of files instead.
pub struct Section<'a> {
    /// The path of the module below `src/`, without an extension.
    pub path: String,
    /// The file name of the OpenAPI document. The first line of each file names the document.
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
    /// The pieces of code, in document order.
    pub pieces: Vec<Piece<'a>>,
}

/// The code of one type, operation, struct of response headers, pattern or example of a large API.
pub struct Piece<'a> {
    /// A name in snake case, such as `pet_status`. Pieces whose names begin with the same words share a file.
    pub key: String,
    /// Whether the piece needs its own file. This is so if the piece declares a type with the same name as an item that
    /// operations import. In a shared file, the two names would collide.
    pub is_alone: bool,
    /// The name of the inline module that re-exports the items of the piece, such as `type_exports`. The inline module is in the
    /// root module of the section. `None` means that the root module itself re-exports the items.
    pub inline: Option<&'static str>,
    /// The piece is compiled if one of these cargo features is enabled, or if the list is empty.
    pub features: Features,
    /// The names that the code of the piece can import.
    pub importable: Arc<Importable>,
    /// The items.
    pub items: Items<'a>,
}
