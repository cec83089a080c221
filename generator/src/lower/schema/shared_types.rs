//! Lets equal inline schemas share one type. Published documents repeat the same address, the same list of values and the same
//! error thousands of times.

use crate::ir::TypeId;
use crate::lower::analysis::fingerprint::Fingerprint;
use crate::lower::docs;
use crate::lower::state::{Lowering, SharedType};
use crate::resolve::document::Schema;

impl SharedType {
    /// Creates the entry for the type of a schema that differs from all earlier schemas.
    pub(crate) fn new(id: TypeId, schema: &Schema) -> Self {
        Self { id, description: description(schema) }
    }
}

impl Lowering<'_> {
    /// Returns the type of an earlier schema with this fingerprint. If the descriptions of the two schemas differ, the type loses
    /// its description. The descriptions of its fields are not affected.
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

/// `description`, or `title` if there is none.
fn description(schema: &Schema) -> Option<String> {
    schema.description.clone().or_else(|| schema.title.clone())
}
