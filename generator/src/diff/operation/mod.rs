//! Operations: which belong together, which came and went, and what they promise.

pub(crate) mod contents;
pub(crate) mod parameters;
pub(crate) mod security;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};

/// What documents promise of their operations beyond what is resolved, by the places of the operations.
pub type Lifecycles = HashMap<Pointer, Lifecycle>;

/// What a document promises of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// `x-sunset`: the day until which it stays, such as `2027-01-31`.
    sunset: Option<String>,
    /// `x-stability-level`.
    stability: Option<String>,
    /// Whether it has `security` of its own.
    pub(super) own_security: bool,
    /// The scopes that its alternatives of security ask of each scheme.
    pub(super) scopes: BTreeMap<String, BTreeSet<String>>,
}

/// Reads what a raw document promises of the operations of the resolved one.
pub fn lifecycles(raw: &Value, document: &Document) -> Lifecycles {
    let promised = document.operations.iter().filter_map(|operation| {
        let members = raw.pointer(operation.pointer.as_str())?;
        let text = |key: &str| members.get(key).and_then(Value::as_str).map(str::to_owned);
        let lifecycle = Lifecycle {
            sunset: text("x-sunset"),
            stability: text("x-stability-level"),
            own_security: members.get("security").is_some(),
            scopes: scopes(members.get("security").or(raw.get("security"))),
        };
        Some((operation.pointer.clone(), lifecycle))
    });
    promised.filter(|(_, lifecycle)| *lifecycle != Lifecycle::default()).collect()
}

/// The scopes under `security`.
fn scopes(security: Option<&Value>) -> BTreeMap<String, BTreeSet<String>> {
    let mut scopes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let alternatives = security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    for (scheme, asked) in alternatives.flatten() {
        let asked = asked.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        scopes.entry(scheme.clone()).or_default().extend(asked);
    }
    scopes.retain(|_, asked| !asked.is_empty());
    scopes
}

/// The path with its parameters' names left out: `/pets/{}`.
pub(super) fn shape(path: &str) -> String {
    pieces(path)
        .map(|(text, parameter)| if parameter.is_some() { format!("{text}{{}}") } else { text.to_owned() })
        .collect()
}

/// The pieces of a path template: text, and the parameter behind it.
fn pieces(path: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    path.split_inclusive('}').map(|piece| match piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) {
        Some((text, name)) => (text, Some(name)),
        None => (piece, None),
    })
}

/// The names of a path's parameters, in order.
pub(super) fn path_parameters(path: &str) -> Vec<&str> {
    pieces(path).filter_map(|(_, name)| name).collect()
}

/// How people call an operation.
pub(super) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// The operation of `among` that `operation` is: by its path, or else by its path without the names of parameters.
pub(super) fn twin<'a>(
    operation: &Operation,
    among: &HashMap<(&str, String), Vec<&'a Operation>>,
) -> Option<&'a Operation> {
    let fitting = among.get(&(operation.method.as_str(), shape(&operation.path)))?;
    fitting.iter().find(|other| other.path == operation.path).or(fitting.first()).copied()
}

pub(super) fn by_shape(document: &Document) -> HashMap<(&str, String), Vec<&Operation>> {
    let mut found: HashMap<_, Vec<&Operation>> = HashMap::new();
    for operation in &document.operations {
        found.entry((operation.method.as_str(), shape(&operation.path))).or_default().push(operation);
    }
    found
}

/// Compares all that the documents say, but for the components that they use.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    walk.speak_of_document();
    document(walk);
    let (before, after) = (by_shape(old), by_shape(new));
    let shapes: HashSet<String> = new.operations.iter().map(|operation| shape(&operation.path)).collect();
    let mut gone_paths = HashSet::new();
    for operation in &old.operations {
        match twin(operation, &after) {
            Some(_) => {}
            None if shapes.contains(&shape(&operation.path)) => {
                walk.speak_of_operation(&label(operation));
                removed(walk, operation);
            }
            None if gone_paths.insert(&operation.path) => path_removed(walk, &operation.path),
            None => {}
        }
    }
    for operation in &new.operations {
        walk.speak_of_operation(&label(operation));
        match twin(operation, &before) {
            Some(older) => kept(walk, older, operation),
            None => walk.push(&rules::ENDPOINT_ADDED, "", "the endpoint is new", None, Some(&operation.pointer)),
        }
    }
}

