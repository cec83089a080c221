//! Rules of operations: their successes, their tags, and where they are taken from.

pub(crate) mod example;

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Finding, Findings};
use crate::lint::Linted;
use crate::pointer::Pointer;
use crate::resolve::document::{Operation, Status};
use crate::suggestion::nearest;

/// Every operation has a response that is no failure.
pub(super) fn successes(linted: &Linted<'_>, findings: &mut Findings) {
    let is_no_failure = |status: Status| match status {
        Status::Code(code) => code < 400,
        Status::Range(hundreds) => hundreds < 4,
        Status::Default => true,
    };
    for operation in &linted.document.operations {
        let place = operation.pointer.join("responses");
        let is_slip =
            |finding: &Finding| finding.code == Code::UnknownKey && finding.pointer.parent().as_ref() == Some(&place);
        if findings.iter().any(is_slip) {
            continue;
        }
        if operation.responses.iter().any(|response| is_no_failure(response.status)) || findings.has_skipped(&place) {
            continue;
        }
        findings.add(
            Code::MissingSuccess,
            &place,
            format!("{} {} has no response for a success.", operation.method, operation.path),
            "Add the status that the page promises, such as `'200'`; without it every success is an undocumented answer.",
        );
    }
}

/// Every tag is declared, where tags are.
pub(super) fn tags(linted: &Linted<'_>, findings: &mut Findings) {
    let declared = linted.raw.get("tags").and_then(Value::as_array).into_iter().flatten();
    let declared: Vec<&str> = declared.filter_map(|tag| tag.get("name")?.as_str()).collect();
    if declared.is_empty() {
        return;
    }
    let mut told = HashSet::new();
    for operation in &linted.document.operations {
        for (index, tag) in operation.tags.iter().enumerate() {
            if declared.contains(&tag.as_str()) || !told.insert(tag) {
                continue;
            }
            let remedy = match nearest(tag, declared.iter().copied(), 3) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Add `{{name: {tag}}}` to the document's `tags`, or correct the tag."),
            };
            findings.add(
                Code::UndeclaredTag,
                &operation.pointer.join("tags").join(index),
                format!("`{tag}` is not among the tags that the document declares."),
                remedy,
            );
        }
    }
}

/// Every operation says where it is taken from, or none does, which is told once.
pub(super) fn sources(linted: &Linted<'_>, findings: &mut Findings) {
    let remedy = "Name the page and its title, such as `x-source: 004 Deleting a Service Group Member`.";
    let operations = &linted.document.operations;
    let (with, without): (Vec<_>, Vec<_>) = operations.iter().partition(|operation| operation.source.is_some());
    if with.is_empty() && without.len() > 1 {
        let message = format!("None of the {} operations says which page it is taken from.", without.len());
        return findings.add(Code::MissingSource, &Pointer::root().join("paths"), message, remedy);
    }
    let is_told = |operation: &&Operation| !findings.has_skipped(&operation.pointer.join("x-source"));
    let silent: Vec<_> = without.into_iter().filter(is_told).collect();
    for operation in silent {
        let message = format!("{} {} does not say which page it is taken from.", operation.method, operation.path);
        findings.add(Code::MissingSource, &operation.pointer, message, remedy);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    fn answering(responses: &str) -> Vec<String> {
        places("missing-success", &format!("paths:\n  /a:\n    get: {{responses: {{{responses}}}}}\n"))
    }

    #[test]
    fn an_operation_can_succeed() {
        assert_eq!(answering("'400': {description: no}, 5XX: {description: no}"), ["/paths/~1a/get/responses"]);
        assert_eq!(answering(""), ["/paths/~1a/get/responses"]);
        for success in
            ["'204': {description: y}", "2XX: {description: y}", "'302': {description: y}", "default: {description: y}"]
        {
            assert_eq!(answering(success), [""; 0], "{success}");
        }
    }

    #[test]
    fn a_tag_is_declared_where_any_is() {
        let tagged = |tags: &str| {
            let operation = "{tags: [Pets, Pest], responses: {'204': {description: y}}}";
            places("undeclared-tag", &format!("{tags}paths:\n  /a:\n    get: {operation}\n    put: {operation}\n"))
        };
        assert_eq!(tagged("tags: [{name: Pets}]\n"), ["/paths/~1a/get/tags/1"]);
        assert_eq!(tagged("tags: [{name: Pets}, {name: Pest}]\n"), [""; 0]);
        assert_eq!(tagged(""), [""; 0]);
    }

    #[test]
    fn a_source_is_missed_once_where_there_is_none() {
        let sourced = |first: &str, second: &str| {
            let operation = |source: &str| format!("{{{source}responses: {{'204': {{description: y}}}}}}");
            let (first, second) = (operation(first), operation(second));
            places("missing-source", &format!("paths:\n  /a:\n    get: {first}\n    put: {second}\n"))
        };
        assert_eq!(sourced("", ""), ["/paths"]);
        assert_eq!(sourced("x-source: 1 A, ", ""), ["/paths/~1a/put"]);
        assert_eq!(sourced("x-source: 1 A, ", "x-source: 2 B, "), [""; 0]);
    }
}
