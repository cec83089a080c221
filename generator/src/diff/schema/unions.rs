//! `oneOf`, `anyOf` and `allOf` as sets, and the discriminator.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diff::rules::{self, ValueRule};
use crate::diff::schema;
use crate::diff::schema::bounds;
use crate::diff::schema::equality::{one, without_prose};
use crate::diff::walk::{Site, Walk, resolved};
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

/// The rules of one of the two keywords.
struct Keyword {
    name: &'static str,
    added: &'static ValueRule,
    removed: &'static ValueRule,
    /// Where there was no alternative, and where there is none any more.
    came: &'static ValueRule,
    went: &'static ValueRule,
}

static ONE_OF: Keyword = Keyword {
    name: "oneOf",
    added: &rules::ONE_OF_ADDED,
    removed: &rules::ONE_OF_REMOVED,
    came: &rules::BECAME_ONE_OF,
    went: &rules::BECAME_NOT_ONE_OF,
};
static ANY_OF: Keyword = Keyword {
    name: "anyOf",
    added: &rules::ANY_OF_ADDED,
    removed: &rules::ANY_OF_REMOVED,
    came: &rules::BECAME_ANY_OF,
    went: &rules::BECAME_NOT_ANY_OF,
};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &Site) {
    let only = |schema: &Schema| (schema.one_of.is_empty(), schema.any_of.is_empty());
    match (only(old), only(new)) {
        ((false, true), (true, false)) => {
            switched(walk, &rules::ONE_OF_BECAME_ANY_OF, (old, "oneOf"), (new, "anyOf"), site);
            members(walk, &ANY_OF, (old, &old.one_of), (new, &new.any_of), site);
        }
        ((true, false), (false, true)) => {
            switched(walk, &rules::ANY_OF_BECAME_ONE_OF, (old, "anyOf"), (new, "oneOf"), site);
            members(walk, &ONE_OF, (old, &old.any_of), (new, &new.one_of), site);
        }
        _ => {
            list(walk, &ONE_OF, (old, &old.one_of), (new, &new.one_of), site);
            list(walk, &ANY_OF, (old, &old.any_of), (new, &new.any_of), site);
        }
    }
    discriminator(walk, old, new, site);
}

/// Compares the members of `allOf` that belong together, and answers those that do not. Where these say no more than what
/// members an object has, they are to be merged with what the schema says itself, and else they are told.
pub(crate) fn all_of<'a>(
    walk: &mut Walk<'a>,
    old: &'a Schema,
    new: &'a Schema,
    site: &Site,
) -> (Vec<&'a SchemaRef>, Vec<&'a SchemaRef>) {
    let Matched { pairs, gone, come } = matched(walk, (old, &old.all_of), (new, &new.all_of));
    for (before, after) in pairs {
        walk.schemas(before, after, site.alternative(""));
    }
    let place = |schema: &Schema| schema::keyword(schema, !schema.all_of.is_empty(), "allOf");
    let (before, after) = (walk.old, walk.new);
    let (old_place, new_place) = (place(old), place(new));
    // Bounds that another part has taken over are in force as before.
    let is_bound_alike = site.whole.as_ref().is_some_and(|whole| whole.is_bound_alike());
    let says_more = |part: &Schema| says_more_than_members(part, is_bound_alike);
    for gone in gone.iter().filter(|gone| resolved(before, gone).is_some_and(says_more)) {
        let message = format!("the part {} of `allOf` is gone", title(gone, old));
        walk.push_value(&rules::ALL_OF_REMOVED, site, message, gone.pointer(), &new_place);
    }
    for come in come.iter().filter(|come| resolved(after, come).is_some_and(says_more)) {
        let message = format!("the part {} of `allOf` is new", title(come, new));
        walk.push_value(&rules::ALL_OF_ADDED, site, message, &old_place, come.pointer());
    }
    (gone, come)
}

fn says_more_than_members(schema: &Schema, but_bounds: bool) -> bool {
    let rest = Schema {
        kind: None,
        properties: IndexMap::new(),
        required: Vec::new(),
        all_of: Vec::new(),
        ..without_prose(schema)
    };
    let rest = if but_bounds { bounds::without_bounds(rest) } else { rest };
    rest != Schema::default()
}

