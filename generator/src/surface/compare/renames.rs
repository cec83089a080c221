//! Renames: what is the same under another name is told once, and not wherever the name stands.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::surface::compare::{Difference, difference, operation_of, rules};
use crate::surface::{Facet, Item, Kind, Surface};

/// How often a rename may be seen only after the one of something that it is made of.
const ROUNDS: usize = 8;

/// The older surface in the words of the newer one.
pub(super) fn follow<'s>(old: &'s Surface, new: &'s Surface, found: &mut Vec<Difference>) -> Cow<'s, Surface> {
    let mut renames = Renames::default();
    let (gone, come) = (without(old, new), without(new, old));
    let (of_old, of_new) = (members(old), members(new));
    // The same URL with another name in its template is the same operation, unless one has that very name.
    for key in [str::to_owned as fn(&str) -> String, shape] {
        let is_open = |item: &Item| !renames.methods.contains_key(&item.path);
        let of = |members, item| request(members, item).map(|request| key(&request));
        let gone: Vec<&Item> = gone.iter().filter(|item| is_open(item)).copied().collect();
        let taken: HashSet<&String> = renames.methods.values().collect();
        let come: Vec<&Item> = come.iter().filter(|item| !taken.contains(&item.path)).copied().collect();
        for (before, after) in pairs(&gone, &come, |item| of(&of_old, item), |item| of(&of_new, item)) {
            renames.operation((&of_old, before), (&of_new, after), &gone, &come);
        }
    }
    for _ in 0..ROUNDS {
        let known = renames.words.len();
        let as_told = |item: &'s Item| content(&of_old, item).map(|content| renames.text(&content));
        for (before, after) in pairs(&gone, &come, as_told, |item| content(&of_new, item)) {
            if !renames.words.contains_key(name(before)) {
                renames.words.insert(name(before).to_owned(), name(after).to_owned());
                renames.told.push(Told { before, after, with: Vec::new() });
            }
        }
        if renames.words.len() == known {
            break;
        }
    }
    renames.derived(&gone, &come);
    renames.variants(&of_old, &of_new);
    renames.arguments(&of_old, &of_new);
    found.extend(renames.told.iter().filter_map(Told::difference));
    found.extend(renames.arguments.iter().filter_map(RenamedArgument::difference));
    if renames.words.is_empty() && renames.methods.is_empty() && renames.arguments.is_empty() {
        return Cow::Borrowed(old);
    }
    Cow::Owned(Surface { items: old.items.iter().map(|item| renames.item(item)).collect() })
}

/// What has another name, and what is called after it.
struct Told<'s> {
    before: &'s Item,
    after: &'s Item,
    with: Vec<(String, String)>,
}

impl Told<'_> {
    fn difference(&self) -> Option<Difference> {
        let with = self.with.iter().map(|(before, after)| format!("`{before}` is `{after}`"));
        let with = with.collect::<Vec<_>>().join(", ");
        let with = if with.is_empty() { with } else { format!(", and with it {with}") };
        let message = format!("`{}` is `{}` now{with}", self.before.path, self.after.path);
        difference(&rules::RENAMED, Some(self.before), Some(self.after), message)
    }
}

/// An argument that fills the same place of the path under another name.
struct RenamedArgument<'s> {
    before: &'s Item,
    after: &'s Item,
}

impl RenamedArgument<'_> {
    fn difference(&self) -> Option<Difference> {
        if argument(self.before) == argument(self.after) {
            return None;
        }
        let message = format!("`{}` is `{}` now", self.before.path, self.after.path);
        difference(&rules::ARGUMENT_RENAMED, Some(self.before), Some(self.after), message)
    }
}

/// The name of an argument.
fn argument(item: &Item) -> &str {
    item.path.rsplit('.').next().unwrap_or_default()
}

/// A request without the names in its template: `GET /pets/{}`.
fn shape(request: &str) -> String {
    let pieces = request.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
        Some((_, text)) if index > 0 => format!("{{}}{text}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// The names in the template of a request.
fn template_names(request: &str) -> Vec<&str> {
    request.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)).collect()
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
    let mut pairs: Vec<(&Item, &Item)> = gone.iter().filter_map(single).collect();
    pairs.sort_by_key(|(before, _)| &before.path);
    pairs
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

/// How an argument that fills `name` in the template is written, behind that name; `None` where it does not.
fn filled<'s>(item: &'s Item, name: &str) -> Option<&'s str> {
    let place = item.facet(Facet::Place).filter(|_| item.kind == Kind::Argument)?;
    let rest = place.strip_prefix("path ")?.strip_prefix(name)?;
    (rest.is_empty() || rest.starts_with(" in ")).then_some(rest)
}

