//! Compares two surfaces, and determines the version bump that each difference requires. A surface is the public interface of a
//! generated crate.
//!
//! A difference is major if some existing code no longer compiles or changes its meaning. It is minor if existing code compiles
//! and new code can do more. It is a patch if values are only sent, decoded or validated differently. As in Cargo's rules for
//! SemVer, new names are minor although they can affect glob imports, type inference, and methods of a caller's own traits.

pub(crate) mod bump;
pub(crate) mod difference;
mod facets;
mod index;
mod name_map;
mod renames;
mod reused_name;
mod rules;
mod wire_meaning;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::surface::compare::bump::VersionBump;
use crate::surface::compare::difference::Difference;
use crate::surface::compare::index::{Index, operation_of};
use crate::surface::compare::rules::Rule;
use crate::surface::item::{Facet, Item, ItemKind, OTHER_MEMBERS, Surface};

/// Returns all differences between `old` and `new` that callers can notice, sorted by the paths of the items. Each API must have
/// the same module name in both surfaces.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let translated = renames::resolve(old, new, &mut found);
    let originals =
        translated.items.iter().zip(&old.items).map(|(item, original)| (item.path.as_str(), original)).collect();
    let (old, new) = (Index::new(&translated), Index::new(new));
    let removed_operations = old.operations_missing_in(&new);
    let added_operations = new.operations_missing_in(&old);
    let mut comparison = Comparison { old, new, originals, removed_operations, added_operations, found };
    comparison.run();
    let mut found = comparison.found;
    found.sort_by(|left, right| (&left.path, left.rule, &left.message).cmp(&(&right.path, right.rule, &right.message)));
    found
}

/// A comparison in progress, with the differences that have been found so far.
struct Comparison<'a> {
    /// The older surface. Renamed items have the names of the newer surface.
    old: Index<'a>,
    new: Index<'a>,
    /// The older items with their original names. The key is the path of the item in `old`, where a renamed item already has its
    /// new name.
    originals: HashMap<&'a str, &'a Item>,
    /// The JSON Pointers of the operations that only the older document has.
    removed_operations: HashSet<&'a str>,
    /// The JSON Pointers of the operations that only the newer document has.
    added_operations: HashSet<&'a str>,
    found: Vec<Difference>,
}

