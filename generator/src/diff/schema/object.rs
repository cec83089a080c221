//! Compares the properties of objects: their presence, whether they are required, and whether additional properties are allowed.

use std::collections::{HashMap, HashSet};

use crate::diff::change::Direction;
use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::ComparedValue;
use crate::diff::rules;
use crate::diff::schema::place::keyword_place;
use crate::diff::schema::wrapper::is_omitted;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

pub(crate) fn compare_additional_properties<'a>(
    walk: &mut Walk<'a>,
    old: &'a Schema,
    new: &'a Schema,
    site: &ComparedValue,
) {
    use AdditionalProperties::{Absent, Any, Forbidden, Schema as Described};
    let (rule, message) = match (&old.additional_properties, &new.additional_properties) {
        (Described(old), Described(new)) => return walk.compare_refs(old, new, site.part("{}")),
        (Forbidden, Forbidden) | (Absent | Any, Absent | Any) => return,
        (Absent | Any | Described(_), Forbidden) => {
            (&rules::ADDITIONAL_FORBIDDEN, "additional properties are no longer allowed")
        }
        (Forbidden, Absent | Any | Described(_)) => {
            (&rules::ADDITIONAL_ALLOWED, "additional properties are now allowed")
        }
        (Absent | Any, Described(_)) => (&rules::ADDITIONAL_RESTRICTED, "additional properties now have a schema"),
        (Described(_), Absent | Any) => (&rules::ADDITIONAL_WIDENED, "additional properties no longer have a schema"),
    };
    let place = |schema: &Schema| keyword_place(schema, schema.additional_properties != Absent, "additionalProperties");
    walk.report_value(rule, site, message, &place(old), &place(new));
}

/// A property of an object, in the older or the newer document.
#[derive(Clone, Copy)]
struct Property<'a> {
    reference: &'a SchemaRef,
    schema: Option<&'a Schema>,
    document: ComparedDocument<'a>,
    required: bool,
}

impl<'a> Property<'a> {
    /// Returns whether messages of this direction omit the property.
    fn is_absent(&self, direction: Direction) -> bool {
        self.schema.is_some_and(|schema| is_omitted(self.document, schema, direction))
    }

    fn has_default(&self) -> bool {
        self.schema.is_some_and(|schema| schema.default.is_some())
    }

    fn presence(&self) -> &'static str {
        if self.required { "required" } else { "optional" }
    }
}

/// An object in the older or the newer document: the schema of the object, and those members of its `allOf` that have no
/// counterpart in the other document.
struct Object<'a> {
    parts: Vec<&'a Schema>,
    document: ComparedDocument<'a>,
    /// The properties, each from the first part that has it.
    properties: HashMap<&'a str, &'a SchemaRef>,
    /// For each required property: the first part that requires it, and the index in `required`.
    required: HashMap<&'a str, (&'a Schema, usize)>,
}

impl<'a> Object<'a> {
    fn new(parts: &[&'a Schema], document: ComparedDocument<'a>) -> Self {
        let (mut properties, mut required) = (HashMap::new(), HashMap::new());
        for part in parts {
            for (name, property) in &part.properties {
                properties.entry(name.as_str()).or_insert(property);
            }
            for (index, name) in part.required.iter().enumerate() {
                required.entry(name.as_str()).or_insert((*part, index));
            }
        }
        Self { parts: parts.to_vec(), document, properties, required }
    }

    fn property(&self, name: &str) -> Option<Property<'a>> {
        let reference = *self.properties.get(name)?;
        let schema = self.document.resolve(reference);
        Some(Property { reference, schema, document: self.document, required: self.is_required(name) })
    }

    fn is_required(&self, name: &str) -> bool {
        self.required.contains_key(name)
    }

    /// Returns the JSON Pointer of `name` in `required`. If the object does not require `name`, returns `property`.
    fn required_place(&self, name: &str, property: &Pointer) -> Pointer {
        let place = self.required.get(name).map(|(part, index)| part.pointer.join("required").join(index));
        place.unwrap_or_else(|| property.clone())
    }

