//! The table of all rules of the stage `check`, and functions that apply the rules to a document.

use serde_json::Value;

use crate::check::acknowledgement::{self, RuleSet};
use crate::check::document_order::document_order;
use crate::check::example::values;
use crate::check::example::whole_request;
use crate::check::extension;
use crate::check::media_type;
use crate::check::operation::exposed_credential;
use crate::check::operation::failure;
use crate::check::operation::framing_header;
use crate::check::operation::id;
use crate::check::operation::overload;
use crate::check::operation::parameter;
use crate::check::operation::path;
use crate::check::operation::path_parameter;
use crate::check::operation::server;
use crate::check::schema::bounds;
use crate::check::schema::keyword;
use crate::check::schema::mapping;
use crate::check::schema::missing_items;
use crate::check::schema::own_value;
use crate::check::schema::pattern;
use crate::check::schema::required;
use crate::finding::Findings;
use crate::resolve::document::Document;

/// All rules, in the order in which they are applied.
const RULES: &[fn(&Document, &mut Findings)] = &[
    server::urls,
    exposed_credential::servers,
    id::duplicates,
    path::malformed,
    path::ambiguous,
    path_parameter::agree,
    parameter::duplicates,
    parameter::ignored,
    framing_header::headers,
    overload::signatures,
    overload::types,
    overload::fields,
    extension::places,
    failure::pointers,
    pattern::expressions,
    pattern::slashes,
    bounds::bounds,
    keyword::foreign_keywords,
    keyword::exclusive_without_bound,
    mapping::targets,
    mapping::variants,
    missing_items::items,
    required::undeclared,
    media_type::known,
    own_value::values,
    values::of_schemas,
    values::of_operations,
    whole_request::examples,
];

/// Applies all rules to `document`, and removes the findings that the document acknowledges. `raw` is the same document as an
/// unresolved JSON tree.
pub fn check(document: &Document, raw: &Value, findings: &mut Findings) {
    apply_rules(document, findings);
    findings.sort_lost_references(document_order(raw));
    acknowledge(raw, RuleSet::Generate, findings);
}

/// Applies all rules to `document`. Acknowledged findings are not removed.
pub fn apply_rules(document: &Document, findings: &mut Findings) {
    for rule in RULES {
        rule(document, findings);
    }
    findings.deduplicate();
}

/// Removes the findings that the document `raw` acknowledges in `x-acknowledge`. `applied` is the set of rules that produced the
/// findings.
pub fn acknowledge(raw: &Value, applied: RuleSet, findings: &mut Findings) {
    acknowledgement::apply(raw, applied, findings);
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn a_valid_document_has_no_findings() {
        let text = "paths:\n  /pets/{id}:\n    get:\n      operationId: getPet\n      parameters:\n      \
                    - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}, example: 7}\n      \
                    responses:\n        '200':\n          description: ok\n          content:\n            \
                    application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: Rex}}\n\
                    components:\n  schemas:\n    Pet: {type: object, required: [name], properties: {name: {type: string}}}\n";
        assert_eq!(codes_and_places(text), [""; 0]);
    }
}
