//! Compares the members of `allOf`, and lists all schemas that a schema combines through `allOf`.

use indexmap::IndexMap;

use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::ComparedValue;
use crate::diff::rules;
use crate::diff::schema::bounds;
use crate::diff::schema::place::keyword_place;
use crate::diff::schema::variants::{Matching, match_schemas, variant_name};
use crate::diff::schema::wrapper::without_annotations;
use crate::diff::walk::Walk;
use crate::resolve::document::{Schema, SchemaRef, SchemaType};

/// Compares each member of the older `allOf` with its counterpart in the newer `allOf`. Returns the members without a
/// counterpart: first the removed members, then the added members.
///
/// A removed or added member is reported only if it has constraints besides its type and its properties. The caller compares the
/// properties of removed and added members.
pub(crate) fn compare_members<'a>(
    walk: &mut Walk<'a>,
    old: &'a Schema,
    new: &'a Schema,
    site: &ComparedValue,
) -> (Vec<&'a SchemaRef>, Vec<&'a SchemaRef>) {
    let Matching { pairs, removed, added } =
        match_schemas(&walk.equalities, (walk.old, old, &old.all_of), (walk.new, new, &new.all_of));
    for (before, after) in pairs {
        walk.compare_refs(before, after, site.variant(""));
    }
    let place = |schema: &Schema| keyword_place(schema, !schema.all_of.is_empty(), "allOf");
    let (old_side, new_side) = (walk.old, walk.new);
    let (old_place, new_place) = (place(old), place(new));
    // If the merged bounds are unchanged, the bounds of a removed or added member have no effect: another member has an equal or
    // stricter bound.
    let ignores_bounds = site.merged.as_ref().is_some_and(|merged| merged.has_same_bounds());
    let is_reported = |member: &Schema| constrains_more_than_properties(member, ignores_bounds);
    for member in removed.iter().filter(|member| old_side.resolve(member).is_some_and(is_reported)) {
        let message = format!("the member `{}` of `allOf` was removed", variant_name(member, old));
        walk.report_value(&rules::ALL_OF_REMOVED, site, message, member.pointer(), &new_place);
    }
    for member in added.iter().filter(|member| new_side.resolve(member).is_some_and(is_reported)) {
        let message = format!("the member `{}` of `allOf` was added", variant_name(member, new));
        walk.report_value(&rules::ALL_OF_ADDED, site, message, &old_place, member.pointer());
    }
    (removed, added)
}

/// Returns whether a schema has constraints other than `type`, `properties`, `required` and `allOf`. If `ignores_bounds` is true,
/// bounds are ignored too.
fn constrains_more_than_properties(schema: &Schema, ignores_bounds: bool) -> bool {
    let rest = Schema {
        kind: None,
        properties: IndexMap::new(),
        required: Vec::new(),
        all_of: Vec::new(),
        ..without_annotations(schema)
    };
    let rest = if ignores_bounds { bounds::without_bounds(rest) } else { rest };
    rest != Schema::default()
}

/// Returns `schema`, the given `members` of its `allOf`, and the members of nested `allOf` lists. Each schema occurs once.
pub(crate) fn parts<'a>(side: ComparedDocument<'a>, schema: &'a Schema, members: &[&'a SchemaRef]) -> Vec<&'a Schema> {
    let mut parts = vec![schema];
    let mut pending: Vec<&SchemaRef> = members.to_vec();
    while let Some(member) = pending.pop() {
        let Some(member) = side.resolve(member) else { continue };
        if !parts.iter().any(|known| std::ptr::eq(*known, member)) {
            parts.push(member);
            pending.extend(&member.all_of);
        }
    }
    parts
}

/// Returns the type that a schema or a member of its `allOf` states. If both `number` and `integer` are stated, returns
/// `integer`.
pub(crate) fn schema_type(side: ComparedDocument<'_>, schema: &Schema) -> Option<SchemaType> {
    let members: Vec<&SchemaRef> = schema.all_of.iter().collect();
    let mut types = parts(side, schema, &members).into_iter().filter_map(|part| part.kind);
    types.clone().find(|known| *known == SchemaType::Integer).or_else(|| types.next())
}
