//! Compares the operations of two documents: reports the added, removed and changed operations.

mod body;
mod by_key;
mod counterparts;
pub(crate) mod matching;
mod media_types;
mod parameters;
mod responses;
mod security;
mod servers;

use std::collections::{HashMap, HashSet};

use crate::diff::lifecycle::Lifecycle;
use crate::diff::operation::by_key::ByKey;
use crate::diff::operation::matching::{by_shape, counterpart, label, shape};
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, IdempotencyKey, Operation};

/// Compares everything in the documents except component schemas, which [`Walk::compare_pending_components`] compares afterwards.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    walk.enter_document();
    compare_document(walk);
    let (old_index, new_index) = (by_shape(old), by_shape(new));
    let new_shapes: HashSet<String> = new.operations.iter().map(|operation| shape(&operation.path)).collect();
    let mut removed_paths = HashSet::new();
    let mut by_path: HashMap<&str, Vec<&Operation>> = HashMap::new();
    for operation in &old.operations {
        by_path.entry(&operation.path).or_default().push(operation);
    }
    for operation in old.operations.iter().filter(|operation| counterpart(operation, &new_index).is_none()) {
        if new_shapes.contains(&shape(&operation.path)) {
            walk.enter_operation(&label(operation));
            report_removed_operation(walk, operation);
        } else if removed_paths.insert(&operation.path) {
            report_removed_path(walk, &operation.path, &by_path[operation.path.as_str()]);
        }
    }
    for operation in &new.operations {
        walk.enter_operation(&label(operation));
        match counterpart(operation, &old_index) {
            Some(older) => compare_operations(walk, older, operation),
            None => walk.report(&rules::ENDPOINT_ADDED, "", "the endpoint was added", None, Some(&operation.pointer)),
        }
    }
}

fn compare_document(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    let root = Pointer::root();
    if old.error_fields != new.error_fields {
        let place = root.join("x-error");
        let message = "`x-error` reads the parts of an error from other places";
        let old_place = old.error_fields.is_some().then_some(&place);
        let new_place = new.error_fields.is_some().then_some(&place);
        walk.report(&rules::ERROR_FIELDS_CHANGED, "error bodies", message, old_place, new_place);
    }
    servers::compare(walk, &old.servers, &new.servers, "the document");
    security::compare_schemes(walk);
}

/// Reports a path that the newer document lacks: one change for all operations of the path.
fn report_removed_path(walk: &mut Walk<'_>, path: &str, operations: &[&Operation]) {
    if let [only] = operations {
        walk.enter_operation(&label(only));
    } else {
        walk.enter_document();
    }
    let methods: Vec<&str> = operations.iter().map(|operation| operation.method.as_str()).collect();
    let sunset = operations.iter().find_map(|operation| future_sunset(walk, operation));
    let rule = match sunset {
        Some(_) => &rules::REMOVED_BEFORE_SUNSET,
        None if operations.iter().all(|operation| operation.deprecated) => &rules::PATH_REMOVED_DEPRECATED,
        None => &rules::PATH_REMOVED,
    };
    let before_sunset = sunset.map(|date| format!(", before its `x-sunset` {date}")).unwrap_or_default();
    let place = operations.first().and_then(|operation| operation.pointer.parent());
    // If the path has only one operation, the subject of the change is the operation. Otherwise, the subject is the path.
    let (subject, with_methods) = match methods.as_slice() {
        [_] => ("", String::new()),
        methods => (path, format!(" with {}", methods.join(", "))),
    };
    let message = format!("the path was removed{with_methods}{before_sunset}");
    walk.report(rule, subject, message, place.as_ref(), None);
}

/// Reports an operation that the newer document lacks, although the newer document still has its path.
fn report_removed_operation(walk: &mut Walk<'_>, operation: &Operation) {
    let (rule, message) = match future_sunset(walk, operation) {
        Some(date) => (&rules::REMOVED_BEFORE_SUNSET, format!("the endpoint was removed before its `x-sunset` {date}")),
        None if operation.deprecated => {
            (&rules::OPERATION_REMOVED_DEPRECATED, "the deprecated endpoint was removed".to_owned())
        }
        None => (&rules::OPERATION_REMOVED, "the endpoint was removed".to_owned()),
    };
    walk.report(rule, "", message, Some(&operation.pointer), None);
}

/// Returns the date in the `x-sunset` of an operation of the older document, if the date is in the future.
fn future_sunset<'a>(walk: &Walk<'a>, operation: &Operation) -> Option<&'a str> {
    walk.old.lifecycles.get(&operation.pointer)?.future_sunset()
}

/// Compares two versions of an operation.
fn compare_operations<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    compare_lifecycles(walk, old, new);
    compare_names(walk, old, new);
    compare_fixed_headers(walk, old, new);
    compare_idempotency_keys(walk, old, new);
    if !old.servers.is_empty() || !new.servers.is_empty() {
        let effective = |operation: &'a Operation, document: &'a Document| {
            if operation.servers.is_empty() { &document.servers } else { &operation.servers }
        };
        let (before, after) = (effective(old, walk.old.document), effective(new, walk.new.document));
        servers::compare(walk, before, after, "");
    }
    security::compare(walk, old, new);
    parameters::compare(walk, old, new);
    body::compare(walk, old, new);
    responses::compare(walk, old, new);
}

