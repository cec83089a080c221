//! The input of the lint rules: a document in resolved and in unresolved form.

use serde_json::Value;

use crate::resolve::document::Document;

/// A document in resolved and in unresolved form, which the lint rules examine.
pub(crate) struct Context<'d> {
    /// The resolved document.
    pub(crate) document: &'d Document,
    /// The document as an unresolved JSON tree. Unlike the resolved document, it contains the parts that no operation uses.
    pub(crate) raw: &'d Value,
}
