//! The keys that let equal schemas share a schema table.

use crate::lower::analysis::fingerprint::{self, Fingerprint};
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Which keywords of a schema its schema table contains. If several tables have the same proposed name, the table whose variant
/// comes first in this enum gets the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TableExtent {
    /// All keywords, and the location of the component.
    Component,
    /// The keywords that the Rust type does not express.
    Remaining,
    /// All keywords.
    Complete,
}

/// The key of a schema table. Schemas with equal keys share a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TableKey {
    extent: TableExtent,
    /// The pointer of the component, for [`TableExtent::Component`].
    component: Option<Pointer>,
    constraints: Fingerprint,
    nullable: bool,
    write_only: bool,
}

impl TableKey {
    /// Returns the key of the table of `schema`.
    pub(crate) fn new(schema: &Schema, extent: TableExtent) -> Self {
        Self {
            extent,
            component: (extent == TableExtent::Component).then(|| schema.pointer.clone()),
            constraints: fingerprint::of_constraints(schema),
            nullable: schema.nullable,
            write_only: schema.write_only,
        }
    }
}
