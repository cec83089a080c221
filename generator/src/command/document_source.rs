//! A document of a run, with its overlays and the operations that are used.

use std::path::PathBuf;

use clap::Args;

use crate::options::SchemaReading;
use crate::selection::{OperationPattern, Selection};

/// The options that change documents before they are used.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ChangeArguments {
    /// OpenAPI Overlay (version 1.0) that changes the documents; repeatable, applied in this order
    #[arg(long = "overlay", value_name = "FILE")]
    pub(super) overlays: Vec<PathBuf>,
    /// Use only operations that match `tag=NAME`, `id=NAME`, `/PATH` or `METHOD /PATH`, after all overlays; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(super) only: Vec<OperationPattern>,
    /// Leave out operations that match; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(super) except: Vec<OperationPattern>,
    /// Do not validate values against `format`, which is an annotation in JSON Schema
    #[arg(long)]
    pub(super) unvalidated_formats: bool,
    /// Accept values of all types for a schema with `properties` and without `type`, as JSON Schema does
    #[arg(long)]
    pub(super) untyped_as_any: bool,
}

/// A document of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct DocumentSource {
    pub(super) path: PathBuf,
    /// The name of the Rust module; `None` for the name of the file.
    pub(super) module: Option<String>,
    pub(super) overlays: Vec<PathBuf>,
    /// The documentation pages of the document, and folders of pages.
    pub(super) pages: Vec<PathBuf>,
    pub(super) selection: Selection,
    pub(super) reading: SchemaReading,
}

impl DocumentSource {
    /// Applies the options of the command line: adds the overlays and the patterns of `--except`, replaces those of `--only`,
    /// and turns on the options of the reading of schemas.
    pub(super) fn change(&mut self, changes: &ChangeArguments) {
        let ChangeArguments { overlays, only, except, unvalidated_formats, untyped_as_any } = changes;
        self.overlays.extend(overlays.iter().cloned());
        if !only.is_empty() {
            self.selection.only.clone_from(only);
        }
        self.selection.except.extend(except.iter().cloned());
        self.reading.unvalidated_formats |= unvalidated_formats;
        self.reading.untyped_as_any |= untyped_as_any;
    }
}
