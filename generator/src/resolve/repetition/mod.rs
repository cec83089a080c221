//! Limits how much data the references of a document repeat.
//!
//! Each operation has its own copy of the parameters, bodies, responses, headers and examples to which it refers, and code is
//! generated for each copy. A large response that thousands of operations share would otherwise need gigabytes of memory. The size
//! of all copies is computed before any reference is followed.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::ptr;

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::json::member::{member_of, value_at};
use crate::json::size::{size, size_of_text};
use crate::load::RawDocument;
use crate::load::grammar::METHODS;
use crate::load::size_limit::max_size;
use crate::pointer::Pointer;
use crate::resolve::component::has_own_name;
use crate::resolve::inline_target;

/// The largest number of references inside the target of one another. The objects of OpenAPI have at most five.
const MAX_NESTED: usize = 20;

/// The size of the code for a parameter that an operation inherits from its path item, in addition to the parameter itself. An
/// operation repeats such a parameter without a reference of its own, and the code takes far longer than the data.
const INHERITED_PARAMETER: usize = 200;

/// The size of the code for a part of a multipart body, in addition to the schema of the part. Each multipart body has a type of its
/// own, even if several bodies refer to the same component schema.
const PART: usize = 400;

/// The size of the code for a line of a text, in addition to the text. Each line of a description is a doc comment of its own.
const LINE: usize = 40;

/// Of the properties that a schema copies from the schemas that it extends, one byte in this many counts. A published document copies
/// twice its size.
const INHERITED_BYTES: usize = 4;

/// The largest number of `enum` values that the documentation of a schema lists.
const MOST_LISTED: usize = 100;

/// Returns whether the references of the document repeat too much data. If so, reports the operation or component at which the
/// limit is exceeded.
pub(super) fn exceeds_limit(document: &RawDocument, findings: &mut Findings) -> bool {
    let mut sizes = Sizes {
        raw: &document.raw,
        targets: HashMap::new(),
        nested: 0,
        inherited: HashMap::new(),
        multipart_bodies: HashSet::new(),
        part_schemas: HashSet::new(),
        parts: 0,
    };
    // The lines of the document itself are not repeated.
    let allowed = max_repeated(document).saturating_add(size_of_lines(&document.raw));
    let Some(place) = sizes.place_beyond(allowed) else { return false };
    let message = format!(
        "Up to this place, the references, parameters, security requirements and servers that operations share repeat more than \
         {} MB of data.",
        allowed / 1_000_000
    );
    let remedy = "Refer to smaller objects, or divide the document.";
    findings.add(Code::DocumentLimit, &place, message, remedy);
    true
}

/// Returns how much data the document may repeat, in bytes. Its spaces and comments allow nothing.
pub(super) fn max_repeated(document: &RawDocument) -> usize {
    max_size(document.text_length.min(size(&document.raw)))
}

/// Computes the sizes of objects, including the objects to which they refer.
struct Sizes<'r> {
    raw: &'r Value,
    /// The sizes of targets, by the `$ref` and the number of inlined schemas around it. While a size is being computed, it is 0.
    targets: HashMap<(&'r str, usize), usize>,
    /// The number of references that are being followed.
    nested: usize,
    /// The sizes of the properties of schemas that others extend, by the `$ref` to the schema.
    inherited: HashMap<&'r str, usize>,
    /// The multipart bodies that were measured. Operations that refer to the same body share its type.
    multipart_bodies: HashSet<*const Value>,
    /// The references to schemas whose properties were parts of a multipart body.
    part_schemas: HashSet<&'r str>,
    /// The size of the parts of the multipart bodies that were found since this number was last read.
    parts: usize,
}

