//! Finds renamed items. A rename is then reported as one difference, and not as a difference for each item that mentions the
//! name.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::surface::arguments::STYLE;
use crate::surface::compare::difference::Difference;
use crate::surface::compare::index::operation_of;
use crate::surface::compare::name_map::{ArgumentName, NameMap};
use crate::surface::compare::rules;
use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The maximum number of passes over the types. Each pass pairs old and new types with the same content. A type whose content
/// mentions a renamed type can be paired only in a later pass than the renamed type.
const PASSES: usize = 8;

/// Returns the older surface with the new names of renamed items. Adds a difference for each rename to `found`.
pub(super) fn resolve<'s>(old: &'s Surface, new: &'s Surface, found: &mut Vec<Difference>) -> Cow<'s, Surface> {
    let mut renames = Renames::default();
    let (removed, added) = (only_in(old, new), only_in(new, old));
    let (old_members, new_members) = (members(old), members(new));
    // Operations are first matched by HTTP method and whole path, then by HTTP method and path without the names of parameters.
    for key in [str::to_owned as fn(&str) -> String, shape] {
        let is_unmatched = |item: &Item| !renames.names.methods.contains_key(&item.path);
        let removed: Vec<&Item> = removed.iter().filter(|item| is_unmatched(item)).copied().collect();
        let matched: HashSet<&String> = renames.names.methods.values().collect();
        let added: Vec<&Item> = added.iter().filter(|item| !matched.contains(&item.path)).copied().collect();
        let key_in = |members, item| request(members, item).map(|request| key(&request));
        let pairs = pairs(&removed, &added, |item| key_in(&old_members, item), |item| key_in(&new_members, item));
        for (before, after) in pairs {
            renames.add_operation((&old_members, before), (&new_members, after), &removed, &added);
        }
    }
    for _ in 0..PASSES {
        let known = renames.names.types.len();
        let translated = |item: &'s Item| content(&old_members, item).map(|content| renames.names.text(&content));
        for (before, after) in pairs(&removed, &added, translated, |item| content(&new_members, item)) {
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
    renames.add_path_arguments(&old_members, &new_members);
    found.extend(renames.list.iter().filter_map(Rename::difference));
    found.extend(renames.arguments.iter().filter_map(RenamedArgument::difference));
    if renames.names.is_empty() { Cow::Borrowed(old) } else { Cow::Owned(renames.names.translate(old)) }
}

/// A renamed type or client method, with the old and new names of the items that are named after it.
struct Rename<'s> {
    before: &'s Item,
    after: &'s Item,
    derived: Vec<(String, String)>,
}

impl Rename<'_> {
    fn difference(&self) -> Option<Difference> {
        let derived = self.derived.iter().map(|(before, after)| format!("`{before}` to `{after}`"));
        let derived = derived.collect::<Vec<_>>().join(", ");
        let derived = if derived.is_empty() { derived } else { format!(", and with it {derived}") };
        let message = format!("`{}` was renamed to `{}`{derived}", self.before.path, self.after.path);
        Difference::new(&rules::RENAMED, Some(self.before), Some(self.after), message)
    }
}

/// An argument whose name changed while its position in the path template stayed the same.
struct RenamedArgument<'s> {
    before: &'s Item,
    after: &'s Item,
    /// Whether calls pass the argument by name.
    is_named: bool,
}

impl RenamedArgument<'_> {
    /// Returns the difference that reports the rename. Returns `None` if only the parameter in the path template was renamed, and
    /// the generated argument has the same name as before.
    fn difference(&self) -> Option<Difference> {
        if argument_name(self.before) == argument_name(self.after) {
            return None;
        }
        let message = format!("`{}` was renamed to `{}`", self.before.path, self.after.path);
        let rule = if self.is_named { &rules::NAMED_ARGUMENT_RENAMED } else { &rules::ARGUMENT_RENAMED };
        Difference::new(rule, Some(self.before), Some(self.after), message)
    }
}

fn argument_name(item: &Item) -> &str {
    item.path.rsplit('.').next().unwrap_or_default()
}