/// Returns whether `item` is the type of an inline schema in one of `operations`. Such a type is added and removed together with
/// the operation.
fn belongs_to_operation(item: &Item, operations: &HashSet<&str>) -> bool {
    matches!(item.kind, ItemKind::Struct | ItemKind::Newtype | ItemKind::Tuple | ItemKind::Enum)
        && operation_of(&item.pointer).is_some_and(|operation| operations.contains(operation))
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        let (old_items, new_items) = (self.old.items, self.new.items);
        let changed_kind = |old: &&Item| self.new.get(&old.path).is_some_and(|new| is_other_kind(old, new));
        let changed_kinds: HashSet<&str> =
            old_items.iter().filter(changed_kind).map(|item| item.path.as_str()).collect();
        // If the kind of an item changed, for example from struct to enum, changes of its fields or variants are not reported in
        // addition.
        let is_covered = |item: &Item| changed_kinds.contains(&*item.owner);
        for new in new_items.iter().filter(|item| !is_covered(item)) {
            if self.old.get(&new.path).is_none() {
                self.added(new);
            }
        }
        for old in old_items.iter().filter(|item| !is_covered(item)) {
            match self.new.get(&old.path) {
                None => self.removed(old),
                Some(new) if changed_kinds.contains(old.path.as_str()) => {
                    let message = format!("`{}` changed from {} to {}", old.path, kind_name(old), kind_name(new));
                    self.report(&rules::KIND_CHANGED, Some(old), Some(new), message);
                }
                Some(new) => self.changed(old, new),
            }
        }
        self.remove_consequences();
    }

    fn report(&mut self, rule: &Rule, old: Option<&Item>, new: Option<&Item>, message: String) {
        self.found.extend(Difference::new(rule, old, new, message));
    }

    fn removed(&mut self, old: &Item) {
        let owner_was_removed = self.old.get(&old.owner).is_some() && self.new.get(&old.owner).is_none();
        if owner_was_removed || belongs_to_operation(old, &self.removed_operations) {
            return;
        }
        let Some(rule) = rules::removed(old.kind) else { return };
        let original = self.originals.get(old.path.as_str()).copied().unwrap_or(old);
        self.report(rule, Some(old), None, format!("`{}` was removed: {original}", old.path));
    }

    fn added(&mut self, new: &Item) {
        let owner_was_added = self.new.get(&new.owner).is_some() && self.old.get(&new.owner).is_none();
        if owner_was_added || belongs_to_operation(new, &self.added_operations) {
            return;
        }
        let has_value = new.facet(Facet::Setter).is_none() && new.facet(Facet::Location) != Some(OTHER_MEMBERS);
        let required = match new.kind {
            ItemKind::Argument => has_value,
            // The struct of a key is constructed as a literal.
            ItemKind::Field if !self.old.is_in_non_exhaustive(new) => true,
            ItemKind::Field => {
                has_value && self.old.has_constructor(&new.owner) && self.new.has_constructor(&new.owner)
            }
            _ => false,
        };
        let Some(rule) = rules::added(new.kind, required) else { return };
        self.report(rule, None, Some(new), format!("`{}` was added: {new}", new.path));
    }

    fn changed(&mut self, old: &Item, new: &Item) {
        self.compare_arguments(old, new);
        for (rule, message) in facets::compare(old, new) {
            if let Some(difference) = reused_name::detect((&self.old, old), (&self.new, new), rule) {
                self.found.push(difference);
                continue;
            }
            // If a constructor was added or removed, the resulting changes of setters are not reported in addition.
            let follows_from_constructor = match rule.id {
                "setter-removed" => !self.new.has_constructor(&new.owner),
                "setter-added" => !self.old.has_constructor(&old.owner),
                _ => false,
            };
            let accepts_old = rule.id == rules::ARGUMENT_CHANGED.id && self.converts_from(old, new);
            let rule = if accepts_old { &rules::ARGUMENT_ACCEPTS_MORE } else { rule };
            if !follows_from_constructor || old.kind == ItemKind::Argument {
                self.report(rule, Some(old), Some(new), message);
            }
        }
    }

    /// Returns whether the type of an argument is now an enum of bodies that implements `From` for the older type.
    fn converts_from(&self, old: &Item, new: &Item) -> bool {
        let plain = |item: &Item| {
            let text = item.facet(Facet::Type).unwrap_or_default();
            text.strip_prefix("Option<").and_then(|text| text.strip_suffix('>')).unwrap_or(text).to_owned()
        };
        let (old_type, new_type) = (plain(old), plain(new));
        let module = new.path.split("Client::").next().unwrap_or_default();
        let bodies = self.new.get(&format!("{module}operations::{new_type}"));
        let traits = bodies.and_then(|item| item.facet(Facet::Traits)).unwrap_or_default();
        traits.split(" + ").any(|known| known == format!("From<{old_type}>"))
    }

    /// Reports positional arguments that are in a different order. For a function, also reports arguments with different types.
    /// The arguments of an operation or a constructor are items of their own, and their types are compared as facets of these
    /// items.
    fn compare_arguments(&mut self, old: &Item, new: &Item) {
        fn positional(item: &Item) -> &[(String, String)] {
            item.arguments.get(item.named..).unwrap_or_default()
        }
        fn shared_names<'i>(item: &'i Item, other: &Item) -> Vec<&'i String> {
            let others: HashSet<&String> = positional(other).iter().map(|(name, _)| name).collect();
            positional(item).iter().map(|(name, _)| name).filter(|name| others.contains(name)).collect()
        }
        if shared_names(old, new) != shared_names(new, old) {
            let message = format!("the arguments of `{}` were reordered: {new}", new.path);
            return self.report(&rules::ARGUMENTS_REORDERED, Some(old), Some(new), message);
        }
        let passed = |item: &Item| {
            let named: BTreeMap<String, String> = item.arguments.iter().take(item.named).cloned().collect();
            let types: Vec<String> = positional(item).iter().map(|(_, type_text)| type_text.clone()).collect();
            (named, types)
        };
        if old.kind == ItemKind::Function && passed(old) != passed(new) {
            let message = format!("the arguments of `{}` changed: {new}", new.path);
            self.report(&rules::ARGUMENTS_CHANGED, Some(old), Some(new), message);
        }
    }

    /// Removes each difference that follows from another reported difference. For example, a changed response is removed if the
    /// success type of the operation is already reported as changed.
    fn remove_consequences(&mut self) {
        self.remove_consequences_in_traits();
        let reported: HashSet<(String, &str)> =
            self.found.iter().map(|found| (found.path.clone(), found.rule)).collect();
        // The paths of changed variants, from `operations::`.
        let variants = reported.iter().filter(|(_, rule)| rule.starts_with("variant-"));
        let variants: HashSet<&str> =
            variants.filter_map(|(path, _)| Some(&path[path.rfind("operations::")?..])).collect();
        let is_reported =
            |path: String, rules: &[&'static str]| rules.iter().any(|rule| reported.contains(&(path.clone(), rule)));
        let (old, new) = (&self.old, &self.new);
        self.found.retain(|found| match found.rule {
            // If a response was added, removed or changed, a variant or the success or failure type of the operation can change
            // with it. If that change is reported, the response is not reported in addition.
            "response-added" | "response-removed" | "response-changed" => {
                let outcome = |index: &Index<'_>| {
                    index.get(&found.path).and_then(|item| item.facet(Facet::Outcome)).map(str::to_owned)
                };
                let owner = new.get(&found.path).or_else(|| old.get(&found.path)).map(|item| item.owner.to_string());
                let is_variant_reported = outcome(old).into_iter().chain(outcome(new)).any(|outcome| {
                    variants.contains(format!("operations::{}", outcome.trim_start_matches("failure ")).as_str())
                });
                let operation_rules = ["success-type-changed", "failure-type-changed"];
                !is_variant_reported && !is_reported(owner.unwrap_or_default(), &operation_rules)
            }
            _ => true,
        });
    }
}