fn document(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    let root = Pointer::root();
    if old.error_fields != new.error_fields {
        let place = root.join("x-error");
        let message = "`x-error` looks for the parts of an error elsewhere";
        let (was, is) = (old.error_fields.is_some().then_some(&place), new.error_fields.is_some().then_some(&place));
        walk.push(&rules::ERROR_FIELDS_CHANGED, "error bodies", message, was, is);
    }
    security::servers(walk, &old.servers, &new.servers, "the document");
    security::schemes(walk);
}

fn path_removed(walk: &mut Walk<'_>, path: &str) {
    let operations: Vec<&Operation> =
        walk.old.document.operations.iter().filter(|operation| operation.path == path).collect();
    if let [only] = operations.as_slice() {
        walk.speak_of_operation(&label(only));
    } else {
        walk.speak_of_document();
    }
    let methods: Vec<&str> = operations.iter().map(|operation| operation.method.as_str()).collect();
    let promised = operations.iter().find_map(|operation| promised(walk, operation));
    let rule = match promised {
        Some(_) => &rules::REMOVED_BEFORE_SUNSET,
        None if operations.iter().all(|operation| operation.deprecated) => &rules::PATH_REMOVED_DEPRECATED,
        None => &rules::PATH_REMOVED,
    };
    let until = promised.map(|day| format!(", though it was to stay until {day}")).unwrap_or_default();
    let place = operations.first().and_then(|operation| operation.pointer.parent());
    let subject = if operations.len() == 1 { "" } else { path };
    let message = format!("the path is gone, with {}{until}", methods.join(", "));
    walk.push(rule, subject, message, place.as_ref(), None);
}

fn removed(walk: &mut Walk<'_>, operation: &Operation) {
    let promised = promised(walk, operation);
    let (rule, message) = match promised {
        Some(day) => {
            (&rules::REMOVED_BEFORE_SUNSET, format!("the endpoint is gone, though it was to stay until {day}"))
        }
        None if operation.deprecated => {
            (&rules::OPERATION_REMOVED_DEPRECATED, "the endpoint is gone, which was deprecated".to_owned())
        }
        None => (&rules::OPERATION_REMOVED, "the endpoint is gone".to_owned()),
    };
    walk.push(rule, "", message, Some(&operation.pointer), None);
}

/// The day until which an operation is to stay, where that is yet to come.
fn promised<'a>(walk: &Walk<'a>, operation: &Operation) -> Option<&'a str> {
    let day = walk.old.lifecycles.get(&operation.pointer)?.sunset.as_deref()?;
    (day.get(..10)? > today().as_str()).then_some(day)
}

/// The day as documents write it. Where the clock says nothing, no day is yet to come.
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX >> 20, |since| since.as_secs() / 86_400);
    // Years begin in March, so that the day that not every year has is the last one.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    format!("{:04}-{month:02}-{of_month:02}", era * 400 + year)
}

fn kept<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    promises(walk, old, new);
    names(walk, old, new);
    fixed_headers(walk, old, new);
    if !old.servers.is_empty() || !new.servers.is_empty() {
        let effective = |operation: &'a Operation, document: &'a Document| {
            if operation.servers.is_empty() { &document.servers } else { &operation.servers }
        };
        let (before, after) = (effective(old, walk.old.document), effective(new, walk.new.document));
        security::servers(walk, before, after, "");
    }
    security::compare(walk, old, new);
    parameters::compare(walk, old, new);
    contents::body(walk, old, new);
    contents::responses(walk, old, new);
}

