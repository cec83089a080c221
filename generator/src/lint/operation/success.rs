//! Finds operations without a success response.

use std::collections::HashSet;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::resolve::document::Status;

/// Reports operations without a response that may be a success, such as `200` or `default`.
pub(crate) fn responses(context: &Context<'_>, findings: &mut Findings) {
    let may_be_success = |status: Status| match status {
        Status::Code(code) => code < 400,
        Status::Range(hundreds) => hundreds < 4,
        Status::Default => true,
    };
    let unknown_keys = findings.iter().filter(|finding| finding.code == Code::UnknownKey);
    let with_unknown_keys: HashSet<Pointer> = unknown_keys.filter_map(|finding| finding.pointer.parent()).collect();
    for operation in &context.document.operations {
        let place = operation.pointer.join("responses");
        // The unknown key may be a misspelt status.
        if with_unknown_keys.contains(&place) {
            continue;
        }
        if operation.responses.iter().any(|response| may_be_success(response.status)) || findings.has_skipped(&place) {
            continue;
        }
        findings.add(
            Code::MissingSuccess,
            &place,
            format!("`{} {}` has no response for success.", operation.method, operation.path),
            "Add a success status from the API documentation, such as `'200'`. Without one, every successful response is \
             undocumented.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn an_operation_without_a_success_is_reported() {
        let found = |responses: &str| {
            places("missing-success", &format!("paths:\n  /a:\n    get: {{responses: {{{responses}}}}}\n"))
        };
        assert_eq!(found("'400': {description: no}, 5XX: {description: no}"), ["/paths/~1a/get/responses"]);
        assert_eq!(found(""), ["/paths/~1a/get/responses"]);
        for success in
            ["'204': {description: y}", "2XX: {description: y}", "'302': {description: y}", "default: {description: y}"]
        {
            assert_eq!(found(success), [""; 0], "{success}");
        }
        // The unknown key may be a misspelt status of a success.
        assert_eq!(found("'400': {description: no}, '20x': {description: y}"), [""; 0]);
    }
}
