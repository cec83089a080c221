//! Schemas that only wrap another schema: `allOf` with one member, and no other keyword but annotations.

use crate::diff::side::Side;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// The schema inside all wrappers of `schema`. The chain of wrappers ends, because the resolver breaks reference cycles.
pub(crate) fn unwrapped<'a>(side: Side<'a>, schema: &'a Schema) -> &'a Schema {
    wrapped(schema).and_then(|inner| side.resolve(unwrapped_ref(inner))).map_or(schema, |inner| unwrapped(side, inner))
}

/// The reference inside all inline wrappers of `schema`. Documents wrap a reference in `allOf` to give it a description.
pub(crate) fn unwrapped_ref(schema: &SchemaRef) -> &SchemaRef {
    match schema {
        SchemaRef::Inline(inner) => wrapped(inner).map_or(schema, unwrapped_ref),
        SchemaRef::Component { .. } => schema,
    }
}

/// The schema that `schema` wraps; `None` if `schema` is not a wrapper.
pub(crate) fn wrapped(schema: &Schema) -> Option<&SchemaRef> {
    let [only] = schema.all_of.as_slice() else { return None };
    let rest = Schema { all_of: Vec::new(), ..without_annotations(schema) };
    (rest == Schema::default()).then_some(only)
}

/// The schema without its place, and without the keywords that constrain no value.
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