impl<'r> Sizes<'r> {
    /// Returns the first operation or component schema at which the size of the document exceeds `allowed` bytes.
    fn place_beyond(&mut self, allowed: usize) -> Option<Pointer> {
        let mut total = 0_usize;
        let mut exceeds = |added: usize| {
            total = total.saturating_add(added);
            total > allowed
        };
        let [security, servers] = ["security", "servers"].map(|key| self.member(self.raw, key));
        for (path, item) in members(self.raw.get("paths")) {
            let place = Pointer::root().join("paths").join(path);
            if exceeds(size_of_text(path)) {
                return Some(place);
            }
            let Some(item) = self.followed(item) else { continue };
            let count = item.get("parameters").and_then(Value::as_array).map_or(0, Vec::len);
            let parameters = self.member(item, "parameters").saturating_add(count * INHERITED_PARAMETER);
            for (method, operation) in members(Some(item)).filter(|(method, _)| METHODS.contains(&method.as_str())) {
                let has = |key: &str| operation.get(key).is_some();
                let inherited = if has("security") { 0 } else { security };
                let inherited = inherited + if has("servers") { 0 } else { servers };
                let own = self.size(operation, 0).saturating_add(mem::take(&mut self.parts));
                if exceeds(parameters.saturating_add(inherited).saturating_add(own)) {
                    return Some(place.join(method));
                }
            }
        }
        for (name, schema) in members(self.raw.pointer("/components/schemas")) {
            if exceeds(size_of_text(name) + self.size(schema, 0)) {
                return Some(Pointer::root().join("components").join("schemas").join(name));
            }
        }
        None
    }

    /// Returns the size of the member `key` of an object; 0 if the object has no such member.
    fn member(&mut self, object: &'r Value, key: &str) -> usize {
        object.get(key).map_or(0, |member| self.size(member, 0))
    }

