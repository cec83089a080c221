//! Computes the fingerprint of a schema: a hash of its constraints in canonical order. Equal schemas have the same fingerprint.

use std::hash::{DefaultHasher, Hasher};

use crate::lower::analysis::canonical::{Annotations, constraint_bytes};
use crate::resolve::document::Schema;

/// A hash of 128 bits, so that different schemas of a document do not have the same fingerprint by chance.
pub(crate) type Fingerprint = (u64, u64);

/// Returns the fingerprint that decides which inline schemas share a Rust type. The hash covers the constraints of the schema
/// and the descriptions of its subschemas. The hash does not cover the description and the location of the schema itself.
pub(crate) fn of_type(schema: &Schema) -> Fingerprint {
    fingerprint(schema, Annotations::Included)
}

/// Returns the fingerprint of the constraints of a schema. The hash covers no descriptions.
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
