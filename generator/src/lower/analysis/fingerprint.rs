//! Fingerprints: hashes of the canonical form of a schema, by which equal schemas are found.

use std::hash::{DefaultHasher, Hasher};

use crate::lower::analysis::canonical::{Annotations, constraint_bytes};
use crate::resolve::document::Schema;

/// A hash of 128 bits, so that different schemas of a document do not have the same fingerprint by chance.
pub(crate) type Fingerprint = (u64, u64);

/// The fingerprint of a schema as a type. It covers the constraints, and the descriptions of subschemas. The schema's own
/// description and location do not count.
pub(crate) fn of_type(schema: &Schema) -> Fingerprint {
    fingerprint(schema, Annotations::Included)
}

/// The fingerprint of the constraints of a schema. Descriptions do not count.
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
