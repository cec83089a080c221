//! References into other files, and references where OpenAPI 3.0 allows none: what they lead to is taken into the tree.
//!
//! A piece of another file becomes a component of the document, so that it has a name and may refer to itself, through
//! as many files as it likes. The later stages see one document; findings about a piece find their way back to its file.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::file_reference::{is_relative, resolve_path};
use crate::finding::{Code, Findings, Origin};
use crate::load::grammar;
use crate::load::grammar::kind::{Kind, Object};
use crate::load::grammar::visit::kind_of;
use crate::load::grammar::{DISCRIMINATOR, OPENAPI};
use crate::load::shape::messages;
use crate::load::{Read, text};
use crate::pointer::Pointer;
use crate::suggestion::{nearest_component, nearest_place};

/// A place in a file.
type Target = (Rc<str>, Pointer);

/// Takes into `raw`, the tree of `file`, what stands elsewhere.
pub(super) fn gather(file: &str, raw: &mut Value, read: &Read<'_>, findings: &mut Findings) {
    if !asks(&Kind::One(&OPENAPI), raw) {
        return;
    }
    let main: Rc<str> = file.into();
    let mut gathering = Gathering {
        read,
        trees: [(Rc::clone(&main), Some(Rc::new(raw.clone())))].into(),
        main: Rc::clone(&main),
        unreadable: HashMap::new(),
        names: HashMap::new(),
        taken: HashSet::new(),
        added: Vec::new(),
        following: Vec::new(),
        findings,
    };
    gathering.walk(&Kind::One(&OPENAPI), raw, &Pointer::root(), &main);
    let Value::Object(root) = raw else { return };
    for (section, name, value) in gathering.added {
        let components = root.entry("components").or_insert_with(|| Map::new().into());
        let section = components.as_object_mut().map(|all| all.entry(section).or_insert_with(|| Map::new().into()));
        if let Some(section) = section.and_then(Value::as_object_mut) {
            section.insert(name, value);
        }
    }
}

/// Whether anything in `value` is for [`gather`]; most documents stand alone and need no copy.
fn asks(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Any, _) => false,
        (Kind::Referable(_), Value::Object(members)) if reference_in(members).is_some() => {
            reference_in(members).is_some_and(is_relative)
        }
        _ if stray(kind, value).is_some() => true,
        (Kind::One(object), Value::Object(members)) if std::ptr::eq(*object, &DISCRIMINATOR) => {
            mapped(members).any(is_relative_file)
        }
        (Kind::One(object) | Kind::Referable(object), Value::Object(members)) => {
            members.iter().any(|(name, member)| kind_of(object, name).is_some_and(|kind| asks(kind, member)))
        }
        (Kind::FlagOr(kind), Value::Object(_)) => asks(kind, value),
        (Kind::List(kind), Value::Array(items)) => items.iter().any(|item| asks(kind, item)),
        (Kind::Map(kind), Value::Object(members)) => members.values().any(|member| asks(kind, member)),
        _ => false,
    }
}

fn reference_in(members: &Map<String, Value>) -> Option<&str> {
    members.get("$ref").and_then(Value::as_str)
}

/// The reference at a place where OpenAPI 3.0 wants the thing itself.
fn stray<'v>(kind: &Kind, value: &'v Value) -> Option<&'v str> {
    match kind {
        // `$ref` is a name like any other among texts.
        Kind::Any | Kind::Referable(_) | Kind::FlagOr(_) | Kind::Map(Kind::Text | Kind::Any) => None,
        _ => reference_in(value.as_object()?),
    }
}

fn mapped(discriminator: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    mapping.into_iter().flat_map(|mapping| mapping.values()).filter_map(Value::as_str)
}

/// The values of a discriminator's mapping are names or references, and a name has no ending.
fn is_relative_file(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    is_relative(text) && [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending))
}

/// The section of `components` for an object of the grammar; `None` where OpenAPI 3.0 has none that a client uses.
fn section(object: &Object) -> Option<&'static str> {
    match object.name {
        "Schema" => Some("schemas"),
        "Response" => Some("responses"),
        "Parameter" => Some("parameters"),
        "Example" => Some("examples"),
        "Request Body" => Some("requestBodies"),
        "Header" => Some("headers"),
        "Security Scheme" => Some("securitySchemes"),
        _ => None,
    }
}

/// What becomes of a reference that leads nowhere.
fn consequence(object: &Object) -> Option<&'static str> {
    match object.name {
        "Schema" => Some("Any value stands for it."),
        "Parameter" | "Request Body" => None,
        _ => Some("It is left out."),
    }
}

