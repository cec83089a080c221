//! One of the two documents that are compared.

use crate::diff::lifecycle::Lifecycles;
use crate::resolve::document::{Document, Schema, SchemaRef};

/// One of the two documents that are compared.
#[derive(Debug, Clone, Copy)]
pub struct ComparedDocument<'a> {
    /// The resolved document.
    pub document: &'a Document,
    /// The facts about the operations that the resolved document does not have.
    pub lifecycles: &'a Lifecycles,
}

impl<'a> ComparedDocument<'a> {
    /// Returns the inline schema, or the component that the reference names; `None` if there is no such component.
    pub(super) fn resolve(self, schema: &'a SchemaRef) -> Option<&'a Schema> {
        self.document.resolved(schema)
    }
}