fn name(item: &Item) -> &str {
    item.path.rsplit("::").next().unwrap_or_default()
}

#[derive(Default)]
struct Renames<'s> {
    /// The names of types.
    words: HashMap<String, String>,
    /// The paths of methods.
    methods: HashMap<String, String>,
    /// The paths of variants that are called after types.
    variants: HashMap<String, String>,
    arguments: Vec<RenamedArgument<'s>>,
    /// What fills another name of the template, by its path in the older surface: its path and place in the newer one.
    places: HashMap<String, (String, String)>,
    /// The requests of the operations with such arguments, by their methods.
    requests: HashMap<String, String>,
    told: Vec<Told<'s>>,
}

impl<'s> Renames<'s> {
    /// A method, and the types that are called after it: its own, and those that stand in it or in its module.
    fn operation(
        &mut self,
        (old, before): (&Members<'s>, &'s Item),
        (new, after): (&Members<'s>, &'s Item),
        gone: &[&'s Item],
        come: &[&'s Item],
    ) {
        self.methods.insert(before.path.clone(), after.path.clone());
        let base = |members: &Members<'s>, of: &Item| {
            members_of(members, of).find(|item| item.kind == Kind::Struct).map(|item| name(item).to_owned())
        };
        let mut with = Vec::new();
        if let (Some(old_base), Some(new_base)) = (base(old, before), base(new, after)) {
            let is_of = |item: &Item, operation: &Item| {
                let is_at_home = item.owner.ends_with("types") && item.pointer.is_within(&operation.pointer);
                item.kind != Kind::Operation
                    && (is_at_home || *item.owner == *operation.path || item.owner.ends_with("operations"))
            };
            for item in gone.iter().filter(|item| is_of(item, before)) {
                let Some(rest) = name(item).strip_prefix(old_base.as_str()) else { continue };
                let new_name = format!("{new_base}{rest}");
                let module = |item: &Item| item.path.len() - name(item).len();
                let is_it = |other: &&&Item| {
                    name(other) == new_name
                        && other.path[..module(other)] == item.path[..module(item)]
                        && is_of(other, after)
                };
                if come.iter().any(|other| is_it(&other)) {
                    with.push((name(item).to_owned(), new_name.clone()));
                    self.words.insert(name(item).to_owned(), new_name);
                }
            }
        }
        with.sort();
        self.told.push(Told { before, after, with });
    }

    /// The types that stand in another one and are called after it are told with it.
    fn derived(&mut self, gone: &[&'s Item], come: &[&'s Item]) {
        let is_type = |told: &Told<'s>| told.before.kind != Kind::Operation;
        let mut bases: Vec<(&'s Item, &'s Item)> =
            self.told.iter().filter(|told| is_type(told)).map(|told| (told.before, told.after)).collect();
        bases.sort_by_key(|(before, _)| (name(before).len(), name(before)));
        for (before, after) in bases {
            let rest = |item: &'s Item, base: &Item| {
                let rest = name(item).strip_prefix(name(base)).filter(|rest| !rest.is_empty())?;
                (item.kind != Kind::Operation && item.owner == base.owner && item.pointer.is_within(&base.pointer))
                    .then_some(rest)
            };
            let mut with = Vec::new();
            for (item, behind) in gone.iter().filter_map(|item| Some((*item, rest(item, before)?))) {
                let is_it = |other: &&&'s Item| rest(other, after) == Some(behind);
                let Some(now) = come.iter().find(is_it) else { continue };
                if self.words.get(name(item)).is_some_and(|known| known != name(now)) {
                    continue;
                }
                self.words.insert(name(item).to_owned(), name(now).to_owned());
                with.push((name(item).to_owned(), name(now).to_owned()));
                self.told.retain(|told| told.before.path != item.path);
            }
            with.sort();
            if let Some(told) = self.told.iter_mut().find(|told| told.before.path == before.path) {
                told.with.extend(with);
            }
        }
    }

