//! Decides whether a schema accepts null. Two answers are needed, because published documents use `nullable` with a wider meaning
//! than in the specification: whether null may be accepted, and whether it certainly is.

use serde_json::Value;

use crate::diff::schema::inclusion::part::Part;
use crate::resolve::document::SchemaRef;

/// Returns whether null may match a schema.
pub(crate) fn may_be_null(part: Part<'_>) -> bool {
    let schema = part.schema;
    let is_inner =
        |inner: &SchemaRef| part.side.resolve(inner).is_none_or(|schema| may_be_null(Part::new(part.side, schema)));
    if schema.nullable {
        return true;
    }
    let in_union = schema.one_of.iter().chain(&schema.any_of).any(is_inner);
    let has_union = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    let is_listed = schema.enum_values.as_ref().is_none_or(|values| values.iter().any(Value::is_null));
    schema.kind.is_none() && (in_union || (!has_union && is_listed && schema.all_of.iter().all(is_inner)))
}

/// Returns whether null certainly matches a schema.
pub(crate) fn is_null_accepted(part: Part<'_>) -> bool {
    let schema = part.schema;
    let accepts = |inner: &SchemaRef| {
        part.side.resolve(inner).is_some_and(|schema| is_null_accepted(Part::new(part.side, schema)))
    };
    let is_listed = schema.enum_values.as_ref().is_none_or(|values| values.iter().any(Value::is_null));
    if schema.nullable {
        return is_listed || schema.kind.is_some();
    }
    let is_excluded =
        |not: &SchemaRef| part.side.resolve(not).is_none_or(|schema| may_be_null(Part::new(part.side, schema)));
    schema.kind.is_none()
        && is_listed
        && schema.all_of.iter().all(accepts)
        && [&schema.one_of, &schema.any_of].iter().all(|list| list.is_empty() || list.iter().any(accepts))
        && !schema.not.as_ref().is_some_and(is_excluded)
}
