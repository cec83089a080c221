//! Finds operations with the same `operationId`.

use std::collections::HashMap;

use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Operation};

/// Reports an `operationId` that two or more operations share, or that equals the Rust method name in an `x-overload`.
pub(crate) fn duplicates(document: &Document, findings: &mut Findings) {
    let mut first: HashMap<&str, &Operation> = HashMap::new();
    for operation in &document.operations {
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
        findings.add_related(&other.pointer.join("operationId"), Focus::Value, "first used here");
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
            findings.add_related(&other.pointer.join("operationId"), Focus::Value, "first used here");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn duplicate_ids_are_reported() {
        let text =
            "paths:\n  /a:\n    get: {operationId: x, responses: {}}\n    put: {operationId: x, responses: {}}\n";
        assert_eq!(codes_and_places(text), ["duplicate-operation-id /paths/~1a/put/operationId"]);
    }
}
