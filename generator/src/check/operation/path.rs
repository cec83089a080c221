//! Finds paths that are not valid URL paths, and pairs of paths that match the same requests.

use std::collections::HashMap;

use crate::check::operation::path_template;
use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Operation};

/// Reports paths that are not valid URL paths. A path is sent unchanged, so it must be valid.
pub(crate) fn malformed(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        if let Some(problem) = path_template::problem(&operation.path) {
            let mark = findings.mark();
            findings.add(
                Code::MalformedPath,
                &operation.pointer.parent().unwrap_or_default(),
                format!("The path `{}` is not a valid URL path: {problem}.", operation.path),
                "Write the path as in the request line: percent-encoded, without a fragment and without the segments `.` and \
                 `..`.",
            );
            let consequence = match path_template::problem(&path_template::percent_encoded(&operation.path)) {
                None if operation.path.contains('#') => Some("The fragment is removed from the path."),
                None => Some("The path is percent-encoded."),
                Some(_) => None,
            };
            findings.set_consequence(mark, Code::MalformedPath, consequence);
        }
    }
}

/// Reports each path that matches the same requests as an earlier path, such as `/a/{x}` after `/a/{y}`.
pub(crate) fn ambiguous(document: &Document, findings: &mut Findings) {
    let mut first: HashMap<String, &Operation> = HashMap::new();
    for operation in document.operations.iter().filter(|operation| operation.overload.is_none()) {
        let shape = path_template::without_names(&operation.path);
        let other = *first.entry(shape).or_insert(operation);
        if other.path != operation.path {
            let (path, other_path) = (&operation.path, &other.path);
            findings.add(
                Code::AmbiguousPath,
                &operation.pointer.parent().unwrap_or_default(),
                format!(
                    "The paths `{path}` and `{other_path}` differ in parameter names only, and match the same requests."
                ),
                "Move the operations of both paths under one of the paths.",
            );
            findings.add_related(&other.pointer.parent().unwrap_or_default(), Focus::Key, "matches the same requests");
        }
    }
}
