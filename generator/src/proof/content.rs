//! Compares the body of a request and its media type with the page.

use crate::finding::{Code, Focus};
use crate::page::fact::{Field, Rule};
use crate::page::vocabulary::Place;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::property::{effective, properties, rule};
use crate::proof::value;
use crate::proof::wording::{EXTRA, MISSING, requirement};
use crate::resolve::document::{Document, MediaType, Operation, RequestBody, Schema};

/// The media type of a body whose page names none.
const IMPLIED: &str = "application/json";

/// Compares the body of the request.
pub(crate) fn compare(operation: &Operation, comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    let at = operation.body.as_ref().map_or(&operation.pointer, |body| &body.pointer);
    comparison.at = at.clone();
    let header = page
        .parameters
        .iter()
        .find(|field| field.place == Place::Header && field.name.value.eq_ignore_ascii_case("content-type"));
    if let Some(header) = header {
        settle_field(header, comparison);
    }
    for field in page.parameters.iter().filter(|field| field.name.value.eq_ignore_ascii_case("accept")) {
        settle_field(field, comparison);
    }
    let body = page.body.as_ref();
    if let Some(body) = body {
        comparison.settle(body.exists.fact);
    }
    let stated = body.filter(|body| body.exists.value);
    match (&operation.body, stated) {
        (Some(declared), Some(stated)) => {
            let place = PagePlace::of(&stated.exists);
            if !differs_in_a_property(declared, &stated.fields, comparison) {
                required(declared, &stated.fields, (header, &place), comparison);
            }
            declared.content.iter().for_each(|media_type| request_media_type(media_type, header, &place, comparison));
            if let Some(media_type) = declared.content.first() {
                fields(&stated.fields, media_type, &place, comparison);
            }
        }
        (None, Some(stated)) => {
            let message = "The document has no request body.".to_owned();
            let at = (&operation.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(&stated.exists), message, MISSING);
        }
        (Some(declared), None) => {
            let place = body.map(|body| PagePlace::of(&body.exists));
            let place = place.unwrap_or_else(|| request_line(comparison));
            let message = "The page has no request body.".to_owned();
            comparison.report(Code::NotOnPage, (&declared.pointer, Focus::Key), place, message, EXTRA);
        }
        (None, None) => {}
    }
    fixed_headers(operation, header, comparison);
}

/// Returns the place of the request URL.
pub(crate) fn request_line(comparison: &Comparison<'_>) -> PagePlace {
    comparison.page.forms.first().map(|form| PagePlace::beside(&form.path, "the request")).unwrap_or_default()
}

fn settle_field(field: &Field, comparison: &mut Comparison<'_>) {
    comparison.settle(field.name.fact);
    field.mandatory.iter().for_each(|stated| comparison.settle(stated.fact));
    field.kind.iter().for_each(|stated| comparison.settle(stated.fact));
    field.rules.iter().for_each(|stated| comparison.settle(stated.fact));
}

/// Returns whether the page and the document differ about whether the body has a mandatory property. Then the property is the
/// finding, and `required` of the body follows from it.
fn differs_in_a_property(body: &RequestBody, fields: &[Field], comparison: &Comparison<'_>) -> bool {
    let document = comparison.document;
    let schema = body.content.first().and_then(|media_type| object(media_type, document));
    let properties = schema.map(|schema| properties(schema, document, 0)).unwrap_or_default();
    let is_declared = properties.values().any(|property| property.is_required);
    is_declared != fields.iter().any(is_mandatory)
}

fn is_mandatory(field: &Field) -> bool {
    field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value)
}

/// Compares `required`: a body with a mandatory property is required, and so is a body whose `Content-Type` is mandatory.
fn required(
    body: &RequestBody,
    fields: &[Field],
    (header, place): (Option<&Field>, &PagePlace),
    comparison: &mut Comparison<'_>,
) {
    let is_stated = fields.iter().any(is_mandatory) || header.is_some_and(is_mandatory);
    let at = (&body.pointer, Focus::Member("required"));
    if is_stated && !body.required {
        let message =
            format!("The request body is {} in the document; the page has a mandatory part of it.", requirement(false));
        comparison.report(Code::RequiredDiffers, at, place.clone(), message, "Write `required: true`.");
        return;
    }
    // A page without a column for mandatory values leaves it open.
    let optional = header.into_iter().chain(fields).find_map(|field| field.mandatory.as_ref());
    if let Some(optional) = optional.filter(|_| body.required && !is_stated) {
        let message = "The request body is required in the document; the page has no mandatory part of it.".to_owned();
        comparison.report(Code::RequiredDiffers, at, PagePlace::of(optional), message, EXTRA);
    }
}