struct Gathering<'r, 'f> {
    read: &'r Read<'r>,
    main: Rc<str>,
    /// The files as they were written; `None` where one cannot be read.
    trees: HashMap<Rc<str>, Option<Rc<Value>>>,
    /// Why a file cannot be read.
    unreadable: HashMap<Rc<str>, String>,
    /// The components made of places in files.
    names: HashMap<(&'static str, Target), String>,
    taken: HashSet<(&'static str, String)>,
    added: Vec<(&'static str, String, Value)>,
    /// The places that are being written in place of references to them.
    following: Vec<Target>,
    findings: &'f mut Findings,
}

impl Gathering<'_, '_> {
    /// Goes through `value`, which stands at `place` of the document and was written in `file`.
    fn walk(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        match (kind, &mut *value) {
            (Kind::Any, _) => {}
            (Kind::Referable(object), Value::Object(members)) if reference_in(members).is_some() => {
                self.refer(object, value, place, file);
            }
            (kind, value) if stray(kind, value).is_some() => self.follow_stray(kind, value, place, file),
            (Kind::One(object), Value::Object(members)) if std::ptr::eq(*object, &DISCRIMINATOR) => {
                self.map(members, place, file);
            }
            (Kind::One(object) | Kind::Referable(object), Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(kind) = kind_of(object, name) {
                        self.walk(kind, member, &place.join(name), file);
                    }
                }
            }
            (Kind::FlagOr(kind), value @ Value::Object(_)) => self.walk(kind, value, place, file),
            (Kind::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.walk(kind, item, &place.join(index), file);
                }
            }
            (Kind::Map(kind), Value::Object(members)) => {
                for (name, member) in members {
                    self.walk(kind, member, &place.join(name), file);
                }
            }
            _ => {}
        }
    }

    /// Lets a reference lead to a component, or writes what it leads to in its place where there can be no component.
    fn refer(&mut self, object: &'static Object, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        let reference = value.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(target) = self.elsewhere(&reference, file) else { return };
        if *target.0 == *self.main {
            value["$ref"] = internal(&target.1).into();
        } else if let Some(section) = section(object) {
            if let Some(name) = self.component(section, object, &reference, target, place) {
                value["$ref"] = internal(&Pointer::root().join("components").join(section).join(name)).into();
            }
        } else if object.name == "Path Item" && !self.following.contains(&target) {
            let Some(found) = self.found(&reference, &target, place, object) else { return };
            *value = found;
            self.write_in_place(&Kind::Referable(object), value, place, target);
        }
    }

    /// Follows a reference that OpenAPI 3.0 does not allow where it stands. One that leads nowhere stays, and is reported by its
    /// shape.
    fn follow_stray(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        let reference = stray(kind, value).unwrap_or_default().to_owned();
        let target = self.elsewhere(&reference, file).or_else(|| own(&reference, file));
        let Some(target) = target.filter(|target| !self.following.contains(target)) else { return };
        // A schema where a media type belongs lacks its key, and is told by that.
        let wants_media =
            matches!(kind, Kind::One(object) | Kind::Map(Kind::One(object)) if object.name == "Media Type");
        if wants_media && target.1.starts_with("/components/schemas/") {
            return;
        }
        let Some(found) = self.tree(&target.0).and_then(|tree| tree.pointer(target.1.as_str()).cloned()) else {
            return;
        };
        // One thing where a list belongs is no list of one, and told as that.
        if matches!(kind, Kind::List(_)) && !found.is_array() {
            return;
        }
        let (message, remedy) = messages::no_reference();
        let told = self.following.is_empty();
        if told {
            self.findings.add_repairable(Code::Shape, &place.join("$ref"), message, remedy, "It is followed.");
        }
        *value = found;
        self.write_in_place(kind, value, place, target);
    }

    fn write_in_place(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, target: Target) {
        let (file, there) = target.clone();
        if *file != *self.main {
            self.findings.add_origin(Origin { here: place.clone(), file: file.to_string(), there });
        }
        self.following.push(target);
        self.walk(kind, value, place, &file);
        self.following.pop();
    }

    /// The values of a discriminator's mapping that lead to other files.
    fn map(&mut self, discriminator: &mut Map<String, Value>, place: &Pointer, file: &Rc<str>) {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else { return };
        for (name, value) in mapping {
            let Some(text) = value.as_str().map(str::to_owned) else { continue };
            let leads_elsewhere = is_relative_file(&text) || (**file != *self.main && text.starts_with('#'));
            let Some(target) = self.elsewhere(&text, file).filter(|_| leads_elsewhere) else { continue };
            if *target.0 == *self.main {
                *value = internal(&target.1).into();
                continue;
            }
            let place = place.join("mapping").join(name);
            if let Some(name) = self.component("schemas", &grammar::SCHEMA, &text, target, &place) {
                *value = internal(&Pointer::root().join("components").join("schemas").join(name)).into();
            }
        }
    }

    /// What `reference` in `file` leads to; `None` where it stays within the document, or leaves for the web.
    fn elsewhere(&self, reference: &str, file: &Rc<str>) -> Option<Target> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = Pointer::from_fragment(fragment)?;
        match path {
            "" if **file == *self.main => None,
            "" => Some((Rc::clone(file), pointer)),
            _ if is_relative(reference) => Some((resolve_path(file, path)?.into(), pointer)),
            _ => None,
        }
    }

