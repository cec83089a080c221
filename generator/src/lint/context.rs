//! The input of the rules of `copperplate lint`: a document before and after its references are resolved.

use serde_json::Value;

use crate::resolve::document::Document;

/// The input of the rules of `copperplate lint`: a document before and after its references are resolved.
pub(crate) struct Context<'d> {
    /// The resolved document.
    pub(crate) document: &'d Document,
    /// The JSON tree of the document, before its references are resolved. This tree also contains the components that no
    /// operation uses.
    pub(crate) raw: &'d Value,
}
