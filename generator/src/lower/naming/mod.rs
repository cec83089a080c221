//! Decides every identifier of the emitted crate. No later stage chooses a name.
//!
//! No name depends on the order of the document. If several items want the same name, one of them gets the name and the others
//! get a name with more detail or, if that is in use as well, a number. Alphabetical order or the canonical form of their schemas
//! decides which one gets the name.

pub(crate) mod content;
pub(crate) mod context;
pub(crate) mod header_structs;
pub mod identifiers;
pub(crate) mod inline_types;
pub(crate) mod operation_names;
pub(crate) mod reserved;
pub(crate) mod scope;
pub(crate) mod variants;
