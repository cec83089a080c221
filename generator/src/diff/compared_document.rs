//! One of the two documents that are compared.

use crate::diff::lifecycle::Lifecycles;
use crate::resolve::document::{Document, Schema, SchemaRef};

/// One of the two documents that are compared.
#[derive(Debug, Clone, Copy)]
pub struct ComparedDocument<'a> {
    /// The resolved document.
    pub document: &'a Document,
    /// Facts about the operations, such as `x-sunset`, which are read from the unresolved document.
    pub lifecycles: &'a Lifecycles,
}

impl<'a> ComparedDocument<'a> {
    /// Returns an inline schema itself, or the component that a reference names; `None` if the document has no such component.
    pub(super) fn resolve(self, schema: &'a SchemaRef) -> Option<&'a Schema> {
        self.document.resolved(schema)
    }
}
