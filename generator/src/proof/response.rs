//! Compares the responses of an operation with the page: statuses, headers and bodies.

use std::collections::HashSet;

use crate::finding::{Code, Focus};
use crate::page::fact::{FactKind, Field, Response as PageResponse, ResponseExample};
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::pairing::pair;
use crate::proof::property::{Owner, effective};
use crate::proof::wording::{EXTRA, MISSING};
use crate::proof::{content, example, value};
use crate::resolve::document::{Header, MediaType, Operation, Response, Status};

/// Compares the responses.
pub(crate) fn compare(operation: &Operation, comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    let mut open: Vec<&Response> = operation.responses.iter().collect();
    let misplaced = example::misplaced_responses(page);
    let mut missing = Vec::new();
    for stated in &page.responses {
        settle_status(stated, comparison);
        let status = Status::Code(stated.status.value);
        let is_success = |response: &&&Response| matches!(response.status, Status::Code(200..=299));
        let found = open.iter().find(|response| response.status == status);
        // A status that the page only implies stands for any success.
        let found = found.or_else(|| open.iter().find(is_success).filter(|_| !stated.is_stated)).copied();
        match found {
            Some(response) => {
                open.retain(|other| other.status != response.status);
                one(response, stated, &misplaced, comparison);
            }
            None => missing.push(stated),
        }
    }
    statuses_of_examples(operation, comparison);
    let states_statuses = page.responses.iter().any(|response| response.is_stated);
    for stated in missing {
        let code = stated.status.value;
        let place = PagePlace::of(&stated.status);
        let single = open.len() == 1;
        if let Some(response) = open.first().copied().filter(|_| single) {
            open.clear();
            let message =
                format!("The status is `{}` in the document, and `{code}` on the page.", name(response.status));
            let remedy = "Write the status of the page.";
            comparison.report(Code::StatusDiffers, (&response.pointer, Focus::Key), place, message, remedy);
            one(response, stated, &misplaced, comparison);
        } else {
            let message = format!("The document has no response with the status {code}.");
            let at = (&operation.pointer.join("responses"), Focus::Key);
            comparison.report(Code::MissingInDocument, at, place, message, MISSING);
        }
    }
    for response in open.into_iter().filter(|_| states_statuses) {
        let message = format!("The page has no response with the status {}.", name(response.status));
        let last = page.responses.last();
        let place = last.map(|last| PagePlace::beside(&last.status, "the last status on the page")).unwrap_or_default();
        comparison.report(Code::NotOnPage, (&response.pointer, Focus::Key), place, message, EXTRA);
    }
}

/// Reports the statuses of examples that the page does not describe.
fn statuses_of_examples(operation: &Operation, comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    let described: HashSet<String> = page.responses.iter().map(|response| response.status.value.to_string()).collect();
    let facts = comparison.facts().filter(|(_, fact)| fact.kind == FactKind::Status);
    for (index, fact) in facts.filter(|(_, fact)| !described.contains(&fact.subject)) {
        comparison.settle(index);
        let message =
            format!("The document has no response with the status {}, of which the page has an example.", fact.subject);
        let place = PagePlace {
            line: fact.line,
            words: fact.words.clone(),
            label: "the page states this".to_owned(),
            fact: Some(index),
        };
        let at = (&operation.pointer.join("responses"), Focus::Key);
        comparison.report(Code::MissingInDocument, at, place, message, MISSING);
    }
}

fn settle_status(stated: &PageResponse, comparison: &mut Comparison<'_>) {
    let subject = stated.status.value.to_string();
    let facts = comparison.facts().filter(|(_, fact)| fact.kind == FactKind::Status && fact.subject == subject);
    facts.for_each(|(fact, _)| comparison.settle(fact));
}

