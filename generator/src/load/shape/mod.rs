//! Holds the raw tree against the [grammar](crate::load::grammar): unknown keys, misplaced extensions, misshapen pieces.
//!
//! A misshapen piece takes its key with it, or the nearest object around it that cannot do without that key; a schema
//! becomes the empty one, so that what refers to it still finds it. Lists keep their length: something stands for an item
//! that goes, or the whole list goes, so that every pointer means the same before and after.

mod foreign_key;
pub(crate) mod messages;
pub(crate) mod misplaced_key;

use serde_json::{Map, Value, json};

use crate::finding::{Code, Findings};
use crate::load::grammar::kind::{Key, Kind, Object};
use crate::load::grammar::{ACKNOWLEDGE, EXAMPLE, EXTENSIONS, OPENAPI};
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// The start of the references that replace skipped parameters. No document has such a reference.
pub(crate) const SKIPPED_PREFIX: &str = "skipped:";

/// The reference that replaces a skipped parameter, so that the other items of the list keep their indices.
const SKIPPED_PARAMETER: &str = "skipped:optional";

/// The reference that replaces a skipped parameter that is required, so that no operation without it is generated.
pub(crate) const SKIPPED_REQUIRED_PARAMETER: &str = "skipped:required";

/// Takes out of `raw` every piece that has not its shape and reports it; false where nothing is left.
pub(super) fn mend(raw: &mut Value, findings: &mut Findings) -> bool {
    sound(&Kind::One(&OPENAPI), raw, &Pointer::root(), findings)
}

/// Whether `value`, after mending, is of `kind`.
fn sound(kind: &Kind, value: &mut Value, place: &Pointer, findings: &mut Findings) -> bool {
    let mark = findings.mark();
    match (kind, &mut *value) {
        (Kind::Any, _)
        | (Kind::Text, Value::String(_))
        | (Kind::Flag | Kind::FlagOr(_), Value::Bool(_))
        | (Kind::Number, Value::Number(_)) => true,
        (Kind::Count, Value::Number(number)) if number.is_u64() => true,
        (Kind::Choice(choices), Value::String(text)) if choices.contains(&text.as_str()) => true,
        (Kind::One(object), Value::Object(members)) => {
            let sound = object_is_sound(object, members, place, findings);
            sound || fallen(object, value, mark, findings)
        }
        (Kind::Referable(object), Value::Object(members)) => {
            misplaced_key::spell_reference(members, place, findings);
            let judged = reference(members, place, findings);
            let sound = judged.unwrap_or_else(|| object_is_sound(object, members, place, findings));
            sound || fallen(object, value, mark, findings)
        }
        (Kind::FlagOr(kind), Value::Object(_)) => sound(kind, value, place, findings),
        (Kind::List(kind), Value::Array(items)) => {
            let items = items.iter_mut().enumerate();
            items.fold(true, |all, (index, item)| sound(kind, item, &place.join(index), findings) && all)
        }
        (Kind::Map(kind), Value::Object(members)) => {
            misplaced_key::move_properties(members, place, findings);
            members.retain(|name, value| {
                // A reference among names is none of them.
                let is_reference = name == "$ref" && value.is_string() && matches!(kind, Kind::One(_));
                sound(kind, value, &place.join(name), findings) && !is_reference
            });
            true
        }
        _ => {
            let (message, remedy) = messages::misshapen(kind, value, place);
            findings.add_repairable(Code::Shape, place, message, remedy, "It is left out.");
            findings.set_missing(place);
            match kind {
                Kind::One(object) | Kind::Referable(object) => fallen(object, value, mark, findings),
                // A list of names that is none says as much as an empty one.
                Kind::List(Kind::Text) => {
                    *value = Value::Array(Vec::new());
                    true
                }
                _ => false,
            }
        }
    }
}

/// What becomes of an object that is not sound: something stands for it, or it goes and false is the answer. The findings
/// since `mark` say which.
fn fallen(object: &Object, value: &mut Value, mark: usize, findings: &mut Findings) -> bool {
    let (stand_in, consequence) = match object.name {
        "Schema" => (Some(json!({})), Some("Any value stands for it.")),
        "Media Type" => (Some(json!({})), Some("It is taken as a media type without a schema.")),
        "Parameter" if is_required(value) => (Some(json!({"$ref": SKIPPED_REQUIRED_PARAMETER})), None),
        "Parameter" => (Some(json!({"$ref": SKIPPED_PARAMETER})), Some("The parameter is left out.")),
        "Operation" | "Request Body" | "Encoding" => (None, None),
        "Response" => (None, Some("The response is left out.")),
        "Header" => (None, Some("The header is left out.")),
        "Path Item" => (None, Some("The path is left out.")),
        "Security Scheme" => (None, Some("The security scheme is left out.")),
        _ => (None, Some("It is left out.")),
    };
    findings.set_consequence(mark, Code::Shape, consequence);
    let stays = stand_in.is_some();
    *value = stand_in.unwrap_or_default();
    stays
}

