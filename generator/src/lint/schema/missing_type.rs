//! Schemas that are read as objects, although they have no `type`.

use std::collections::HashSet;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::resolve::document::SchemaRef;

/// Reports schemas of OpenAPI 3.1 and 3.2 with `properties` and without `type`. A schema that another one combines with its own
/// keywords is not reported, because the other one may have the type.
pub(crate) fn objects(context: &Context<'_>, findings: &mut Findings) {
    if !context.document.openapi_version.has_json_schema() {
        return;
    }
    let combined: HashSet<&Pointer> =
        context.schemas.iter().flat_map(|schema| schema.in_place_subschemas()).map(SchemaRef::pointer).collect();
    for schema in &context.schemas {
        if !schema.is_untyped_object() || !schema.all_of.is_empty() || combined.contains(&schema.pointer) {
            continue;
        }
        findings.add(
            Code::MissingType,
            &schema.pointer,
            "The schema has `properties` and no `type`, so JSON Schema accepts values of other types. copperplate accepts only \
             objects.",
            "Add `type: object`. If other values are meant, generate with `--untyped-as-any`.",
        );
    }
}
