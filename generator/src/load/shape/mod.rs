//! Checks the raw tree against the [grammar](crate::load::grammar), and repairs it.
//!
//! A malformed value is removed together with its key. If the object around the key is invalid without the key, that object is
//! removed too. A malformed schema becomes the empty schema, so that references to it still have a target. Lists keep their
//! length: a malformed item is replaced, or the whole list is removed. So every JSON Pointer identifies the same value before and
//! after the repair.

mod foreign_key;
pub(crate) mod messages;
mod misplaced_key;
mod substitute;

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::json::member::member_of;
use crate::json::number;
use crate::load::grammar::kind::{Key, Kind, ObjectKind};
use crate::load::grammar::{ACKNOWLEDGE, COMPONENTS, EXAMPLE, Extension, OPENAPI, extension_named, may_be_meant};
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;
use crate::suggestion::nearest;
pub(crate) use substitute::{SKIPPED_PREFIX, SKIPPED_REQUIRED_PARAMETER};

/// Reports and removes every malformed value in the document `raw`. Returns `false` if no usable document remains.
pub(super) fn repair(raw: &mut Value, version: OpenApiVersion, findings: &mut Findings) -> bool {
    check(&Kind::Object(&OPENAPI), version, raw, &Pointer::root(), findings)
}

/// Reports and removes every malformed value in `raw`, an object of this type. Returns `false` if no usable object remains.
pub(super) fn repair_object(object: &'static ObjectKind, raw: &mut Value, findings: &mut Findings) -> bool {
    // The default is OpenAPI 3.0. The grammar of an overlay does not depend on the version.
    check(&Kind::Object(object), OpenApiVersion::default(), raw, &Pointer::root(), findings)
}

/// Checks `value` against `kind`, and repairs the value. Returns `false` if the value has to be removed.
fn check(kind: &Kind, version: OpenApiVersion, value: &mut Value, place: &Pointer, findings: &mut Findings) -> bool {
    let mark = findings.mark();
    if is_valid_scalar(kind, version, value) {
        return true;
    }
    match (kind, &mut *value) {
        (Kind::Object(object), Value::Object(members)) => {
            check_object(object, version, members, place, findings) || replace(object, value, mark, findings)
        }
        (Kind::Referable(object), Value::Object(members)) => {
            misplaced_key::correct_ref(members, place, findings);
            let is_valid = match member_of(members, "$ref") {
                // In OpenAPI 3.1 and later, `$ref` is a keyword of a schema like any other.
                Some(reference) if !(version.has_json_schema() && object.is_schema()) => {
                    check_reference(reference, version, members, place, findings)
                }
                _ => check_object(object, version, members, place, findings),
            };
            is_valid || replace(object, value, mark, findings)
        }
        (Kind::BooleanOr(kind), Value::Object(_)) => check(kind, version, value, place, findings),
        (Kind::List(kind), Value::Array(items)) => {
            let items = items.iter_mut().enumerate();
            items.fold(true, |all, (index, item)| {
                (is_valid_scalar(kind, version, item) || check(kind, version, item, &place.join(index), findings))
                    && all
            })
        }
        (Kind::OneOrMore(kind), Value::Array(items)) if !items.is_empty() => {
            let items = items.iter_mut().enumerate();
            items.fold(true, |all, (index, item)| check(kind, version, item, &place.join(index), findings) && all)
        }
        (Kind::Map(kind), Value::Object(members)) => {
            misplaced_key::move_properties(members, place, findings);
            members.retain(|name, value| {
                // A string under `$ref` is a reference in place of the whole map. The reference is reported and removed.
                let is_reference = name == "$ref" && value.is_string() && matches!(kind, Kind::Object(_));
                check(kind, version, value, &place.join(name), findings) && !is_reference
            });
            true
        }
        _ => {
            let (message, remedy) = messages::malformed(kind, version, value, place);
            findings.add_repairable(Code::Shape, place, message, remedy, "The value is skipped.");
            findings.set_missing(place);
            match kind {
                Kind::Object(object) | Kind::Referable(object) => replace(object, value, mark, findings),
                // A malformed list of strings becomes the empty list, which OpenAPI treats like an absent list.
                Kind::List(Kind::Text) => {
                    *value = Value::Array(Vec::new());
                    true
                }
                _ => false,
            }
        }
    }
}

