//! One of the two OpenAPI documents that `copperplate diff` compares.

use crate::diff::lifecycle::Lifecycles;
use crate::resolve::document::{Document, Schema, SchemaRef};

/// One of the two OpenAPI documents that `copperplate diff` compares.
#[derive(Debug, Clone, Copy)]
pub struct ComparedDocument<'a> {
    /// The resolved document.
    pub document: &'a Document,
    /// The `x-sunset`, `x-stability-level` and `security` of each operation, as read from the unresolved document.
    pub lifecycles: &'a Lifecycles,
}

impl<'a> ComparedDocument<'a> {
    /// Returns `schema` itself if it is inline, or the component that it refers to. Returns `None` if the component does not
    /// exist.
    pub(super) fn resolve(self, schema: &'a SchemaRef) -> Option<&'a Schema> {
        self.document.resolved(schema)
    }
}