    /// Returns whether the object allows no additional properties.
    fn is_closed(&self) -> bool {
        self.parts.iter().any(|part| part.additional_properties == AdditionalProperties::Forbidden)
    }
}

/// Returns whether a property is required in both documents or in neither, after all members of an enclosing `allOf` are merged.
fn is_required_alike(site: &ComparedValue, name: &str, old: bool, new: bool) -> bool {
    old == new || site.merged.as_ref().is_some_and(|merged| merged.is_required_alike(name, old, new))
}

/// Compares the properties of two objects. Each object is given as a list of schemas: the schema of the object, and those members
/// of its `allOf` that have no counterpart in the other document.
pub(crate) fn compare_properties<'a>(
    walk: &mut Walk<'a>,
    old: &[&'a Schema],
    new: &[&'a Schema],
    site: &ComparedValue,
) {
    let (mut names, mut described) = (Vec::new(), HashSet::new());
    for name in old.iter().chain(new).flat_map(|part| part.properties.keys()) {
        if described.insert(name.as_str()) {
            names.push(name);
        }
    }
    let (old, new) = (&Object::new(old, walk.old), &Object::new(new, walk.new));
    for name in names {
        let here = site.part(&format!(".{name}"));
        match (old.property(name), new.property(name)) {
            (Some(before), Some(after)) => {
                compare_property(walk, (old, before), (new, after), (name, site), here);
            }
            (Some(before), None) if !before.is_absent(site.direction) => report_removed(walk, before, new, &here),
            (None, Some(after)) if !after.is_absent(site.direction) => {
                report_added(walk, after, old.is_required(name), old, &here);
            }
            _ => {}
        }
    }
    compare_undescribed(walk, old, new, &described, site);
}

/// Compares a property that both documents describe. `site` is the object, and `here` is the property.
fn compare_property<'a>(
    walk: &mut Walk<'a>,
    (old, before): (&Object<'a>, Property<'a>),
    (new, after): (&Object<'a>, Property<'a>),
    (name, site): (&str, &ComparedValue),
    here: ComparedValue,
) {
    if report_absence(walk, before, after, &here) {
        return;
    }
    if !is_required_alike(site, name, before.required, after.required) {
        let old_place = old.required_place(name, before.reference.pointer());
        let new_place = new.required_place(name, after.reference.pointer());
        report_required(walk, after.required, after.has_default(), &here, (&old_place, &new_place));
    }
    walk.compare_refs(before.reference, after.reference, here);
}

/// Reports a property that was removed. `new` is the newer object.
fn report_removed<'a>(walk: &mut Walk<'a>, property: Property<'a>, new: &Object<'a>, here: &ComparedValue) {
    let rule = match (here.direction, property.required) {
        (Direction::Response, true) => &rules::RESPONSE_REQUIRED_PROPERTY_REMOVED,
        (Direction::Response, false) => &rules::RESPONSE_OPTIONAL_PROPERTY_REMOVED,
        _ if new.is_closed() => &rules::PROPERTY_REMOVED_CLOSED,
        _ => &rules::PROPERTY_REMOVED,
    };
    let message = format!("the {} property was removed", property.presence());
    walk.report(rule, &here.path, message, Some(property.reference.pointer()), Some(&new.parts[0].pointer));
}

/// Reports a property that was added. `old` is the older object. `was_required` states whether `required` of the older object already contains the name of the property.
fn report_added<'a>(
    walk: &mut Walk<'a>,
    property: Property<'a>,
    was_required: bool,
    old: &Object<'a>,
    here: &ComparedValue,
) {
    let rule = match (here.direction, property.required && !was_required) {
        (Direction::Response, _) if old.is_closed() => &rules::RESPONSE_PROPERTY_ADDED_CLOSED,
        (Direction::Response, true) => &rules::RESPONSE_REQUIRED_PROPERTY_ADDED,
        (Direction::Response, false) => &rules::RESPONSE_OPTIONAL_PROPERTY_ADDED,
        (_, true) if property.has_default() => &rules::PROPERTY_ADDED_REQUIRED_DEFAULT,
        (_, true) => &rules::PROPERTY_ADDED_REQUIRED,
        (_, false) => &rules::PROPERTY_ADDED_OPTIONAL,
    };
    let message = format!("the {} property was added", property.presence());
    walk.report(rule, &here.path, message, Some(&old.parts[0].pointer), Some(property.reference.pointer()));
}