/// Returns whether `value` is a valid scalar of this kind, or data that the grammar does not examine.
fn is_valid_scalar(kind: &Kind, version: OpenApiVersion, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Any, _)
        | (Kind::Text, Value::String(_))
        | (Kind::Boolean | Kind::BooleanOr(_), Value::Bool(_))
        | (Kind::Number, Value::Number(_)) => true,
        (Kind::BooleanOr(kind) | Kind::OneOrMore(kind), value) => is_valid_scalar(kind, version, value),
        (Kind::Referable(object), Value::Bool(_)) => version.has_json_schema() && object.is_schema(),
        (Kind::Count, Value::Number(number)) => {
            number.is_u64() || (version.has_json_schema() && number::to_count(number).is_some())
        }
        (Kind::Choice(choices), Value::String(text)) => choices.contains(&text.as_str()),
        _ => false,
    }
}

/// Replaces the invalid `value` by a valid value for the type `object`, such as `{}` for a schema. Returns `false` if the type
/// has no such value.
///
/// `mark` is the number of findings that `findings` had before `value` was checked. The findings that were added since then get a
/// consequence, such as "The response is skipped."
fn replace(object: &ObjectKind, value: &mut Value, mark: usize, findings: &mut Findings) -> bool {
    let (substitute, consequence) = substitute::for_object(object, value);
    findings.set_consequence(mark, Code::Shape, consequence);
    let is_replaced = substitute.is_some();
    *value = substitute.unwrap_or_default();
    is_replaced
}

/// Checks a Reference Object. Returns `false` if its `$ref` is not a string.
fn check_reference(
    reference: &Value,
    version: OpenApiVersion,
    members: &Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    if !reference.is_string() {
        let (message, remedy) = messages::malformed(&Kind::Text, version, reference, &place.join("$ref"));
        findings.add(Code::Shape, &place.join("$ref"), message, remedy);
        return false;
    }
    // OpenAPI 3.1 and later allow a description of their own for references.
    let is_allowed = |key: &String| {
        key == "$ref"
            || key == ACKNOWLEDGE
            || (version.has_json_schema() && matches!(key.as_str(), "summary" | "description"))
    };
    let siblings: Vec<_> = members.keys().filter(|key| !is_allowed(key)).cloned().collect();
    if let Some(first) = siblings.first() {
        let verb = if siblings.len() == 1 { "has" } else { "have" };
        findings.add(
            Code::RefSiblings,
            &place.join(first),
            format!("`{}` next to `$ref` {verb} no effect in OpenAPI {}.", siblings.join("`, `"), version.as_str()),
            "Move the keys beside `$ref` to the target of the reference. In a schema, you can wrap the reference instead: \
             `allOf: [$ref: …]`.",
        );
    }
    true
}

/// Checks each key of an object, then the rule about combinations of keys. Returns `false` if the object has to be removed.
fn check_object(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &mut Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    if object.name == "Example" && is_bare_value(object, version, members) {
        report_bare_example(version, members, place, findings);
        return false;
    }
    misplaced_key::move_deeper(object, version, members, place, findings);
    report_missing_keys(object, version, members, place, findings);
    let before = members.len();
    let dedented = dedented_members(object, version, members);
    if let Some((parent, names)) = &dedented {
        report_dedented(parent, names, place, findings);
    }
    let is_dedented =
        |key: &String| dedented.as_ref().is_some_and(|(parent, names)| key == parent || names.contains(key));
    members.retain(|key, value| !is_dedented(key) && check_member(object, version, key, value, place, findings));
    let is_complete = members.len() == before;
    let is_missing = |key: &&Key| key.required && !members.contains_key(key.name);
    for key in object.keys_in(version).filter(is_missing).collect::<Vec<_>>() {
        match substitute::for_required_key(object, key) {
            Some(substitute) => _ = members.insert(key.name.to_owned(), substitute),
            None => return false,
        }
    }
    check_rule(object, version, members, is_complete, place, findings)
}

/// Reports the required keys that an object lacks.
fn report_missing_keys(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) {
    for key in object.keys_in(version).filter(|key| key.required && !members.contains_key(key.name)) {
        let consequence = match substitute::for_required_key(object, key) {
            Some(Value::String(_)) => "The missing value is read as an empty string.",
            Some(_) if key.name == "info" => "The title and the version are empty.",
            Some(_) => "The operation has no documented responses.",
            None => "The object is skipped.",
        };
        let message = match object.name {
            "OpenAPI" => format!("The document has no `{}`.", key.name),
            name => format!("This {} object has no `{}`.", messages::in_sentence(name), key.name),
        };
        findings.add_repairable(Code::Shape, place, message, format!("Add `{}`.", key.name), consequence);
        findings.set_missing(&place.join(key.name));
    }
}