/// Compares deprecation, `x-sunset` and `x-stability-level`.
fn compare_lifecycles(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let (old_place, new_place) = (&old.pointer, &new.pointer);
    if old.deprecated != new.deprecated {
        let (rule, message) = match new.deprecated {
            true => (&rules::ENDPOINT_DEPRECATED, "the endpoint was deprecated"),
            false => (&rules::ENDPOINT_REACTIVATED, "the endpoint is no longer deprecated"),
        };
        walk.report(rule, "", message, Some(old_place), Some(new_place));
    }
    let (before, after) = (walk.old.lifecycles.get(old_place), walk.new.lifecycles.get(new_place));
    let sunset = |lifecycle: Option<&Lifecycle>| lifecycle.and_then(|lifecycle| lifecycle.sunset.clone());
    if let (Some(date), None) = (sunset(before), sunset(after)) {
        let message = format!("`x-sunset` {date} was removed");
        walk.report(&rules::SUNSET_DELETED, "", message, Some(&old_place.join("x-sunset")), Some(new_place));
    }
    let stability = |lifecycle: Option<&Lifecycle>| lifecycle.and_then(|lifecycle| lifecycle.stability.clone());
    let (before, after) = (stability(before), stability(after));
    let level = |stability: &Option<String>| stability_level(stability.as_deref());
    if level(&after) < level(&before) && level(&after).is_some() {
        let name = |stability: &Option<String>| stability.clone().unwrap_or_else(|| "stable".to_owned());
        let message = format!("the stability changed from {} to {}", name(&before), name(&after));
        let place = new_place.join("x-stability-level");
        walk.report(&rules::STABILITY_DECREASED, "", message, Some(old_place), Some(&place));
    }
}

/// Returns the rank of a level in `x-stability-level`; `None` for an unknown level. A missing level ranks like `stable`.
fn stability_level(stability: Option<&str>) -> Option<u8> {
    match stability {
        Some("draft") => Some(0),
        Some("alpha") => Some(1),
        Some("beta") => Some(2),
        None | Some("stable") => Some(3),
        Some(_) => None,
    }
}

/// Compares the `operationId` and the tags.
fn compare_names(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let (old_place, new_place) = (old.pointer.join("operationId"), new.pointer.join("operationId"));
    match (&old.id, &new.id) {
        (before, after) if before == after => {}
        (Some(before), after) => {
            let message = match after {
                Some(after) => format!("the operationId changed from `{before}` to `{after}`"),
                None => format!("the operationId `{before}` was removed"),
            };
            walk.report(&rules::OPERATION_ID_REMOVED, "", message, Some(&old_place), Some(&new_place));
        }
        (None, after) => {
            let message = format!("the operationId `{}` was added", after.as_deref().unwrap_or_default());
            walk.report(&rules::OPERATION_ID_ADDED, "", message, Some(&old.pointer), Some(&new_place));
        }
    }
    let (old_place, new_place) = (old.pointer.join("tags"), new.pointer.join("tags"));
    let [old_tags, new_tags] = [old, new].map(|operation| operation.tags.iter().collect::<HashSet<_>>());
    for tag in old.tags.iter().filter(|tag| !new_tags.contains(tag)) {
        let message = format!("the tag `{tag}` was removed");
        walk.report(&rules::TAG_REMOVED, "", message, Some(&old_place), Some(&new_place));
    }
    for tag in new.tags.iter().filter(|tag| !old_tags.contains(tag)) {
        let message = format!("the tag `{tag}` was added");
        walk.report(&rules::TAG_ADDED, "", message, Some(&old_place), Some(&new_place));
    }
}

/// Compares the headers with the idempotency key, `x-idempotency-key`.
fn compare_idempotency_keys(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let header = |key: &Option<IdempotencyKey>| key.as_ref().map(|key| key.header.to_ascii_lowercase());
    if header(&old.idempotency_key) == header(&new.idempotency_key) {
        return;
    }
    let place = |operation: &Operation| {
        operation.idempotency_key.as_ref().map_or(operation.pointer.clone(), |key| key.pointer.clone())
    };
    let (rule, message) = match (&old.idempotency_key, &new.idempotency_key) {
        (Some(before), Some(after)) => {
            (&rules::FIXED_HEADER_CHANGED, format!("the header changed from `{}` to `{}`", before.header, after.header))
        }
        (Some(before), None) => (&rules::FIXED_HEADER_REMOVED, format!("the header `{}` was removed", before.header)),
        (None, Some(after)) => (&rules::FIXED_HEADER_ADDED, format!("the header `{}` was added", after.header)),
        (None, None) => return,
    };
    walk.report(rule, "idempotency key", message, Some(&place(old)), Some(&place(new)));
}

/// Compares the headers in `x-fixed-headers`.
fn compare_fixed_headers(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let place = |operation: &Operation, name: &str| operation.pointer.join("x-fixed-headers").join(name);
    let key = |(name, _): &(String, String)| name.to_ascii_lowercase();
    let (old_headers, new_headers) = (ByKey::of(&old.fixed_headers, key), ByKey::of(&new.fixed_headers, key));
    for header @ (name, before) in &old.fixed_headers {
        let (rule, message) = match new_headers.get(&key(header)) {
            Some((_, after)) if after == before => continue,
            Some((_, after)) => {
                (&rules::FIXED_HEADER_CHANGED, format!("the value changed from `{before}` to `{after}`"))
            }
            None => (&rules::FIXED_HEADER_REMOVED, format!("the header `{name}: {before}` was removed")),
        };
        let subject = format!("fixed header `{name}`");
        walk.report(rule, &subject, message, Some(&place(old, name)), Some(&place(new, name)));
    }
    for (name, after) in new.fixed_headers.iter().filter(|header| old_headers.get(&key(header)).is_none()) {
        let subject = format!("fixed header `{name}`");
        let message = format!("the header `{name}: {after}` was added");
        walk.report(&rules::FIXED_HEADER_ADDED, &subject, message, Some(&old.pointer), Some(&place(new, name)));
    }
}
