//! Sharing: schemas in place that say the same of a value have one type, named after all of its users. Published documents repeat
//! the same address, the same list of values and the same error thousands of times.

use std::hash::{DefaultHasher, Hasher};

use crate::ir::TypeId;
use crate::lower::schema::canonical::{self, Prose};
use crate::lower::{Lowering, docs};
use crate::resolve::document::Schema;

/// What a schema says of a value, in 128 bits: no two schemas of a document have the same by chance.
pub type Digest = (u64, u64);

/// The type of the first schema that says so, and how that one describes it.
#[derive(Debug)]
pub struct Shared {
    /// The type.
    pub id: TypeId,
    /// `description`, and `title` where there is none.
    pub description: Option<String>,
}

impl Lowering<'_> {
    /// The type of an equal schema, where there was one before. What is described in several ways has no description of its own: the
    /// members that hold it keep theirs.
    pub(crate) fn shared_type(&mut self, schema: &Schema, digest: Digest) -> Option<TypeId> {
        let shared = self.shared.get_mut(&digest)?;
        if shared.description != described(schema) {
            shared.description = None;
            let bare = Schema { description: None, title: None, ..schema.clone() };
            if let Some(definition) = &mut self.types[shared.id.0] {
                definition.docs = docs::schema(&bare);
            }
        }
        Some(shared.id)
    }
}

/// What a type says of itself.
pub fn described(schema: &Schema) -> Option<String> {
    schema.description.clone().or_else(|| schema.title.clone())
}

/// The digest of a schema, whatever describes it as a whole and wherever it stands.
pub fn digest(schema: &Schema) -> Digest {
    digest_with(schema, Prose::Told)
}

/// The digest of a schema, whatever describes it or a part of it.
pub fn digest_of_rules(schema: &Schema) -> Digest {
    digest_with(schema, Prose::Passed)
}

fn digest_with(schema: &Schema, prose: Prose) -> Digest {
    let said = canonical::of_rules(schema, prose);
    let half = |first: u8| {
        let mut half = DefaultHasher::new();
        half.write_u8(first);
        half.write(&said);
        half.finish()
    };
    (half(0), half(1))
}