/// Returns the name of a type or method, without its module.
fn name(item: &Item) -> &str {
    item.path.rsplit("::").next().unwrap_or_default()
}

/// Returns a request without the names of its path parameters: `GET /pets/{id}` becomes `GET /pets/{}`.
fn shape(request: &str) -> String {
    let pieces = request.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
        Some((_, text)) if index > 0 => format!("{{}}{text}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// Returns the names of a request's path parameters, in order.
fn path_parameters(request: &str) -> Vec<&str> {
    request.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)).collect()
}

/// The items of a surface, grouped by their owners. The owner of an item is the item that contains it; the key is the path of the
/// owner.
type Members<'s> = HashMap<&'s str, Vec<&'s Item>>;

fn members(surface: &Surface) -> Members<'_> {
    let mut members = Members::new();
    for item in &surface.items {
        members.entry(&item.owner).or_default().push(item);
    }
    members
}

fn members_of<'m, 's>(members: &'m Members<'s>, item: &Item) -> impl Iterator<Item = &'s Item> + 'm {
    members.get(item.path.as_str()).into_iter().flatten().copied()
}

/// Returns the operations and types of `surface` whose paths `other` does not contain.
fn only_in<'s>(surface: &'s Surface, other: &Surface) -> Vec<&'s Item> {
    let known: HashSet<&str> = other.items.iter().map(|item| item.path.as_str()).collect();
    let kinds = [ItemKind::Operation, ItemKind::Struct, ItemKind::Newtype, ItemKind::Tuple, ItemKind::Enum];
    surface.items.iter().filter(|item| kinds.contains(&item.kind) && !known.contains(item.path.as_str())).collect()
}

/// Pairs each item in `removed` with the item in `added` that has the same key. `old_key` and `new_key` compute the keys. Ignores
/// a key that two items of one list share.
fn pairs<'s>(
    removed: &[&'s Item],
    added: &[&'s Item],
    old_key: impl Fn(&'s Item) -> Option<String>,
    new_key: impl Fn(&'s Item) -> Option<String>,
) -> Vec<(&'s Item, &'s Item)> {
    let by_key = |items: &[&'s Item], key: &dyn Fn(&'s Item) -> Option<String>| {
        let mut found: HashMap<String, Vec<&'s Item>> = HashMap::new();
        for item in items {
            if let Some(key) = key(item) {
                found.entry(key).or_default().push(item);
            }
        }
        found
    };
    let (removed, added) = (by_key(removed, &old_key), by_key(added, &new_key));
    let unique_pair = |(key, before): (&String, &Vec<&'s Item>)| {
        let after = added.get(key).map(Vec::as_slice);
        match (before.as_slice(), after) {
            ([before], Some([after])) => Some((*before, *after)),
            _ => None,
        }
    };
    let mut pairs: Vec<(&Item, &Item)> = removed.iter().filter_map(unique_pair).collect();
    pairs.sort_by_key(|(before, _)| &before.path);
    pairs
}

/// Returns the HTTP method and path of an operation, such as `GET /pets/{id}`.
fn request(members: &Members<'_>, item: &Item) -> Option<String> {
    let request = (item.kind == ItemKind::Operation)
        .then(|| members_of(members, item).find(|member| member.kind == ItemKind::Request))??;
    request.facet(Facet::Request).map(str::to_owned)
}

/// Returns the lines of `SURFACE.txt` about a type, without the name of the type. Returns `None` for an operation, for a type
/// outside the module `types`, and for a struct or enum without fields, variants and functions.
fn content(members: &Members<'_>, item: &Item) -> Option<String> {
    if item.kind == ItemKind::Operation || !item.owner.ends_with("types") {
        return None;
    }
    let line = |of: &Item| of.to_string()[item.path.len()..].to_owned();
    let mut lines: Vec<String> = members_of(members, item).map(line).collect();
    if lines.is_empty() && !matches!(item.kind, ItemKind::Newtype | ItemKind::Tuple) {
        return None;
    }
    lines.sort();
    // Types of inline schemas match only if their schemas are in the same operation. For a component, `operation` is empty.
    let operation = operation_of(&item.pointer).unwrap_or_default().to_owned();
    lines.extend([line(item), operation]);
    Some(lines.join("\n"))
}

/// Returns the style in the location of a path argument: ` style label` for `path id style label`, and an empty string for
/// `path id`. Returns `None` if `item` is not the argument for the path parameter `name`.
fn style_of_path_argument<'s>(item: &'s Item, name: &str) -> Option<&'s str> {
    let location = item.facet(Facet::Location).filter(|_| item.kind == ItemKind::Argument)?;
    let style = location.strip_prefix("path ")?.strip_prefix(name)?;
    (style.is_empty() || style.starts_with(STYLE)).then_some(style)
}

/// The renames that have been found so far.
#[derive(Default)]
struct Renames<'s> {
    names: NameMap,
    list: Vec<Rename<'s>>,
    arguments: Vec<RenamedArgument<'s>>,
}

