//! Finds arrays without `items`.

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Finding, Findings};
use crate::resolve::document::{Document, SchemaType};

/// Reports arrays without `items`, which OpenAPI requires. An array whose `items` is misspelt, or was removed because of an
/// error, already has another finding.
pub(crate) fn items(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        let lacks_items = schema.kind == Some(SchemaType::Array) && schema.items.is_none() && schema.all_of.is_empty();
        let is_reported = |findings: &Findings| {
            let has_unknown_key = |finding: &Finding| {
                finding.code == Code::UnknownKey && finding.pointer.parent().as_ref() == Some(&schema.pointer)
            };
            findings.has_skipped(&schema.pointer.join("items")) || findings.iter().any(has_unknown_key)
        };
        if lacks_items && !is_reported(findings) {
            let message = "The schema has `type: array`, but no `items`.";
            findings.add(Code::MissingItems, &schema.pointer, message, "Add `items` with the schema of the items.");
        }
    });
}
