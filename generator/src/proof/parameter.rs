//! Compares the parameters of an operation with those of its page.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Focus};
use crate::page::fact::{Field, Stated};
use crate::page::uri;
use crate::page::vocabulary::Place;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::matching::Match;
use crate::proof::pairing::pair;
use crate::proof::property::Owner;
use crate::proof::wording::{EXTRA, MISSING, place, requirement, word};
use crate::proof::{path, value};
use crate::resolve::document::{Location, Operation, Parameter, ParameterValue, SchemaRef};

/// Compares the parameters. `credentials` are the names of parameters of the page that security schemes of the document carry.
pub(crate) fn compare(
    operation: &Operation,
    found: &Match,
    credentials: &HashSet<(Place, String)>,
    comparison: &mut Comparison<'_>,
) {
    let page = comparison.page;
    let implied = implied_fields(operation, found, comparison);
    let describes_path = page.describes_path();
    let fields: Vec<&Field> = page.parameters.iter().chain(&implied).filter(|field| !is_elsewhere(field)).collect();
    let parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    let names: Vec<String> = fields.iter().map(|field| key(field.place, &field.name.value)).collect();
    let declared: Vec<String> =
        parameters.iter().map(|parameter| key(place(parameter.location), &parameter.name)).collect();
    let positions = path_positions(operation, found, comparison);
    let pairs = pair(&names, &declared, &positions, &mut comparison.proof.budget);
    // Another path is a finding of its own, and has other placeholders.
    let form = page.forms.get(found.form);
    let is_other_path = form.is_some_and(|form| !path::is_same(&form.path.value, &operation.path));
    let first_implied = fields.len().saturating_sub(implied.len());
    for (index, parameter) in pairs.same.iter().chain(&pairs.renamed) {
        if let (Some(field), Some(parameter)) = (fields.get(*index), parameters.get(*parameter)) {
            one(field, parameter, comparison);
            if *index >= first_implied && describes_path {
                undescribed(field, parameter, comparison);
            }
        }
    }
    for index in pairs.missing {
        let Some(field) = fields.get(index) else { continue };
        let name = (field.place, field.name.value.to_ascii_lowercase());
        if credentials.contains(&name) || (is_other_path && field.place == Place::Path) {
            continue;
        }
        comparison.settle(field.name.fact);
        let message = format!("The document has no {} parameter `{}`.", word(field.place), field.name.value);
        let at = (&operation.pointer, Focus::Key);
        comparison.report(Code::MissingInDocument, at, PagePlace::of(&field.name), message, MISSING);
    }
    let mut first_of: HashMap<Place, &Field> = HashMap::new();
    for field in &fields {
        first_of.entry(field.place).or_insert(field);
    }
    for index in pairs.extra {
        let Some(parameter) = parameters.get(index) else { continue };
        if is_other_path && parameter.location == Location::Path {
            continue;
        }
        let message = format!("The page has no {} parameter `{}`.", word(place(parameter.location)), parameter.name);
        let beside = first_of.get(&place(parameter.location)).or(fields.first());
        let place = beside.map_or_else(
            || page.forms.get(found.form).map(|form| PagePlace::beside(&form.path, "the request")).unwrap_or_default(),
            |field| PagePlace::beside(&field.name, "the page has these parameters"),
        );
        comparison.report(Code::NotOnPage, (&parameter.pointer, Focus::Member("name")), place, message, EXTRA);
    }
}

/// Reports a placeholder of the path that has no row, although the page has a table with the others.
fn undescribed(field: &Field, parameter: &Parameter, comparison: &mut Comparison<'_>) {
    let message = format!("The page has no row for the path parameter `{}`.", parameter.name);
    let place = PagePlace::beside(&field.name, "the URL has it");
    comparison.report(Code::NotOnPage, (&parameter.pointer, Focus::Member("name")), place, message, EXTRA);
}