    /// The name of the component that is made of `target`.
    fn component(
        &mut self,
        section: &'static str,
        object: &'static Object,
        reference: &str,
        target: Target,
        place: &Pointer,
    ) -> Option<String> {
        if let Some(name) = self.names.get(&(section, target.clone())) {
            return Some(name.clone());
        }
        let mut value = self.found(reference, &target, place, object)?;
        let name = self.free_name(section, &target);
        self.names.insert((section, target.clone()), name.clone());
        let here = Pointer::root().join("components").join(section).join(&name);
        let (file, there) = target;
        self.findings.add_origin(Origin { here: here.clone(), file: file.to_string(), there });
        let following = std::mem::take(&mut self.following);
        self.walk(&Kind::Referable(object), &mut value, &here, &file);
        self.following = following;
        self.added.push((section, name.clone(), value));
        Some(name)
    }

    /// The last token of the place, or the name of the file; numbered where the document has that name.
    fn free_name(&mut self, section: &'static str, (file, pointer): &Target) -> String {
        let stem = || {
            let name = file.rsplit('/').next().unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let wish = pointer.last().unwrap_or_else(stem);
        let main = self.trees.get(&self.main).cloned().flatten();
        let own = main.as_deref().and_then(|main| main.get("components")?.get(section)?.as_object());
        let numbered = (2..).map(|number| format!("{wish}{number}"));
        let mut names = std::iter::once(wish.clone()).chain(numbered);
        let is_free = |name: &String| {
            own.is_none_or(|own| !own.contains_key(name)) && !self.taken.contains(&(section, name.clone()))
        };
        let name = names.find(is_free).unwrap_or_default();
        self.taken.insert((section, name.clone()));
        name
    }

    /// A copy of what stands at `target`; a finding at `place`, where `reference` stands, if nothing does.
    fn found(&mut self, reference: &str, target: &Target, place: &Pointer, object: &Object) -> Option<Value> {
        let (file, pointer) = target;
        let tree = self.tree(file);
        let mark = self.findings.mark();
        match tree.as_deref().map(|tree| (tree.pointer(pointer.as_str()), tree)) {
            Some((Some(value), _)) => return Some(value.clone()),
            Some((None, tree)) => {
                let remedy = nearest_place(tree, pointer).map(|near| format!("Did you mean `{file}#{near}`?"));
                let remedy =
                    remedy.unwrap_or_else(|| format!("Add what is missing to `{file}`, or correct the reference."));
                let message =
                    format!("The reference `{reference}` leads nowhere: `{file}` has nothing at `{pointer}`.");
                self.findings.add(Code::RefMissing, place, message, remedy);
                self.findings.set_missing_in(file.to_string(), pointer.clone());
            }
            None => {
                let why = self.unreadable.get(file).map(|why| format!(": {why}")).unwrap_or_default();
                self.findings.add(
                    Code::RefMissing,
                    place,
                    format!("The reference `{reference}` leads to the file `{file}`, which cannot be read{why}."),
                    self.meant(reference, object),
                );
                self.findings.set_missing_in(file.to_string(), Pointer::root());
            }
        }
        self.findings.set_consequence(mark, Code::RefMissing, consequence(object));
        None
    }

    /// What to write instead of a reference to a file that cannot be read: often it is one to a component, and cut short.
    fn meant(&self, reference: &str, object: &Object) -> String {
        let main = self.trees.get(&self.main).cloned().flatten();
        let near = main.zip(section(object)).and_then(|(main, section)| nearest_component(&main, section, reference));
        match near {
            Some(near) => format!("Did you mean `#{near}`?"),
            None => {
                "Put the file there, or correct the reference; it is relative to the file that holds it.".to_owned()
            }
        }
    }

    /// The tree of `file`, which is read once.
    fn tree(&mut self, file: &Rc<str>) -> Option<Rc<Value>> {
        if !self.trees.contains_key(file) {
            let mut findings = Findings::new(file.to_string());
            let text = (self.read)(file).map_err(|why| self.unreadable.insert(Rc::clone(file), why)).ok();
            let tree = text.and_then(|text| text::parse(file, &text, &mut findings)).map(Rc::new);
            self.findings.append(findings);
            self.trees.insert(Rc::clone(file), tree);
        }
        self.trees.get(file).cloned().flatten()
    }
}

/// The place that a reference within `file` names.
fn own(reference: &str, file: &Rc<str>) -> Option<Target> {
    Some((Rc::clone(file), Pointer::from_fragment(reference.strip_prefix('#')?)?))
}

/// A reference to a place in the document itself.
fn internal(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}

#[cfg(test)]
mod tests;
