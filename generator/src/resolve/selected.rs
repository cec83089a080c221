//! Removes the operations that the user leaves out with `--only` and `--except`, and the components that nothing else uses.

use std::collections::{HashMap, HashSet};
use std::ops::AddAssign;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::json::member::value_at;
use crate::load::RawDocument;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};
use crate::selection::{OperationNames, Selection};

/// The number of parts of a document that a selection left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The operations.
    pub operations: usize,
    /// The component schemas that only these operations used.
    pub schemas: usize,
}

impl AddAssign for LeftOut {
    fn add_assign(&mut self, other: Self) {
        self.operations += other.operations;
        self.schemas += other.schemas;
    }
}

/// Removes the operations that the selection leaves out, and the component schemas that no other operation uses. Also removes the
/// findings about parts of the document that are no longer used, so that such a part does not stop the run.
pub fn select(
    document: &mut Document,
    raw_document: &RawDocument,
    selection: &Selection,
    findings: &mut Findings,
) -> LeftOut {
    if selection.is_everything() {
        return LeftOut::default();
    }
    report_unmatched(document, selection, findings);
    let (operations, schemas) = (document.operations.len(), document.schemas.len());
    let (used, unused): (Vec<Operation>, Vec<Operation>) =
        document.operations.drain(..).partition(|operation| selection.includes(names(operation)));
    document.operations = used;
    if document.operations.is_empty() && operations > 0 {
        let message = "`--only` and `--except` leave no operation of the document.";
        let remedy = "Correct the patterns: `tag=NAME`, `id=OPERATION-ID`, `/PATH` or `METHOD /PATH`.";
        findings.add(Code::NothingSelected, &Pointer::root().join("paths"), message, remedy);
    }
    let used: HashSet<&Pointer> = document.operations.iter().map(|operation| &operation.pointer).collect();
    let left_out: HashSet<Pointer> =
        unused.into_iter().map(|operation| operation.pointer).filter(|pointer| !used.contains(pointer)).collect();
    let reached = Reached::new(&raw_document.raw, &left_out);
    document.schemas.retain(|_, schema| reached.has(&schema.pointer));
    findings.retain(|finding| finding.file != document.file || reached.has(&finding.pointer));
    LeftOut { operations: operations - document.operations.len(), schemas: schemas - document.schemas.len() }
}

fn names(operation: &Operation) -> OperationNames<'_> {
    let Operation { method, path, id, tags, .. } = operation;
    OperationNames { method, path, id: id.as_deref(), tags }
}

/// Reports the patterns that match no operation.
fn report_unmatched(document: &Document, selection: &Selection, findings: &mut Findings) {
    let lists = [("--only", &selection.only), ("--except", &selection.except)];
    for (option, pattern) in lists.into_iter().flat_map(|(option, list)| list.iter().map(move |item| (option, item))) {
        let operations = || document.operations.iter().map(names);
        if operations().any(|operation| pattern.matches(operation)) {
            continue;
        }
        let remedy = match pattern.similar(operations()) {
            Some(similar) => format!("Did you mean `{similar}`?"),
            None => "Correct or remove the pattern.".to_owned(),
        };
        let message = format!("No operation matches `{pattern}`, a pattern of `{option}`.");
        findings.add(Code::UnmatchedPattern, &Pointer::root().join("paths"), message, remedy);
    }
}

/// The parts of a document that are used: everything outside of `components` and of the operations that are left out, and all to
/// which that refers.
struct Reached<'r> {
    /// The operations that are left out.
    left_out: &'r HashSet<Pointer>,
    /// The components, and the values in operations that are left out, to which references lead.
    targets: HashSet<Pointer>,
}