/// Whether a schema became one of several alternatives that say nothing else together, or the only one that is left of them;
/// then the two are compared, and the other alternatives are told.
pub(crate) fn one_became_several<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &Site) -> bool {
    if says_only_alternatives(old) == says_only_alternatives(new) {
        return false;
    }
    let became_several = says_only_alternatives(new);
    let (plain, wrapper) = if became_several { (old, new) } else { (new, old) };
    let (keyword, list) =
        if wrapper.one_of.is_empty() { (&ANY_OF, &wrapper.any_of) } else { (&ONE_OF, &wrapper.one_of) };
    let is_it = |alternative: &&'a SchemaRef| {
        let says = if became_several { walk.newer(alternative) } else { walk.older(alternative) };
        says.is_some_and(|says| {
            plain.kind.is_some() && if became_several { alike(plain, says) } else { alike(says, plain) }
        })
    };
    let Some(it) = list.iter().find(is_it) else { return false };
    let place = |schema: &Schema| schema.pointer.clone();
    for other in list.iter().filter(|other| !std::ptr::eq(*other, it)) {
        let name = title(other, wrapper);
        if became_several {
            let message = format!("the alternative {name} of `{}` is new", keyword.name);
            walk.push_value(keyword.added, site, message, &place(old), other.pointer());
        } else {
            let message = format!("the alternative {name} of `{}` is gone", keyword.name);
            walk.push_value(keyword.removed, site, message, other.pointer(), &place(new));
        }
    }
    let Some(says) = (if became_several { walk.newer(it) } else { walk.older(it) }) else { return true };
    let (was, is) = match became_several {
        true => (plain.nullable, wrapper.nullable || says.nullable),
        false => (wrapper.nullable || says.nullable, plain.nullable),
    };
    match (was, is) {
        (false, true) => walk.push_value(&rules::BECAME_NULLABLE, site, "it may be null now", &place(old), &place(new)),
        (true, false) => {
            walk.push_value(&rules::BECAME_NOT_NULLABLE, site, "it may not be null any more", &place(old), &place(new));
        }
        _ => {}
    }
    let site = Site { null_is_told: true, ..site.clone() };
    let (old, new) = if became_several { (plain, says) } else { (says, plain) };
    walk.compare_schemas(old, new, &site);
    true
}

fn says_only_alternatives(schema: &Schema) -> bool {
    if schema.one_of.is_empty() == schema.any_of.is_empty() {
        return false;
    }
    let rest = Schema {
        one_of: Vec::new(),
        any_of: Vec::new(),
        discriminator: None,
        nullable: false,
        ..without_prose(schema)
    };
    rest == Schema::default()
}

fn list<'a>(
    walk: &mut Walk<'a>,
    keyword: &Keyword,
    (old, before): (&'a Schema, &'a [SchemaRef]),
    (new, after): (&'a Schema, &'a [SchemaRef]),
    site: &Site,
) {
    let place = |schema: &Schema, list: &[SchemaRef]| schema::keyword(schema, !list.is_empty(), keyword.name);
    let (old_place, new_place) = (place(old, before), place(new, after));
    if before.is_empty() != after.is_empty() {
        let (rule, message) = match before.is_empty() {
            true => (
                keyword.came,
                format!("values have to fit one of {} alternatives of `{}` now", after.len(), keyword.name),
            ),
            false => (keyword.went, format!("`{}` is gone", keyword.name)),
        };
        return walk.push_value(rule, site, message, &old_place, &new_place);
    }
    members(walk, keyword, (old, before), (new, after), site);
}

/// The same alternatives under the other keyword.
fn switched(
    walk: &mut Walk<'_>,
    rule: &'static ValueRule,
    (old, before): (&Schema, &str),
    (new, after): (&Schema, &str),
    site: &Site,
) {
    let message = format!("the alternatives stand under `{after}` instead of `{before}`");
    walk.push_value(rule, site, message, &old.pointer.join(before), &new.pointer.join(after));
}

/// Compares the alternatives that belong together, and tells the others.
fn members<'a>(
    walk: &mut Walk<'a>,
    keyword: &Keyword,
    (old, before): (&'a Schema, &'a [SchemaRef]),
    (new, after): (&'a Schema, &'a [SchemaRef]),
    site: &Site,
) {
    let (old_place, new_place) = (old.pointer.clone(), new.pointer.clone());
    let Matched { pairs, gone, come } = matched(walk, (old, before), (new, after));
    for (before, after) in pairs {
        walk.schemas(before, after, site.alternative(&format!("<{}>", title(after, new))));
    }
    for gone in gone {
        let message = format!("the alternative {} of `{}` is gone", title(gone, old), keyword.name);
        walk.push_value(keyword.removed, site, message, gone.pointer(), &new_place);
    }
    for come in come {
        let message = format!("the alternative {} of `{}` is new", title(come, new), keyword.name);
        walk.push_value(keyword.added, site, message, &old_place, come.pointer());
    }
}

