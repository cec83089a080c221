//! Compares request bodies.

use crate::diff::change::Direction;
use crate::diff::operation::media_types::MediaTypes;
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Operation, RequestBody};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(after)) => {
            let (rule, message) = match after.required {
                true => (&rules::BODY_ADDED_REQUIRED, "the required body was added"),
                false => (&rules::BODY_ADDED_OPTIONAL, "the optional body was added"),
            };
            walk.report(rule, "body", message, None, Some(&after.pointer));
        }
        (Some(before), None) => {
            walk.report(&rules::BODY_REMOVED, "body", "the body was removed", Some(&before.pointer), None);
        }
        (Some(before), Some(after)) => {
            walk.compare_shared(&before.pointer, &after.pointer, |walk| compare_bodies(walk, before, after));
        }
    }
}

fn compare_bodies<'a>(walk: &mut Walk<'a>, old: &'a RequestBody, new: &'a RequestBody) {
    if old.required != new.required {
        let (rule, message) = match new.required {
            true => (&rules::BODY_REQUIRED, "the body became required"),
            false => (&rules::BODY_OPTIONAL, "the body became optional"),
        };
        let place = |pointer: &Pointer| pointer.join("required");
        walk.report(rule, "body", message, Some(&place(&old.pointer)), Some(&place(&new.pointer)));
    }
    let media_types = MediaTypes {
        added: &rules::BODY_MEDIA_TYPE_ADDED,
        removed: &rules::BODY_MEDIA_TYPE_REMOVED,
        parameters_changed: &rules::BODY_MEDIA_TYPE_PARAMETERS,
        direction: Direction::Request,
        path: "body".to_owned(),
    };
    media_types.compare(walk, (&old.pointer, &old.content), (&new.pointer, &new.content));
}
