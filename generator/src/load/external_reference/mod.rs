//! Replaces references to other files: copies the target of each reference into the document.
//!
//! A target such as `common.yaml#/Pet` becomes a component of the document. A recursive schema can then refer to itself by the
//! name of its component. The later stages see a single document. Each copy has an [`Origin`], so that findings name the file
//! from which the copy comes.
//!
//! OpenAPI 3.0 allows references only in place of certain objects, such as schemas. Each reference in any other place is
//! reported, and replaced by a copy of its target.

mod copies;
mod copy_budget;
mod destination;
mod inlining;
mod occurrences;
mod section;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::finding::{Code, Findings, Origin};
use crate::load::external_reference::copy_budget::CopyBudget;
use crate::load::external_reference::destination::{Destination, replace_dynamic_reference, target_within};
use crate::load::external_reference::inlining::{Inlining, Target};
use crate::load::external_reference::occurrences::{
    forbidden_reference, is_relative_file, needs_inlining, reference_of,
};
use crate::load::external_reference::section::{consequence, section};
use crate::load::file_reader::{ReadError, ReadFile};
use crate::load::grammar::kind::{Kind, ObjectKind};
use crate::load::grammar::visit::kind_of;
use crate::load::grammar::{DISCRIMINATOR, OPENAPI, SCHEMA};
use crate::load::identifier::internal_reference;
use crate::load::shape::messages;
use crate::load::size_limit::has_short_keys;
use crate::load::text;
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;
use crate::suggestion::{nearest_component, nearest_place};

/// Replaces the references to other files in `raw`, which is the tree of `file`. Copies their targets into `raw`.
///
/// `text_length` is the length of the document's text, in bytes. Returns this length plus the lengths of the other files. Returns
/// `None` if the JSON Pointers of the document become too long, and reports this.
pub(super) fn inline(
    file: &str,
    raw: &mut Value,
    version: OpenApiVersion,
    text_length: usize,
    read: &ReadFile<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    if !needs_inlining(&Kind::Object(&OPENAPI), version, raw) {
        return Some(text_length);
    }
    let main: Rc<str> = file.into();
    let mut inlining = Inlining {
        read,
        version,
        trees: [(Rc::clone(&main), Some(Rc::new(raw.clone())))].into(),
        main: Rc::clone(&main),
        anchors: HashMap::new(),
        read_errors: HashMap::new(),
        names: HashMap::new(),
        taken_names: HashSet::new(),
        components: Vec::new(),
        open_targets: Vec::new(),
        copies: CopyBudget::new(),
        text_length,
        last_numbers: HashMap::new(),
        findings,
    };
    inlining.walk(&Kind::Object(&OPENAPI), raw, &Pointer::root(), &main);
    let text_length = inlining.text_length;
    for (section, name, value) in inlining.components {
        let Value::Object(root) = &mut *raw else { break };
        let components = root.entry("components").or_insert_with(|| Map::new().into());
        let section = components.as_object_mut().map(|all| all.entry(section).or_insert_with(|| Map::new().into()));
        if let Some(section) = section.and_then(Value::as_object_mut) {
            section.insert(name, value);
        }
    }
    has_short_keys(raw, text_length, findings).then_some(text_length)
}