/// Finds a key without a value whose members are indented like the key itself. For example, `schema:` is followed by `type:` in
/// the same column. Returns the key `schema`, and the member names such as `type`.
fn dedented_members(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &Map<String, Value>,
) -> Option<(String, Vec<String>)> {
    let key_of = |name: &String| object.key(name, version);
    let is_parent = |(name, value): &(&String, &Value)| {
        let has_members =
            |key: &Key| matches!(key.kind, Kind::Map(_) | Kind::Object(_) | Kind::Referable(_) | Kind::BooleanOr(_));
        value.is_null() && key_of(name).is_some_and(has_members)
    };
    let mut rest = members.iter();
    let (parent, _) = rest.by_ref().find(is_parent).filter(|_| object.patterned.is_none())?;
    let is_unknown = |name: &&String| key_of(name).is_none() && !name.starts_with("x-");
    let names: Vec<String> = rest.map(|(name, _)| name).take_while(is_unknown).cloned().collect();
    let is_misspelt = |name: &String| nearest(name, object.keys_in(version).map(|key| key.name), 3).is_some();
    (!names.is_empty() && !names.iter().any(is_misspelt)).then(|| (parent.clone(), names))
}

fn report_dedented(parent: &str, names: &[String], place: &Pointer, findings: &mut Findings) {
    let verb = if names.len() == 1 { "has" } else { "have" };
    let message = format!("`{parent}` has no value, because `{}` {verb} the same indentation.", names.join("`, `"));
    findings.add_repairable(
        Code::Shape,
        &place.join(parent),
        message,
        "Indent the members deeper than the key.",
        "The key is skipped.",
    );
    findings.set_missing(&place.join(parent));
}

/// Returns whether the value of an example was written in place of an Example Object: `cat: {name: Tom}` instead of
/// `cat: {value: {name: Tom}}`.
fn is_bare_value(object: &'static ObjectKind, version: OpenApiVersion, members: &Map<String, Value>) -> bool {
    let is_own = |name: &String| name.starts_with("x-") || object.key(name, version).is_some();
    let is_misspelt = |name: &String| nearest(name, object.keys_in(version).map(|key| key.name), 3).is_some();
    !members.is_empty() && !members.keys().any(|name| is_own(name) || is_misspelt(name))
}

fn report_bare_example(
    version: OpenApiVersion,
    members: &Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) {
    let value = Value::Object(members.clone());
    let (message, remedy) = messages::malformed(&Kind::Object(&EXAMPLE), version, &value, place);
    findings.add_repairable(Code::Shape, place, message, remedy, "The example is skipped.");
}

/// Checks the rule of an object, such as "either `schema` or `content`", and repairs violations as far as possible. Returns
/// `false` if a violation remains. If `is_complete` is `false`, another check has removed a member of the object. Violations are
/// then not reported, because the removal may have caused them.
fn check_rule(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &mut Map<String, Value>,
    is_complete: bool,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let mut is_reported = !is_complete;
    while let Some(violation) = object.rule.and_then(|rule| rule(members, version)) {
        if !is_reported {
            let consequence = violation.repair.map_or("The object is skipped.", |repair| repair.consequence);
            let at = if violation.member.is_empty() { place.clone() } else { place.join(violation.member) };
            let mark = findings.mark();
            findings.add_repairable(Code::Shape, &at, violation.message, violation.remedy, consequence);
            if violation.is_evident {
                findings.tolerate_since(mark, consequence);
            }
            if !violation.lacks.is_empty() {
                findings.set_missing(&place.join(violation.lacks));
            }
        }
        let Some(repair) = violation.repair else { return false };
        (repair.apply)(members);
        is_reported = true;
    }
    true
}

