//! Finds tags of operations and webhooks that are not in the `tags` of the document.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::suggestion::nearest;

/// Reports each tag of an operation or webhook that is not in the `tags` of the document. If the document has no `tags`, nothing is
/// reported.
pub(crate) fn declared(context: &Context<'_>, findings: &mut Findings) {
    let declared = context.raw.get("tags").and_then(Value::as_array).into_iter().flatten();
    let declared: Vec<&str> = declared.filter_map(|tag| tag.get("name")?.as_str()).collect();
    if declared.is_empty() {
        return;
    }
    let mut reported = HashSet::new();
    let of_operations = context.document.operations.iter().map(|operation| (&operation.pointer, &operation.tags));
    let of_webhooks = context.document.webhooks.iter().map(|webhook| (&webhook.pointer, &webhook.tags));
    for (place, tags) in of_operations.chain(of_webhooks) {
        for (index, tag) in tags.iter().enumerate() {
            if declared.contains(&tag.as_str()) || !reported.insert(tag) {
                continue;
            }
            let remedy = match nearest(tag, declared.iter().copied(), 3) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Add `{{name: {tag}}}` to the `tags` of the document, or correct the tag."),
            };
            let message = format!("The tag `{tag}` is not declared in the `tags` of the document.");
            findings.add(Code::UndeclaredTag, &place.join("tags").join(index), message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn undeclared_tags_are_reported_if_the_document_declares_tags() {
        let found = |tags: &str| {
            let operation = "{tags: [Pets, Pest], responses: {'204': {description: y}}}";
            places("undeclared-tag", &format!("{tags}paths:\n  /a:\n    get: {operation}\n    put: {operation}\n"))
        };
        assert_eq!(found("tags: [{name: Pets}]\n"), ["/paths/~1a/get/tags/1"]);
        assert_eq!(found("tags: [{name: Pets}, {name: Pest}]\n"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