    /// The variants that hold a type and are called after it are told with it.
    fn variants(&mut self, old: &Members<'s>, new: &Members<'s>) {
        let mut gone: Vec<&'s Item> = old.values().flatten().copied().collect();
        gone.retain(|item| item.kind == Kind::Variant && self.words.contains_key(name(item)));
        gone.sort_by(|left, right| left.path.cmp(&right.path));
        for before in gone {
            let owner = self.path(&before.owner);
            let path = format!("{owner}::{}", self.words[name(before)]);
            let of = |path: &str| new.get(owner.as_str()).into_iter().flatten().copied().find(|item| item.path == path);
            let holds = before.facet(Facet::Holds).map(|text| self.text(text));
            let stays = of(&format!("{owner}::{}", name(before))).is_some();
            let Some(after) =
                of(&path).filter(|after| !stays && holds.is_some() && after.facet(Facet::Holds) == holds.as_deref())
            else {
                continue;
            };
            let short = |item: &Item| {
                let owner = item.owner.rsplit("::").next().unwrap_or_default();
                format!("{owner}::{}", name(item))
            };
            let is_of = |told: &&mut Told<'s>| {
                let with = told.with.iter().any(|(was, _)| was == name(before));
                told.before.kind != Kind::Operation && (name(told.before) == name(before) || with)
            };
            if let Some(told) = self.told.iter_mut().find(is_of) {
                told.with.push((short(before), short(after)));
                self.variants.insert(before.path.clone(), path);
            }
        }
    }

    /// The arguments of all operations that fill another name of the template at the same place of the URL.
    fn arguments(&mut self, old: &Members<'s>, new: &Members<'s>) {
        let methods = old.values().flatten().filter(|item| item.kind == Kind::Operation);
        let mut methods: Vec<&'s Item> = methods.copied().collect();
        methods.sort_by(|left, right| left.path.cmp(&right.path));
        for before in methods {
            let path = self.methods.get(&before.path).unwrap_or(&before.path).clone();
            let after = new.get(before.owner.as_ref()).into_iter().flatten();
            let Some(after) = after.copied().find(|item| item.path == path) else { continue };
            let (Some(was), Some(is)) = (request(old, before), request(new, after)) else { continue };
            if was == is || shape(&was) != shape(&is) {
                continue;
            }
            for (was, is) in template_names(&was).into_iter().zip(template_names(&is)).filter(|(was, is)| was != is) {
                let of = |members: &Members<'s>, operation: &'s Item, name: &str| {
                    members_of(members, operation).find_map(|item| Some((item, filled(item, name)?.to_owned())))
                };
                let (Some((before, rest)), Some((after, _))) = (of(old, before, was), of(new, after, is)) else {
                    continue;
                };
                self.places.insert(before.path.clone(), (after.path.clone(), format!("path {is}{rest}")));
                self.arguments.push(RenamedArgument { before, after });
            }
            self.requests.insert(before.path.clone(), is);
        }
    }

    fn item(&self, item: &Item) -> Item {
        let place = self.places.get(&item.path).filter(|_| item.kind == Kind::Argument);
        let request = self.requests.get(&*item.owner).filter(|_| item.kind == Kind::Request);
        let said = |facet: Facet, text: &str| match (facet, place, request) {
            (Facet::Place, Some((_, place)), _) => place.clone(),
            (Facet::Request, _, Some(request)) => request.clone(),
            _ => self.said(facet, text),
        };
        let argument_name = |name: &String| {
            let renamed = self.places.get(&format!("{}.{name}", item.path));
            renamed.and_then(|(path, _)| path.rsplit('.').next()).map_or_else(|| name.clone(), str::to_owned)
        };
        let variant = self.variants.get(&item.path).filter(|_| item.kind == Kind::Variant);
        let path = place.map(|(path, _)| path).or(variant);
        Item {
            path: path.cloned().unwrap_or_else(|| self.path(&item.path)),
            owner: self.path(&item.owner).into(),
            arguments: item.arguments.iter().map(|(name, kind)| (argument_name(name), self.text(kind))).collect(),
            facets: item.facets.iter().map(|(facet, text)| (*facet, said(*facet, text))).collect(),
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
