//! Fingerprints: hashes of the canonical form of a schema, by which equal schemas are found.

use std::hash::{DefaultHasher, Hasher};

use crate::lower::analysis::canonical::{Annotations, constraint_bytes};
use crate::resolve::document::Schema;

/// A hash of 128 bits, so that different schemas of a document do not have the same fingerprint by chance.
pub(crate) type Fingerprint = (u64, u64);

/// Returns the fingerprint by which equal schemas share a Rust type. It covers the constraints of the schema and the descriptions
/// of its subschemas. It does not cover the description and the location of the schema itself.
pub(crate) fn of_type(schema: &Schema) -> Fingerprint {
    fingerprint(schema, Annotations::Included)
}

/// Returns the fingerprint of the constraints of a schema. It covers no descriptions.
pub(crate) fn of_constraints(schema: &Schema) -> Fingerprint {
    fingerprint(schema, Annotations::Ignored)
}

fn fingerprint(schema: &Schema, annotations: Annotations) -> Fingerprint {
    let bytes = constraint_bytes(schema, annotations);
    let half = |first: u8| {
        let mut half = DefaultHasher::new();
        half.write_u8(first);
        half.write(&bytes);
        half.finish()
    };
    (half(0), half(1))
}
