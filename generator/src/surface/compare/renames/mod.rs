//! Finds renamed items. A rename is then reported as one difference, and not as a difference for each item that mentions the
//! name.

mod arguments;
mod candidates;
mod members;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::surface::compare::difference::Difference;
use crate::surface::compare::index::operation_of;
use crate::surface::compare::name_map::NameMap;
use crate::surface::compare::renames::arguments::{RenamedArgument, rename_path_arguments, shape};
use crate::surface::compare::renames::candidates::{Candidates, name, pairs};
use crate::surface::compare::renames::members::Members;
use crate::surface::compare::rules;
use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The maximum number of passes over the types. Each pass pairs old and new types with the same content. A type whose content
/// mentions a renamed type can be paired only in a later pass than the renamed type.
const PASSES: usize = 8;

/// The maximum length of the list of names in the message about a rename, in bytes. A type can contain as many types as fit in
/// the document.
const LONGEST_LIST: usize = 20_000;

/// Returns the older surface with the new names of renamed items. Adds a difference for each rename to `found`.
pub(super) fn resolve<'s>(old: &'s Surface, new: &'s Surface, found: &mut Vec<Difference>) -> Cow<'s, Surface> {
    let (removed, added) = (Candidates::only_in(old, new), Candidates::only_in(new, old));
    let (old_members, new_members) = (Members::new(old), Members::new(new));
    let mut renames = Renames::default();
    // Operations are first matched by HTTP method and whole path, then by HTTP method and path without the names of parameters.
    for key in [str::to_owned as fn(&str) -> String, shape] {
        let is_unmatched = |item: &Item| !renames.names.methods.contains_key(&item.path);
        let unmatched_old: Vec<&Item> = removed.all.iter().filter(|item| is_unmatched(item)).copied().collect();
        let matched: HashSet<&String> = renames.names.methods.values().collect();
        let unmatched_new: Vec<&Item> =
            added.all.iter().filter(|item| !matched.contains(&item.path)).copied().collect();
        let key_in = |members: &Members<'s>, item| members.request(item).map(|request| key(&request));
        let key_pairs =
            pairs(&unmatched_old, &unmatched_new, |item| key_in(&old_members, item), |item| key_in(&new_members, item));
        for (before, after) in key_pairs {
            renames.add_operation((&old_members, before), (&new_members, after), &removed, &added);
        }
    }
    for _ in 0..PASSES {
        let known = renames.names.types.len();
        let translated = |item: &'s Item| content(&old_members, item).map(|content| renames.names.text(&content));
        for (before, after) in pairs(&removed.all, &added.all, translated, |item| content(&new_members, item)) {
            if !renames.names.types.contains_key(name(before)) {
                renames.names.types.insert(name(before).to_owned(), name(after).to_owned());
                renames.list.push(Rename { before, after, derived: Vec::new() });
            }
        }
        if renames.names.types.len() == known {
            break;
        }
    }
    renames.add_nested_types(&removed, &added);
    renames.add_variants(&old_members, &new_members);
    let arguments = rename_path_arguments(&old_members, &new_members, &mut renames.names);
    found.extend(renames.list.iter().filter_map(Rename::difference));
    found.extend(arguments.iter().filter_map(RenamedArgument::difference));
    if renames.names.is_empty() { Cow::Borrowed(old) } else { Cow::Owned(renames.names.translate(old)) }
}

/// A renamed type or client method.
struct Rename<'s> {
    before: &'s Item,
    after: &'s Item,
    /// The old and new items that are named after the renamed item: types, followed by variants.
    derived: Vec<(&'s Item, &'s Item)>,
}

impl Rename<'_> {
    fn difference(&self) -> Option<Difference> {
        let mut derived = String::new();
        let mut shown = 0;
        for (before, after) in &self.derived {
            if derived.len() > LONGEST_LIST {
                break;
            }
            let comma = if shown == 0 { ", and with it " } else { ", " };
            derived.push_str(&format!("{comma}`{}` to `{}`", short_path(before), short_path(after)));
            shown += 1;
        }
        if let Some(others @ 1..) = self.derived.len().checked_sub(shown) {
            derived.push_str(&format!(", and {others} other names"));
        }
        let message = format!("`{}` was renamed to `{}`{derived}", self.before.path, self.after.path);
        Difference::new(&rules::RENAMED, Some(self.before), Some(self.after), message)
    }
}

/// Returns the name of a type without its module, or the name of a variant with the name of its enum: `Pet::Cat`.
fn short_path(item: &Item) -> String {
    if item.kind != ItemKind::Variant {
        return name(item).to_owned();
    }
    let owner = item.owner.rsplit("::").next().unwrap_or_default();
    format!("{owner}::{}", name(item))
}

/// Returns the lines of `SURFACE.txt` about a type, without the name of the type. Returns `None` for an operation, for a type
/// outside the module `types`, and for a struct or enum without fields, variants and functions.
fn content(members: &Members<'_>, item: &Item) -> Option<String> {
    if item.kind == ItemKind::Operation || !item.owner.ends_with("types") {
        return None;
    }
    let line = |of: &Item| of.to_string()[item.path.len()..].to_owned();
    let mut lines: Vec<String> = members.of(item).map(line).collect();
    if lines.is_empty() && !matches!(item.kind, ItemKind::Newtype | ItemKind::Tuple) {
        return None;
    }
    lines.sort();
    // Types of inline schemas match only if their schemas are in the same operation. For a component, `operation` is empty.
    let operation = operation_of(&item.pointer).unwrap_or_default().to_owned();
    lines.extend([line(item), operation]);
    Some(lines.join("\n"))
}

