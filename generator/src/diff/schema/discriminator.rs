//! Compares discriminators: the name of the property, and the values that select a variant.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::diff::compared_value::ComparedValue;
use crate::diff::rules;
use crate::diff::schema::place::keyword_place;
use crate::diff::schema::variants::{match_schemas, variants};
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

pub(crate) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    let place = |schema: &Schema| keyword_place(schema, schema.discriminator.is_some(), "discriminator");
    let (old_place, new_place) = (place(old), place(new));
    let (before, after) = match (&old.discriminator, &new.discriminator) {
        (None, None) => return,
        (None, Some(after)) => {
            let message = format!("the discriminator `{}` was added", after.property_name);
            return walk.report_value(&rules::DISCRIMINATOR_ADDED, site, message, &old_place, &new_place);
        }
        (Some(before), None) => {
            let message = format!("the discriminator `{}` was removed", before.property_name);
            return walk.report_value(&rules::DISCRIMINATOR_REMOVED, site, message, &old_place, &new_place);
        }
        (Some(before), Some(after)) => (before, after),
    };
    if before.property_name != after.property_name {
        let message = format!(
            "the property of the discriminator changed from `{}` to `{}`",
            before.property_name, after.property_name
        );
        walk.report_value(&rules::DISCRIMINATOR_PROPERTY_CHANGED, site, message, &old_place, &new_place);
    }
    compare_defaults(walk, (before, &old_place), (after, &new_place), site);
    let (before, after) = mapped_values(walk, (old, before), (new, after));
    compare_values(walk, (&before, &old_place), (&after, &new_place), site);
}

/// Compares the variants of `defaultMapping`, which values select that select no other variant.
fn compare_defaults(
    walk: &mut Walk<'_>,
    (before, old_place): (&Discriminator, &Pointer),
    (after, new_place): (&Discriminator, &Pointer),
    site: &ComparedValue,
) {
    let (rule, message) = match (&before.default_mapping, &after.default_mapping) {
        (Some(old), Some(new)) if is_same_target(walk, old, new) => return,
        (None, None) => return,
        (Some(old), Some(new)) => {
            (&rules::DISCRIMINATOR_MAPPING_CHANGED, format!("the default variant changed from `{old}` to `{new}`"))
        }
        (None, Some(new)) => (&rules::DISCRIMINATOR_MAPPING_ADDED, format!("the default variant `{new}` was added")),
        (Some(old), None) => {
            (&rules::DISCRIMINATOR_MAPPING_DELETED, format!("the default variant `{old}` was removed"))
        }
    };
    walk.report_value(rule, site, message, &keyword_of(before, old_place), &keyword_of(after, new_place));
}

/// Returns the JSON Pointer of `defaultMapping`, or that of the discriminator if it has none.
fn keyword_of(discriminator: &Discriminator, place: &Pointer) -> Pointer {
    match discriminator.default_mapping {
        Some(_) => place.join("defaultMapping"),
        None => place.clone(),
    }
}

/// Compares the values of two discriminators. Each set of values is paired with the JSON Pointer of its discriminator.
fn compare_values(
    walk: &mut Walk<'_>,
    (before, old_place): (&MappedValues, &Pointer),
    (after, new_place): (&MappedValues, &Pointer),
    site: &ComparedValue,
) {
    let renamed = renamed_values(walk, before, after);
    for (value, (target, place)) in before {
        match after.get(value) {
            None if renamed.contains_key(value.as_str()) => {
                let new_value = renamed[value.as_str()];
                let message = format!("the discriminator value for `{target}` changed from `{value}` to `{new_value}`");
                let new_place = &after[new_value].1;
                walk.report_value(&rules::DISCRIMINATOR_MAPPING_CHANGED, site, message, place, new_place);
            }
            None => {
                let message = format!("the discriminator value `{value}` was removed");
                walk.report_value(&rules::DISCRIMINATOR_MAPPING_DELETED, site, message, place, new_place);
            }
            Some((new_target, new_place)) if !is_same_target(walk, target, new_target) => {
                let message =
                    format!("the discriminator value `{value}` now means `{new_target}` instead of `{target}`");
                walk.report_value(&rules::DISCRIMINATOR_MAPPING_CHANGED, site, message, place, new_place);
            }
            Some(_) => {}
        }
    }
    let is_added = |value: &&String| !before.contains_key(*value) && !renamed.values().any(|new| new == value);
    for value in after.keys().filter(is_added) {
        let message = format!("the discriminator value `{value}` was added");
        walk.report_value(&rules::DISCRIMINATOR_MAPPING_ADDED, site, message, old_place, &after[value].1);
    }
}

