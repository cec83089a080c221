//! Detects wrappers: schemas whose `allOf` has exactly one member, and whose other keywords do not constrain values.

use crate::diff::change::Direction;
use crate::diff::compared_document::ComparedDocument;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// If `schema` is a wrapper, returns the innermost wrapped schema. Otherwise, returns `schema`. `side` is the document that
/// contains `schema`.
///
/// A wrapper is a schema with only an `allOf` of one member, and possibly annotations such as `description`. The recursion ends,
/// because the resolver breaks cycles of references.
pub(crate) fn unwrapped<'a>(side: ComparedDocument<'a>, schema: &'a Schema) -> &'a Schema {
    wrapped(schema).and_then(|inner| side.resolve(unwrapped_ref(inner))).map_or(schema, |inner| unwrapped(side, inner))
}

/// Returns whether messages of this direction omit a property with this schema: requests omit a `readOnly` property, and responses
/// omit a `writeOnly` property. A wrapper does not change this.
pub(crate) fn is_omitted(side: ComparedDocument<'_>, property: &Schema, direction: Direction) -> bool {
    let property = unwrapped(side, property);
    match direction {
        Direction::Response => property.write_only,
        _ => property.read_only,
    }
}

/// Returns the two schemas that are compared in place of `old` and `new`: both without their wrappers. If both schemas are
/// wrappers, returns them unchanged, because the comparison of their `allOf` compares the wrapped schemas.
pub(crate) fn compared_pair<'a>(
    (old_side, old): (ComparedDocument<'a>, &'a Schema),
    (new_side, new): (ComparedDocument<'a>, &'a Schema),
) -> (&'a Schema, &'a Schema) {
    match (wrapped(old), wrapped(new)) {
        (Some(_), Some(_)) => (old, new),
        _ => (unwrapped(old_side, old), unwrapped(new_side, new)),
    }
}

/// Removes inline wrappers: `allOf: [{$ref: A}]` becomes `$ref: A`. Documents often wrap a reference in `allOf` in order to add a
/// description.
pub(crate) fn unwrapped_ref(schema: &SchemaRef) -> &SchemaRef {
    match schema {
        SchemaRef::Inline(inner) => wrapped(inner).map_or(schema, unwrapped_ref),
        SchemaRef::Component { .. } => schema,
    }
}

/// Returns the member of the `allOf` of `schema` if it is the only member and `schema` has no other constraints; otherwise
/// `None`.
pub(crate) fn wrapped(schema: &Schema) -> Option<&SchemaRef> {
    let [only] = schema.all_of.as_slice() else { return None };
    let rest = Schema { all_of: Vec::new(), ..without_annotations(schema) };
    (rest == Schema::default()).then_some(only)
}

/// Returns a copy of the schema without its JSON Pointer and its annotations, such as `description`. Annotations do not constrain
/// values.
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