impl<'r> Reached<'r> {
    fn new(raw: &Value, left_out: &'r HashSet<Pointer>) -> Self {
        let mut reached = Self { left_out, targets: HashSet::new() };
        let subtypes = subtypes(raw);
        let mut open = Vec::new();
        reached.walk(raw, &mut Pointer::root(), &mut open);
        while let Some(target) = open.pop() {
            let Some(value) = value_at(raw, &target) else { continue };
            if !reached.targets.insert(target.clone()) {
                continue;
            }
            reached.walk(value, &mut target.clone(), &mut open);
            if value.get("discriminator").is_some() {
                open.extend(descendants(&target, &subtypes));
            }
        }
        reached
    }

    /// Returns whether the value at `place` is used.
    fn has(&self, place: &Pointer) -> bool {
        let mut around = Some(place.clone());
        while let Some(outer) = around {
            if self.targets.contains(&outer) {
                return true;
            }
            if self.left_out.contains(&outer) || is_component(&outer) {
                return false;
            }
            around = outer.parent();
        }
        true
    }

    /// Adds the targets of the references in `value`, which is at `place`, to `open`.
    fn walk(&self, value: &Value, place: &mut Pointer, open: &mut Vec<Pointer>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    place.push(name);
                    if !self.is_skipped(place) {
                        open.extend(self.targets_of(name, member, place));
                        self.walk(member, place, open);
                    }
                    place.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    place.push(index);
                    self.walk(item, place, open);
                    place.pop();
                }
            }
            _ => {}
        }
    }

    /// Returns whether the walk from the root does not enter the value at `place`.
    fn is_skipped(&self, place: &Pointer) -> bool {
        self.left_out.contains(place) || is_component(place)
    }

    /// Returns the places to which the member `name` of an object refers.
    fn targets_of(&self, name: &str, member: &Value, place: &Pointer) -> Vec<Pointer> {
        let fragment = |text: &str| text.strip_prefix('#').and_then(Pointer::from_fragment);
        let component = |section: &str, name: &String| Pointer::root().join("components").join(section).join(name);
        match (name, member) {
            ("$ref", Value::String(text)) => {
                fragment(text).into_iter().flat_map(|target| self.around(target)).collect()
            }
            ("mapping", Value::Object(mapping)) => {
                let names = mapping.values().filter_map(Value::as_str);
                names.map(|text| fragment(text).unwrap_or_else(|| component("schemas", &text.to_owned()))).collect()
            }
            ("security", Value::Array(requirements)) if !place.starts_with("/components/") => {
                let requirements = requirements.iter().filter_map(Value::as_object);
                requirements.flat_map(|schemes| schemes.keys().map(|name| component("securitySchemes", name))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the target of a reference, and the component that contains the target.
    fn around(&self, target: Pointer) -> impl Iterator<Item = Pointer> {
        let component = std::iter::successors(target.parent(), Pointer::parent).find(is_component);
        std::iter::once(target).chain(component)
    }
}

/// Returns whether `place` is a component, such as `/components/schemas/Pet`.
fn is_component(place: &Pointer) -> bool {
    place.starts_with("/components/") && place.tokens().count() == 3
}

/// For each component schema, the components that inherit from it with `allOf`.
fn subtypes(raw: &Value) -> HashMap<Pointer, Vec<Pointer>> {
    let schemas = Pointer::root().join("components").join("schemas");
    let mut subtypes: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
    for (name, schema) in value_at(raw, &schemas).and_then(Value::as_object).into_iter().flatten() {
        for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let base = member.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
            if let Some(base) = base.and_then(Pointer::from_fragment) {
                subtypes.entry(base).or_default().push(schemas.join(name));
            }
        }
    }
    subtypes
}

/// Returns the components that inherit from `base`, directly or through others.
fn descendants(base: &Pointer, subtypes: &HashMap<Pointer, Vec<Pointer>>) -> Vec<Pointer> {
    let (mut found, mut open) = (HashSet::new(), vec![base]);
    while let Some(next) = open.pop() {
        open.extend(subtypes.get(next).into_iter().flatten().filter(|subtype| found.insert((*subtype).clone())));
    }
    found.into_iter().collect()
}
