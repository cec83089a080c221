//! The inputs and options of a run.

use std::collections::BTreeSet;

use crate::format_type::FormatType;
use crate::selection::Selection;

/// One document to generate from.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The path of the document, as the user gave it. Findings show this path.
    pub file: String,
    /// The text of the document, YAML or JSON.
    pub text: String,
    /// The name of the Rust module that is generated for the document. It is not yet converted to an identifier.
    pub module: String,
    /// The overlays, in the order in which they are applied.
    pub overlays: Vec<Overlay>,
    /// The operations that are used.
    pub selection: Selection,
    /// How its schemas are read.
    pub reading: SchemaReading,
}

impl Input {
    /// Creates an input without overlays, of which all operations are used.
    pub fn new(file: impl Into<String>, text: impl Into<String>, module: impl Into<String>) -> Self {
        Self { file: file.into(), text: text.into(), module: module.into(), ..Self::default() }
    }
}

/// How the schemas of a document are read if published documents mean more than JSON Schema says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SchemaReading {
    /// If true, `format` is an annotation, and no string is validated against it.
    pub unvalidated_formats: bool,
    /// If true, a schema with `properties` and without `type` accepts values of all types. If false, it is an object.
    pub untyped_as_any: bool,
}

/// An OpenAPI Overlay (version 1.0), which changes a document without an edit of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// The path of the overlay, as the user gave it. Findings show this path.
    pub file: String,
    /// The text of the overlay, YAML or JSON.
    pub text: String,
}

/// The options of a run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the crate; empty if no name was chosen.
    pub crate_name: String,
    /// Whether the code of a single document is placed in the root module of the crate, rather than in a module of its own.
    pub at_root: bool,
    /// If true, objects of the document that have errors are repaired or skipped. If false, an error stops the run.
    pub skip_unsupported: bool,
    /// The component schemas that become Rust types.
    pub types: Types,
    /// Whether the crate has cargo features for its parts: one for each group of operations of a large API, or one for each API of
    /// several. `generate` sets this only if copperplate also writes the `Cargo.toml`, which declares the features.
    pub features: bool,
    /// The cargo features that a hand-written `Cargo.toml` of the crate declares.
    pub declared_features: BTreeSet<String>,
    /// Whether the crate has a program for shells, behind the cargo feature `cli`.
    pub cli: bool,
    /// Whether each API of the crate has a trait over its operations, behind the cargo feature `traits`.
    pub traits: bool,
    /// The types of other crates for the strings of a format. The strings of any other format are of the type `String`.
    pub formats: Vec<FormatType>,
}

impl Options {
    /// Returns whether the `Cargo.toml` of the crate declares the cargo feature.
    pub fn declares_feature(&self, name: &str) -> bool {
        self.features || self.declared_features.contains(name)
    }

    /// Returns the name of the crate, or `generated` if no name was chosen.
    pub fn crate_name(&self) -> &str {
        if self.crate_name.is_empty() { "generated" } else { &self.crate_name }
    }
}

/// The component schemas that become Rust types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Types {
    /// The schemas that an operation uses, directly or through other schemas. If the document has no operation, all schemas.
    #[default]
    Used,
    /// All schemas.
    All,
}