fn is_required(parameter: &Value) -> bool {
    // Of what is no object nobody knows what it was meant to be.
    parameter.get("required").map_or(!parameter.is_object(), |required| *required != Value::Bool(false))
}

/// Judges an object that holds `$ref`; `None` where it holds none and is to be judged as itself.
fn reference(members: &Map<String, Value>, place: &Pointer, findings: &mut Findings) -> Option<bool> {
    let reference = members.get("$ref")?;
    if !reference.is_string() {
        let (message, remedy) = messages::misshapen(&Kind::Text, reference, &place.join("$ref"));
        findings.add(Code::Shape, &place.join("$ref"), message, remedy);
        return Some(false);
    }
    let siblings: Vec<_> = members.keys().filter(|key| *key != "$ref" && *key != ACKNOWLEDGE).cloned().collect();
    if let Some(first) = siblings.first() {
        findings.add(
            Code::RefSiblings,
            &place.join(first),
            format!("`{}` beside `$ref` has no effect in OpenAPI 3.0.", siblings.join("`, `")),
            "Move it to the place that the reference leads to, or, in a schema, wrap the reference: `allOf: [$ref: …]`.",
        );
    }
    Some(true)
}

/// Judges an object key by key, then as a whole.
fn object_is_sound(
    object: &'static Object,
    members: &mut Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    if object.name == "Example" && is_bare_value(object, members) {
        return bare_example(members, place, findings);
    }
    misplaced_key::move_deeper(object, members, place, findings);
    let absent: Vec<_> = object.keys.iter().filter(|key| key.needed && !members.contains_key(key.name)).collect();
    for key in absent {
        let consequence = match stand_in(object, key) {
            Some(Value::String(_)) => "An empty text stands for it.",
            Some(_) if key.name == "info" => "Nothing is said of it.",
            Some(_) => "Every answer is undocumented.",
            None => "It is left out.",
        };
        findings.add_repairable(
            Code::Shape,
            place,
            format!("{} object stands here without `{}`.", messages::with_article(object.name), key.name),
            format!("Add `{}`.", key.name),
            consequence,
        );
        findings.set_missing(&place.join(key.name));
    }
    let before = members.len();
    let dedented = dedented(object, members);
    if let Some((holder, names)) = &dedented {
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("`{holder}` has nothing below it: `{}` {verb} indented like it.", names.join("`, `"));
        findings.add_repairable(
            Code::Shape,
            &place.join(holder),
            message,
            "Indent what belongs to it deeper.",
            "It is left out.",
        );
        findings.set_missing(&place.join(holder));
    }
    let is_dedented =
        |key: &String| dedented.as_ref().is_some_and(|(holder, names)| key == holder || names.contains(key));
    members.retain(|key, value| !is_dedented(key) && member_is_sound(object, key, value, place, findings));
    let is_whole = members.len() == before;
    for key in object.keys.iter().filter(|key| key.needed && !members.contains_key(key.name)).collect::<Vec<_>>() {
        match stand_in(object, key) {
            Some(stand_in) => _ = members.insert(key.name.to_owned(), stand_in),
            None => return false,
        }
    }
    is_sound_as_a_whole(object, members, is_whole, place, findings)
}

/// A key without a value whose object was indented too little, and the keys that belong to it.
fn dedented(object: &'static Object, members: &Map<String, Value>) -> Option<(String, Vec<String>)> {
    let key_of = |name: &String| object.keys.iter().find(|key| key.name == *name);
    let is_holder = |(name, value): &(&String, &Value)| {
        let holds = |key: &Key| matches!(key.kind, Kind::Map(_) | Kind::One(_) | Kind::Referable(_) | Kind::FlagOr(_));
        value.is_null() && key_of(name).is_some_and(holds)
    };
    let mut rest = members.iter();
    let (holder, _) = rest.by_ref().find(is_holder).filter(|_| object.others.is_none())?;
    let is_foreign = |name: &&String| key_of(name).is_none() && !name.starts_with("x-");
    let names: Vec<String> = rest.map(|(name, _)| name).take_while(is_foreign).cloned().collect();
    let names_holder = |name: &String| nearest(name, object.keys.iter().map(|key| key.name), 3).is_some();
    (!names.is_empty() && !names.iter().any(names_holder)).then(|| (holder.clone(), names))
}

/// Whether the members are none of an example object, but those of a value.
fn is_bare_value(object: &Object, members: &Map<String, Value>) -> bool {
    let is_own = |name: &String| name.starts_with("x-") || object.keys.iter().any(|key| key.name == *name);
    let is_slip = |name: &String| nearest(name, object.keys.iter().map(|key| key.name), 3).is_some();
    !members.is_empty() && !members.keys().any(|name| is_own(name) || is_slip(name))
}

/// Reports a value where an example object belongs.
fn bare_example(members: &Map<String, Value>, place: &Pointer, findings: &mut Findings) -> bool {
    let value = Value::Object(members.clone());
    let (message, remedy) = messages::misshapen(&Kind::One(&EXAMPLE), &value, place);
    findings.add_repairable(Code::Shape, place, message, remedy, "It is left out.");
    false
}

