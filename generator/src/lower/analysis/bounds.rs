//! Computes the lower and the upper bound of the numbers that a schema allows.

use std::cmp::Ordering;

use serde_json::Number;

use crate::json::number;
use crate::lower::analysis::integer_type::integer_type;
use crate::lower::analysis::numbers::range;
use crate::resolve::document::{Schema, SchemaType};

/// A lower or upper bound: the limit, and whether the limit is exclusive.
type StatedBound = (Number, bool);

/// Returns the lower and the upper bound of a schema. The format `int32`, `int64` or `uint64` of an integer tightens the bounds
/// to the range of the integer's Rust type.
pub(crate) fn effective_bounds(schema: &Schema) -> (Option<StatedBound>, Option<StatedBound>) {
    let stated = |limit: &Option<Number>, exclusive| limit.clone().map(|limit| (limit, exclusive));
    let least = stated(&schema.minimum, schema.exclusive_minimum);
    let most = stated(&schema.maximum, schema.exclusive_maximum);
    let is_ranged = schema.kind == Some(SchemaType::Integer)
        && matches!(schema.format.as_deref(), Some("int32" | "int64" | "uint64"));
    let Some((first, last)) = is_ranged.then(|| range(&integer_type(schema))).flatten() else { return (least, most) };
    let end = |end: i128| Some((end.to_string().parse().ok()?, false));
    let tighter =
        |stated: Option<StatedBound>, end: Option<StatedBound>, order: fn(Ordering) -> bool| match (stated, end) {
            (Some(stated), Some(end)) if order(number::compare(&stated.0, &end.0)) => Some(stated),
            (stated, end) => end.or(stated),
        };
    (tighter(least, end(first), Ordering::is_ge), tighter(most, end(last), Ordering::is_le))
}
