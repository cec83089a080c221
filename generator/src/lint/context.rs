//! The two views of a document that the rules examine.

use serde_json::Value;

use crate::resolve::document::Document;

/// The two views of a document that the rules examine.
pub(crate) struct Context<'d> {
    /// The resolved document.
    pub(crate) document: &'d Document,
    /// The raw tree, which also has the parts that no operation uses.
    pub(crate) raw: &'d Value,
}
