//! Bodies and responses, their media types and headers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::diff::Direction;
use crate::diff::rules;
use crate::diff::walk::{Holder, Site, Walk};
use crate::pointer::Pointer;
use crate::resolve::document::{Encoding, Header, MediaType, Operation, RequestBody, Response, SchemaRef, Status};

/// What stands for a schema that is not given.
static ANYTHING: LazyLock<SchemaRef> = LazyLock::new(|| SchemaRef::Inline(Box::default()));

pub(crate) fn body<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(after)) => {
            let (rule, message) = match after.required {
                true => (&rules::BODY_ADDED_REQUIRED, "the required body is new"),
                false => (&rules::BODY_ADDED_OPTIONAL, "the optional body is new"),
            };
            walk.push(rule, "body", message, None, Some(&after.pointer));
        }
        (Some(before), None) => {
            walk.push(&rules::BODY_REMOVED, "body", "the body is gone", Some(&before.pointer), None);
        }
        (Some(before), Some(after)) => {
            walk.shared(&before.pointer, &after.pointer, |walk| kept_body(walk, before, after));
        }
    }
}

fn kept_body<'a>(walk: &mut Walk<'a>, old: &'a RequestBody, new: &'a RequestBody) {
    if old.required != new.required {
        let (rule, message) = match new.required {
            true => (&rules::BODY_REQUIRED, "the body is required now"),
            false => (&rules::BODY_OPTIONAL, "the body need not be given any more"),
        };
        let place = |pointer: &Pointer| pointer.join("required");
        walk.push(rule, "body", message, Some(&place(&old.pointer)), Some(&place(&new.pointer)));
    }
    let contents = Contents {
        added: &rules::BODY_MEDIA_TYPE_ADDED,
        removed: &rules::BODY_MEDIA_TYPE_REMOVED,
        parameters: &rules::BODY_MEDIA_TYPE_PARAMETERS,
        direction: Direction::Request,
        path: "body".to_owned(),
    };
    contents.compare(walk, (&old.pointer, &old.content), (&new.pointer, &new.content));
}

/// The media types of a message.
struct Contents {
    added: &'static rules::Rule,
    removed: &'static rules::Rule,
    parameters: &'static rules::Rule,
    direction: Direction,
    path: String,
}

impl Contents {
    fn compare<'a>(
        &self,
        walk: &mut Walk<'a>,
        (old_place, old): (&Pointer, &'a [MediaType]),
        (new_place, new): (&Pointer, &'a [MediaType]),
    ) {
        let several = old.len() > 1 || new.len() > 1;
        for before in old {
            let Some(after) = twin((before, old), new) else {
                let message = format!("the media type {} is gone", before.name);
                walk.push(self.removed, &self.path, message, Some(&before.pointer), Some(&new_place.join("content")));
                continue;
            };
            let path = if several { format!("{} ({})", self.path, after.name) } else { self.path.clone() };
            if full_name(before) != full_name(after) {
                let message = format!("the media type is {} instead of {}", after.name, before.name);
                walk.push(self.parameters, &path, message, Some(&before.pointer), Some(&after.pointer));
            }
            if self.direction == Direction::Request {
                encodings(walk, before, after, &path);
            }
            media_type_schemas(walk, before, after, Site::new(self.direction, Holder::Body, path));
        }
        for after in new.iter().filter(|after| twin((after, new), old).is_none()) {
            let message = format!("the media type {} is new", after.name);
            walk.push(self.added, &self.path, message, Some(&old_place.join("content")), Some(&after.pointer));
        }
    }
}

/// The same media type among those of the other document: by its whole name, or else the only one that differs from the
/// only one here in its parameters alone.
fn twin<'a>((media_type, beside): (&MediaType, &[MediaType]), among: &'a [MediaType]) -> Option<&'a MediaType> {
    let same = |left: &MediaType, right: &MediaType| full_name(left) == full_name(right);
    if let Some(exact) = among.iter().find(|other| same(other, media_type)) {
        return Some(exact);
    }
    let is_like = |other: &&MediaType| other.essence() == media_type.essence();
    let is_alone = beside.iter().filter(is_like).filter(|own| !among.iter().any(|other| same(own, other))).count() == 1;
    let mut left = among.iter().filter(is_like).filter(|other| !beside.iter().any(|own| same(own, other)));
    match (left.next(), left.next()) {
        (Some(only), None) if is_alone => Some(only),
        _ => None,
    }
}

/// What a media type says, however it is written: its parameters have no order, and may stand in quotes.
fn full_name(media_type: &MediaType) -> (String, BTreeSet<String>) {
    let parameters = media_type.name.split(';').skip(1).map(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        format!("{}={}", name.trim(), value.trim().trim_matches('"')).to_ascii_lowercase()
    });
    (media_type.essence(), parameters.collect())
}

/// Compares the schemas of two media types; what has none may be anything.
pub(crate) fn media_type_schemas<'a>(walk: &mut Walk<'a>, old: &'a MediaType, new: &'a MediaType, site: Site) {
    if old.schema.is_some() || new.schema.is_some() {
        walk.schemas(old.schema.as_ref().unwrap_or(&ANYTHING), new.schema.as_ref().unwrap_or(&ANYTHING), site);
    }
}