/// Checks a member of an object. Returns `false` if the member has to be removed.
fn check_member(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    name: &str,
    value: &mut Value,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let key = object.key(name, version);
    // Most members are scalars without findings, and need no JSON pointer.
    if key.is_some_and(|key| key.has_effect && is_valid_scalar(&key.kind, version, value)) {
        return true;
    }
    let here = place.join(name);
    if let Some(key) = key {
        if !key.has_effect {
            findings.add(
                Code::NoEffect,
                &here,
                format!("`{name}` has no effect on a client."),
                "No change is necessary. If only copperplate reads the document, you can delete the key.",
            );
        }
        let mark = findings.mark();
        let is_valid = check(&key.kind, version, value, &here, findings);
        if !is_valid && key.affects_request {
            findings.set_consequence(mark, Code::Shape, None);
        }
        return is_valid;
    }
    if name.starts_with("x-") {
        check_extension(object, name, value, &here, findings);
        return true;
    }
    match &object.patterned {
        Some(keys) if (keys.matches)(name) => check(&keys.kind, version, value, &here, findings),
        Some(keys) => {
            let message = format!("`{name}` is not {}.", keys.noun);
            let remedy = match misplaced_key::remedy(name, object.name) {
                Some(remedy) => remedy.to_owned(),
                None => messages::remedy_for_patterned_key(name, object.name),
            };
            let consequence = match object.name {
                "Responses" => "The response is skipped.",
                _ => "The key is skipped.",
            };
            findings.add_repairable(Code::UnknownKey, &here, message, remedy, consequence);
            false
        }
        None => {
            report_unknown_key(object, version, name, &here, findings);
            true
        }
    }
}

fn report_unknown_key(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    name: &str,
    here: &Pointer,
    findings: &mut Findings,
) {
    let similar = nearest(name, object.keys_in(version).map(|key| key.name), 3);
    let known_mistake =
        foreign_key::replacement(object.name, name, version).or_else(|| misplaced_key::remedy(name, object.name));
    let remedy = match (known_mistake, similar) {
        (Some(remedy), _) => remedy.to_owned(),
        (None, Some(key)) => format!("Did you mean `{key}`?"),
        (None, None) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
            "Remove the `,` within the number: within braces, a `,` ends the value.".to_owned()
        }
        (None, None) => {
            format!("Delete the key, or rename it to `x-{}` if another tool needs it.", name.trim_start_matches('$'))
        }
    };
    if object.is_schema() && version.has_json_schema() && known_mistake.is_none() && similar.is_none() {
        // JSON Schema treats an unknown keyword as an annotation.
        let message = format!("`{name}` is not a keyword of JSON Schema 2020-12.");
        return findings.add(Code::NoEffect, here, message, remedy);
    }
    let message = format!("`{name}` is not a key of {} object.", messages::with_article(object.name));
    let (message, remedy) = if name == "$ref" { messages::forbidden_reference(version) } else { (message, remedy) };
    findings.add(Code::UnknownKey, here, message, remedy);
    let owner = here.parent().unwrap_or_default();
    match (object.name, name, similar) {
        ("Operation", "content", _) => findings.set_missing(&owner.join("requestBody").join(name)),
        // A section of `components` that is not indented is the reason why references to it lead nowhere.
        ("OpenAPI", section, _) if COMPONENTS.keys.iter().any(|key| key.name == section) => {
            findings.set_missing(&owner.join("components").join(section));
        }
        ("Request Body", "responses", _) => findings.set_missing(&owner.parent().unwrap_or_default().join(name)),
        (_, _, Some(similar)) => findings.set_missing(&owner.join(similar)),
        _ => {}
    }
}

/// Reports a copperplate extension that this type of object cannot have. Also reports an extension with a name similar to a
/// copperplate extension: `x-sorce`. Extensions of other tools, whose values have other forms, are not reported.
fn check_extension(object: &ObjectKind, name: &str, value: &Value, here: &Pointer, findings: &mut Findings) {
    if name == ACKNOWLEDGE {
        return;
    }
    if let Some(Extension { owner, .. }) = extension_named(name) {
        if !may_be_meant(name, value) {
            return;
        }
        let message = format!("`{name}` has no meaning in {} object.", messages::with_article(object.name));
        findings.add(Code::UnknownExtension, here, message, format!("Move the extension to {owner}, or delete it."));
        return;
    }
    let own = object.keys.iter().map(|key| key.name).filter(|key| key.starts_with("x-"));
    if let Some(known) = nearest(name, own.chain([ACKNOWLEDGE]), 6).filter(|known| may_be_meant(known, value)) {
        let message = format!("`{name}` closely resembles copperplate's extension `{known}`.");
        findings.add(Code::UnknownExtension, here, message, format!("Write `{known}`, or choose a less similar name."));
    }
}

#[cfg(test)]
mod tests;