/// What an alternative is called: its component, its value of the discriminator, its title, or its number.
fn title(alternative: &SchemaRef, holder: &Schema) -> String {
    match alternative {
        SchemaRef::Component { name, .. } => name.clone(),
        SchemaRef::Inline(schema) => value_of(alternative, holder)
            .or_else(|| schema.title.clone())
            .or_else(|| schema.pointer.last())
            .unwrap_or_default(),
    }
}

/// The value of the discriminator under which an alternative is mapped, or which it says of itself.
fn value_of(alternative: &SchemaRef, holder: &Schema) -> Option<String> {
    let discriminator = holder.discriminator.as_ref()?;
    match alternative {
        SchemaRef::Component { name, .. } => {
            let means = |target: &str| target.rsplit('/').next() == Some(name);
            discriminator.mapping.iter().find(|(_, target)| means(target)).map(|(value, _)| value.clone())
        }
        SchemaRef::Inline(schema) => match schema.properties.get(&discriminator.property_name)? {
            SchemaRef::Inline(property) => match property.enum_values.as_deref()? {
                [only] => only.as_str().map(str::to_owned),
                _ => None,
            },
            SchemaRef::Component { .. } => None,
        },
    }
}

/// Which alternatives belong together, and what is left.
struct Matched<'a> {
    pairs: Vec<(&'a SchemaRef, &'a SchemaRef)>,
    gone: Vec<&'a SchemaRef>,
    come: Vec<&'a SchemaRef>,
}

impl<'a> Matched<'a> {
    /// Pairs what `belongs` together, each alternative with the first that fits.
    fn pair(&mut self, mut belongs: impl FnMut(&'a SchemaRef, &'a SchemaRef) -> bool) {
        let gone = std::mem::take(&mut self.gone);
        for old in gone {
            match self.come.iter().position(|new| belongs(old, new)) {
                Some(index) => self.pairs.push((old, self.come.remove(index))),
                None => self.gone.push(old),
            }
        }
    }
}

fn matched<'a>(
    walk: &Walk<'a>,
    (old, before): (&'a Schema, &'a [SchemaRef]),
    (new, after): (&'a Schema, &'a [SchemaRef]),
) -> Matched<'a> {
    let mut matched = Matched { pairs: Vec::new(), gone: before.iter().collect(), come: after.iter().collect() };
    matched.pair(|left, right| match (left, right) {
        (SchemaRef::Component { name: left, .. }, SchemaRef::Component { name: right, .. }) => left == right,
        _ => false,
    });
    matched.pair(|left, right| value_of(left, old).is_some_and(|value| value_of(right, new) == Some(value)));
    matched.pair(|left, right| one(walk, left, right));
    matched.pair(|left, right| match (walk.older(left), walk.newer(right)) {
        (Some(left), Some(right)) => alike(left, right),
        _ => false,
    });
    matched
}

/// Whether one schema may have been made of the other: they are of one type, and share most of their properties.
fn alike(old: &Schema, new: &Schema) -> bool {
    let shared = old.properties.keys().filter(|name| new.properties.contains_key(*name)).count();
    let most = old.properties.len().max(new.properties.len());
    let has_alternatives =
        |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty() || !schema.all_of.is_empty();
    old.kind == new.kind && shared * 2 >= most && (most > 0 || (!has_alternatives(old) && !has_alternatives(new)))
}