fn one(field: &Field, parameter: &Parameter, comparison: &mut Comparison<'_>) {
    comparison.at = parameter.pointer.clone();
    comparison.settle(field.name.fact);
    let stated = PagePlace::of(&field.name);
    let is_header = field.place == Place::Header;
    let same_name = match is_header {
        true => field.name.value.eq_ignore_ascii_case(&parameter.name),
        false => field.name.value == parameter.name,
    };
    if field.place != place(parameter.location) {
        let (here, there) = (word(place(parameter.location)), word(field.place));
        let message = format!("`{}` is in the {here} in the document, and in the {there} on the page.", parameter.name);
        let at = (&parameter.pointer, Focus::Member("in"));
        comparison.report(Code::PlaceDiffers, at, stated.clone(), message, "Write the place of the page.");
    }
    let is_placeholder = field.name.words.starts_with('{');
    if !same_name && !is_placeholder {
        let message =
            format!("The name is `{}` in the document, and `{}` on the page.", parameter.name, field.name.value);
        let at = (&parameter.pointer, Focus::Member("name"));
        comparison.report(Code::NameDiffers, at, stated, message, "Write the name as the page prints it.");
    }
    required(field, parameter, comparison);
    let schema = match &parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media_type) => media_type.schema.as_ref(),
    };
    let Some(schema) = schema else { return };
    let owner = Owner {
        pointer: &parameter.pointer,
        description: parameter.description.as_deref(),
        examples: &parameter.examples,
        repeats: parameter.repeat_header,
    };
    repeated(field, parameter, schema, comparison);
    value::compare(field, schema, &owner, comparison);
}

/// Compares whether a header may be repeated.
fn repeated(field: &Field, parameter: &Parameter, _: &SchemaRef, comparison: &mut Comparison<'_>) {
    use crate::page::fact::Rule;
    let stated = field.rules.iter().find(|rule| rule.value == Rule::Repeated);
    match stated {
        Some(rule) => {
            comparison.settle(rule.fact);
            if !parameter.repeat_header {
                let message = format!("The document sends `{}` once; the page allows several.", parameter.name);
                let remedy = "Add `x-repeat-header: true` and make the schema an array.";
                let at = (&parameter.pointer, Focus::Member("name"));
                comparison.report(Code::MissingInDocument, at, PagePlace::of(rule), message, remedy);
            }
        }
        None if parameter.repeat_header => {
            let message = format!("The page does not state that `{}` may be repeated.", parameter.name);
            let at = (&parameter.pointer.join("x-repeat-header"), Focus::Key);
            let place = PagePlace::beside(&field.name, "the page describes it here");
            comparison.report(Code::NotOnPage, at, place, message, EXTRA);
        }
        None => {}
    }
}

fn required(field: &Field, parameter: &Parameter, comparison: &mut Comparison<'_>) {
    let Some(mandatory) = &field.mandatory else {
        // A table without such a column leaves it open. A placeholder of the path is always required.
        return;
    };
    comparison.settle(mandatory.fact);
    if mandatory.value != parameter.required {
        let (here, there) = (requirement(parameter.required), requirement(mandatory.value));
        let message = format!("`{}` is {here} in the document, and {there} on the page.", parameter.name);
        let at = (&parameter.pointer, Focus::Member("required"));
        let remedy = "Write `required` as the page states it.";
        comparison.report(Code::RequiredDiffers, at, PagePlace::of(mandatory), message, remedy);
    }
}

/// Returns fields for the placeholders of the path that no table describes.
fn implied_fields(operation: &Operation, found: &Match, comparison: &Comparison<'_>) -> Vec<Field> {
    let page = comparison.page;
    let Some(form) = page.forms.get(found.form) else { return Vec::new() };
    let pairs = uri::path_placeholders(&form.path.value).into_iter().zip(uri::placeholders(&operation.path));
    let described = page.parameters.iter().filter(|field| field.place == Place::Path);
    let described: HashSet<&str> = described.map(|field| field.name.value.as_str()).collect();
    let undescribed = pairs.filter(|(on_page, _)| !described.contains(on_page));
    let field = |(on_page, in_document): (&str, &str)| {
        let words = format!("{{{on_page}}}");
        let name = Stated { value: in_document.to_owned(), line: form.path.line, words, fact: form.path.fact };
        Field::new(name, Place::Path)
    };
    undescribed.map(field).collect()
}

/// Returns the names that the page and the document give the same placeholder of the path.
fn path_positions(operation: &Operation, found: &Match, comparison: &Comparison<'_>) -> Vec<(String, String)> {
    let Some(form) = comparison.page.forms.get(found.form) else { return Vec::new() };
    if !path::is_same(&form.path.value, &operation.path) {
        return Vec::new();
    }
    let pairs = uri::path_placeholders(&form.path.value).into_iter().zip(uri::placeholders(&operation.path));
    pairs.map(|(on_page, in_document)| (key(Place::Path, on_page), key(Place::Path, in_document))).collect()
}

/// Returns whether the document has the field elsewhere than in `parameters`: OpenAPI ignores parameters with these names.
fn is_elsewhere(field: &Field) -> bool {
    field.place == Place::Header && ["content-type", "accept"].contains(&field.name.value.to_ascii_lowercase().as_str())
}

fn key(place: Place, name: &str) -> String {
    let name = if place == Place::Header { name.to_ascii_lowercase() } else { name.to_owned() };
    format!("{} {name}", word(place))
}
