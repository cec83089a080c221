//! Detects schemas that only wrap another schema: their `allOf` has one member, and all other keywords are annotations.

use crate::diff::compared_document::ComparedDocument;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// Returns the schema inside all wrappers of `schema`. The recursion ends, because the resolver breaks reference cycles.
pub(crate) fn unwrapped<'a>(side: ComparedDocument<'a>, schema: &'a Schema) -> &'a Schema {
    wrapped(schema).and_then(|inner| side.resolve(unwrapped_ref(inner))).map_or(schema, |inner| unwrapped(side, inner))
}

/// Returns the reference inside all inline wrappers of `schema`. Documents often wrap a reference in `allOf` to add a description
/// to it.
pub(crate) fn unwrapped_ref(schema: &SchemaRef) -> &SchemaRef {
    match schema {
        SchemaRef::Inline(inner) => wrapped(inner).map_or(schema, unwrapped_ref),
        SchemaRef::Component { .. } => schema,
    }
}

/// Returns the schema that `schema` wraps; `None` if `schema` is not a wrapper.
pub(crate) fn wrapped(schema: &Schema) -> Option<&SchemaRef> {
    let [only] = schema.all_of.as_slice() else { return None };
    let rest = Schema { all_of: Vec::new(), ..without_annotations(schema) };
    (rest == Schema::default()).then_some(only)
}

/// Returns a copy of the schema without its place, and without the keywords that do not constrain values.
pub(crate) fn without_annotations(schema: &Schema) -> Schema {
    Schema {
        pointer: Pointer::root(),
        derived_from: None,
        title: None,
        description: None,
        example: None,
        source: None,
        ..schema.clone()
    }
}
