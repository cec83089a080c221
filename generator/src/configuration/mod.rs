//! The configuration of a project, `copperplate.toml`: the documents, the crate, and what a run does with them.
//!
//! An unknown key is a finding with a suggestion, so that a misspelt setting is not ignored. `schema.json` describes the file for
//! editors.

mod model;
mod reader;
mod settings;

pub use model::{Configuration, DocumentSettings, Setting};

use crate::finding::Findings;

/// The name of the file.
pub const FILE_NAME: &str = "copperplate.toml";

/// A JSON Schema of the file, for editors.
pub const SCHEMA: &str = include_str!("schema.json");

/// Reads the text of a `copperplate.toml`. Settings that are not valid are reported and have their defaults.
pub fn parse(text: &str, findings: &mut Findings) -> Configuration {
    settings::read(text, findings)
}

#[cfg(test)]
mod tests;
