//! The settings as plain data.

use std::ops::Range;

use crate::format_type::FormatType;
use crate::options::Types;
use crate::selection::Selection;

/// The settings of a `copperplate.toml`. Paths are relative to the folder of the file, and lead to that folder or below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    /// `documents`: documents, and folders of documents.
    pub documents: Vec<DocumentSettings>,
    /// `out`: the folder of the crate.
    pub out: Option<Setting<String>>,
    /// `name`: the name of the crate.
    pub name: Option<Setting<String>>,
    /// `types`: the component schemas that become Rust types.
    pub types: Types,
    /// `skip-unsupported`: whether objects that have errors are repaired or skipped.
    pub skip_unsupported: bool,
    /// `cli`: whether the crate has a program for shells.
    pub cli: bool,
    /// `traits`: whether each API has a trait over its operations.
    pub traits: bool,
    /// `allow-references`: folders outside those of the documents to which documents may refer.
    pub allow_references: Vec<Setting<String>>,
    /// `formats`: the types of other crates for the strings of a format.
    pub formats: Vec<FormatType>,
}

/// A document, or a folder of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSettings {
    /// The path of the document or folder.
    pub path: Setting<String>,
    /// `module`: the name of the Rust module; `None` for the name of the file.
    pub module: Option<Setting<String>>,
    /// `overlays`: the overlays of all documents, and then those of this document.
    pub overlays: Vec<Setting<String>>,
    /// `pages`: the documentation pages of all documents, and then those of this document. Each is a page or a folder of pages.
    pub pages: Vec<Setting<String>>,
    /// `only` and `except`: the operations that are used. The patterns for all documents apply too.
    pub selection: Selection,
    /// `unvalidated-formats`: whether `format` is an annotation.
    pub unvalidated_formats: Option<bool>,
    /// `untyped-as-any`: whether a schema with `properties` and without `type` accepts values of all types.
    pub untyped_as_any: Option<bool>,
}

/// A value, and the bytes of the file that contain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The bytes of the value in the file.
    pub bytes: Range<usize>,
}
