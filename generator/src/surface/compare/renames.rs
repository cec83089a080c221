//! Renames: what is the same under another name is told once, and not wherever the name stands.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Difference, difference, operation_of, rules};
use crate::surface::{Facet, Item, Kind, Surface};

/// How often a rename may be seen only after the one of something that it is made of.
const ROUNDS: usize = 8;

/// The older surface in the words of the newer one.
pub(super) fn follow<'s>(old: &'s Surface, new: &'s Surface, found: &mut Vec<Difference>) -> Cow<'s, Surface> {
    let mut renames = Renames::default();
    let (gone, come) = (without(old, new), without(new, old));
    let (of_old, of_new) = (members(old), members(new));
    for (before, after) in pairs(&gone, &come, |item| request(&of_old, item), |item| request(&of_new, item)) {
        renames.operation(&of_old, &of_new, before, after);
        found.extend(renamed(before, after));
    }
    for _ in 0..ROUNDS {
        let known = renames.words.len();
        let as_told = |item: &'s Item| content(&of_old, item).map(|content| renames.text(&content));
        for (before, after) in pairs(&gone, &come, as_told, |item| content(&of_new, item)) {
            if renames.words.insert(name(before).to_owned(), name(after).to_owned()).is_none() {
                found.extend(renamed(before, after));
            }
        }
        if renames.words.len() == known {
            break;
        }
    }
    if renames.words.is_empty() && renames.methods.is_empty() {
        return Cow::Borrowed(old);
    }
    Cow::Owned(Surface { items: old.items.iter().map(|item| renames.item(item)).collect() })
}

/// The items of a surface by their owners.
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

fn renamed(before: &Item, after: &Item) -> Option<Difference> {
    let message = format!("`{}` is `{}` now", before.path, after.path);
    difference(&rules::RENAMED, Some(before), Some(after), message)
}

/// The operations and types that only `here` has.
fn without<'s>(here: &'s Surface, there: &Surface) -> Vec<&'s Item> {
    let known: HashSet<&str> = there.items.iter().map(|item| item.path.as_str()).collect();
    let kinds = [Kind::Operation, Kind::Struct, Kind::Newtype, Kind::Enum];
    here.items.iter().filter(|item| kinds.contains(&item.kind) && !known.contains(item.path.as_str())).collect()
}

/// The items of both sides with the same key, where it is no other's.
fn pairs<'s>(
    gone: &[&'s Item],
    come: &[&'s Item],
    old_key: impl Fn(&'s Item) -> Option<String>,
    new_key: impl Fn(&'s Item) -> Option<String>,
) -> Vec<(&'s Item, &'s Item)> {
    let by_key = |items: &[&'s Item], key: &dyn Fn(&'s Item) -> Option<String>| {
        let mut known: HashMap<String, Vec<&'s Item>> = HashMap::new();
        for item in items {
            if let Some(key) = key(item) {
                known.entry(key).or_default().push(item);
            }
        }
        known
    };
    let (gone, come) = (by_key(gone, &old_key), by_key(come, &new_key));
    let single = |(key, before): (&String, &Vec<&'s Item>)| match (before.as_slice(), come.get(key).map(Vec::as_slice))
    {
        ([before], Some([after])) => Some((*before, *after)),
        _ => None,
    };
    gone.iter().filter_map(single).collect()
}

/// Method and path of an operation.
fn request(members: &Members<'_>, item: &Item) -> Option<String> {
    let request = (item.kind == Kind::Operation)
        .then(|| members_of(members, item).find(|member| member.kind == Kind::Request))??;
    request.facet(Facet::Request).map(str::to_owned)
}

/// What a type of the document is but for its name; `None` where that is too little to tell it by.
fn content(members: &Members<'_>, item: &Item) -> Option<String> {
    if item.kind == Kind::Operation || !item.owner.ends_with("types") {
        return None;
    }
    let line = |of: &Item| of.to_string()[item.path.len()..].to_owned();
    let mut lines: Vec<String> = members_of(members, item).map(line).collect();
    if lines.is_empty() && item.kind != Kind::Newtype {
        return None;
    }
    lines.sort();
    // Two choices of `asc` and `desc` are not the same type: one stands in its own operation, a component anywhere.
    let place = operation_of(&item.pointer).unwrap_or_default().to_owned();
    lines.extend([line(item), place]);
    Some(lines.join("\n"))
}

fn name(item: &Item) -> &str {
    item.path.rsplit("::").next().unwrap_or_default()
}

#[derive(Default)]
struct Renames {
    /// The names of types.
    words: HashMap<String, String>,
    /// The paths of methods.
    methods: HashMap<String, String>,
}

impl Renames {
    /// A method, and the types that are called after it.
    fn operation(&mut self, old: &Members<'_>, new: &Members<'_>, before: &Item, after: &Item) {
        self.methods.insert(before.path.clone(), after.path.clone());
        let own = |members: &Members<'_>, of: &Item| -> Vec<String> {
            let types = members_of(members, of).filter(|item| matches!(item.kind, Kind::Struct | Kind::Enum));
            types.map(|item| name(item).to_owned()).collect()
        };
        let (old_names, new_names) = (own(old, before), own(new, after));
        let (Some(old_base), Some(new_base)) = (old_names.first(), new_names.first()) else { return };
        for old_name in &old_names {
            let new_name = old_name.strip_prefix(old_base.as_str()).map(|rest| format!("{new_base}{rest}"));
            if let Some(new_name) = new_name.filter(|name| new_names.contains(name)) {
                self.words.insert(old_name.clone(), new_name);
            }
        }
    }

    fn item(&self, item: &Item) -> Item {
        Item {
            path: self.path(&item.path),
            owner: self.path(&item.owner).into(),
            arguments: item.arguments.iter().map(|(name, kind)| (name.clone(), self.text(kind))).collect(),
            facets: item.facets.iter().map(|(facet, text)| (*facet, self.said(*facet, text))).collect(),
            ..item.clone()
        }
    }

    fn path(&self, path: &str) -> String {
        // A path of a method ends, or goes on with what is no part of its name.
        let end = path.find([' ', '.']).unwrap_or(path.len());
        if let Some(method) = self.methods.get(&path[..end]) {
            return format!("{method}{}", &path[end..]);
        }
        let start = ["types::", "operations::"].iter().find_map(|module| Some(path.find(module)? + module.len()));
        let Some((before, behind)) = start.map(|start| path.split_at(start)) else { return path.to_owned() };
        let end = behind.find(|letter| !is_part(letter)).unwrap_or(behind.len());
        let (word, behind) = behind.split_at(end);
        format!("{before}{}{behind}", self.words.get(word).map_or(word, String::as_str))
    }

    /// Only what speaks of types has their names; other texts are the document's own.
    fn said(&self, facet: Facet, text: &str) -> String {
        match facet {
            Facet::Setter
            | Facet::Type
            | Facet::Holds
            | Facet::Success
            | Facet::Headers
            | Facet::Failure
            | Facet::Traits
            | Facet::Meaning => self.text(text),
            _ => text.to_owned(),
        }
    }

    /// A text with the new names of types; what follows `::` is a variant.
    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            let renamed = self.words.get(word).filter(|_| !out.ends_with("::"));
            out.push_str(renamed.map_or(word, String::as_str));
            let next = behind.find(is_part).unwrap_or(behind.len());
            out.push_str(&behind[..next]);
            rest = &behind[next..];
        }
        out
    }
}

/// Whether a letter may be part of a name.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
