//! The table of the rules of `copperplate lint`, and the function that applies them to a document.
//!
//! A rule reports only what a person would call a mistake when comparing the document with the API documentation. A doubtful case
//! is not reported. Each mistake is reported once. Rules ignore `x-acknowledge`: a later step removes the acknowledged findings.

use serde_json::Value;

use crate::finding::Findings;
use crate::lint::context::Context;
use crate::lint::description::described_bound;
use crate::lint::example::coverage;
use crate::lint::example::exclusive_keyword;
use crate::lint::example::member;
use crate::lint::operation::request_body;
use crate::lint::operation::server_variable;
use crate::lint::operation::source;
use crate::lint::operation::success;
use crate::lint::operation::tag;
use crate::lint::schema::all_of;
use crate::lint::schema::direction;
use crate::lint::schema::discriminator;
use crate::lint::schema::enum_values;
use crate::lint::schema::format;
use crate::lint::schema::format_bounds;
use crate::lint::schema::inconsistent_bounds;
use crate::lint::schema::list_keyword;
use crate::lint::schema::missing_type;
use crate::lint::schema::recursion;
use crate::lint::schema::union;
use crate::lint::unused_component;
use crate::resolve::document::Document;

/// A rule: a function that adds a finding for each violation.
type Rule = fn(&Context<'_>, &mut Findings);

/// All rules, in the order in which they are applied.
const RULES: &[Rule] = &[
    success::responses,
    tag::declared,
    source::pages,
    coverage::of_operations,
    unused_component::components,
    all_of::disjoint,
    all_of::closed,
    recursion::endless,
    direction::one_way,
    described_bound::bounds,
    inconsistent_bounds::bounds,
    format::misspelt,
    format::foreign,
    enum_values::values,
    enum_values::nulls,
    union::duplicates,
    union::exclusions,
    discriminator::properties,
    list_keyword::lists,
    missing_type::objects,
    exclusive_keyword::both,
    request_body::meaningless,
    server_variable::defaults,
    format_bounds::lengths,
    format_bounds::ranges,
    format_bounds::listed,
    member::names,
];

/// Applies all rules of `copperplate lint` to `document`. `raw` is the same document as an unresolved JSON tree.
pub fn lint(document: &Document, raw: &Value, findings: &mut Findings) {
    let context = Context::new(document, raw);
    for rule in RULES {
        rule(&context, findings);
    }
    findings.deduplicate();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{RuleSet, acknowledge};
    use crate::lint::tests::loaded;

    /// Applies `rules` to a document with one operation, which has no success response. Then applies the operation's
    /// `x-acknowledge`, whose content is `acknowledged`. Returns the remaining findings as `code pointer`.
    fn remaining(rules: RuleSet, acknowledged: &str) -> Vec<String> {
        let text = format!(
            "paths:\n  /a:\n    get:\n      x-source: 1 A\n      responses: {{'400': {{description: n}}}}\n      \
             x-acknowledge: {{{acknowledged}}}\n"
        );
        let (document, raw, mut findings) = loaded(&text);
        if rules == RuleSet::Lint {
            lint(&document, &raw, &mut findings);
        }
        acknowledge(&raw, rules, &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect()
    }

    #[test]
    fn an_acknowledgement_is_stale_only_if_its_rule_was_applied() {
        let place = "/paths/~1a/get";
        assert_eq!(remaining(RuleSet::Lint, ""), [format!("missing-success {place}/responses")]);
        for rules in [RuleSet::Lint, RuleSet::Generate] {
            assert_eq!(remaining(rules, "missing-success: as printed"), [""; 0]);
        }
        let unneeded = "undeclared-tag: why, missing-success: as printed";
        let stale = format!("stale-acknowledgement {place}/x-acknowledge/undeclared-tag");
        assert_eq!(remaining(RuleSet::Lint, unneeded), [stale]);
        assert_eq!(remaining(RuleSet::Generate, unneeded), [""; 0]);
        let without_reason = format!("extension-shape {place}/x-acknowledge/missing-success");
        assert_eq!(remaining(RuleSet::Generate, "missing-success: ''"), [without_reason]);
    }
}