impl Comparison<'_> {
    /// Removes the changes of the trait over operations, and of the arguments of its methods, that follow from a change of the
    /// operation: if a major change of the operation is reported, or if they are not major. A required argument of an operation
    /// is only added or renamed.
    fn remove_consequences_in_traits(&mut self) {
        let is_of_trait = |path: &str| path.split("::").any(|step| step == "traits" || step == "arguments");
        let method_of = |path: &str| path.split(['.', ' ']).next().unwrap_or_default().to_owned();
        let is_major = |found: &Difference| found.bump == VersionBump::Major;
        let of_operations = self.found.iter().filter(|found| is_major(found) && !is_of_trait(&found.path));
        let major: HashSet<String> = of_operations.map(|found| method_of(&found.path)).collect();
        let (old, new) = (&self.old, &self.new);
        self.found.retain(|found| {
            let item = new.get(&found.path).or_else(|| old.get(&found.path));
            let is_reported = item.is_some_and(|item| major.contains(&*item.owner));
            !is_of_trait(&found.path)
                || (is_major(found) && found.rule != rules::REQUIRED_FIELD_ADDED.id && !is_reported)
        });
    }
}

fn is_other_kind(old: &Item, new: &Item) -> bool {
    old.kind != new.kind
        || (old.kind == ItemKind::Enum && old.facet(Facet::Declaration) != new.facet(Facet::Declaration))
}

fn kind_name(item: &Item) -> &str {
    match item.kind {
        ItemKind::Newtype => "struct with one unnamed field",
        ItemKind::Tuple => "struct with unnamed fields",
        _ => item.facet(Facet::Declaration).unwrap_or("another kind of item"),
    }
}
