//! Finds operations and webhooks without `x-source`. This extension names the documentation page from which an operation was transcribed.

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;

/// Reports operations and webhooks without `x-source`. If the document has two or more operations, and none of them has `x-source`, one
/// finding covers all of them.
pub(crate) fn pages(context: &Context<'_>, findings: &mut Findings) {
    let remedy = "Add the number and title of the documentation page, such as `x-source: 012 List pets`.";
    let operations = &context.document.operations;
    let (with, without): (Vec<_>, Vec<_>) = operations.iter().partition(|operation| operation.source.is_some());
    let webhooks = &context.document.webhooks;
    let has_none = with.is_empty() && webhooks.iter().all(|webhook| webhook.source.is_none());
    if has_none && without.len() > 1 {
        let message =
            format!("None of the {} operations has an `x-source` that names its documentation page.", without.len());
        return findings.add(Code::MissingSource, &Pointer::root().join("paths"), message, remedy);
    }
    for operation in without {
        // A malformed `x-source` was skipped, and another rule reports it.
        if !findings.has_skipped(&operation.pointer.join("x-source")) {
            let message = format!(
                "`{} {}` has no `x-source` that names its documentation page.",
                operation.method, operation.path
            );
            findings.add(Code::MissingSource, &operation.pointer, message, remedy);
        }
    }
    for webhook in webhooks.iter().filter(|webhook| webhook.source.is_none()) {
        if !findings.has_skipped(&webhook.pointer.join("x-source")) {
            let message =
                format!("The webhook `{}` has no `x-source` that names its documentation page.", webhook.name);
            findings.add(Code::MissingSource, &webhook.pointer, message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn missing_sources_are_reported_once_if_no_operation_has_one() {
        let found = |first: &str, second: &str| {
            let operation = |source: &str| format!("{{{source}responses: {{'204': {{description: y}}}}}}");
            let (first, second) = (operation(first), operation(second));
            places("missing-source", &format!("paths:\n  /a:\n    get: {first}\n    put: {second}\n"))
        };
        assert_eq!(found("", ""), ["/paths"]);
        assert_eq!(found("x-source: 1 A, ", ""), ["/paths/~1a/put"]);
        assert_eq!(found("x-source: 1 A, ", "x-source: 2 B, "), [""; 0]);
    }
}