fn name(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn one(response: &Response, stated: &PageResponse, misplaced: &[&ResponseExample], comparison: &mut Comparison<'_>) {
    comparison.at = response.pointer.clone();
    headers(response, stated, comparison);
    body(response, stated, comparison);
    example::compare_responses(response, stated, misplaced, comparison);
}

fn headers(response: &Response, stated: &PageResponse, comparison: &mut Comparison<'_>) {
    let fields: Vec<&Field> = stated.headers.iter().collect();
    let names: Vec<String> = fields.iter().map(|field| field.name.value.to_ascii_lowercase()).collect();
    let declared: Vec<String> = response.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
    let pairs = pair(&names, &declared, &[], &mut comparison.proof.budget);
    for (field, header) in pairs.same.iter().chain(&pairs.renamed) {
        if let (Some(field), Some(header)) = (fields.get(*field), response.headers.get(*header)) {
            header_fields(field, header, response, comparison);
        }
    }
    for field in pairs.missing.iter().filter_map(|index| fields.get(*index)) {
        comparison.settle(field.name.fact);
        // OpenAPI ignores a response header with this name: the media type states it.
        if field.name.value.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let message = format!("The document has no response header `{}`.", field.name.value);
        let at = (&response.pointer, Focus::Key);
        comparison.report(Code::MissingInDocument, at, PagePlace::of(&field.name), message, MISSING);
    }
    for header in pairs.extra.iter().filter_map(|index| response.headers.get(*index)) {
        let message = format!("The page has no response header `{}`.", header.name);
        let place = match fields.last() {
            Some(field) => PagePlace::beside(&field.name, "the page has these headers"),
            None => PagePlace::beside(&stated.status, "the response"),
        };
        let pointer = key_pointer(header, response);
        comparison.report(Code::NotOnPage, (&pointer, Focus::Key), place, message, EXTRA);
    }
}

/// Returns the JSON pointer of the key in `headers` of the response, whose value may be a reference.
fn key_pointer(header: &Header, response: &Response) -> crate::pointer::Pointer {
    response.pointer.join("headers").join(&header.name)
}

fn header_fields(field: &Field, header: &Header, response: &Response, comparison: &mut Comparison<'_>) {
    comparison.at = header.pointer.clone();
    comparison.settle(field.name.fact);
    if !field.name.value.eq_ignore_ascii_case(&header.name) {
        let message = format!(
            "The response header is `{}` in the document, and `{}` on the page.",
            header.name, field.name.value
        );
        let at = (&key_pointer(header, response), Focus::Key);
        let remedy = "Write the name as the page prints it.";
        comparison.report(Code::NameDiffers, at, PagePlace::of(&field.name), message, remedy);
    }
    if header.required {
        let message =
            format!("The response header `{}` is required in the document; the page does not state that.", header.name);
        let at = (&header.pointer, Focus::Member("required"));
        let place = PagePlace::beside(&field.name, "the page describes it here");
        comparison.report(Code::RequiredDiffers, at, place, message, EXTRA);
    }
    if let Some(schema) = &header.schema {
        let description = header.description.as_deref();
        let owner = Owner { pointer: &header.pointer, description, examples: &[], repeats: false };
        value::compare(field, schema, &owner, comparison);
    }
}

fn body(response: &Response, stated: &PageResponse, comparison: &mut Comparison<'_>) {
    let body = stated.body.as_ref();
    if let Some(body) = body {
        comparison.settle(body.exists.fact);
    }
    match (response.content.first(), body.filter(|body| body.exists.value)) {
        (Some(media_type), Some(body)) => {
            let place = PagePlace::of(&body.exists);
            for other in &response.content {
                content::implied_media_type(other, &place, comparison);
            }
            content::fields(&body.fields, media_type, &place, comparison);
        }
        (None, Some(body)) => {
            let message =
                format!("The response with the status {} has no body in the document.", name(response.status));
            let at = (&response.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(&body.exists), message, MISSING);
        }
        // The page has no table of the body, and an example of it.
        (Some(media_type), None) if body.is_none() && is_shown(media_type, stated, comparison) => {}
        (Some(_), None) => {
            let message = format!("The page has no body for the status {}.", name(response.status));
            let place = match body {
                Some(body) => PagePlace::of(&body.exists),
                None => PagePlace::beside(&stated.status, "the response"),
            };
            let at = (&response.pointer.join("content"), Focus::Key);
            comparison.report(Code::NotOnPage, at, place, message, EXTRA);
        }
        (None, None) => {}
    }
}

/// Returns whether the page shows a body by an example, and the document states no more of it.
fn is_shown(media_type: &MediaType, stated: &PageResponse, comparison: &Comparison<'_>) -> bool {
    let schema = media_type.schema.as_ref().and_then(|schema| effective(schema, comparison.document));
    let has_properties = schema.is_some_and(|schema| !schema.properties.is_empty() || !schema.all_of.is_empty());
    !has_properties && comparison.page.examples_of(stated.status.value).next().is_some()
}
