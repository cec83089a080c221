//! Writes texts for the documentation of an operation: the summary and description, and the HTTP method and path.

use crate::ir::Docs;
use crate::lower::docs;
use crate::lower::naming::operation_names::method_id;
use crate::resolve::document::Operation;

/// Returns the summary and description of an operation, or a default sentence if the operation has neither.
pub(super) fn summary_and_description(operation: &Operation) -> Docs {
    let mut lines = operation.summary.as_deref().map(docs::prose).unwrap_or_default();
    let description = operation.description.as_deref().map(docs::prose).unwrap_or_default();
    docs::paragraph(&mut lines, description);
    if lines.is_empty() {
        lines.push(format!("The operation {}.", docs::code(&method_id(operation))));
    }
    lines
}

/// Returns the HTTP method and path of an operation, as a code span.
pub(super) fn method_and_path(operation: &Operation) -> String {
    docs::code(&format!("{} {}", operation.method, operation.path))
}
