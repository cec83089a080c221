//! Finds tags of operations and webhooks, and parents of tags, that are not in the `tags` of the document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// Reports each tag of an operation or webhook that is not in the `tags` of the document. If the document has no `tags`, nothing is
/// reported.
pub(crate) fn declared(context: &Context<'_>, findings: &mut Findings) {
    let declared = context.raw.get("tags").and_then(Value::as_array).into_iter().flatten();
    let declared: Vec<&str> = declared.filter_map(|tag| tag.get("name")?.as_str()).collect();
    if declared.is_empty() {
        return;
    }
    let is_declared: HashSet<&str> = declared.iter().copied().collect();
    parents(context, &declared, &is_declared, findings);
    let mut reported = HashSet::new();
    let of_operations = context.document.operations.iter().map(|operation| (&operation.pointer, &operation.tags));
    let of_webhooks = context.document.webhooks.iter().map(|webhook| (&webhook.pointer, &webhook.tags));
    for (place, tags) in of_operations.chain(of_webhooks) {
        for (index, tag) in tags.iter().enumerate() {
            if is_declared.contains(tag.as_str()) || !reported.insert(tag) {
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

/// Reports the parents of tags (OpenAPI 3.2) that are not declared, and tags that are their own ancestors.
fn parents(context: &Context<'_>, declared: &[&str], is_declared: &HashSet<&str>, findings: &mut Findings) {
    let tags = context.raw.get("tags").and_then(Value::as_array).into_iter().flatten();
    let named = tags.clone().filter_map(|tag| Some((tag.get("name")?.as_str()?, tag.get("parent")?.as_str()?)));
    let circles = circles(&named.collect());
    for (index, tag) in tags.enumerate() {
        let Some(parent) = tag.get("parent").and_then(Value::as_str) else { continue };
        let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
        let place = Pointer::root().join("tags").join(index).join("parent");
        if !is_declared.contains(parent) {
            let remedy = match nearest(parent, declared.iter().copied(), 3) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Add `{{name: {parent}}}` to the `tags` of the document, or correct the parent."),
            };
            let message = format!("The parent `{parent}` of the tag `{name}` is not declared.");
            findings.add(Code::UndeclaredTag, &place, message, remedy);
        }
        if circles.contains(name) {
            let message = format!("The tag `{name}` is its own ancestor.");
            findings.add(Code::UndeclaredTag, &place, message, "Delete `parent` of one of the tags.");
        }
    }
}

/// Returns the tags that are their own ancestors. `parents` has the parent of each tag that has one.
fn circles<'t>(parents: &HashMap<&'t str, &'t str>) -> HashSet<&'t str> {
    let (mut walks, mut circles) = (HashMap::new(), HashSet::new());
    for (walk, start) in parents.keys().enumerate() {
        let mut next = Some(*start);
        while let Some(tag) = next.filter(|tag| !walks.contains_key(tag)) {
            walks.insert(tag, walk);
            next = parents.get(tag).copied();
        }
        // A walk that returns to a tag of its own is in a circle.
        while let Some(tag) = next.filter(|tag| walks.get(tag) == Some(&walk) && !circles.contains(tag)) {
            circles.insert(tag);
            next = parents.get(tag).copied();
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::circles;
    use crate::lint::tests::places;

    #[test]
    fn undeclared_parents_and_circles_of_tags_are_reported() {
        let found = |parent: &str| {
            let tags = format!("tags: [{{name: a, parent: {parent}}}, {{name: b, parent: a}}, {{name: c}}]\n");
            places("undeclared-tag", &format!("openapi: 3.2.0\n{tags}paths: {{}}\n"))
        };
        assert_eq!(found("d"), ["/tags/0/parent"]);
        assert_eq!(found("b"), ["/tags/0/parent", "/tags/1/parent"]);
        assert_eq!(found("a"), ["/tags/0/parent"]);
        assert_eq!(found("c"), [""; 0]);
    }

    #[test]
    fn only_tags_in_a_circle_are_their_own_ancestors() {
        let parents = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "d"), ("e", "d"), ("f", "g")];
        let mut found: Vec<&str> = circles(&HashMap::from(parents)).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, ["b", "c", "d"]);
    }

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