fn encodings(walk: &mut Walk<'_>, old: &MediaType, new: &MediaType, path: &str) {
    let find = |of: &MediaType, property: &str| -> Option<Encoding> {
        of.encoding.iter().find(|encoding| encoding.property == property).cloned()
    };
    let said = |encoding: &Option<Encoding>| {
        let encoding = encoding.as_ref()?;
        let headers: BTreeSet<String> =
            encoding.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
        let written = (encoding.style, encoding.explode, encoding.allow_reserved);
        (encoding.content_type.is_some() || !headers.is_empty() || written != (None, None, false))
            .then(|| (encoding.content_type.clone(), headers, written))
    };
    let part = if new.essence().starts_with("multipart/") { "part" } else { "property" };
    let added = new.encoding.iter().filter(|encoding| find(old, &encoding.property).is_none());
    for encoding in old.encoding.iter().chain(added) {
        let (before, after) = (find(old, &encoding.property), find(new, &encoding.property));
        if said(&before) != said(&after) {
            let message = format!("the {part} `{}` is written in another way", encoding.property);
            let place = |encoding: &Option<Encoding>, of: &MediaType| {
                encoding.as_ref().map_or_else(|| of.pointer.clone(), |encoding| encoding.pointer.clone())
            };
            walk.push(&rules::BODY_ENCODING, path, message, Some(&place(&before, old)), Some(&place(&after, new)));
        }
    }
}

/// A status as documents write it.
fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(first) => format!("{first}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn is_success(response: &Response) -> bool {
    matches!(response.status, Status::Code(200..=299) | Status::Range(2))
}

/// The response that answers a status of the older document: its own, or else the range that it is one of, or for failures
/// `default`, where the older document did not have that beside it.
fn successor<'a>(before: &Response, old: &Operation, new: &'a Operation) -> Option<&'a Response> {
    let find = |status: Status| new.responses.iter().find(|after| after.status == status);
    let come = |status: Status| find(status).filter(|_| !old.responses.iter().any(|other| other.status == status));
    let around = || match before.status {
        Status::Code(code) => come(Status::Range(u8::try_from(code / 100).ok()?)),
        Status::Range(_) | Status::Default => None,
    };
    find(before.status).or_else(around).or_else(|| come(Status::Default).filter(|_| !is_success(before)))
}

pub(crate) fn responses<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    for before in &old.responses {
        match successor(before, old, new) {
            Some(after) => walk.shared(&before.pointer, &after.pointer, |walk| response(walk, before, after)),
            None => {
                let rule = if is_success(before) { &rules::STATUS_REMOVED } else { &rules::FAILURE_REMOVED };
                let message = format!("the response {} is gone", status(before.status));
                walk.push(rule, "", message, Some(&before.pointer), Some(&new.pointer.join("responses")));
            }
        }
    }
    let is_known = |after: &&Response| old.responses.iter().any(|before| before.status == after.status);
    for after in new.responses.iter().filter(|after| !is_known(after)) {
        let rule = if is_success(after) { &rules::STATUS_ADDED } else { &rules::FAILURE_ADDED };
        let message = format!("the response {} is new", status(after.status));
        walk.push(rule, "", message, Some(&old.pointer.join("responses")), Some(&after.pointer));
    }
}

fn response<'a>(walk: &mut Walk<'a>, old: &'a Response, new: &'a Response) {
    let path = format!("response {}", status(new.status));
    let contents = Contents {
        added: &rules::MEDIA_TYPE_ADDED,
        removed: &rules::MEDIA_TYPE_REMOVED,
        parameters: &rules::MEDIA_TYPE_PARAMETERS,
        direction: Direction::Response,
        path: path.clone(),
    };
    contents.compare(walk, (&old.pointer, &old.content), (&new.pointer, &new.content));
    headers(walk, old, new, &path);
    let place = |response: &Response| response.pointer.join("x-failure");
    let (rule, message) = match (&old.failure, &new.failure) {
        (before, after) if before == after => return,
        (None, _) => (&rules::FAILURE_CONDITION_ADDED, "`x-failure` says when the success is a failure now"),
        (_, None) => (&rules::FAILURE_CONDITION_REMOVED, "`x-failure` is gone"),
        _ => (&rules::FAILURE_CONDITION_CHANGED, "`x-failure` has another condition"),
    };
    walk.push(rule, &path, message, Some(&place(old)), Some(&place(new)));
}

fn headers<'a>(walk: &mut Walk<'a>, old: &'a Response, new: &'a Response, path: &str) {
    let find = |among: &'a [Header], name: &str| -> Option<&'a Header> {
        among.iter().find(|header| header.name.eq_ignore_ascii_case(name))
    };
    for before in &old.headers {
        let path = format!("{path}, header {}", before.name);
        match find(&new.headers, &before.name) {
            Some(after) => walk.shared(&before.pointer, &after.pointer, |walk| header(walk, before, after, &path)),
            None => {
                let (rule, message) = match before.required {
                    true => (&rules::HEADER_REMOVED_REQUIRED, "the required header is gone"),
                    false => (&rules::HEADER_REMOVED, "the optional header is gone"),
                };
                walk.push(rule, &path, message, Some(&before.pointer), Some(&new.pointer));
            }
        }
    }
    for after in new.headers.iter().filter(|after| find(&old.headers, &after.name).is_none()) {
        let path = format!("{path}, header {}", after.name);
        walk.push(&rules::HEADER_ADDED, &path, "the header is new", Some(&old.pointer), Some(&after.pointer));
    }
}

fn header<'a>(walk: &mut Walk<'a>, old: &'a Header, new: &'a Header, path: &str) {
    if old.required != new.required {
        let (rule, message) = match new.required {
            true => (&rules::HEADER_REQUIRED, "the header is always there now"),
            false => (&rules::HEADER_OPTIONAL, "the header need not be there any more"),
        };
        walk.push(rule, path, message, Some(&old.pointer), Some(&new.pointer));
    }
    if let (Some(before), Some(after)) = (&old.schema, &new.schema) {
        walk.schemas(before, after, Site::new(Direction::Response, Holder::Header, path));
    }
}
