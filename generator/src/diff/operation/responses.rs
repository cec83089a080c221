//! Compares responses: statuses, media types, headers and failure conditions.

use crate::diff::change::Direction;
use crate::diff::compared_value::{ComparedValue, Holder};
use crate::diff::operation::by_key::ByKey;
use crate::diff::operation::media_types::MediaTypes;
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::resolve::document::{Header, Operation, Response, Status};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    for before in &old.responses {
        match counterpart(before, old, new) {
            Some(after) => {
                walk.compare_shared(&before.pointer, &after.pointer, |walk| compare_response(walk, before, after));
            }
            None => {
                let rule = if is_success(before) { &rules::STATUS_REMOVED } else { &rules::FAILURE_REMOVED };
                let message = format!("the response {} was removed", status_text(before.status));
                walk.report(rule, "", message, Some(&before.pointer), Some(&new.pointer.join("responses")));
            }
        }
    }
    let is_known = |after: &&Response| old.responses.iter().any(|before| before.status == after.status);
    for after in new.responses.iter().filter(|after| !is_known(after)) {
        let rule = if is_success(after) { &rules::STATUS_ADDED } else { &rules::FAILURE_ADDED };
        let message = format!("the response {} was added", status_text(after.status));
        walk.report(rule, "", message, Some(&old.pointer.join("responses")), Some(&after.pointer));
    }
}

/// Returns a status as a key of `responses`, such as `404`, `4XX` or `default`.
fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(first) => format!("{first}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn is_success(response: &Response) -> bool {
    matches!(response.status, Status::Code(200..=299) | Status::Range(2))
}

/// Returns the response of the newer operation `new` that corresponds to the response `before`: the first of these that exists:
/// - the response with the same status,
/// - the response with the range that contains the status, such as `4XX` for `404`,
/// - the response `default`, unless `before` is a success.
///
/// A range or `default` is returned only if the older operation `old` has no response with the same key.
fn counterpart<'a>(before: &Response, old: &Operation, new: &'a Operation) -> Option<&'a Response> {
    let find = |status: Status| new.responses.iter().find(|after| after.status == status);
    let find_added =
        |status: Status| find(status).filter(|_| !old.responses.iter().any(|other| other.status == status));
    let find_range = || match before.status {
        Status::Code(code) => find_added(Status::Range(u8::try_from(code / 100).ok()?)),
        Status::Range(_) | Status::Default => None,
    };
    find(before.status).or_else(find_range).or_else(|| find_added(Status::Default).filter(|_| !is_success(before)))
}

fn compare_response<'a>(walk: &mut Walk<'a>, old: &'a Response, new: &'a Response) {
    let path = format!("response {}", status_text(new.status));
    let media_types = MediaTypes {
        added: &rules::MEDIA_TYPE_ADDED,
        removed: &rules::MEDIA_TYPE_REMOVED,
        parameters_changed: &rules::MEDIA_TYPE_PARAMETERS,
        direction: Direction::Response,
        path: path.clone(),
    };
    media_types.compare(walk, (&old.pointer, &old.content), (&new.pointer, &new.content));
    compare_headers(walk, old, new, &path);
    let place = |response: &Response| response.pointer.join("x-failure");
    let (rule, message) = match (&old.failure, &new.failure) {
        (before, after) if before == after => return,
        (None, _) => (&rules::FAILURE_CONDITION_ADDED, "`x-failure` was added"),
        (_, None) => (&rules::FAILURE_CONDITION_REMOVED, "`x-failure` was removed"),
        _ => (&rules::FAILURE_CONDITION_CHANGED, "the condition of `x-failure` changed"),
    };
    walk.report(rule, &path, message, Some(&place(old)), Some(&place(new)));
}

fn compare_headers<'a>(walk: &mut Walk<'a>, old: &'a Response, new: &'a Response, path: &str) {
    let key = |header: &Header| header.name.to_ascii_lowercase();
    let (old_headers, new_headers) = (ByKey::of(&old.headers, key), ByKey::of(&new.headers, key));
    for before in &old.headers {
        let path = format!("{path}, header `{}`", before.name);
        match new_headers.get(&key(before)) {
            Some(after) => {
                walk.compare_shared(&before.pointer, &after.pointer, |walk| compare_header(walk, before, after, &path));
            }
            None => {
                let (rule, message) = match before.required {
                    true => (&rules::HEADER_REMOVED_REQUIRED, "the required header was removed"),
                    false => (&rules::HEADER_REMOVED, "the optional header was removed"),
                };
                walk.report(rule, &path, message, Some(&before.pointer), Some(&new.pointer));
            }
        }
    }
    for after in new.headers.iter().filter(|after| old_headers.get(&key(after)).is_none()) {
        let path = format!("{path}, header `{}`", after.name);
        walk.report(&rules::HEADER_ADDED, &path, "the header was added", Some(&old.pointer), Some(&after.pointer));
    }
}

fn compare_header<'a>(walk: &mut Walk<'a>, old: &'a Header, new: &'a Header, path: &str) {
    if old.required != new.required {
        let (rule, message) = match new.required {
            true => (&rules::HEADER_REQUIRED, "the header became required"),
            false => (&rules::HEADER_OPTIONAL, "the header became optional"),
        };
        walk.report(rule, path, message, Some(&old.pointer), Some(&new.pointer));
    }
    if let (Some(before), Some(after)) = (&old.schema, &new.schema) {
        walk.compare_refs(before, after, ComparedValue::new(Direction::Response, Holder::Header, path));
    }
}