/// Reports a change of `readOnly` if requests are compared, or of `writeOnly` if responses are compared.
///
/// Returns whether the property has this keyword in at least one document. If so, the caller compares nothing else about the
/// property.
fn report_absence<'a>(walk: &mut Walk<'a>, before: Property<'a>, after: Property<'a>, here: &ComparedValue) -> bool {
    let is_response = here.direction == Direction::Response;
    let (rule, message) = match (before.is_absent(here.direction), after.is_absent(here.direction)) {
        (false, false) => return false,
        (true, true) => return true,
        (false, true) => match (is_response, before.required) {
            (true, true) => (&rules::REQUIRED_WRITE_ONLY, "the required property became writeOnly"),
            (true, false) => (&rules::OPTIONAL_WRITE_ONLY, "the optional property became writeOnly"),
            (false, _) => (&rules::PROPERTY_READ_ONLY, "the property became readOnly"),
        },
        (true, false) => match (is_response, after.required) {
            (true, _) => (&rules::NOT_WRITE_ONLY, "the property is no longer writeOnly"),
            (false, true) => (&rules::REQUIRED_NOT_READ_ONLY, "the required property is no longer readOnly"),
            (false, false) => (&rules::OPTIONAL_NOT_READ_ONLY, "the optional property is no longer readOnly"),
        },
    };
    let (old_place, new_place) = (before.reference.pointer(), after.reference.pointer());
    walk.report(rule, &here.path, message, Some(old_place), Some(new_place));
    true
}

/// Reports that a property became required or optional.
fn report_required(
    walk: &mut Walk<'_>,
    is_required: bool,
    has_default: bool,
    here: &ComparedValue,
    (old, new): (&Pointer, &Pointer),
) {
    let is_response = here.direction == Direction::Response;
    let (rule, message) = match (is_response, is_required) {
        (true, true) => (&rules::RESPONSE_PROPERTY_REQUIRED, "the property became required"),
        (true, false) => (&rules::RESPONSE_PROPERTY_OPTIONAL, "the property became optional"),
        (false, true) if has_default => {
            (&rules::PROPERTY_REQUIRED_DEFAULT, "the property, which has a default, became required")
        }
        (false, true) => (&rules::PROPERTY_REQUIRED, "the property became required"),
        (false, false) => (&rules::PROPERTY_OPTIONAL, "the property became optional"),
    };
    walk.report(rule, &here.path, message, Some(old), Some(new));
}

/// Compares the names in `required` that neither object declares in `properties`. If the objects are members of an `allOf`,
/// another member may declare these properties.
fn compare_undescribed(
    walk: &mut Walk<'_>,
    old: &Object<'_>,
    new: &Object<'_>,
    described: &HashSet<&str>,
    site: &ComparedValue,
) {
    let required_only_in = |object: &Object<'_>, other: &Object<'_>| -> Vec<String> {
        let names = object.parts.iter().flat_map(|part| &part.required);
        names.filter(|name| !other.is_required(name) && !described.contains(name.as_str())).cloned().collect()
    };
    for (names, became_required) in [(required_only_in(old, new), false), (required_only_in(new, old), true)] {
        for name in names.into_iter().filter(|name| !is_required_alike(site, name, !became_required, became_required)) {
            let here = site.part(&format!(".{name}"));
            let before = old.required_place(&name, &old.parts[0].pointer);
            let after = new.required_place(&name, &new.parts[0].pointer);
            report_required(walk, became_required, false, &here, (&before, &after));
        }
    }
}
