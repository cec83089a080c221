//! The rules of a resolved document: a table, one small function each.

mod acknowledgement;
mod example;
mod extension;
mod misspelling;
mod operation;
mod repair;
pub(crate) mod schema;
mod structural_eq;
pub(crate) mod value;

use serde_json::Value;

use crate::check::example::request;
use crate::check::operation::failure;
use crate::check::operation::overload;
use crate::check::operation::path_parameter;
use crate::check::operation::server;
use crate::check::schema::literal_pattern;
use crate::finding::Findings;
use crate::pointer::Pointer;
use crate::resolve::document::Document;
pub use acknowledgement::Judged;
pub use repair::mend;

/// Every rule, in the order in which they speak.
const RULES: &[fn(&Document, &mut Findings)] = &[
    server::urls,
    operation::duplicate_ids,
    operation::malformed_paths,
    operation::ambiguous_paths,
    path_parameter::agree,
    operation::duplicate_parameters,
    operation::ignored_parameters,
    overload::spellings,
    overload::types,
    overload::fields,
    extension::places,
    failure::pointers,
    schema::patterns,
    literal_pattern::slashes,
    schema::bounds,
    schema::foreign_keywords,
    schema::bounds_without_number,
    schema::mappings,
    misspelling::items,
    misspelling::required,
    misspelling::media_types,
    schema::values,
    example::of_schemas,
    example::of_operations,
    request::examples,
];

/// Applies all rules to `document`, then the acknowledgements of its raw tree to what they found.
pub fn check(document: &Document, raw: &Value, findings: &mut Findings) {
    judge(document, findings);
    findings.sort_references(|place| order(raw, place));
    acknowledge(raw, Judged::ByGenerate, findings);
}

/// Where `place` comes in the tree: the position of each step of the way among its neighbours.
pub fn order(raw: &Value, place: &Pointer) -> Vec<usize> {
    let mut here = Some(raw);
    let steps = place.tokens().map(|token| match here {
        Some(Value::Object(members)) => {
            here = members.get(&token);
            members.keys().position(|key| *key == token).unwrap_or(members.len())
        }
        Some(Value::Array(items)) => {
            let index = token.parse().unwrap_or(items.len());
            here = items.get(index);
            index
        }
        _ => 0,
    });
    steps.collect()
}

/// Applies all rules to `document`.
pub fn judge(document: &Document, findings: &mut Findings) {
    for rule in RULES {
        rule(document, findings);
    }
    findings.deduplicate();
}

/// Applies the acknowledgements of the raw tree to the findings of the rules that have `judged` the document.
pub fn acknowledge(raw: &Value, judged: Judged, findings: &mut Findings) {
    acknowledgement::apply(raw, judged, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::resolve::resolve;

    /// The findings about the document that `text` describes, after a head.
    pub(super) fn findings(text: &str) -> Findings {
        let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
        let document = resolve(&source, &mut findings);
        check(&document, &source.raw, &mut findings);
        findings
    }

    /// The same as "code pointer".
    pub(super) fn says(text: &str) -> Vec<String> {
        findings(text).iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect()
    }

    #[test]
    fn a_sound_document_raises_nothing() {
        let text = "paths:\n  /pets/{id}:\n    get:\n      operationId: getPet\n      parameters:\n      \
                    - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}, example: 7}\n      \
                    responses:\n        '200':\n          description: ok\n          content:\n            \
                    application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: Rex}}\n\
                    components:\n  schemas:\n    Pet: {type: object, required: [name], properties: {name: {type: string}}}\n";
        assert_eq!(says(text), [""; 0]);
    }
}
