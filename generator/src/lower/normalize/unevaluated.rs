//! Replaces `unevaluatedProperties` by `additionalProperties`, and `unevaluatedItems` by `items`, if they have the same meaning.
//!
//! In a schema whose `allOf` is merged, the keywords beside `unevaluatedProperties` are all that evaluate members. Then
//! `additionalProperties` says the same, and the Rust type can express it.

use crate::lower::analysis::predicates::{alternatives, has_alternatives, is_no_value};
use crate::lower::normalize::all_of::MergedComponents;
use crate::lower::normalize::unions::move_alternatives_under_all_of;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// Replaces the keywords for what no other keyword evaluates, as far as possible. Requires that the `allOf` of `schema` is merged.
///
/// If the schema is a union, its keywords are later merged into the alternatives. That changes the meaning unless the alternatives
/// are disjoint, so other alternatives move under `allOf`.
pub(super) fn simplify(schema: &mut Schema, known: &MergedComponents<'_>) {
    let Some(keywords) = &mut schema.keywords_2020 else { return };
    if keywords.unevaluated_properties.is_none() && keywords.unevaluated_items.is_none() {
        return;
    }
    let is_conditional = keywords.condition.is_some() || !keywords.dependent_schemas.is_empty();
    let is_composed = !schema.all_of.is_empty() || !schema.one_of.is_empty() || !schema.any_of.is_empty();
    let has_own_members = !matches!(schema.additional_properties, AdditionalProperties::Absent);
    if has_own_members {
        keywords.unevaluated_properties = None;
    } else if !is_conditional && !is_composed {
        match keywords.unevaluated_properties.take() {
            Some(rest) if is_no_value(&rest) => schema.additional_properties = AdditionalProperties::Forbidden,
            Some(rest) => schema.additional_properties = AdditionalProperties::Schema(rest),
            None => {}
        }
    }
    if schema.items.is_some() {
        keywords.unevaluated_items = None;
    } else if !is_conditional && !is_composed && keywords.contains.is_none() {
        schema.items = keywords.unevaluated_items.take();
    }
    let is_left = keywords.unevaluated_properties.is_some() || keywords.unevaluated_items.is_some();
    if is_left && has_alternatives(schema) && !are_disjoint(schema, known) {
        move_alternatives_under_all_of(schema);
    }
}

/// Returns whether no value matches two alternatives of a union. All alternatives have the type of the union.
fn are_disjoint(union: &Schema, known: &MergedComponents<'_>) -> bool {
    let typed = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(schema) => {
            SchemaRef::Inline(Box::new(Schema { kind: schema.kind.or(union.kind), ..(**schema).clone() }))
        }
        SchemaRef::Component { .. } => alternative.clone(),
    };
    let alternatives: Vec<SchemaRef> = alternatives(union).iter().map(typed).collect();
    known.disjointness.are_all_disjoint(&alternatives)
}
