//! The keys that let equal schemas share a schema table.

use crate::lower::analysis::canonical::{Annotations, Fingerprint, Fingerprints};
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Which keywords of a schema are in its schema table. If several tables have the same proposed name, a `Component` table takes
/// precedence over a `Remaining` table, and a `Remaining` table over a `Complete` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TableExtent {
    /// All keywords of a component schema, and its schema location.
    Component,
    /// Only the keywords that the Rust type of the schema does not express.
    Remaining,
    /// All keywords, without a schema location.
    Complete,
    /// No keywords.
    Empty,
}

/// The key of a schema table. Schemas with equal keys share a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TableKey {
    extent: TableExtent,
    /// The JSON pointer of the component; `None` unless the extent is [`TableExtent::Component`].
    component: Option<Pointer>,
    constraints: Fingerprint,
    nullable: bool,
    write_only: bool,
}

impl TableKey {
    /// Returns the key of the table of `schema`.
    pub(crate) fn new(schema: &Schema, extent: TableExtent, fingerprints: &Fingerprints) -> Self {
        if extent == TableExtent::Empty {
            let constraints = Fingerprints::default().of_constraints(&Schema::default(), Annotations::Ignored);
            return Self { extent, component: None, constraints, nullable: false, write_only: false };
        }
        Self {
            extent,
            component: (extent == TableExtent::Component).then(|| schema.pointer.clone()),
            constraints: fingerprints.of_constraints(schema, Annotations::Ignored),
            nullable: schema.nullable,
            write_only: schema.write_only,
        }
    }
}
