//! Decides every identifier of the emitted crate, so that no later stage does.
//!
//! No name depends on the order of the document. If several items want the same name, alphabetical order or the canonical form
//! decides which one gets it.

pub(crate) mod context;
pub(crate) mod header_structs;
pub mod identifiers;
pub(crate) mod inline_types;
pub(crate) mod operation_names;
pub(crate) mod reserved;
pub(crate) mod scope;