impl<'s> Renames<'s> {
    /// Adds a renamed client method, and the types that are named after this method: its struct of arguments, the types of its
    /// inline schemas, and its enums of bodies, successes and failures.
    fn add_operation(
        &mut self,
        (old, before): (&Members<'s>, &'s Item),
        (new, after): (&Members<'s>, &'s Item),
        removed: &[&'s Item],
        added: &[&'s Item],
    ) {
        self.names.methods.insert(before.path.clone(), after.path.clone());
        let base_name = |members: &Members<'s>, operation: &Item| {
            members_of(members, operation).find(|item| item.kind == ItemKind::Struct).map(|item| name(item).to_owned())
        };
        let mut derived = Vec::new();
        if let (Some(old_base), Some(new_base)) = (base_name(old, before), base_name(new, after)) {
            let belongs_to = |item: &Item, operation: &Item| {
                let is_inline = item.owner.ends_with("types") && item.pointer.is_within(&operation.pointer);
                item.kind != ItemKind::Operation
                    && (is_inline || *item.owner == *operation.path || item.owner.ends_with("operations"))
            };
            for item in removed.iter().filter(|item| belongs_to(item, before)) {
                let Some(suffix) = name(item).strip_prefix(old_base.as_str()) else { continue };
                let new_name = format!("{new_base}{suffix}");
                let module = |item: &'s Item| &item.path[..item.path.len() - name(item).len()];
                let is_successor = |other: &&'s Item| {
                    name(other) == new_name && module(other) == module(item) && belongs_to(other, after)
                };
                if added.iter().any(is_successor) {
                    derived.push((name(item).to_owned(), new_name.clone()));
                    self.names.types.insert(name(item).to_owned(), new_name);
                }
            }
        }
        derived.sort();
        self.list.push(Rename { before, after, derived });
    }

