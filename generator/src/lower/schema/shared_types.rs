//! Lets equal inline schemas share one type. Published documents repeat an inline schema thousands of times, for example the
//! schema of an error.

use crate::ir::TypeId;
use crate::lower::docs;
use crate::lower::state::{Lowering, SharedType, SharingKey};
use crate::resolve::document::Schema;

impl SharedType {
    /// Records that all schemas with the same fingerprint as `schema` share the type `id`.
    pub(crate) fn new(id: TypeId, schema: &Schema) -> Self {
        Self { id, description: description(schema) }
    }
}

impl Lowering<'_> {
    /// Returns the type of an earlier schema with the same fingerprint. If the two schemas have different descriptions, removes
    /// the description from the documentation of the type. The documentation of its fields stays.
    pub(crate) fn shared_type(&mut self, schema: &Schema, fingerprint: &SharingKey) -> Option<TypeId> {
        let shared = self.types_by_fingerprint.get_mut(fingerprint)?;
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