impl Inlining<'_, '_> {
    /// Replaces the references to other files in `value`. `value` is at `place` in the document, and was read from `file`.
    fn walk(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        if **file != *self.main && self.version.has_json_schema() {
            replace_dynamic_reference(kind, value);
        }
        match (kind, &mut *value) {
            (Kind::Any, _) => {}
            (Kind::Referable(object), Value::Object(members)) if reference_of(members).is_some() => {
                self.walk_siblings(object, members, place, file);
                self.inline_reference(object, value, place, file);
            }
            (kind, value) if forbidden_reference(kind, value).is_some() => {
                self.inline_forbidden_reference(kind, value, place, file);
            }
            (Kind::Object(object), Value::Object(members)) if std::ptr::eq(*object, &DISCRIMINATOR) => {
                self.inline_mapping(members, place, file);
            }
            (Kind::Object(object) | Kind::Referable(object), Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(kind) = kind_of(object, name, self.version) {
                        self.walk(kind, member, &place.join(name), file);
                    }
                }
            }
            (Kind::BooleanOr(kind), value @ Value::Object(_)) => self.walk(kind, value, place, file),
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

    /// Replaces the references to other files in the keys beside a `$ref`, if these keys have a meaning.
    fn walk_siblings(
        &mut self,
        object: &'static ObjectKind,
        members: &mut Map<String, Value>,
        place: &Pointer,
        file: &Rc<str>,
    ) {
        if !(self.version.has_json_schema() && object.is_schema()) {
            return;
        }
        for (name, member) in members.iter_mut().filter(|(name, _)| *name != "$ref") {
            if let Some(kind) = kind_of(object, name, self.version) {
                self.walk(kind, member, &place.join(name), file);
            }
        }
    }

    /// Replaces a reference to another file by a reference to a component. A reference to a path item is replaced by a copy of
    /// the path item, because OpenAPI 3.0 has no path items in `components`.
    fn inline_reference(&mut self, object: &'static ObjectKind, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        let reference = value.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned();
        let target = match self.destination(&reference, file) {
            Destination::NotInFile => return,
            Destination::InFile(target) => target,
            // A client does not use links and callbacks.
            Destination::Nowhere(_) if section(object).is_none() && object.name != "Path Item" => return,
            Destination::Nowhere(nowhere) => {
                value["$ref"] = self.report_nowhere(&reference, nowhere, place, object).into();
                return;
            }
        };
        if *target.0 == *self.main {
            if let Some(text) = self.reference_to_main(&reference, &target.1, place) {
                value["$ref"] = text.into();
            }
        } else if let Some(section) = section(object) {
            if let Some(name) = self.component(section, object, &reference, target, place) {
                value["$ref"] = component_reference(section, name).into();
            }
        } else if object.name == "Path Item" && self.open_targets.contains(&target) {
            let message = format!("The reference `{reference}` leads back to itself.");
            let remedy = "Replace one of the references in the cycle with a path item.";
            self.findings.add_repairable(Code::RefCycle, place, message, remedy, "The path is skipped.");
        } else if object.name == "Path Item" {
            let Some(found) = self.find(&reference, &target, (place, place), object) else { return };
            *value = found;
            self.walk_replacement(&Kind::Referable(object), value, place, target);
        }
    }

    /// Replaces a reference by a copy of its target, because OpenAPI 3.0 does not allow a reference at `place`. If the target
    /// does not exist, the reference remains, and the module `shape` reports the reference later.
    fn inline_forbidden_reference(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, file: &Rc<str>) {
        let reference = forbidden_reference(kind, value).unwrap_or_default().to_owned();
        let target = match self.destination(&reference, file) {
            Destination::InFile(target) => Some(target),
            Destination::NotInFile => target_within(&reference, file),
            Destination::Nowhere(_) => None,
        };
        let Some(target) = target.filter(|target| !self.open_targets.contains(target)) else { return };
        // The author wrote a reference to a schema in place of a media type, without the key `schema`. Keep the reference: the
        // module `shape` reports it later.
        let is_media_type =
            matches!(kind, Kind::Object(object) | Kind::Map(Kind::Object(object)) if object.name == "Media Type");
        if is_media_type && target.1.starts_with("/components/schemas/") {
            return;
        }
        let Some(tree) = self.tree(&target.0) else { return };
        let Some(found) = tree.pointer(target.1.as_str()) else { return };
        // The author wrote a reference to a single value in place of a list. Keep the reference: the module `shape` reports it
        // later.
        if matches!(kind, Kind::List(_)) && !found.is_array() {
            return;
        }
        // Report only the outermost reference, not the references inside an inlined target.
        if self.open_targets.is_empty() {
            let (message, remedy) = messages::forbidden_reference(self.version);
            let consequence = "The reference is followed.";
            self.findings.add_repairable(Code::Shape, &place.join("$ref"), message, remedy, consequence);
        }
        let Some(copy) = self.copy(found, place, place) else { return };
        *value = copy;
        self.walk_replacement(kind, value, place, target);
    }

    /// Replaces the references to other files in `value`, which is a copy of `target`.
    fn walk_replacement(&mut self, kind: &Kind, value: &mut Value, place: &Pointer, target: Target) {
        let (file, there) = target.clone();
        if *file != *self.main {
            self.findings.add_origin(Origin { here: place.clone(), file: file.to_string(), there });
        }
        self.open_targets.push(target);
        self.walk(kind, value, place, &file);
        self.open_targets.pop();
    }

    /// Replaces references to files in the `mapping` of a discriminator by references to components.
    fn inline_mapping(&mut self, discriminator: &mut Map<String, Value>, place: &Pointer, file: &Rc<str>) {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else { return };
        for (name, value) in mapping {
            let Some(text) = value.as_str().map(str::to_owned) else { continue };
            let leads_elsewhere = is_relative_file(&text) || (**file != *self.main && text.starts_with('#'));
            if !leads_elsewhere {
                continue;
            }
            let place = place.join("mapping").join(name);
            let target = match self.destination(&text, file) {
                Destination::NotInFile => continue,
                Destination::InFile(target) => target,
                Destination::Nowhere(nowhere) => {
                    *value = self.report_nowhere(&text, nowhere, &place, &SCHEMA).into();
                    continue;
                }
            };
            if *target.0 == *self.main {
                if let Some(text) = self.reference_to_main(&text, &target.1, &place) {
                    *value = text.into();
                }
                continue;
            }
            if let Some(name) = self.component("schemas", &SCHEMA, &text, target, &place) {
                *value = component_reference("schemas", name).into();
            }
        }
    }

    /// Returns the name of the component for `target`. The first call with a `target` adds the component.
    fn component(
        &mut self,
        section: &'static str,
        object: &'static ObjectKind,
        reference: &str,
        target: Target,
        place: &Pointer,
    ) -> Option<String> {
        if let Some(name) = self.names.get(&(section, target.clone())) {
            return Some(name.clone());
        }
        let section_place = Pointer::root().join("components").join(section);
        let mut value = self.find(reference, &target, (place, &section_place), object)?;
        let name = self.free_name(section, &target);
        self.names.insert((section, target.clone()), name.clone());
        let here = section_place.join(&name);
        let (file, there) = target;
        self.findings.add_origin(Origin { here: here.clone(), file: file.to_string(), there });
        let open_targets = std::mem::take(&mut self.open_targets);
        self.walk(&Kind::Referable(object), &mut value, &here, &file);
        self.open_targets = open_targets;
        self.components.push((section, name.clone(), value));
        Some(name)
    }

    /// Returns an unused component name for a target. The name is the last token of the target's JSON Pointer, or the file
    /// name if this pointer is the root. If `Pet` is taken, the name is `Pet2`.
    fn free_name(&mut self, section: &'static str, (file, pointer): &Target) -> String {
        let file_stem = || {
            let name = file.rsplit('/').next().unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let base = pointer.last().unwrap_or_else(file_stem);
        let main = self.trees.get(&self.main).cloned().flatten();
        let own = main.as_deref().and_then(|main| main.get("components")?.get(section)?.as_object());
        let is_free = |name: &String| {
            own.is_none_or(|own| !own.contains_key(name)) && !self.taken_names.contains(&(section, name.clone()))
        };
        let mut name = base.clone();
        if !is_free(&name) {
            let number = self.last_numbers.entry((section, base.clone())).or_insert(1);
            while !is_free(&name) {
                *number += 1;
                name = format!("{base}{number}");
            }
        }
        self.taken_names.insert((section, name.clone()));
        name
    }

    /// Returns a copy of the value at `target` for the JSON Pointer `here`. If that value does not exist, reports `reference` at
    /// `place` and returns `None`.
    fn find(
        &mut self,
        reference: &str,
        target: &Target,
        (place, here): (&Pointer, &Pointer),
        object: &ObjectKind,
    ) -> Option<Value> {
        let (file, pointer) = target;
        let tree = self.tree(file);
        let mark = self.findings.mark();
        match tree.as_deref().map(|tree| (tree.pointer(pointer.as_str()), tree)) {
            Some((Some(value), _)) => return self.copy(value, place, here),
            Some((None, tree)) => {
                let remedy = nearest_place(tree, pointer).map(|near| format!("Did you mean `{file}#{near}`?"));
                let remedy = remedy.unwrap_or_else(|| format!("Add the target to `{file}`, or correct the reference."));
                let message =
                    format!("The reference `{reference}` leads nowhere: `{file}` has nothing at `{pointer}`.");
                self.findings.add(Code::RefMissing, place, message, remedy);
                self.findings.set_missing_in(file.to_string(), pointer.clone());
            }
            None => self.report_unread(reference, file, place, object),
        }
        for code in [Code::RefMissing, Code::RefRefused] {
            self.findings.set_consequence(mark, code, consequence(object));
        }
        None
    }

    /// Reports a reference to a file that cannot be read or must not be read.
    fn report_unread(&mut self, reference: &str, file: &Rc<str>, place: &Pointer, object: &ObjectKind) {
        let subject = format!("The reference `{reference}` leads to the file `{file}`, which");
        let (code, message, remedy) = match self.read_errors.get(file) {
            Some(ReadError::Refused { reason, remedy }) => {
                (Code::RefRefused, format!("{subject} {reason}."), remedy.clone())
            }
            Some(ReadError::Unreadable(reason)) => {
                let remedy = self.remedy_for_unreadable(reference, object);
                (Code::RefMissing, format!("{subject} cannot be read: {reason}."), remedy)
            }
            None => {
                let remedy = self.remedy_for_unreadable(reference, object);
                (Code::RefMissing, format!("{subject} cannot be read."), remedy)
            }
        };
        self.findings.add(code, place, message, remedy);
        self.findings.set_missing_in(file.to_string(), Pointer::root());
    }

    /// Returns the remedy for a reference to an unreadable file. If the document has a component with a similar name, suggests
    /// this component.
    fn remedy_for_unreadable(&self, reference: &str, object: &ObjectKind) -> String {
        let main = self.trees.get(&self.main).cloned().flatten();
        let near = main.zip(section(object)).and_then(|(main, section)| nearest_component(&main, section, reference));
        match near {
            Some(near) => format!("Did you mean `#{near}`?"),
            None => {
                "Add the file, or correct the reference. Its path is relative to the file that contains the reference."
                    .to_owned()
            }
        }
    }

    /// Returns the tree of `file`. The first call with a `file` reads it. Returns `None` if the file cannot be read.
    fn tree(&mut self, file: &Rc<str>) -> Option<Rc<Value>> {
        if !self.trees.contains_key(file) {
            let mut findings = Findings::new(file.to_string());
            let text =
                (self.read)(&self.main, file).map_err(|reason| self.read_errors.insert(Rc::clone(file), reason)).ok();
            self.text_length += text.as_ref().map_or(0, String::len);
            let tree = text.and_then(|text| text::parse(file, &text, &mut findings)).map(Rc::new);
            self.findings.append(findings);
            self.trees.insert(Rc::clone(file), tree);
        }
        self.trees.get(file).cloned().flatten()
    }
}

/// Returns a reference to a component: `#/components/SECTION/NAME`.
fn component_reference(section: &str, name: String) -> String {
    internal_reference(&Pointer::root().join("components").join(section).join(name))
}

#[cfg(test)]
mod tests;
