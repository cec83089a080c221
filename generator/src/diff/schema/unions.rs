//! Compares `oneOf` and `anyOf`. The order of their variants has no meaning.

use crate::diff::compared_value::ComparedValue;
use crate::diff::rules::{self, ValueRule};
use crate::diff::schema::discriminator;
use crate::diff::schema::place::keyword_place;
use crate::diff::schema::variants::{Matching, is_similar, match_schemas, variant_name, variants};
use crate::diff::schema::wrapper::without_annotations;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// A union keyword, `oneOf` or `anyOf`, with the rules for its changes.
struct Keyword {
    name: &'static str,
    /// The rule for a variant added to the list.
    variant_added: &'static ValueRule,
    /// The rule for a variant removed from the list.
    variant_removed: &'static ValueRule,
    /// The rule for a schema to which this union keyword (`oneOf` or `anyOf`) was added.
    added: &'static ValueRule,
    /// The rule for a schema from which this union keyword (`oneOf` or `anyOf`) was removed.
    removed: &'static ValueRule,
}

static ONE_OF: Keyword = Keyword {
    name: "oneOf",
    variant_added: &rules::ONE_OF_ADDED,
    variant_removed: &rules::ONE_OF_REMOVED,
    added: &rules::BECAME_ONE_OF,
    removed: &rules::BECAME_NOT_ONE_OF,
};
static ANY_OF: Keyword = Keyword {
    name: "anyOf",
    variant_added: &rules::ANY_OF_ADDED,
    variant_removed: &rules::ANY_OF_REMOVED,
    added: &rules::BECAME_ANY_OF,
    removed: &rules::BECAME_NOT_ANY_OF,
};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &ComparedValue) {
    let lacks = |schema: &Schema| (schema.one_of.is_empty(), schema.any_of.is_empty());
    match (lacks(old), lacks(new)) {
        ((false, true), (true, false)) => {
            report_keyword_change(walk, &rules::ONE_OF_BECAME_ANY_OF, (old, "oneOf"), (new, "anyOf"), site);
            compare_variants(walk, &ANY_OF, (old, &old.one_of), (new, &new.any_of), site);
        }
        ((true, false), (false, true)) => {
            report_keyword_change(walk, &rules::ANY_OF_BECAME_ONE_OF, (old, "anyOf"), (new, "oneOf"), site);
            compare_variants(walk, &ONE_OF, (old, &old.any_of), (new, &new.one_of), site);
        }
        _ => {
            compare_keyword(walk, &ONE_OF, (old, &old.one_of), (new, &new.one_of), site);
            compare_keyword(walk, &ANY_OF, (old, &old.any_of), (new, &new.any_of), site);
        }
    }
    discriminator::compare(walk, old, new, site);
}

/// Compares two schemas of which exactly one is a union.
///
/// If the schema that is not a union is similar to a variant of the union, compares it with this variant, reports the other
/// variants as added or removed, and returns true. Otherwise, reports nothing and returns false.
pub(crate) fn compare_with_variant<'a>(
    walk: &mut Walk<'a>,
    old: &'a Schema,
    new: &'a Schema,
    site: &ComparedValue,
) -> bool {
    if is_plain_union(old) == is_plain_union(new) {
        return false;
    }
    let became_union = is_plain_union(new);
    let (plain, union) = if became_union { (old, new) } else { (new, old) };
    let union_side = if became_union { walk.new } else { walk.old };
    let keyword = if union.one_of.is_empty() { &ANY_OF } else { &ONE_OF };
    let is_counterpart = |variant: &&'a SchemaRef| {
        union_side.resolve(variant).is_some_and(|variant| plain.kind.is_some() && is_similar(plain, variant))
    };
    let list = variants(union);
    let Some(counterpart) = list.iter().find(is_counterpart) else { return false };
    for other in list.iter().filter(|other| !std::ptr::eq(*other, counterpart)) {
        if became_union {
            report_added_variant(walk, keyword, (other, union), &old.pointer, site);
        } else {
            report_removed_variant(walk, keyword, (other, union), &new.pointer, site);
        }
    }
    let Some(variant) = union_side.resolve(counterpart) else { return true };
    let union_nullable = union.nullable || variant.nullable;
    let (rule, message) = match (became_union, plain.nullable, union_nullable) {
        (true, false, true) | (false, true, false) => (Some(&rules::BECAME_NULLABLE), "it became nullable"),
        (true, true, false) | (false, false, true) => (Some(&rules::BECAME_NOT_NULLABLE), "it is no longer nullable"),
        _ => (None, ""),
    };
    if let Some(rule) = rule {
        walk.report_value(rule, site, message, &old.pointer, &new.pointer);
    }
    let site = ComparedValue { nullable_reported: true, is_partial: true, ..site.clone() };
    let (old, new) = if became_union { (plain, variant) } else { (variant, plain) };
    walk.compare_schemas(old, new, &site);
    true
}

