//! Two surfaces, and what the difference means for code that was written against the older one.
//!
//! A difference is major where some code that compiled does not compile any more, or means something else; minor where code
//! that compiled still does and more is possible; and a patch where only values are treated differently. As Rust itself does,
//! this leaves out what new names do to glob imports, to inference, and to methods of callers' own traits.

mod facets;
mod renames;
pub(crate) mod reused_name;
mod rules;

use std::collections::{HashMap, HashSet};

use crate::pointer::Pointer;
use crate::surface::compare::rules::Rule;
use crate::surface::{Facet, Item, Kind, Surface};

/// What a difference asks of the next version's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Code means what it meant; values are treated differently.
    Patch,
    /// Code that compiled still does.
    Minor,
    /// Some code that compiled does not any more.
    Major,
}

/// One difference for callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it asks of the version.
    pub level: Level,
    /// Its rule, in kebab case.
    pub rule: &'static str,
    /// The item, by its path in the newer crate, or in the older one where it is gone.
    pub path: String,
    /// What is different.
    pub message: String,
    /// Why that is of its level.
    pub reason: &'static str,
    /// The place in the older document.
    pub old: Option<Place>,
    /// The place in the newer document.
    pub new: Option<Place>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The document, without its folder.
    pub file: String,
    /// Where in it; the document itself where nothing nearer is known.
    pub pointer: Pointer,
}

/// All differences for callers, by the paths of the items. The crates have to have the same modules: a document that is
/// lowered under another module is another API.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let written = old;
    let old = renames::follow(old, new, &mut found);
    let written = old.items.iter().zip(&written.items).map(|(item, written)| (item.path.as_str(), written)).collect();
    let (old, new) = (Index::of(&old), Index::of(new));
    let (gone, come) = (old.operations_without(&new), new.operations_without(&old));
    let mut comparison = Comparison { old, new, written, gone, come, found };
    comparison.run();
    let mut found = comparison.found;
    found.sort_by(|left, right| (&left.path, left.rule, &left.message).cmp(&(&right.path, right.rule, &right.message)));
    found
}

/// The items of a surface by their paths.
struct Index<'a> {
    items: &'a [Item],
    by_path: HashMap<&'a str, &'a Item>,
    /// The structs of arguments, by the paths of their methods.
    arguments: HashMap<&'a str, &'a Item>,
}

impl<'a> Index<'a> {
    fn of(surface: &'a Surface) -> Self {
        let items = surface.items.as_slice();
        let is_arguments = |item: &&Item| item.kind == Kind::Struct && item.owner.contains("Client::");
        Self {
            items,
            by_path: items.iter().map(|item| (item.path.as_str(), item)).collect(),
            arguments: items.iter().filter(is_arguments).map(|item| (&*item.owner, item)).collect(),
        }
    }

    fn operations_without(&self, other: &Self) -> HashSet<&'a str> {
        let operations = self.items.iter().filter(|item| item.kind == Kind::Operation);
        operations
            .filter(|item| other.get(&item.path).is_none())
            .filter_map(|item| operation_of(&item.pointer))
            .collect()
    }

    fn get(&self, path: &str) -> Option<&'a Item> {
        self.by_path.get(path).copied()
    }

    /// Whether the struct or enum that `item` is a member of may get more members without callers' noticing.
    fn is_open(&self, item: &Item) -> bool {
        let of = match item.kind {
            Kind::Argument => self.arguments.get(&*item.owner).copied(),
            _ => self.get(&item.owner),
        };
        of.is_some_and(|of| of.facet(Facet::NonExhaustive).is_some())
    }

    fn has_constructor(&self, owner: &str) -> bool {
        self.get(&format!("{owner}::new")).is_some()
    }
}

struct Comparison<'a> {
    old: Index<'a>,
    new: Index<'a>,
    /// The older items in the words of their own crate, by their paths in those of the newer one.
    written: HashMap<&'a str, &'a Item>,
    /// Where the operations stand that only the older document has.
    gone: HashSet<&'a str>,
    /// Where those stand that only the newer one has.
    come: HashSet<&'a str>,
    found: Vec<Difference>,
}

/// The operation that a place is part of, as a pointer; `None` where it is part of none.
fn operation_of(pointer: &Pointer) -> Option<&str> {
    let text = pointer.as_str();
    let end = text.starts_with("/paths/").then(|| text.match_indices('/').nth(3).map_or(text.len(), |(at, _)| at))?;
    Some(&text[..end])
}

