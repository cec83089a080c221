//! Finds arrays without `items`.

use std::collections::HashSet;

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, SchemaType};

/// Reports arrays without `items`, which OpenAPI requires, and without `prefixItems`. An array whose `items` is misspelt, or was removed because of an
/// error, already has another finding.
pub(crate) fn items(document: &Document, findings: &mut Findings) {
    let unknown_keys = findings.iter().filter(|finding| finding.code == Code::UnknownKey);
    let with_unknown_keys: HashSet<Pointer> = unknown_keys.filter_map(|finding| finding.pointer.parent()).collect();
    each_schema(document, &mut |schema| {
        let has_positions = schema.keywords_2020.as_ref().is_some_and(|keywords| !keywords.prefix_items.is_empty());
        let lacks_items = schema.kind == Some(SchemaType::Array)
            && schema.items.is_none()
            && schema.all_of.is_empty()
            && !has_positions;
        let is_reported = |findings: &Findings| {
            findings.has_skipped(&schema.pointer.join("items")) || with_unknown_keys.contains(&schema.pointer)
        };
        if lacks_items && !is_reported(findings) {
            let message = "The schema has `type: array`, but no `items`.";
            findings.add(Code::MissingItems, &schema.pointer, message, "Add `items` with the schema of the items.");
        }
    });
}