/// The renames that have been found so far.
#[derive(Default)]
struct Renames<'s> {
    names: NameMap,
    list: Vec<Rename<'s>>,
}

impl<'s> Renames<'s> {
    /// Adds a renamed client method, and the types that are named after this method: its struct of arguments, the types of its
    /// inline schemas, and its enums of bodies, successes and failures.
    fn add_operation(
        &mut self,
        (old, before): (&Members<'s>, &'s Item),
        (new, after): (&Members<'s>, &'s Item),
        removed: &Candidates<'s>,
        added: &Candidates<'s>,
    ) {
        self.names.methods.insert(before.path.clone(), after.path.clone());
        let base_name = |members: &Members<'s>, operation| {
            members.of(operation).find(|item| item.kind == ItemKind::Struct).map(name)
        };
        let mut derived = Vec::new();
        if let (Some(old_base), Some(new_base)) = (base_name(old, before), base_name(new, after)) {
            let belongs_to = |item: &Item, operation: &Item| {
                let is_inline = item.owner.ends_with("types") && item.pointer.is_within(&operation.pointer);
                is_inline || *item.owner == *operation.path || item.owner.ends_with("operations")
            };
            let module = |item: &'s Item| &item.path[..item.path.len() - name(item).len()];
            for item in removed.types_with_prefix(old_base).filter(|item| belongs_to(item, before)) {
                let new_name = format!("{new_base}{}", &name(item)[old_base.len()..]);
                let is_successor = |other: &&'s Item| module(other) == module(item) && belongs_to(other, after);
                let successor = added.types_with_name(&new_name).find(is_successor);
                if let Some(successor) = successor {
                    derived.push((item, successor));
                    self.names.types.insert(name(item).to_owned(), new_name);
                }
            }
        }
        derived.sort_by_key(|(before, after)| (name(before), name(after)));
        self.list.push(Rename { before, after, derived });
    }

    /// Adds the types of inline schemas inside the schemas of renamed types. The names of these inline types begin with the name
    /// of the renamed type.
    fn add_nested_types(&mut self, removed: &Candidates<'s>, added: &Candidates<'s>) {
        let is_type = |rename: &Rename<'s>| rename.before.kind != ItemKind::Operation;
        let mut bases: Vec<(&'s Item, &'s Item)> =
            self.list.iter().filter(|rename| is_type(rename)).map(|rename| (rename.before, rename.after)).collect();
        bases.sort_by_key(|(before, _)| (name(before).len(), name(before)));
        let positions: HashMap<&'s str, usize> =
            self.list.iter().enumerate().rev().map(|(index, rename)| (rename.before.path.as_str(), index)).collect();
        // The paths of the types whose rename is part of another rename.
        let mut nested: HashSet<&'s str> = HashSet::new();
        for (before, after) in bases {
            let is_nested = |item: &Item, base: &Item| {
                item.path != base.path && item.owner == base.owner && item.pointer.is_within(&base.pointer)
            };
            let mut derived = Vec::new();
            for item in removed.types_with_prefix(name(before)).filter(|item| is_nested(item, before)) {
                let new_name = format!("{}{}", name(after), &name(item)[name(before).len()..]);
                let successor = added.types_with_name(&new_name).find(|other| is_nested(other, after));
                let Some(successor) = successor else { continue };
                if self.names.types.get(name(item)).is_some_and(|known| *known != new_name) {
                    continue;
                }
                self.names.types.insert(name(item).to_owned(), new_name);
                derived.push((item, successor));
                nested.insert(&item.path);
            }
            derived.sort_by_key(|(before, after)| (name(before), name(after)));
            let rename = positions.get(before.path.as_str()).and_then(|index| self.list.get_mut(*index));
            if let Some(rename) = rename.filter(|_| !nested.contains(before.path.as_str())) {
                rename.derived.extend(derived);
            }
        }
        self.list.retain(|rename| !nested.contains(rename.before.path.as_str()));
    }

    /// Adds the variants that hold a renamed type and have the name of this type.
    fn add_variants(&mut self, old: &Members<'s>, new: &Members<'s>) {
        // The first rename of a type with each old name, or of a type after which the type with this name is named.
        let mut renames: HashMap<&'s str, usize> = HashMap::new();
        for (index, rename) in self.list.iter().enumerate() {
            if rename.before.kind != ItemKind::Operation {
                let derived = rename.derived.iter().map(|(before, _)| *before);
                derived.chain([rename.before]).for_each(|item| _ = renames.entry(name(item)).or_insert(index));
            }
        }
        let is_candidate = |item: &&Item| item.kind == ItemKind::Variant && self.names.types.contains_key(name(item));
        let mut candidates: Vec<&'s Item> = old.all().filter(is_candidate).collect();
        candidates.sort_by(|left, right| left.path.cmp(&right.path));
        for before in candidates {
            let owner = self.names.path(&before.owner);
            let path = format!("{owner}::{}", self.names.types[name(before)]);
            let payload = before.facet(Facet::Payload).map(|text| self.names.text(text));
            let keeps_name = new.get(&owner, &format!("{owner}::{}", name(before))).is_some();
            let has_payload = |after: &&Item| payload.is_some() && after.facet(Facet::Payload) == payload.as_deref();
            let Some(after) = new.get(&owner, &path).filter(|after| !keeps_name && has_payload(after)) else {
                continue;
            };
            if let Some(rename) = renames.get(name(before)).and_then(|index| self.list.get_mut(*index)) {
                rename.derived.push((before, after));
                self.names.variants.insert(before.path.clone(), path);
            }
        }
    }
}
