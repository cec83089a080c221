//! Compares an operation with its page.

use std::collections::HashSet;

use crate::finding::{Code, Focus};
use crate::page::fact::Form;
use crate::page::uri;
use crate::page::vocabulary::Place;
use crate::pointer::Pointer;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::matching::Match;
use crate::proof::{content, credential, example, parameter, path, response, source};
use crate::resolve::document::{Location, Operation};

/// Compares an operation with its page.
pub(crate) fn compare(operation: &Operation, found: &Match, comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    if let Some(form) = page.forms.get(found.form) {
        method(operation, form, comparison);
        path(operation, form, comparison);
    }
    source::compare(operation, found, comparison);
    let credentials = credential::compare(operation, comparison);
    parameter::compare(operation, found, &credentials, comparison);
    content::compare(operation, comparison);
    response::compare(operation, comparison);
}

/// Reports what a page describes and no operation has. Compares the examples of the page with all its operations.
pub(crate) fn compare_page(matches: &[Option<Match>], comparison: &mut Comparison<'_>) {
    let (page, index) = (comparison.page, comparison.index);
    let of_page = |found: &&Match| found.page == index;
    let operations = comparison.document.operations.iter().zip(matches);
    let operations: Vec<&Operation> = operations
        .filter(|(_, found)| found.as_ref().filter(of_page).is_some())
        .map(|(operation, _)| operation)
        .collect();
    if operations.is_empty() {
        if let Some(form) = page.forms.first() {
            let method = form.method.as_ref().map(|method| format!("{} ", method.value)).unwrap_or_default();
            let message = format!("The document has no operation of the page: `{method}{}`.", form.path.value);
            let remedy = "Add the operation, or name the page that the document transcribes.";
            let place = PagePlace::of(&form.path);
            comparison.report(
                Code::UnmatchedPage,
                (&Pointer::root().join("paths"), Focus::Key),
                place,
                message,
                remedy,
            );
        }
        return;
    }
    let used: HashSet<usize> =
        matches.iter().flatten().filter(|found| found.page == index).map(|found| found.form).collect();
    let mut seen = HashSet::new();
    for (number, form) in page.forms.iter().enumerate() {
        let method = form.method_name();
        let is_repeated = !seen.insert((path::literals(&form.path.value), method));
        if is_repeated {
            comparison.settle(form.path.fact);
        } else if !used.contains(&number) {
            let message = format!("The document has no operation for `{}`.", form.path.value);
            let place = PagePlace::of(&form.path);
            let pointer = Pointer::root().join("paths");
            comparison.settle(form.path.fact);
            let remedy = "Add a path with an operation.";
            comparison.report(Code::MissingInDocument, (&pointer, Focus::Key), place, message, remedy);
        }
    }
    example::compare_requests(&operations, comparison);
    if let Some(title) = &page.title {
        comparison.settle(title.fact);
    }
}

fn method(operation: &Operation, form: &Form, comparison: &mut Comparison<'_>) {
    let Some(method) = &form.method else { return };
    comparison.settle(method.fact);
    if method.value != operation.method {
        let message =
            format!("The method is `{}` in the document, and `{}` on the page.", operation.method, method.value);
        let place = PagePlace::of(method);
        let remedy = "Move the operation to the method of the page.";
        comparison.report(Code::OperationDiffers, (&operation.pointer, Focus::Key), place, message, remedy);
    }
}

fn path(operation: &Operation, form: &Form, comparison: &mut Comparison<'_>) {
    comparison.settle_at(form.path.fact, &operation.path_item());
    let place = PagePlace::of(&form.path);
    if !path::is_same(&form.path.value, &operation.path) {
        let pointer = operation.path_item();
        let message =
            format!("The path is `{}` in the document, and `{}` on the page.", operation.path, form.path.value);
        let remedy = "Write the path as the page prints it.";
        comparison.report(Code::OperationDiffers, (&pointer, Focus::Key), place.clone(), message, remedy);
    }
    let (_, page_path) = uri::split_server(&form.path.value);
    let (on_page, in_document) = (uri::placeholders(page_path), uri::placeholders(&operation.path));
    if on_page.len() != in_document.len() {
        return;
    }
    let in_table = comparison.page.parameters.iter().filter(|field| field.place == Place::Path);
    let in_table: HashSet<&str> = in_table.map(|field| field.name.value.as_str()).collect();
    let pairs = on_page.into_iter().zip(in_document);
    for (on_page, in_document) in pairs {
        // A table of path parameters is compared with the parameters of the document.
        if in_table.contains(on_page) {
            continue;
        }
        let facts = comparison.facts().filter(|(_, fact)| fact.subject == on_page && fact.line == form.path.line);
        facts.for_each(|(fact, _)| comparison.settle(fact));
        if on_page != in_document {
            let declared = |parameter: &&crate::resolve::document::Parameter| {
                parameter.location == Location::Path && parameter.name == in_document
            };
            let parameter = operation.parameters.iter().find(declared);
            let pointer = parameter.map_or(operation.pointer.clone(), |parameter| parameter.pointer.clone());
            let message =
                format!("The path parameter is `{in_document}` in the document, and `{on_page}` on the page.");
            let remedy = "Use the name of the page, or acknowledge that the document needs a name of its own.";
            comparison.report(Code::NameDiffers, (&pointer, Focus::Member("name")), place.clone(), message, remedy);
        }
    }
}
