//! copperplate generates a typed Rust client with validators from hand-written OpenAPI YAML.
//!
//! A [`Pipeline`] runs the stages below in this order, for the commands `generate`, `surface`, `lint`, `diff` and `proof`. Each stage is a
//! module that imports only from the modules before it; a test enforces that.
//!
//! As a library, copperplate runs in the build script of a crate:
//!
//! ```no_run
//! use copperplate::{Input, Options, Pipeline};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     println!("cargo::rerun-if-changed=specs/pets.yaml");
//!     let input = Input::new("specs/pets.yaml", std::fs::read_to_string("specs/pets.yaml")?, "pets");
//!     let options = Options::default();
//!     let folder = std::path::PathBuf::from(std::env::var("OUT_DIR")?).join("api");
//!     Pipeline::new(&options).generate(&[input]).write_modules(&folder)?;
//!     Ok(())
//! }
//! ```
//!
//! The crate then has the line `include!(concat!(env!("OUT_DIR"), "/api/modules.rs"));` in its root, and the dependencies that
//! `copperplate generate` writes to a `Cargo.toml`.
#![allow(rustdoc::private_intra_doc_links)]

// Modules that every stage may import.
mod file_name;
mod file_reference;
pub mod finding;
mod format_type;
mod json;
mod json_path;
pub mod large_stack;
pub mod options;
pub mod pattern;
pub mod pointer;
pub mod selection;
mod suggestion;
mod text;

// Stage 1: parses a document to a raw tree (the document as JSON values). Checks the structure of the tree, and converts the tree
// to the types of `openapiv3`.
pub mod load;

// Stage 2: follows references, and reads each schema's keywords into plain data.
pub mod resolve;

// Stage 3: rules that a document must meet before code is generated from it.
pub mod check;

// Stage 4, only in the command `lint`: reports what is valid in a document, but is probably a mistake.
pub mod lint;

// The intermediate representation: describes the generated crate as plain data.
pub mod ir;

// Stage 5: decides the names and types of the generated crate, and builds the intermediate representation.
pub mod lower;

// Stage 6: lists the public items of the generated crate.
pub mod surface;

// Stage 7, only in the command `diff`: classifies each change by its effect on servers, on clients, and on code that uses the
// generated crate.
pub mod diff;

// Stage 8: converts the intermediate representation to Rust tokens.
pub mod emit;

// Stage 9: prints the tokens as the text of source files.
pub mod print;

// Stage 10: writes the files that changed, and deletes the generated files that the crate no longer needs.
pub mod files;

// Stage 11, only in the commands `proof` and `transcribe`: reads the facts of a documentation page.
pub mod page;

// Stage 12, only in the command `proof`: compares a document with the facts of its pages.
pub mod proof;

// Only in the command `transcribe`: writes a draft of a document from the facts of pages.
pub mod transcribe;

// Runs the stages in order.
pub mod pipeline;

// The file `copperplate.toml`, which names the documents and the crate of a project.
pub mod configuration;

// The command line.
pub mod command;

pub use format_type::FormatType;
pub use options::{Input, Options, Overlay, SchemaReading, Types};
pub use pipeline::{Comparison, EmittedOperation, Generation, Pipeline};
pub use selection::{OperationPattern, Selection};