/// What can stand for a needed key that is not there or was taken out; that has been reported.
fn stand_in(object: &Object, key: &Key) -> Option<Value> {
    match key.name {
        _ if key.prose => Some(Value::from("")),
        "responses" if object.name == "Operation" => Some(json!({})),
        "info" if object.name == "OpenAPI" => Some(json!({"title": "", "version": ""})),
        _ => None,
    }
}

/// Applies the rule of the object, and mends what it finds as far as that can be done.
fn is_sound_as_a_whole(
    object: &'static Object,
    members: &mut Map<String, Value>,
    is_whole: bool,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let mut is_told = !is_whole;
    while let Some(complaint) = object.rule.and_then(|rule| rule(members)) {
        // Where a member was taken out, that is reported, and what the object lacks may be just that.
        if !is_told {
            let consequence = complaint.mend.map_or("It is left out.", |(_, consequence)| consequence);
            let at = if complaint.member.is_empty() { place.clone() } else { place.join(complaint.member) };
            findings.add_repairable(Code::Shape, &at, complaint.message, complaint.remedy, consequence);
            if !complaint.lacks.is_empty() {
                findings.set_missing(&place.join(complaint.lacks));
            }
        }
        let Some((mend, _)) = complaint.mend else { return false };
        mend(members);
        is_told = true;
    }
    true
}

/// Judges one member of an object; false where it is to be taken out.
fn member_is_sound(
    object: &'static Object,
    name: &str,
    value: &mut Value,
    place: &Pointer,
    findings: &mut Findings,
) -> bool {
    let here = place.join(name);
    if let Some(key) = object.keys.iter().find(|key| key.name == name) {
        if !key.used {
            findings.add(
                Code::NoEffect,
                &here,
                format!("`{name}` has no effect: a client makes no use of it."),
                "Nothing is to be done; delete it if the document serves copperplate alone.",
            );
        }
        let mark = findings.mark();
        let is_sound = sound(&key.kind, value, &here, findings);
        if !is_sound && key.carries {
            findings.set_consequence(mark, Code::Shape, None);
        }
        return is_sound;
    }
    if name.starts_with("x-") {
        extension(object, name, &here, findings);
        return true;
    }
    match &object.others {
        Some(others) if (others.admit)(name) => sound(&others.kind, value, &here, findings),
        Some(others) => {
            let message = format!("`{name}` is not {}.", others.called);
            let remedy = messages::instead_of(name, object.name);
            let consequence = match object.name {
                "Responses" => "The response is left out.",
                _ => "It is left out.",
            };
            findings.add_repairable(Code::UnknownKey, &here, message, remedy, consequence);
            false
        }
        None => {
            unknown_key(object, name, &here, findings);
            true
        }
    }
}

fn unknown_key(object: &Object, name: &str, here: &Pointer, findings: &mut Findings) {
    let candidates = object.keys.iter().map(|key| key.name);
    let meant = nearest(name, candidates, 3);
    let place_elsewhere = foreign_key::replacement(object.name, name).or_else(|| messages::deeper(name, object.name));
    let remedy = match (place_elsewhere, meant) {
        (Some(remedy), _) => remedy.to_owned(),
        (None, Some(key)) => format!("Did you mean `{key}`?"),
        (None, None) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
            "Within braces a `,` ends the value before it: write the digits of a number together.".to_owned()
        }
        (None, None) => format!("Delete it, or call it `x-{}` if another tool needs it.", name.trim_start_matches('$')),
    };
    let message = format!("`{name}` is no key of {} object.", messages::with_article(object.name).to_lowercase());
    let (message, remedy) = if name == "$ref" { messages::no_reference() } else { (message, remedy) };
    findings.add(Code::UnknownKey, here, message, remedy);
    let owner = here.parent().unwrap_or_default();
    match (object.name, name, meant) {
        ("Operation", "content", _) => findings.set_missing(&owner.join("requestBody").join(name)),
        ("Request Body", "responses", _) => findings.set_missing(&owner.parent().unwrap_or_default().join(name)),
        (_, _, Some(meant)) => findings.set_missing(&owner.join(meant)),
        _ => {}
    }
}

/// Reports `name`, which is no extension of copperplate's for this object, where it was meant to be one.
fn extension(object: &Object, name: &str, here: &Pointer, findings: &mut Findings) {
    if name == ACKNOWLEDGE {
        return;
    }
    if let Some((_, meant)) = EXTENSIONS.iter().find(|(known, _)| *known == name) {
        let message =
            format!("`{name}` has no meaning in {} object.", messages::with_article(object.name).to_lowercase());
        findings.add(Code::UnknownExtension, here, message, format!("Move it to {meant}, or delete it."));
        return;
    }
    let fitting = object.keys.iter().map(|key| key.name).filter(|key| key.starts_with("x-"));
    if let Some(known) = nearest(name, fitting.chain([ACKNOWLEDGE]), 6) {
        let message = format!("`{name}` is nearly copperplate's `{known}`.");
        findings.add(Code::UnknownExtension, here, message, format!("Write `{known}`, or a name less like it."));
    }
}

#[cfg(test)]
mod tests;