fn promises(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let (old_place, new_place) = (&old.pointer, &new.pointer);
    if old.deprecated != new.deprecated {
        let (rule, message) = match new.deprecated {
            true => (&rules::ENDPOINT_DEPRECATED, "the endpoint is deprecated now"),
            false => (&rules::ENDPOINT_REACTIVATED, "the endpoint is not deprecated any more"),
        };
        walk.push(rule, "", message, Some(old_place), Some(new_place));
    }
    let (before, after) = (walk.old.lifecycles.get(old_place), walk.new.lifecycles.get(new_place));
    let sunset = |lifecycle: Option<&Lifecycle>| lifecycle.and_then(|lifecycle| lifecycle.sunset.clone());
    if let (Some(day), None) = (sunset(before), sunset(after)) {
        let message = format!("`x-sunset` is gone, which was {day}");
        walk.push(&rules::SUNSET_DELETED, "", message, Some(&old_place.join("x-sunset")), Some(new_place));
    }
    let stability = |lifecycle: Option<&Lifecycle>| lifecycle.and_then(|lifecycle| lifecycle.stability.clone());
    let rank = |level: &Option<String>| match level.as_deref() {
        Some("draft") => Some(0),
        Some("alpha") => Some(1),
        Some("beta") => Some(2),
        None | Some("stable") => Some(3),
        Some(_) => None,
    };
    let (before, after) = (stability(before), stability(after));
    if rank(&after) < rank(&before) && rank(&after).is_some() {
        let said = |level: &Option<String>| level.clone().unwrap_or_else(|| "stable".to_owned());
        let message = format!("the stability is {} instead of {}", said(&after), said(&before));
        let place = new_place.join("x-stability-level");
        walk.push(&rules::STABILITY_DECREASED, "", message, Some(old_place), Some(&place));
    }
}

fn names(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let (old_place, new_place) = (old.pointer.join("operationId"), new.pointer.join("operationId"));
    match (&old.id, &new.id) {
        (before, after) if before == after => {}
        (Some(before), after) => {
            let message = match after {
                Some(after) => format!("the operationId is `{after}` instead of `{before}`"),
                None => format!("the operationId `{before}` is gone"),
            };
            walk.push(&rules::OPERATION_ID_REMOVED, "", message, Some(&old_place), Some(&new_place));
        }
        (None, after) => {
            let message = format!("the operationId `{}` is new", after.as_deref().unwrap_or_default());
            walk.push(&rules::OPERATION_ID_ADDED, "", message, Some(&old.pointer), Some(&new_place));
        }
    }
    let (old_place, new_place) = (old.pointer.join("tags"), new.pointer.join("tags"));
    for tag in old.tags.iter().filter(|tag| !new.tags.contains(tag)) {
        walk.push(&rules::TAG_REMOVED, "", format!("the tag `{tag}` is gone"), Some(&old_place), Some(&new_place));
    }
    for tag in new.tags.iter().filter(|tag| !old.tags.contains(tag)) {
        walk.push(&rules::TAG_ADDED, "", format!("the tag `{tag}` is new"), Some(&old_place), Some(&new_place));
    }
}

fn fixed_headers(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let place = |operation: &Operation, name: &str| operation.pointer.join("x-fixed-headers").join(name);
    let of = |operation: &Operation, name: &str| -> Option<String> {
        let found = operation.fixed_headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    for (name, before) in &old.fixed_headers {
        let (rule, message) = match of(new, name) {
            Some(after) if after == *before => continue,
            Some(after) => (&rules::FIXED_HEADER_CHANGED, format!("it is `{after}` instead of `{before}`")),
            None => (&rules::FIXED_HEADER_REMOVED, format!("it is not sent any more, which was `{before}`")),
        };
        let subject = format!("fixed header {name}");
        walk.push(rule, &subject, message, Some(&place(old, name)), Some(&place(new, name)));
    }
    for (name, after) in new.fixed_headers.iter().filter(|(name, _)| of(old, name).is_none()) {
        let subject = format!("fixed header {name}");
        let message = format!("every call has to send it now, as `{after}`");
        walk.push(&rules::FIXED_HEADER_ADDED, &subject, message, Some(&old.pointer), Some(&place(new, name)));
    }
}