/// Whether `item` is a type that stands in one of these operations: it comes and goes with it.
fn is_of_operation(item: &Item, operations: &HashSet<&str>) -> bool {
    matches!(item.kind, Kind::Struct | Kind::Newtype | Kind::Enum)
        && operation_of(&item.pointer).is_some_and(|operation| operations.contains(operation))
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        let (old_items, new_items) = (self.old.items, self.new.items);
        let is_other = |old: &&Item| self.new.get(&old.path).is_some_and(|new| is_other_kind(old, new));
        let other_kinds: HashSet<&str> = old_items.iter().filter(is_other).map(|item| item.path.as_str()).collect();
        // What an item of another kind has is told with the item.
        let is_told = |item: &Item| other_kinds.contains(&*item.owner);
        for new in new_items.iter().filter(|item| !is_told(item)) {
            if self.old.get(&new.path).is_none() {
                self.added(new);
            }
        }
        for old in old_items.iter().filter(|item| !is_told(item)) {
            match self.new.get(&old.path) {
                None => self.removed(old),
                Some(new) if other_kinds.contains(old.path.as_str()) => {
                    let message = format!("`{}` is {} instead of {}", old.path, sort(new), sort(old));
                    self.push(&rules::KIND_CHANGED, Some(old), Some(new), message);
                }
                Some(new) => self.changed(old, new),
            }
        }
        self.leave_out_consequences();
    }

    fn push(&mut self, rule: &Rule, old: Option<&Item>, new: Option<&Item>, message: String) {
        self.found.extend(difference(rule, old, new, message));
    }

    fn removed(&mut self, old: &Item) {
        let with_owner = self.old.get(&old.owner).is_some() && self.new.get(&old.owner).is_none();
        if with_owner {
            return;
        }
        if is_of_operation(old, &self.gone) {
            return;
        }
        let Some(rule) = rules::removed(old.kind) else { return };
        let written = self.written.get(old.path.as_str()).copied().unwrap_or(old);
        self.push(rule, Some(old), None, format!("`{}` is gone: {written}", old.path));
    }

    fn added(&mut self, new: &Item) {
        let with_owner = self.new.get(&new.owner).is_some() && self.old.get(&new.owner).is_none();
        if with_owner {
            return;
        }
        if is_of_operation(new, &self.come) {
            return;
        }
        let required = new.kind == Kind::Argument && new.facet(Facet::Setter).is_none();
        let Some(rule) = rules::added(new.kind, self.old.is_open(new), required) else { return };
        self.push(rule, None, Some(new), format!("`{}` is new: {new}", new.path));
    }

    fn changed(&mut self, old: &Item, new: &Item) {
        self.arguments(old, new);
        for (rule, message) in facets::compare(old, new) {
            if let Some(told) = reused_name::told((&self.old, old), (&self.new, new), rule) {
                self.found.push(told);
                continue;
            }
            let consequence = match rule.id {
                "setter-removed" => !self.new.has_constructor(&new.owner),
                "setter-added" => !self.old.has_constructor(&old.owner),
                "became-non-exhaustive" => self.old.has_constructor(&old.path),
                "became-exhaustive" => self.new.has_constructor(&new.path),
                _ => false,
            };
            // The constructor came or went, and that is told.
            if !consequence || matches!(old.kind, Kind::Argument) {
                self.push(rule, Some(old), Some(new), message);
            }
        }
    }

    /// What functions take. Arguments of operations and constructors that came, went or changed are told by themselves.
    fn arguments(&mut self, old: &Item, new: &Item) {
        let names = |item: &Item, other: &Item| -> Vec<String> {
            let names = item.arguments.iter().map(|(name, _)| name);
            names.filter(|name| other.arguments.iter().any(|(known, _)| known == *name)).cloned().collect()
        };
        if names(old, new) != names(new, old) {
            let message = format!("`{}` takes its arguments in another order: {new}", new.path);
            return self.push(&rules::ARGUMENTS_REORDERED, Some(old), Some(new), message);
        }
        let types = |item: &Item| item.arguments.iter().map(|(_, kind)| kind.clone()).collect::<Vec<_>>();
        if old.kind == Kind::Function && types(old) != types(new) {
            let message = format!("`{}` takes other arguments: {new}", new.path);
            self.push(&rules::ARGUMENTS_CHANGED, Some(old), Some(new), message);
        }
    }

    /// Leaves out what follows from another difference.
    fn leave_out_consequences(&mut self) {
        let told: HashSet<(String, &str)> = self.found.iter().map(|found| (found.path.clone(), found.rule)).collect();
        let is_told =
            |path: String, rules: &[&'static str]| rules.iter().any(|rule| told.contains(&(path.clone(), rule)));
        let (old, new) = (&self.old, &self.new);
        self.found.retain(|found| match found.rule {
            // A body that has to be given, or is gone, breaks the call already.
            "lifetime-added" | "lifetime-removed" => {
                let item = new.get(&found.path).or_else(|| old.get(&found.path));
                let body = item.map(|item| format!("{}.body", item.owner)).unwrap_or_default();
                !is_told(body, &["required-argument-added", "argument-removed"])
            }
            // A variant, or another type, says it already.
            "answer-added" | "answer-removed" | "answer-changed" => {
                let meaning = |index: &Index<'_>| {
                    index.get(&found.path).and_then(|item| item.facet(Facet::Meaning)).map(str::to_owned)
                };
                let owner = new.get(&found.path).or_else(|| old.get(&found.path)).map(|item| item.owner.to_string());
                let variants = meaning(old).into_iter().chain(meaning(new)).any(|meaning| {
                    let variant = format!("operations::{}", meaning.trim_start_matches("failure "));
                    told.iter().any(|(path, rule)| rule.starts_with("variant-") && path.ends_with(&variant))
                });
                !variants && !is_told(owner.unwrap_or_default(), &["success-changed", "failure-changed"])
            }
            _ => true,
        });
    }
}

fn difference(rule: &Rule, old: Option<&Item>, new: Option<&Item>, message: String) -> Option<Difference> {
    let place = |item: &Item| Place { file: item.file.to_string(), pointer: item.pointer.clone() };
    let item = new.or(old)?;
    // What a method sends has no path of its own in the crate.
    let path = if item.kind == Kind::Request { item.owner.to_string() } else { item.path.clone() };
    let Rule { id, level, reason } = *rule;
    Some(Difference { level, rule: id, path, message, reason, old: old.map(place), new: new.map(place) })
}

fn is_other_kind(old: &Item, new: &Item) -> bool {
    old.kind != new.kind || (old.kind == Kind::Enum && old.facet(Facet::Shape) != new.facet(Facet::Shape))
}

/// What sort of item it is, in words.
fn sort(item: &Item) -> &str {
    match item.kind {
        Kind::Newtype => "a struct of one unnamed member",
        _ => item.facet(Facet::Shape).unwrap_or("another sort of item"),
    }
}