fn request_media_type(
    media_type: &MediaType,
    header: Option<&Field>,
    place: &PagePlace,
    comparison: &mut Comparison<'_>,
) {
    let stated = header.and_then(|header| {
        rule(header, |rule| match rule {
            Rule::Values(values) => Some(values),
            _ => None,
        })
    });
    match stated {
        Some((values, stated)) => {
            if !values.iter().any(|value| value.eq_ignore_ascii_case(&media_type.name)) {
                let there = values.join("`, `");
                let message =
                    format!("The media type is `{}` in the document, and `{there}` on the page.", media_type.name);
                let at = (&media_type.pointer, Focus::Key);
                let remedy = "Write the media type of the page.";
                comparison.report(Code::ValueDiffers, at, PagePlace::of(stated), message, remedy);
            }
        }
        None => implied_media_type(media_type, place, comparison),
    }
}

/// Reports a media type that the page does not name, unless it is plain JSON.
pub(crate) fn implied_media_type(media_type: &MediaType, place: &PagePlace, comparison: &mut Comparison<'_>) {
    let named = &media_type.name;
    if named == IMPLIED {
        return;
    }
    let is_named = comparison.facts().any(|(_, fact)| fact.words.contains(named.as_str()));
    if !is_named && !comparison.proof.budget.is_spent() {
        let message = format!("The page does not name the media type `{named}`.");
        let place = PagePlace { label: "the page describes the body here".to_owned(), fact: None, ..place.clone() };
        comparison.report(Code::NotOnPage, (&media_type.pointer, Focus::Key), place, message, EXTRA);
    }
}

/// Returns the schema of a body, or of the items if the body is an array of objects.
fn object<'d>(media_type: &'d MediaType, document: &'d Document) -> Option<&'d Schema> {
    let schema = media_type.schema.as_ref().and_then(|schema| effective(schema, document))?;
    Some(match &schema.items {
        Some(items) if schema.properties.is_empty() => effective(items, document).unwrap_or(schema),
        _ => schema,
    })
}

/// Compares the properties of a body.
pub(crate) fn fields(fields: &[Field], media_type: &MediaType, place: &PagePlace, comparison: &mut Comparison<'_>) {
    match object(media_type, comparison.document) {
        Some(schema) => value::compare_properties(fields, schema, (place, 0), comparison),
        None => {
            let message = "The body has no schema in the document, and properties on the page.".to_owned();
            let at = (&media_type.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, place.clone(), message, MISSING);
        }
    }
}

/// Compares `x-fixed-headers` with a `Content-Type` for a request without a body.
fn fixed_headers(operation: &Operation, header: Option<&Field>, comparison: &mut Comparison<'_>) {
    let is_content_type = |name: &str| name.eq_ignore_ascii_case("content-type");
    for (name, value) in &operation.fixed_headers {
        let pointer = operation.pointer.join("x-fixed-headers").join(name);
        let Some(field) = header.filter(|_| is_content_type(name)) else {
            let message = format!("The page has no header `{name}` with a fixed value.");
            let place = request_line(comparison);
            comparison.report(Code::NotOnPage, (&pointer, Focus::Key), place, message, EXTRA);
            continue;
        };
        if let Some(mandatory) = field.mandatory.as_ref().filter(|mandatory| !mandatory.value) {
            let message = format!("`{name}` is always sent in the document, and optional on the page.");
            let place = PagePlace::of(mandatory);
            comparison.report(Code::RequiredDiffers, (&pointer, Focus::Key), place, message, EXTRA);
        }
        let stated = rule(field, |rule| match rule {
            Rule::Values(values) => Some(values),
            _ => None,
        });
        if let Some((values, stated)) = stated.filter(|(values, _)| !values.contains(value)) {
            let message = format!("`{name}` is `{value}` in the document, and `{}` on the page.", values.join("`, `"));
            let at = (&pointer, Focus::Value);
            comparison.report(Code::ValueDiffers, at, PagePlace::of(stated), message, "Write the value of the page.");
        }
    }
    let is_fixed = operation.fixed_headers.iter().any(|(name, _)| is_content_type(name));
    if let Some(field) = header.filter(|_| operation.body.is_none() && !is_fixed && comparison.page.body.is_none()) {
        let message = "The document does not send `Content-Type`, which the page requires without a body.".to_owned();
        let is_mandatory = field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value);
        if is_mandatory {
            let remedy = "Add `x-fixed-headers: {Content-Type: …}` to the operation.";
            let at = (&operation.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(&field.name), message, remedy);
        }
    }
}