/// The values of a discriminator. Each value is mapped to the schema that it selects, and to the JSON Pointer of its member in
/// `mapping`. If `mapping` does not contain the value, the JSON Pointer is that of the variant.
type MappedValues = IndexMap<String, (String, Pointer)>;

/// Returns the values of two discriminators: the keys of `mapping`, and the component names of variants that `mapping` omits.
///
/// A component name is included only if both unions have the variant as a component. A variant in only one union is already
/// reported as added or removed. A variant that is an inline schema in one of the unions is selected by its own keywords there.
fn mapped_values(
    walk: &Walk<'_>,
    old: (&Schema, &Discriminator),
    new: (&Schema, &Discriminator),
) -> (MappedValues, MappedValues) {
    let mapping = |(schema, discriminator): (&Schema, &Discriminator)| -> MappedValues {
        let place = schema.pointer.join("discriminator").join("mapping");
        let mapping = discriminator.mapping.iter();
        mapping.map(|(value, target)| (value.clone(), (target.clone(), place.join(value)))).collect()
    };
    let (mut before, mut after) = (mapping(old), mapping(new));
    let targets = |values: &MappedValues| -> HashSet<String> {
        values.values().map(|(target, _)| component_name(target).to_owned()).collect()
    };
    let (old_targets, new_targets) = (targets(&before), targets(&after));
    let matching =
        match_schemas(&walk.equalities, (walk.old, old.0, variants(old.0)), (walk.new, new.0, variants(new.0)));
    let is_component = |variant: &SchemaRef| matches!(variant, SchemaRef::Component { .. });
    for (old_variant, new_variant) in matching.pairs {
        if !is_component(old_variant) || !is_component(new_variant) {
            continue;
        }
        for (variant, values, targets) in
            [(old_variant, &mut before, &old_targets), (new_variant, &mut after, &new_targets)]
        {
            let SchemaRef::Component { name, .. } = variant else { continue };
            if !targets.contains(name.as_str()) {
                let value = (name.clone(), variant.pointer().clone());
                values.entry(name.clone()).or_insert(value);
            }
        }
    }
    (before, after)
}

/// Returns the renamed discriminator values. Each removed value is mapped to the added value that selects the same schema. A
/// value counts as renamed only if no other value of the same document selects that schema.
fn renamed_values<'a>(walk: &Walk<'_>, old: &'a MappedValues, new: &'a MappedValues) -> HashMap<&'a str, &'a str> {
    let (old_targets, new_targets) = (Targets::new(walk, old), Targets::new(walk, new));
    let renamed = |(value, (target, _)): (&'a String, &'a (String, Pointer))| {
        let mut new_values = new_targets.values_of(walk, target);
        let (new_value, other) = (new_values.next()?, new_values.next());
        let is_only = other.is_none() && old_targets.values_of(walk, target).nth(1).is_none();
        is_only.then_some((value.as_str(), new_value))
    };
    let renamed = old.iter().filter_map(renamed);
    renamed.filter(|(value, new_value)| value != new_value && !old.contains_key(*new_value)).collect()
}

/// The values of one discriminator, by the schema that they select.
struct Targets<'a> {
    by_name: HashMap<&'a str, Vec<&'a str>>,
    /// The names of the selected schemas that the older document lacks, each with its values.
    added: Vec<(&'a str, &'a str)>,
}

impl<'a> Targets<'a> {
    fn new(walk: &Walk<'_>, values: &'a MappedValues) -> Self {
        let mut targets = Self { by_name: HashMap::new(), added: Vec::new() };
        for (value, (target, _)) in values {
            let name = component_name(target);
            targets.by_name.entry(name).or_default().push(value);
            if !walk.old.document.schemas.contains_key(name) {
                targets.added.push((name, value));
            }
        }
        targets
    }

    /// Returns the values that select the same schema as `target` in the older document: see [`is_same_target`].
    fn values_of(&self, walk: &Walk<'_>, target: &str) -> impl Iterator<Item = &'a str> {
        let name = component_name(target);
        let is_removed = !walk.new.document.schemas.contains_key(name);
        let same = self.by_name.get(name).into_iter().flatten().copied();
        let renamed = self.added.iter().filter(move |(added, _)| is_removed && *added != name).map(|(_, value)| *value);
        same.chain(renamed)
    }
}

/// Returns whether two targets of `mapping` are the same schema. Two different names count as one renamed schema if the newer
/// document lacks `old` and the older document lacks `new`.
fn is_same_target(walk: &Walk<'_>, old: &str, new: &str) -> bool {
    let (old, new) = (component_name(old), component_name(new));
    old == new || !walk.new.document.schemas.contains_key(old) && !walk.old.document.schemas.contains_key(new)
}

/// Returns the last part of a target of `mapping`, which is a component name or a reference.
fn component_name(target: &str) -> &str {
    target.rsplit('/').next().unwrap_or_default()
}
