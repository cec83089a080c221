//! The input of the rules of `copperplate lint`: a document before and after its references are resolved.

use serde_json::Value;

use crate::lint::walk::{self, NamedValue};
use crate::resolve::document::{Document, Schema};

/// The input of the rules of `copperplate lint`: a document before and after its references are resolved.
pub(crate) struct Context<'d> {
    /// The resolved document.
    pub(crate) document: &'d Document,
    /// The JSON tree of the document, before its references are resolved. This tree also contains the components that no
    /// operation uses.
    pub(crate) raw: &'d Value,
    /// Every schema of the document, as [`walk::schemas`] returns them. Most rules examine all of them.
    pub(crate) schemas: Vec<&'d Schema>,
    /// Every property, parameter and header that has a schema.
    pub(crate) named_values: Vec<NamedValue<'d>>,
}

impl<'d> Context<'d> {
    /// Lists the schemas of `document`. `raw` is the same document as an unresolved JSON tree.
    pub(crate) fn new(document: &'d Document, raw: &'d Value) -> Self {
        let schemas = walk::schemas(document);
        let named_values = walk::named_values(document, &schemas);
        Self { document, raw, schemas, named_values }
    }
}
