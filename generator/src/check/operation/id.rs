//! Finds operations with the same `operationId`, and makes the `operationId`s unique.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Operation};

/// Reports an `operationId` that two or more operations share, or that equals the Rust method name in an `x-overload`.
pub(crate) fn duplicates(document: &Document, findings: &mut Findings) {
    let mut first: HashMap<&str, &Operation> = HashMap::new();
    let mut operations: Vec<&Operation> = document.operations.iter().collect();
    operations.sort_by_cached_key(|operation| rank(operation));
    for operation in operations {
        let Some(id) = operation.id.as_deref() else { continue };
        let Some(other) = first.get(id) else {
            first.insert(id, operation);
            continue;
        };
        findings.add_repairable(
            Code::DuplicateOperationId,
            &operation.pointer.join("operationId"),
            format!("`{id}` is already the `operationId` of `{} {}`.", other.method, other.path),
            "Give each operation an `operationId` of its own.",
            "A number is appended to the `operationId`.",
        );
        findings.add_related(&other.pointer.join("operationId"), Focus::Value, "also used here");
    }
    let overloads = document.operations.iter().filter_map(|operation| operation.overload.as_ref());
    for overload in overloads {
        if let Some(other) = first.get(overload.method.as_str()).filter(|other| other.overload.is_none()) {
            findings.add(
                Code::DuplicateOperationId,
                &overload.pointer.join("method"),
                format!("`{}` is already the `operationId` of `{} {}`.", overload.method, other.method, other.path),
                "Give the method of `x-overload` a name of its own.",
            );
            findings.add_related(&other.pointer.join("operationId"), Focus::Value, "also used here");
        }
    }
}

/// The HTTP methods, in the order of the OpenAPI specification.
const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// Makes every `operationId` unique: appends `_2`, `_3` and so on to duplicates.
pub(crate) fn number_duplicates(operations: &mut [Operation]) {
    let mut taken: HashSet<String> = operations.iter().filter_map(|operation| operation.id.clone()).collect();
    // For each id that operations share, the last number. All smaller numbers are in use.
    let mut last_numbers: HashMap<String, usize> = HashMap::new();
    let mut operations: Vec<&mut Operation> = operations.iter_mut().collect();
    operations.sort_by_cached_key(|operation| rank(operation));
    for operation in operations {
        let Some(id) = &operation.id else { continue };
        let Some(last) = last_numbers.get_mut(id) else {
            last_numbers.insert(id.clone(), 1);
            continue;
        };
        operation.id = loop {
            *last += 1;
            let numbered = format!("{id}_{last}");
            if taken.insert(numbered.clone()) {
                break Some(numbered);
            }
        };
    }
}

/// Returns the sort key that decides which operation keeps an `operationId`. The order is the order of paths and HTTP methods.
/// Therefore, an `operationId` does not change if its operation moves within the document.
fn rank(operation: &Operation) -> (String, Option<usize>) {
    let method = METHODS.iter().position(|method| *method == operation.method);
    (operation.path.clone(), method)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes_and_places, document};

    #[test]
    fn duplicate_ids_are_reported() {
        let text =
            "paths:\n  /a:\n    get: {operationId: x, responses: {}}\n    put: {operationId: x, responses: {}}\n";
        assert_eq!(codes_and_places(text), ["duplicate-operation-id /paths/~1a/put/operationId"]);
    }

    #[test]
    fn many_equal_ids_are_numbered_in_linear_time() {
        let paths: String =
            (0..20_000).map(|index| format!("  /a{index}:\n    get: {{operationId: x, responses: {{}}}}\n")).collect();
        let mut operations = document(&format!("paths:\n{paths}")).operations;
        super::number_duplicates(&mut operations);
        let ids: std::collections::HashSet<_> =
            operations.iter().filter_map(|operation| operation.id.as_ref()).collect();
        assert_eq!(ids.len(), operations.len());
    }

    #[test]
    fn the_operation_that_gets_a_number_is_reported() {
        let text = "paths:\n  /zebras:\n    get: {operationId: x, responses: {}}\n  /apes:\n    \
                    trace: {operationId: x, responses: {}}\n    delete: {operationId: x, responses: {}}\n";
        let reported = [
            "duplicate-operation-id /paths/~1apes/trace/operationId",
            "duplicate-operation-id /paths/~1zebras/get/operationId",
        ];
        assert_eq!(codes_and_places(text), reported);
        let mut operations = document(text).operations;
        super::number_duplicates(&mut operations);
        let mut numbered: Vec<String> = operations
            .into_iter()
            .filter(|operation| operation.id.as_deref() != Some("x"))
            .map(|operation| format!("duplicate-operation-id {}", operation.pointer.join("operationId")))
            .collect();
        numbered.sort();
        assert_eq!(numbered, reported);
    }
}