    /// Adds the types of inline schemas inside the schemas of renamed types. The names of these inline types begin with the name
    /// of the renamed type.
    fn add_nested_types(&mut self, removed: &[&'s Item], added: &[&'s Item]) {
        let is_type = |rename: &Rename<'s>| rename.before.kind != ItemKind::Operation;
        let mut bases: Vec<(&'s Item, &'s Item)> =
            self.list.iter().filter(|rename| is_type(rename)).map(|rename| (rename.before, rename.after)).collect();
        bases.sort_by_key(|(before, _)| (name(before).len(), name(before)));
        for (before, after) in bases {
            let suffix = |item: &'s Item, base: &Item| {
                let suffix = name(item).strip_prefix(name(base)).filter(|suffix| !suffix.is_empty())?;
                let is_nested = item.owner == base.owner && item.pointer.is_within(&base.pointer);
                (item.kind != ItemKind::Operation && is_nested).then_some(suffix)
            };
            let mut derived = Vec::new();
            for (item, item_suffix) in removed.iter().filter_map(|item| Some((*item, suffix(item, before)?))) {
                let is_successor = |other: &&&'s Item| suffix(other, after) == Some(item_suffix);
                let Some(successor) = added.iter().find(is_successor) else { continue };
                if self.names.types.get(name(item)).is_some_and(|known| known != name(successor)) {
                    continue;
                }
                self.names.types.insert(name(item).to_owned(), name(successor).to_owned());
                derived.push((name(item).to_owned(), name(successor).to_owned()));
                self.list.retain(|rename| rename.before.path != item.path);
            }
            derived.sort();
            if let Some(rename) = self.list.iter_mut().find(|rename| rename.before.path == before.path) {
                rename.derived.extend(derived);
            }
        }
    }

    /// Adds the variants that hold a renamed type and have the name of this type.
    fn add_variants(&mut self, old: &Members<'s>, new: &Members<'s>) {
        let mut candidates: Vec<&'s Item> = old.values().flatten().copied().collect();
        candidates.retain(|item| item.kind == ItemKind::Variant && self.names.types.contains_key(name(item)));
        candidates.sort_by(|left, right| left.path.cmp(&right.path));
        for before in candidates {
            let owner = self.names.path(&before.owner);
            let path = format!("{owner}::{}", self.names.types[name(before)]);
            let newer =
                |path: &str| new.get(owner.as_str()).into_iter().flatten().copied().find(|item| item.path == path);
            let payload = before.facet(Facet::Payload).map(|text| self.names.text(text));
            let keeps_name = newer(&format!("{owner}::{}", name(before))).is_some();
            let has_payload = |after: &&Item| payload.is_some() && after.facet(Facet::Payload) == payload.as_deref();
            let Some(after) = newer(&path).filter(|after| !keeps_name && has_payload(after)) else { continue };
            let short_path = |item: &Item| {
                let owner = item.owner.rsplit("::").next().unwrap_or_default();
                format!("{owner}::{}", name(item))
            };
            let renames_type = |rename: &&mut Rename<'s>| {
                let is_derived = rename.derived.iter().any(|(old_name, _)| old_name == name(before));
                rename.before.kind != ItemKind::Operation && (name(rename.before) == name(before) || is_derived)
            };
            if let Some(rename) = self.list.iter_mut().find(renames_type) {
                rename.derived.push((short_path(before), short_path(after)));
                self.names.variants.insert(before.path.clone(), path);
            }
        }
    }

    /// Adds the arguments whose name changed while their position in the path template stayed the same.
    fn add_path_arguments(&mut self, old: &Members<'s>, new: &Members<'s>) {
        let methods = old.values().flatten().filter(|item| item.kind == ItemKind::Operation);
        let mut methods: Vec<&'s Item> = methods.copied().collect();
        methods.sort_by(|left, right| left.path.cmp(&right.path));
        for before in methods {
            let path = self.names.methods.get(&before.path).unwrap_or(&before.path).clone();
            let siblings = new.get(before.owner.as_ref()).into_iter().flatten();
            let Some(after) = siblings.copied().find(|item| item.path == path) else { continue };
            let (Some(old_request), Some(new_request)) = (request(old, before), request(new, after)) else { continue };
            if old_request == new_request || shape(&old_request) != shape(&new_request) {
                continue;
            }
            let parameters = path_parameters(&old_request).into_iter().zip(path_parameters(&new_request));
            for (old_name, new_name) in parameters.filter(|(old_name, new_name)| old_name != new_name) {
                let is_named = before.named > 0;
                let find = |members: &Members<'s>, operation: &'s Item, name: &str| {
                    members_of(members, operation)
                        .find_map(|item| Some((item, style_of_path_argument(item, name)?.to_owned())))
                };
                let (Some((before, style)), Some((after, _))) =
                    (find(old, before, old_name), find(new, after, new_name))
                else {
                    continue;
                };
                let location = format!("path {new_name}{style}");
                self.names.arguments.insert(before.path.clone(), ArgumentName { path: after.path.clone(), location });
                self.arguments.push(RenamedArgument { before, after, is_named });
            }
            self.names.requests.insert(before.path.clone(), new_request);
        }
    }
}
