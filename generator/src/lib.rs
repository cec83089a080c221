//! copperplate: hand-written OpenAPI YAML in, a typed Rust client with validators out.
//!
//! A [`Pipeline`] takes documents through the stages below, in this order. `generate`, `surface`, `lint` and `diff` share it. Each
//! stage is a module that imports only from the modules before it; a test enforces that.
#![allow(rustdoc::private_intra_doc_links)]

// Used by all stages.
mod file_reference;
pub mod finding;
mod json;
pub mod options;
pub mod pattern;
pub mod pointer;
mod stack;
mod suggestion;

// Stage 1: from text to a raw tree that has the shape of OpenAPI, and to the types of `openapiv3`.
pub mod load;

// Stage 2: follows references, and reads each schema's keywords into plain data.
pub mod resolve;

// Stage 3: rules that a document must meet before code is generated from it.
pub mod check;

// Stage 4, of `lint` alone: rules about documents that are valid and probably not meant.
pub mod lint;

// The intermediate representation: the crate as plain data.
pub mod ir;

// Stage 5: decides names and types, and makes the intermediate representation.
pub mod lower;

// Stage 6: lists the public items of the crate.
pub mod surface;

// Stage 7, of `diff` alone: what a change means to servers and clients, and to code that uses the crate.
pub mod diff;

// Stage 8: from the intermediate representation to tokens.
pub mod emit;

// Stage 9: from tokens to the text of files.
pub mod print;

// Stage 10: writes the files that changed, and deletes those that no longer belong.
pub mod files;

// The order of the stages.
pub mod pipeline;

// The command line.
pub mod command;

pub use options::{Input, Options, Types};
pub use pipeline::{Comparison, EmittedOperation, Generation, Pipeline};
