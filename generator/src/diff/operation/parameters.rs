//! Compares parameters: their presence, whether they are required, their serialization and their schemas.

use std::collections::{HashMap, HashSet};

use crate::diff::change::Direction;
use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::{ComparedValue, Holder};
use crate::diff::operation::by_key::ByKey;
use crate::diff::operation::matching::path_parameters;
use crate::diff::operation::media_types;
use crate::diff::rules::{self, Rule};
use crate::diff::walk::Walk;
use crate::resolve::document::{Location, Operation, Parameter, ParameterValue, SchemaType, Style, parameter_key};

pub(crate) fn compare<'a>(walk: &mut Walk<'a>, old: &'a Operation, new: &'a Operation) {
    let (old_path, new_path) = (path_parameters(&old.path), path_parameters(&new.path));
    // The name of a path parameter is not sent, so path parameters are matched by their position in the path.
    let new_names: HashMap<&str, &str> = old_path.into_iter().zip(new_path).rev().collect();
    let by_key = ByKey::of(&new.parameters, Parameter::key);
    let counterpart = |parameter: &Parameter| -> Option<&'a Parameter> {
        let new_name = new_names.get(parameter.name.as_str()).filter(|_| parameter.location == Location::Path);
        by_key.get(&parameter_key(parameter.location, new_name.unwrap_or(&parameter.name.as_str())))
    };
    let mut matched = HashSet::new();
    for before in declared(old) {
        match counterpart(before) {
            Some(after) => {
                matched.insert(after.key());
                walk.compare_shared(&before.pointer, &after.pointer, |walk| compare_parameter(walk, before, after));
            }
            None => {
                let message = format!("the {} parameter was removed", presence(before));
                walk.report(&rules::PARAMETER_REMOVED, &path(before), message, Some(&before.pointer), None);
            }
        }
    }
    for after in declared(new).filter(|after| !matched.contains(&after.key())) {
        let rule = if after.required { &rules::PARAMETER_ADDED_REQUIRED } else { &rules::PARAMETER_ADDED };
        let message = format!("the {} parameter was added", presence(after));
        walk.report(rule, &path(after), message, None, Some(&after.pointer));
    }
}

/// Returns the parameters of an operation. If it declares a parameter twice, the first declaration is used, as in the crate.
fn declared(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let mut known = HashSet::new();
    operation.parameters.iter().filter(move |parameter| known.insert(parameter.key()))
}

fn presence(parameter: &Parameter) -> &'static str {
    if parameter.required { "required" } else { "optional" }
}

/// Returns the name of a parameter for the report, such as ``query parameter `limit` ``.
fn path(parameter: &Parameter) -> String {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{location} parameter `{}`", parameter.name)
}

fn compare_parameter<'a>(walk: &mut Walk<'a>, old: &'a Parameter, new: &'a Parameter) {
    let path = path(new);
    for KeywordChange { rule, message, keyword } in keyword_changes(walk, old, new) {
        walk.report(rule, &path, message, Some(&old.pointer.join(keyword)), Some(&new.pointer.join(keyword)));
    }
    let site = ComparedValue::new(Direction::Request, Holder::Parameter, path.clone());
    if old.deprecated != new.deprecated {
        let (rule, message) = match new.deprecated {
            true => (&rules::VALUE_DEPRECATED, "it was deprecated"),
            false => (&rules::VALUE_REACTIVATED, "it is no longer deprecated"),
        };
        let place = |parameter: &Parameter| parameter.pointer.join("deprecated");
        walk.report_value(rule, &site, message, &place(old), &place(new));
    }
    match (&old.value, &new.value) {
        (ParameterValue::Schema(before), ParameterValue::Schema(after)) => walk.compare_refs(before, after, site),
        (ParameterValue::Content(before), ParameterValue::Content(after)) if before.essence() == after.essence() => {
            media_types::compare_schemas(walk, before, after, site);
        }
        (before, after) => {
            let serialization = |value: &ParameterValue| match value {
                ParameterValue::Schema(_) => "its `style`".to_owned(),
                ParameterValue::Content(media_type) => format!("`{}`", media_type.name),
            };
            let message =
                format!("the serialization changed from {} to {}", serialization(before), serialization(after));
            walk.report(&rules::PARAMETER_MEDIA_TYPE, &path, message, Some(&old.pointer), Some(&new.pointer));
        }
    }
}

/// A changed keyword of a parameter, such as `explode`.
struct KeywordChange {
    rule: &'static Rule,
    message: String,
    keyword: &'static str,
}

/// Returns the changes of `required` and of the keywords and extensions that determine how a parameter is serialized.
fn keyword_changes(walk: &Walk<'_>, old: &Parameter, new: &Parameter) -> Vec<KeywordChange> {
    let mut changes = Vec::new();
    let mut add = |rule, keyword, message: String| changes.push(KeywordChange { rule, message, keyword });
    match (old.required, new.required) {
        (false, true) => add(&rules::PARAMETER_REQUIRED, "required", "the parameter became required".to_owned()),
        (true, false) => add(&rules::PARAMETER_OPTIONAL, "required", "the parameter became optional".to_owned()),
        _ => {}
    }
    let changed = |keyword, before: bool, after: bool| format!("`{keyword}` changed from {before} to {after}");
    if old.style != new.style {
        let message = format!("`style` changed from `{}` to `{}`", style_name(old.style), style_name(new.style));
        add(&rules::PARAMETER_STYLE, "style", message);
    } else if old.explode != new.explode && !(is_scalar(walk.old, old) && is_scalar(walk.new, new)) {
        add(&rules::PARAMETER_EXPLODE, "explode", changed("explode", old.explode, new.explode));
    }
    if old.allow_reserved != new.allow_reserved {
        let message = changed("allowReserved", old.allow_reserved, new.allow_reserved);
        add(&rules::PARAMETER_RESERVED, "allowReserved", message);
    }
    if old.allow_empty_value != new.allow_empty_value {
        let (rule, message) = match new.allow_empty_value {
            true => (&rules::PARAMETER_EMPTY_ALLOWED, "the parameter may now be empty"),
            false => (&rules::PARAMETER_EMPTY_FORBIDDEN, "the parameter may no longer be empty"),
        };
        add(rule, "allowEmptyValue", message.to_owned());
    }
    for (before, after, extension) in [
        (old.odata_literal, new.odata_literal, "x-odata-literal"),
        (old.repeat_header, new.repeat_header, "x-repeat-header"),
    ] {
        if before != after {
            add(&rules::PARAMETER_SERIALIZATION, extension, changed(extension, before, after));
        }
    }
    changes
}

/// Returns the name of a style in OpenAPI, such as `deepObject`.
fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Form => "form",
        Style::Simple => "simple",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    }
}

/// Returns whether the type of a parameter is a string, number, integer or boolean. `explode` has no effect on these types.
fn is_scalar(side: ComparedDocument<'_>, parameter: &Parameter) -> bool {
    let ParameterValue::Schema(schema) = &parameter.value else { return false };
    let schema_type = side.resolve(schema).and_then(|schema| schema.kind);
    matches!(schema_type, Some(SchemaType::String | SchemaType::Number | SchemaType::Integer | SchemaType::Boolean))
}
