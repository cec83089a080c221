//! Lets equal inline schemas share one type. Published documents repeat an inline schema thousands of times, for example the
//! schema of an error.

use crate::ir::TypeId;
use crate::lower::analysis::fingerprint::Fingerprint;
use crate::lower::docs;
use crate::lower::state::{Lowering, SharedType};
use crate::resolve::document::Schema;

impl SharedType {
    /// Creates the type that all schemas with the same fingerprint as `schema` share.
    pub(crate) fn new(id: TypeId, schema: &Schema) -> Self {
        Self { id, description: description(schema) }
    }
}

impl Lowering<'_> {
    /// Returns the type of an earlier schema with this fingerprint. If the two schemas have different descriptions, the type
    /// loses its description, but its fields keep theirs.
    pub(crate) fn shared_type(&mut self, schema: &Schema, fingerprint: Fingerprint) -> Option<TypeId> {
        let shared = self.types_by_fingerprint.get_mut(&fingerprint)?;
        if shared.description != description(schema) {
            shared.description = None;
            let undescribed = Schema { description: None, title: None, ..schema.clone() };
            if let Some(definition) = &mut self.types[shared.id.0] {
                definition.docs = docs::schema(&undescribed);
            }
        }
        Some(shared.id)
    }
}

/// Returns `description`, or `title` if the schema has no `description`.
fn description(schema: &Schema) -> Option<String> {
    schema.description.clone().or_else(|| schema.title.clone())
}
