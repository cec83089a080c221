//! Proof-reads a document against the documentation pages that it transcribes.
//!
//! 1. [Matching](matching) finds the page of each operation: by `x-source`, or by the method and the path.
//! 2. Each fact of the page is compared with the document, and each claim of the document with the page.
//! 3. A [difference](Difference) has both places: the JSON pointer in the document and the line of the page.
//!
//! Descriptions are not compared, since a transcription is in words of its own.

mod allowed_values;
mod bounds;
mod budget;
mod comparison;
mod content;
mod credential;
mod difference;
mod example;
mod form_lines;
mod matching;
mod operation;
mod pairing;
mod parameter;
mod path;
mod property;
mod request_example;
mod response;
mod server;
pub mod sheet;
mod source;
mod summary;
mod value;
mod wording;

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::page::fact::Page;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation};
use comparison::Comparison;
pub use comparison::Proof;
pub use difference::{Difference, PagePlace};
use matching::Match;
pub use summary::{FactState, PageSummary};

/// Compares a document with pages. `raw` is the document as a JSON tree, in which references are not resolved.
pub fn proof(document: &Document, raw: &Value, pages: &[Page]) -> Proof {
    let mut proof = Proof {
        compared: vec![HashMap::new(); pages.len()],
        operations: vec![0; pages.len()],
        is_complete: true,
        ..Proof::default()
    };
    let matches = matching::matches(document, pages);
    // Each page with another method, by its index and whether the method is one for reading: nothing else depends on it.
    let mut moved: HashMap<(usize, bool), Page> = HashMap::new();
    for (operation, found) in document.operations.iter().zip(&matches) {
        match found {
            Some(_) if proof.budget.is_spent() => not_compared_in_full(operation, &mut proof),
            Some(found) => {
                if let (Some(count), Some(page)) = (proof.operations.get_mut(found.page), pages.get(found.page)) {
                    *count += 1;
                    let page = match has_other_method(operation, page, found) {
                        true => moved
                            .entry((found.page, Page::is_reading(&operation.method)))
                            .or_insert_with(|| page.with_method(&operation.method)),
                        false => page,
                    };
                    let mut comparison = Comparison {
                        document,
                        raw,
                        page,
                        index: found.page,
                        at: operation.pointer.clone(),
                        proof: &mut proof,
                    };
                    operation::compare(operation, found, &mut comparison);
                    if proof.budget.is_spent() {
                        not_compared_in_full(operation, &mut proof);
                    }
                }
            }
            None => {
                proof.is_complete = false;
                operation_without_page(operation, &mut proof);
            }
        }
    }
    for (index, page) in pages.iter().enumerate() {
        let mut comparison =
            Comparison { document, raw, page, index, at: Pointer::root().join("paths"), proof: &mut proof };
        operation::compare_page(&matches, &mut comparison);
    }
    server::compare(document, raw, pages, &mut proof);
    sort(&mut proof.differences, document);
    proof
}

/// Returns whether the page states another method than the document. The method is a finding of its own, and the places that
/// follow from it are none: the operation is compared with the page as it is with the method of the document.
fn has_other_method(operation: &Operation, page: &Page, found: &Match) -> bool {
    let method = page.forms.get(found.form).and_then(|form| form.method.as_ref());
    method.is_some_and(|method| method.value != operation.method)
}

/// Reports an operation for which there is no page.
fn operation_without_page(operation: &Operation, proof: &mut Proof) {
    let message = match &operation.source {
        Some(source) => {
            format!("No page was found for `{} {}`, with `x-source: {source}`.", operation.method, operation.path)
        }
        None => format!("No page was found for `{} {}`.", operation.method, operation.path),
    };
    let remedy = "Name its page on the command line, and begin `x-source` with the name of the page.";
    not_compared(operation, message, remedy, proof);
}

/// Reports an operation for which the [`budget::Budget`] did not suffice.
fn not_compared_in_full(operation: &Operation, proof: &mut Proof) {
    proof.is_complete = false;
    let message = format!(
        "`{} {}` was not compared with its page in full: the comparisons reached their limit.",
        operation.method, operation.path
    );
    not_compared(operation, message, "Divide the page or the document.", proof);
}

/// Reports an operation that was not compared.
fn not_compared(operation: &Operation, message: String, remedy: &str, proof: &mut Proof) {
    proof.differences.push(Difference {
        code: Code::UnmatchedOperation,
        pointer: operation.pointer.clone(),
        focus: Focus::Key,
        others: Vec::new(),
        pages: Vec::new(),
        message,
        remedy: remedy.to_owned(),
    });
}

/// Sorts differences by the order of operations in the document; differences about components come last.
fn sort(differences: &mut [Difference], document: &Document) {
    let mut positions: HashMap<&Pointer, usize> = HashMap::new();
    for (position, operation) in document.operations.iter().enumerate() {
        positions.entry(&operation.pointer).or_insert(position);
    }
    let rank = |pointer: &Pointer| {
        let around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        let inside = around.filter_map(|place| positions.get(&place).copied()).min();
        inside.unwrap_or(document.operations.len())
    };
    differences.sort_by_cached_key(|difference| {
        let line = difference.pages.first().map_or(0, |(_, place)| place.line);
        (rank(&difference.pointer), line)
    });
}
