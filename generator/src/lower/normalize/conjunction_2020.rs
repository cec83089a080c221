//! Decides whether two schemas can be merged if they have keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema};

/// Returns `Some(true)` if the merged schema has the [`Keywords2020`] of the left schema, and `Some(false)` if it has those of the
/// right schema. Returns `None` if no single schema can express the keywords of both.
pub(super) fn common_keywords_2020(left: &Schema, right: &Schema) -> Option<bool> {
    let (Some(of_left), of_right) = (&left.keywords_2020, &right.keywords_2020) else {
        return match &right.keywords_2020 {
            Some(keywords) => may_join(keywords, right, left, true).then_some(false),
            None => Some(true),
        };
    };
    match of_right {
        None => may_join(of_left, left, right, false).then_some(true),
        Some(of_right) => match (of_left.constrain_values(), of_right.constrain_values()) {
            (true, true) => None,
            (false, true) => may_join(of_right, right, left, true).then_some(false),
            (true, false) => may_join(of_left, left, right, false).then_some(true),
            (false, false) => Some(has_more(of_left, of_right)),
        },
    }
}

/// Returns whether the annotations of the left schema are kept.
fn has_more(left: &Keywords2020, right: &Keywords2020) -> bool {
    !left.labels.is_empty() || right.labels.is_empty()
}

/// Returns whether a schema with `keywords` keeps its meaning if the keywords of `other` are added to it. Some keywords apply to
/// what the keywords beside them leave. `is_member` is true if `schema` is a member of `allOf`, so that it does not see the keywords
/// of `other`.
fn may_join(keywords: &Keywords2020, schema: &Schema, other: &Schema, is_member: bool) -> bool {
    let is_open = |schema: &Schema| {
        matches!(schema.additional_properties, AdditionalProperties::Absent | AdditionalProperties::Any)
    };
    let is_closed_by_unevaluated =
        is_member && (keywords.unevaluated_properties.is_some() || keywords.unevaluated_items.is_some());
    let has_patterns = !keywords.pattern_properties.is_empty();
    let patterns_fit = !has_patterns || (is_open(other) && (is_open(schema) || other.properties.is_empty()));
    let items_fit = keywords.prefix_items.is_empty() || other.items.is_none();
    !is_closed_by_unevaluated && patterns_fit && items_fit
}

/// Splits the keywords beside a union: those that each alternative gets as a member of `allOf`, and those for what no other keyword
/// evaluates, which must stay outside of this `allOf`.
pub(super) fn split_unevaluated(
    keywords: Option<Box<Keywords2020>>,
) -> (Option<Box<Keywords2020>>, Option<Box<Keywords2020>>) {
    let Some(mut inner) = keywords else { return (None, None) };
    let outer = Keywords2020 {
        unevaluated_properties: inner.unevaluated_properties.take(),
        unevaluated_items: inner.unevaluated_items.take(),
        ..Keywords2020::default()
    };
    (
        Some(inner).filter(|inner| inner.constrain_values()),
        Some(Box::new(outer)).filter(|outer| outer.constrain_values()),
    )
}
