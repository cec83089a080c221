//! Finds empty lists in `required`, `oneOf`, `anyOf` and `allOf`, and duplicate names in `required`.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;

/// Reports empty lists in `required`, `oneOf`, `anyOf` and `allOf`, and duplicate names in `required`.
pub(crate) fn lists(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let Some(written) = context.raw.pointer(schema.pointer.as_str()) else { continue };
        for keyword in ["required", "oneOf", "anyOf", "allOf"] {
            let is_empty = written.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty);
            if is_empty && !findings.has_skipped(&schema.pointer.join(keyword)) {
                let message =
                    format!("`{keyword}` is an empty list, which has no effect. OpenAPI requires at least one item.");
                let remedy = "Delete the keyword, or add items.";
                findings.add(Code::DoubtfulKeyword, &schema.pointer.join(keyword), message, remedy);
            }
        }
        let mut seen = HashSet::new();
        for (index, name) in schema.required.iter().enumerate().filter(|(_, name)| !seen.insert(*name)) {
            let message = format!("`required` lists `{name}` twice.");
            let place = schema.pointer.join("required").join(index);
            findings.add(Code::DoubtfulKeyword, &place, message, "Delete or correct one of the two names.");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    #[test]
    fn empty_lists_and_duplicate_names_are_reported() {
        let found = |schema: &str| places_in_schemas("doubtful-keyword", &format!("A: {schema}"));
        for keyword in ["required", "oneOf", "anyOf", "allOf"] {
            assert_eq!(found(&format!("{{{keyword}: []}}")), [format!("/A/{keyword}")]);
        }
        assert_eq!(found("{required: [a, b, a], properties: {a: {}, b: {}}}"), ["/A/required/2"]);
        assert_eq!(found("{required: [a], properties: {a: {}, required: {}}}"), [""; 0]);
    }
}
