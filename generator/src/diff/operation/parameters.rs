//! Parameters: which belong together, and how they travel.

use crate::diff::Direction;
use crate::diff::operation::contents::media_type_schemas;
use crate::diff::operation::path_parameters;
use crate::diff::rules::{self, Rule};
use crate::diff::walk::{Holder, Site, Walk};
use crate::resolve::document;
use crate::resolve::document::{Location, Operation, Parameter, ParameterValue, SchemaType};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    let (old_path, new_path) = (path_parameters(&old.path), path_parameters(&new.path));
    let twin = |parameter: &Parameter| -> Option<&'a Parameter> {
        let position = old_path.iter().position(|name| *name == parameter.name);
        let renamed = position.and_then(|position| new_path.get(position)).copied();
        let name = renamed.filter(|_| parameter.location == Location::Path).unwrap_or(&parameter.name);
        new.parameters.iter().find(|other| is_called(other, parameter.location, name))
    };
    let mut met: Vec<&Parameter> = Vec::new();
    for before in &old.parameters {
        match twin(before) {
            Some(after) => {
                met.push(after);
                walk.shared(&before.pointer, &after.pointer, |walk| kept(walk, before, after));
            }
            None => {
                let message = format!("the {} parameter is gone", presence(before));
                walk.push(&rules::PARAMETER_REMOVED, &path(before), message, Some(&before.pointer), None);
            }
        }
    }
    for after in new.parameters.iter().filter(|after| !met.iter().any(|met| std::ptr::eq(*met, *after))) {
        let rule = if after.required { &rules::PARAMETER_ADDED_REQUIRED } else { &rules::PARAMETER_ADDED };
        let message = format!("the {} parameter is new", presence(after));
        walk.push(rule, &path(after), message, None, Some(&after.pointer));
    }
}

fn is_called(parameter: &Parameter, location: Location, name: &str) -> bool {
    let same_name = match location {
        Location::Header => parameter.name.eq_ignore_ascii_case(name),
        _ => parameter.name == name,
    };
    parameter.location == location && same_name
}

fn presence(parameter: &Parameter) -> &'static str {
    if parameter.required { "required" } else { "optional" }
}

fn path(parameter: &Parameter) -> String {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{location} parameter `{}`", parameter.name)
}

/// A thing that is said of parameters: how it differs, and the keyword that says it.
type Said = (&'static Rule, String, &'static str);

fn kept<'a>(walk: &mut Walk<'a>, old: &'a Parameter, new: &'a Parameter) {
    let path = path(new);
    for (rule, message, keyword) in travel(walk, old, new) {
        walk.push(rule, &path, message, Some(&old.pointer.join(keyword)), Some(&new.pointer.join(keyword)));
    }
    if old.deprecated != new.deprecated {
        let (rule, message) = match new.deprecated {
            true => (&rules::VALUE_DEPRECATED, "it is deprecated now"),
            false => (&rules::VALUE_REACTIVATED, "it is not deprecated any more"),
        };
        let site = Site::new(Direction::Request, Holder::Parameter, path.clone());
        let place = |parameter: &Parameter| parameter.pointer.join("deprecated");
        walk.push_value(rule, &site, message, &place(old), &place(new));
    }
    let site = Site::new(Direction::Request, Holder::Parameter, path.clone());
    match (&old.value, &new.value) {
        (ParameterValue::Schema(before), ParameterValue::Schema(after)) => walk.schemas(before, after, site),
        (ParameterValue::Content(before), ParameterValue::Content(after)) if before.essence() == after.essence() => {
            media_type_schemas(walk, before, after, site);
        }
        (before, after) => {
            let said = |value: &ParameterValue| match value {
                ParameterValue::Schema(_) => "the text of its style".to_owned(),
                ParameterValue::Content(media_type) => media_type.name.clone(),
            };
            let message = format!("it is written as {} instead of {}", said(after), said(before));
            walk.push(&rules::PARAMETER_MEDIA_TYPE, &path, message, Some(&old.pointer), Some(&new.pointer));
        }
    }
}

/// How a parameter is sent.
fn travel(walk: &Walk<'_>, old: &Parameter, new: &Parameter) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    match (old.required, new.required) {
        (false, true) => said.push((&rules::PARAMETER_REQUIRED, "it is required now".to_owned(), "required")),
        (true, false) => {
            said.push((&rules::PARAMETER_OPTIONAL, "it need not be given any more".to_owned(), "required"));
        }
        _ => {}
    }
    if old.style != new.style {
        let message = format!("the style is {:?} instead of {:?}", new.style, old.style);
        said.push((&rules::PARAMETER_STYLE, message, "style"));
    } else if old.explode != new.explode && !(is_scalar(walk, old, true) && is_scalar(walk, new, false)) {
        let message = format!("`explode` is {} instead of {}", new.explode, old.explode);
        said.push((&rules::PARAMETER_EXPLODE, message, "explode"));
    }
    if old.allow_reserved != new.allow_reserved {
        let message = format!("`allowReserved` is {} instead of {}", new.allow_reserved, old.allow_reserved);
        said.push((&rules::PARAMETER_RESERVED, message, "allowReserved"));
    }
    match (old.allow_empty_value, new.allow_empty_value) {
        (true, false) => {
            let message = "it may not be empty any more".to_owned();
            said.push((&rules::PARAMETER_EMPTY_FORBIDDEN, message, "allowEmptyValue"));
        }
        (false, true) => {
            said.push((&rules::PARAMETER_EMPTY_ALLOWED, "it may be empty now".to_owned(), "allowEmptyValue"));
        }
        _ => {}
    }
    for (before, after, extension) in [
        (old.odata_literal, new.odata_literal, "x-odata-literal"),
        (old.repeat_header, new.repeat_header, "x-repeat-header"),
    ] {
        if before != after {
            let message = format!("`{extension}` is {after} instead of {before}");
            said.push((&rules::PARAMETER_WRITING, message, extension));
        }
    }
    said
}

/// Whether a value is one text whatever `explode` says.
fn is_scalar(walk: &Walk<'_>, parameter: &Parameter, is_old: bool) -> bool {
    let ParameterValue::Schema(schema) = &parameter.value else { return false };
    let side = if is_old { walk.old } else { walk.new };
    let schema = match schema {
        document::SchemaRef::Inline(schema) => Some(&**schema),
        document::SchemaRef::Component { name, .. } => side.document.schemas.get(name),
    };
    let kind = schema.and_then(|schema| schema.kind);
    matches!(kind, Some(SchemaType::String | SchemaType::Number | SchemaType::Integer | SchemaType::Boolean))
}