/// Returns whether a schema is a union and has no constraints besides the union.
fn is_plain_union(schema: &Schema) -> bool {
    if schema.one_of.is_empty() == schema.any_of.is_empty() {
        return false;
    }
    let rest = Schema {
        one_of: Vec::new(),
        any_of: Vec::new(),
        discriminator: None,
        nullable: false,
        ..without_annotations(schema)
    };
    rest == Schema::default()
}

fn compare_keyword<'a>(
    walk: &mut Walk<'a>,
    keyword: &Keyword,
    (old, before): (&'a Schema, &'a [SchemaRef]),
    (new, after): (&'a Schema, &'a [SchemaRef]),
    site: &ComparedValue,
) {
    let place = |schema: &Schema, list: &[SchemaRef]| keyword_place(schema, !list.is_empty(), keyword.name);
    let (old_place, new_place) = (place(old, before), place(new, after));
    match (before.is_empty(), after.is_empty()) {
        (true, false) => {
            let message = format!("`{}` with {} variants was added", keyword.name, after.len());
            walk.report_value(keyword.added, site, message, &old_place, &new_place);
        }
        (false, true) => {
            let message = format!("`{}` was removed", keyword.name);
            walk.report_value(keyword.removed, site, message, &old_place, &new_place);
        }
        _ => compare_variants(walk, keyword, (old, before), (new, after), site),
    }
}

/// Reports that a union changed from `oneOf` to `anyOf`, or from `anyOf` to `oneOf`.
fn report_keyword_change(
    walk: &mut Walk<'_>,
    rule: &'static ValueRule,
    (old, before): (&Schema, &str),
    (new, after): (&Schema, &str),
    site: &ComparedValue,
) {
    let message = format!("`{before}` changed to `{after}`");
    walk.report_value(rule, site, message, &old.pointer.join(before), &new.pointer.join(after));
}

/// Compares each variant of the old union with its counterpart in the new union. Reports variants without a counterpart as
/// removed or added.
fn compare_variants<'a>(
    walk: &mut Walk<'a>,
    keyword: &Keyword,
    (old, before): (&'a Schema, &'a [SchemaRef]),
    (new, after): (&'a Schema, &'a [SchemaRef]),
    site: &ComparedValue,
) {
    let Matching { pairs, removed, added } =
        match_schemas(&walk.equalities, (walk.old, old, before), (walk.new, new, after));
    for (before, after) in pairs {
        walk.compare_refs(before, after, site.variant(&format!("<{}>", variant_name(after, new))));
    }
    for variant in removed {
        report_removed_variant(walk, keyword, (variant, old), &new.pointer, site);
    }
    for variant in added {
        report_added_variant(walk, keyword, (variant, new), &old.pointer, site);
    }
}

fn report_removed_variant(
    walk: &mut Walk<'_>,
    keyword: &Keyword,
    (variant, union): (&SchemaRef, &Schema),
    new_place: &Pointer,
    site: &ComparedValue,
) {
    let message = format!("the variant `{}` of `{}` was removed", variant_name(variant, union), keyword.name);
    walk.report_value(keyword.variant_removed, site, message, variant.pointer(), new_place);
}

fn report_added_variant(
    walk: &mut Walk<'_>,
    keyword: &Keyword,
    (variant, union): (&SchemaRef, &Schema),
    old_place: &Pointer,
    site: &ComparedValue,
) {
    let message = format!("the variant `{}` of `{}` was added", variant_name(variant, union), keyword.name);
    walk.report_value(keyword.variant_added, site, message, old_place, variant.pointer());
}
