//! Decides where a reference leads: to a value of the document, to a value of another file, or nowhere.

use std::rc::Rc;

use serde_json::Value;

use crate::file_reference::{is_relative, resolve_path};
use crate::finding::Code;
use crate::load::external_reference::inlining::{Anchors, Inlining, Target};
use crate::load::external_reference::section::consequence;
use crate::load::grammar::kind::{Kind, ObjectKind};
use crate::pointer::Pointer;

/// The place to which a reference leads.
pub(super) enum Destination {
    /// A value of the document, a URL or an absolute path. The resolve stage follows or reports such a reference.
    NotInFile,
    /// A file with a relative path, and a JSON Pointer into it. Whether the file has a value there is not known yet.
    InFile(Target),
    /// No place, because the reference is malformed or its file lacks the anchor.
    Nowhere(Nowhere),
}

/// A reference that leads nowhere.
pub(super) struct Nowhere {
    /// The reason, as the end of a sentence.
    pub(super) reason: String,
    /// How to correct the reference.
    pub(super) remedy: String,
    /// The file and the place that do not exist.
    pub(super) missing: Target,
}

impl Inlining<'_, '_> {
    /// Returns the place to which `reference` leads. `file` is the file that contains `reference`.
    pub(super) fn destination(&mut self, reference: &str, file: &Rc<str>) -> Destination {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let target_file = match path {
            "" if **file == *self.main => return Destination::NotInFile,
            "" => Rc::clone(file),
            _ if !is_relative(reference) => return Destination::NotInFile,
            _ => match resolve_path(file, path) {
                Some(path) => path.into(),
                None => {
                    return Destination::Nowhere(Nowhere {
                        reason: "the percent-encoding of its path is not UTF-8".to_owned(),
                        remedy: "Correct the path, or encode it as UTF-8.".to_owned(),
                        missing: (path.into(), Pointer::root()),
                    });
                }
            },
        };
        match Pointer::from_fragment(fragment) {
            Some(pointer) => Destination::InFile((target_file, pointer)),
            None => self.anchor(fragment, target_file),
        }
    }

    /// Returns the place of the anchor `fragment` of `file`. Only OpenAPI 3.1 and later have anchors.
    fn anchor(&mut self, fragment: &str, file: Rc<str>) -> Destination {
        let nowhere = |reason: String, remedy: &str| {
            let missing = (Rc::clone(&file), Pointer::root().join(fragment));
            Destination::Nowhere(Nowhere { reason, remedy: remedy.to_owned(), missing })
        };
        let Some(name) = Pointer::percent_decoded(fragment) else {
            let reason = "the percent-encoding of its fragment is not UTF-8".to_owned();
            return nowhere(reason, "Correct the fragment, or encode it as UTF-8.");
        };
        let remedy = "Write a JSON Pointer after the `#`, such as `#/components/schemas/Pet`.";
        if !self.version.has_json_schema() {
            return nowhere(format!("`{name}` is not a JSON Pointer"), remedy);
        }
        if !self.anchors.contains_key(&file) {
            // A file that cannot be read is reported as such: its root is what the reference needs first.
            let Some(tree) = self.tree(&file) else { return Destination::InFile((file, Pointer::root())) };
            let mut anchors = Anchors::new();
            collect_anchors(&tree, &mut Pointer::root(), &mut anchors);
            self.anchors.insert(Rc::clone(&file), anchors);
        }
        match self.anchors.get(&file).and_then(|anchors| anchors.get(&name)) {
            Some(Some(place)) => Destination::InFile((file, place.clone())),
            Some(None) => nowhere(format!("`{file}` has several schemas with the anchor `{name}`"), remedy),
            None => nowhere(format!("`{file}` has no anchor `{name}`"), remedy),
        }
    }

    /// Reports `reference` at `place`, which leads nowhere. Returns the reference with the path of its file, so that a later stage
    /// does not read it as a reference within the document.
    pub(super) fn report_nowhere(
        &mut self,
        reference: &str,
        nowhere: Nowhere,
        place: &Pointer,
        object: &ObjectKind,
    ) -> String {
        let Nowhere { reason, remedy, missing: (file, pointer) } = nowhere;
        let mark = self.findings.mark();
        self.findings.add(
            Code::RefMissing,
            place,
            format!("The reference `{reference}` leads nowhere: {reason}."),
            remedy,
        );
        self.findings.set_missing_in(file.to_string(), pointer);
        self.findings.set_consequence(mark, Code::RefMissing, consequence(object));
        if reference.starts_with('#') { format!("{file}{reference}") } else { reference.to_owned() }
    }
}

/// Returns the target of a reference within `file`, such as `#/a`. Returns `None` for a reference to another file.
pub(super) fn target_within(reference: &str, file: &Rc<str>) -> Option<Target> {
    Some((Rc::clone(file), Pointer::from_fragment(reference.strip_prefix('#')?)?))
}

/// Adds the anchors in `value`, which is at `place` of a file. An object with `$id` has anchors of its own, unless it is the whole
/// file.
fn collect_anchors(value: &Value, place: &mut Pointer, anchors: &mut Anchors) {
    match value {
        Value::Object(members) => {
            if members.get("$id").is_some_and(Value::is_string) && *place != Pointer::root() {
                return;
            }
            for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| members.get(key)?.as_str()) {
                let place = place.clone();
                anchors.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(place));
            }
            for (name, member) in members {
                place.push(name);
                collect_anchors(member, place, anchors);
                place.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.push(index);
                collect_anchors(item, place, anchors);
                place.pop();
            }
        }
        _ => {}
    }
}

/// Replaces `$dynamicRef` in a schema of another file by `$ref`, as the module `identifier` does in the document. If several schemas
/// of the file have its anchor, the reference is reported later.
pub(super) fn replace_dynamic_reference(kind: &Kind, value: &mut Value) {
    let (Kind::Object(object) | Kind::Referable(object), Value::Object(members)) = (kind, value) else { return };
    if object.is_schema()
        && !members.contains_key("$ref")
        && let Some(reference) = members.shift_remove("$dynamicRef")
    {
        members.insert("$ref".to_owned(), reference);
    }
}