fn discriminator(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    let place = |schema: &Schema| schema::keyword(schema, schema.discriminator.is_some(), "discriminator");
    let (old_place, new_place) = (place(old), place(new));
    let (before, after) = match (&old.discriminator, &new.discriminator) {
        (None, None) => return,
        (None, Some(after)) => {
            let message = format!("`{}` tells the alternatives apart now", after.property_name);
            return walk.push_value(&rules::DISCRIMINATOR_ADDED, site, message, &old_place, &new_place);
        }
        (Some(before), None) => {
            let message = format!("`{}` does not tell the alternatives apart any more", before.property_name);
            return walk.push_value(&rules::DISCRIMINATOR_REMOVED, site, message, &old_place, &new_place);
        }
        (Some(before), Some(after)) => (before, after),
    };
    if before.property_name != after.property_name {
        let message =
            format!("`{}` tells the alternatives apart instead of `{}`", after.property_name, before.property_name);
        walk.push_value(&rules::DISCRIMINATOR_PROPERTY_CHANGED, site, message, &old_place, &new_place);
    }
    let (before, after) = values(walk, (old, before), (new, after));
    let renamed = renamed_values(walk, &before, &after);
    for (value, (target, at)) in &before {
        match after.get(value) {
            None if renamed.contains_key(value.as_str()) => {
                let now = renamed[value.as_str()];
                let message = format!("the value `{now}` of the discriminator means what `{value}` meant");
                walk.push_value(&rules::DISCRIMINATOR_MAPPING_CHANGED, site, message, at, &after[now].1);
            }
            None => {
                let message = format!("the value `{value}` of the discriminator is gone");
                walk.push_value(&rules::DISCRIMINATOR_MAPPING_DELETED, site, message, at, &new_place);
            }
            Some((now, now_at)) if !means_same(walk, target, now) => {
                let message = format!("the value `{value}` of the discriminator means `{now}` instead of `{target}`");
                walk.push_value(&rules::DISCRIMINATOR_MAPPING_CHANGED, site, message, at, now_at);
            }
            Some(_) => {}
        }
    }
    let is_new = |value: &&String| !before.contains_key(*value) && !renamed.values().any(|now| now == value);
    for value in after.keys().filter(is_new) {
        let message = format!("the value `{value}` of the discriminator is new");
        walk.push_value(&rules::DISCRIMINATOR_MAPPING_ADDED, site, message, &old_place, &after[value].1);
    }
}

/// The values of a discriminator: what each leads to, and where that is said.
type Values = IndexMap<String, (String, Pointer)>;

/// The values of two discriminators: those of the mappings, and the names of the alternatives that are in both unions and that
/// no value is mapped to. The others come and go with their alternatives.
fn values(walk: &Walk<'_>, old: (&Schema, &Discriminator), new: (&Schema, &Discriminator)) -> (Values, Values) {
    let mapped = |(schema, discriminator): (&Schema, &Discriminator)| -> Values {
        let place = schema.pointer.join("discriminator").join("mapping");
        let mapping = discriminator.mapping.iter();
        mapping.map(|(value, target)| (value.clone(), (target.clone(), place.join(value)))).collect()
    };
    let (mut before, mut after) = (mapped(old), mapped(new));
    for (was, is) in matched(walk, (old.0, alternatives(old.0)), (new.0, alternatives(new.0))).pairs {
        for (alternative, values) in [(was, &mut before), (is, &mut after)] {
            let SchemaRef::Component { name, .. } = alternative else { continue };
            let leads_here = |target: &String| target.rsplit('/').next() == Some(name);
            if !values.values().any(|(target, _)| leads_here(target)) {
                let value = (name.clone(), alternative.pointer().clone());
                values.entry(name.clone()).or_insert(value);
            }
        }
    }
    (before, after)
}

fn alternatives(schema: &Schema) -> &[SchemaRef] {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}

/// The values that are gone, each with the one that has come for it: for a schema with one value before and one now.
fn renamed_values<'a>(walk: &Walk<'_>, old: &'a Values, new: &'a Values) -> HashMap<&'a str, &'a str> {
    let renamed = |(value, (target, _)): (&'a String, &(String, Pointer))| {
        let mut is = new.iter().filter(|(_, (now, _))| means_same(walk, target, now));
        let mut was = old.values().filter(|(other, _)| means_same(walk, target, other));
        match (is.next(), is.next(), was.nth(1)) {
            (Some((now, _)), None, None) => Some((value.as_str(), now.as_str())),
            _ => None,
        }
    };
    old.iter().filter_map(renamed).filter(|(value, now)| value != now && !old.contains_key(*now)).collect()
}

/// Whether two values of a mapping lead to one schema, which may have another name now.
fn means_same(walk: &Walk<'_>, old: &str, new: &str) -> bool {
    let name = |target: &str| target.rsplit('/').next().unwrap_or_default().to_owned();
    let (old, new) = (name(old), name(new));
    // A name that is in both documents names two schemas.
    old == new || !walk.new.document.schemas.contains_key(&old) && !walk.old.document.schemas.contains_key(&new)
}