    /// Returns the value itself, or the value to which it refers; `None` for a broken or circular reference.
    fn followed(&self, value: &'r Value) -> Option<&'r Value> {
        let mut value = value;
        for _ in 0..MAX_NESTED {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
            value = self.target(reference)?.1;
        }
        None
    }

    fn target(&self, reference: &str) -> Option<(Pointer, &'r Value)> {
        let place = reference.strip_prefix('#').and_then(Pointer::from_fragment)?;
        let value = value_at(self.raw, &place)?;
        Some((place, value))
    }

    /// Returns the size of `value`, which is inside `depth` inlined schemas.
    fn size(&mut self, value: &'r Value, depth: usize) -> usize {
        match value {
            Value::Object(members) => {
                let own = self.size_of_object(members, depth);
                match member_of(members, "$ref").and_then(Value::as_str) {
                    Some(reference) => own.saturating_add(self.size_of_target(reference, depth)),
                    None => own,
                }
            }
            Value::Array(items) => {
                let sizes = items.iter().map(|item| self.size(item, depth));
                sizes.fold(size_of_text(""), usize::saturating_add)
            }
            _ => size(value) + size_of_lines(value),
        }
    }

    fn size_of_object(&mut self, members: &'r Map<String, Value>, depth: usize) -> usize {
        if let Some(content) = members.get("content") {
            self.add_parts(content);
        }
        // A client uses neither callbacks nor links.
        let used = members.iter().filter(|(key, _)| !matches!(key.as_str(), "callbacks" | "links"));
        let sizes = used.map(|(key, member)| size_of_text(key).saturating_add(self.size(member, depth)));
        let own = sizes.fold(size_of_text(""), usize::saturating_add);
        own.saturating_add(self.size_of_inherited(members) / INHERITED_BYTES)
    }

    /// Returns the size of the properties that a schema copies from the schemas that it extends with `allOf`. A schema that it
    /// extends in several ways counts once.
    fn size_of_inherited(&mut self, members: &'r Map<String, Value>) -> usize {
        let (mut pending, mut seen, mut total) = (Vec::from_iter(bases(members)), HashSet::new(), 0_usize);
        while let Some(reference) = pending.pop() {
            if !seen.insert(reference) {
                continue;
            }
            let base = self.target(reference).and_then(|(_, base)| base.as_object());
            let Some(base) = base.filter(|_| self.nested < MAX_NESTED) else { continue };
            let properties = self.size_of_properties(reference, base);
            total = total.saturating_add(size_of_text(reference)).saturating_add(properties);
            pending.extend(bases(base));
        }
        total
    }

    /// Returns the size of the properties of the schema to which `reference` refers.
    fn size_of_properties(&mut self, reference: &'r str, schema: &'r Map<String, Value>) -> usize {
        if let Some(known) = self.inherited.get(reference) {
            return *known;
        }
        self.inherited.insert(reference, 0);
        self.nested += 1;
        let size = schema.get("properties").map_or(0, |properties| self.size(properties, 0));
        self.nested -= 1;
        self.inherited.insert(reference, size);
        size
    }

    /// Returns the size of the target of a reference. Of a component schema, only the documentation counts, because the rest is
    /// read only once.
    fn size_of_target(&mut self, reference: &'r str, depth: usize) -> usize {
        let is_component = reference.starts_with("#/components/schemas/") && reference.matches('/').count() == 3;
        let depth = if is_component { 0 } else { depth };
        if let Some(known) = self.targets.get(&(reference, depth)) {
            return *known;
        }
        let Some((place, target)) = self.target(reference) else { return 0 };
        if is_component {
            let size = self.size_of_documentation(target, reference);
            self.targets.insert((reference, depth), size);
            return size;
        }
        let inner_depth = if has_own_name(&place) { depth } else { depth + 1 };
        if inner_depth > inline_target::MAX_DEPTH || self.nested >= MAX_NESTED {
            return 0;
        }
        self.targets.insert((reference, depth), 0);
        self.nested += 1;
        let size = self.size(target, inner_depth);
        self.nested -= 1;
        self.targets.insert((reference, depth), size);
        size
    }

    /// Returns the size of the documentation of the component schema `reference`. Each field and parameter that refers to the schema
    /// repeats it.
    fn size_of_documentation(&mut self, schema: &'r Value, reference: &'r str) -> usize {
        let texts = ["description", "title", "pattern", "default", "x-source"].map(|key| schema.get(key));
        let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten().take(MOST_LISTED);
        let sizes = texts.into_iter().flatten().chain(listed).map(|value| size(value) + size_of_lines(value));
        let own = sizes.fold(0, usize::saturating_add);
        let Some(alias) = schema.get("$ref").and_then(Value::as_str).filter(|_| self.nested < MAX_NESTED) else {
            return own;
        };
        self.targets.insert((reference, 0), own);
        self.nested += 1;
        let size = own.saturating_add(self.size_of_target(alias, 0));
        self.nested -= 1;
        size
    }

    /// Adds the size of the multipart bodies in a `content`.
    fn add_parts(&mut self, content: &'r Value) {
        for (name, media) in members(Some(content)) {
            let is_multipart =
                name.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
            let Some(media) = is_multipart.then(|| self.followed(media)).flatten() else { continue };
            if let Some(schema) = media.get("schema")
                && self.multipart_bodies.insert(ptr::from_ref(media))
            {
                self.parts = self.parts.saturating_add(self.size_of_parts(schema));
            }
        }
    }

    /// Returns the size of the parts of a multipart body that are repeated: the properties of schemas to which another body refers,
    /// too.
    fn size_of_parts(&mut self, schema: &'r Value) -> usize {
        let (mut pending, mut seen, mut total) = (vec![(schema, false)], HashSet::new(), 0_usize);
        while let Some((schema, is_repeated)) = pending.pop() {
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
                && let Some((_, target)) = self.target(reference)
                && seen.insert(reference)
            {
                let is_repeated = !self.part_schemas.insert(reference);
                total = total.saturating_add(if is_repeated { size_of_text(reference) } else { 0 });
                pending.push((target, is_repeated));
            }
            for (name, property) in members(schema.get("properties")).filter(|_| is_repeated) {
                let size = size_of_text(name).saturating_add(self.size(property, 0));
                total = total.saturating_add(PART).saturating_add(size);
            }
            let combined = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
            pending.extend(combined.map(|schema| (schema, is_repeated)));
        }
        total
    }
}

/// Returns the size of the lines in the texts of a value, in addition to the texts.
fn size_of_lines(value: &Value) -> usize {
    match value {
        Value::String(text) => LINE * text.bytes().filter(|byte| *byte == b'\n').count(),
        Value::Array(items) => items.iter().map(size_of_lines).sum(),
        Value::Object(members) => members.values().map(size_of_lines).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Returns the references to the schemas that a schema extends with `allOf`.
fn bases(schema: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let schemas = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    schemas.filter_map(|base| base.get("$ref").and_then(Value::as_str))
}

/// Returns the members of an object; nothing for any other value.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests;
