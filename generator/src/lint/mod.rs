//! What a transcriber wants to know beside what stops a run: a table of rules, one small function each.
//!
//! A rule tells what a person who has the page and the document side by side would call a slip, once, and is silent where the document
//! may well be meant so. Whether any finding is acknowledged is not for the rules to know.

mod description;
mod example_member;
mod operation;
pub(crate) mod schema;
mod sites;
mod unused_component;

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::operation::example;
use crate::lint::schema::all_of;
use crate::lint::schema::direction;
use crate::lint::schema::discriminator;
use crate::lint::schema::enum_values;
use crate::lint::schema::format;
use crate::lint::schema::format_bounds;
use crate::lint::schema::inconsistent_bounds;
use crate::lint::schema::keyword;
use crate::lint::schema::recursion;
use crate::lint::schema::union;
use crate::resolve::document::Document;

/// A document in the two views that the rules ask.
pub(crate) struct Linted<'d> {
    /// What the document says.
    document: &'d Document,
    /// What is written, with the parts that no operation leads to.
    raw: &'d Value,
}

/// A rule tells what it finds.
type Rule = fn(&Linted<'_>, &mut Findings);

/// Every rule, in the order in which they speak.
const RULES: &[Rule] = &[
    operation::successes,
    operation::tags,
    operation::sources,
    example::of_operations,
    unused_component::unused,
    all_of::disjoint,
    all_of::closed,
    recursion::endless,
    direction::one_way,
    description::bounds,
    inconsistent_bounds::bounds,
    format::near_misses,
    format::foreign,
    enum_values::values,
    enum_values::nulls,
    union::twice,
    union::nothing,
    discriminator::properties,
    keyword::lists,
    keyword::examples,
    keyword::bodies,
    keyword::variables,
    format_bounds::lengths,
    format_bounds::ranges,
    format_bounds::listed,
    example_member::names,
];

/// Applies all rules to `document`, which `raw` is the tree of.
pub fn lint(document: &Document, raw: &Value, findings: &mut Findings) {
    let linted = Linted { document, raw };
    for rule in RULES {
        rule(&linted, findings);
    }
    findings.deduplicate();
}

/// How many findings of one rule a person reads before the count says more.
pub const TOLD: usize = 5;

/// Keeps the first `told` findings of each rule of this stage, and counts the others in the last that is kept.
pub fn shorten(told: Option<usize>, findings: &mut Findings) {
    let Some(told) = told else { return };
    let mut counts: HashMap<Code, usize> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.code.is_for_lint()) {
        *counts.entry(finding.code).or_default() += 1;
    }
    let mut seen: HashMap<Code, usize> = HashMap::new();
    findings.retain(|finding| {
        let seen = seen.entry(finding.code).or_default();
        *seen += 1;
        !finding.code.is_for_lint() || *seen <= told
    });
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > told) {
        findings.add_to_last(code, &format!("There are {} more of this kind; `--all` tells them.", count - told));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Judged, acknowledge};
    use crate::load::load;
    use crate::resolve::resolve;

    /// The findings of the rules about the document that `text` describes, after a head.
    pub(super) fn findings(text: &str) -> Findings {
        let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
        let document = resolve(&source, &mut findings);
        lint(&document, &source.raw, &mut findings);
        findings
    }

    /// What is said of `id` as pointers.
    pub(super) fn places(id: &str, text: &str) -> Vec<String> {
        let found = findings(text);
        found.iter().filter(|finding| finding.code.id() == id).map(|finding| finding.pointer.to_string()).collect()
    }

    /// The same for a document of component schemas alone.
    pub(super) fn places_in_schemas(id: &str, schemas: &str) -> Vec<String> {
        let found = places(id, &format!("paths: {{}}\ncomponents:\n  schemas: {{{schemas}}}\n"));
        found.into_iter().map(|place| place.replace("/components/schemas", "")).collect()
    }

    /// What is left of `id` and of stale acknowledgements where the rules of `judged` have been asked.
    fn left(judged: Judged, acknowledged: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      x-source: 1 A\n      \
             responses: {{'400': {{description: n}}}}\n      x-acknowledge: {{{acknowledged}}}\n"
        );
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
        let document = resolve(&source, &mut findings);
        if judged == Judged::ByLint {
            lint(&document, &source.raw, &mut findings);
        }
        acknowledge(&source.raw, judged, &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect()
    }

    #[test]
    fn a_finding_is_acknowledged_and_stale_only_where_its_rule_was_asked() {
        let place = "/paths/~1a/get";
        assert_eq!(left(Judged::ByLint, ""), [format!("missing-success {place}/responses")]);
        for judged in [Judged::ByLint, Judged::ByGenerate] {
            assert_eq!(left(judged, "missing-success: as printed"), [""; 0]);
        }
        let none = "undeclared-tag: why, missing-success: as printed";
        let stale = format!("stale-acknowledgement {place}/x-acknowledge/undeclared-tag");
        assert_eq!(left(Judged::ByLint, none), [stale]);
        assert_eq!(left(Judged::ByGenerate, none), [""; 0]);
        let without_reason = format!("extension-shape {place}/x-acknowledge/missing-success");
        assert_eq!(left(Judged::ByGenerate, "missing-success: ''"), [without_reason]);
    }

    #[test]
    fn the_first_findings_of_a_rule_are_told_and_the_others_counted() {
        let mut found = Findings::new("test.yaml");
        for index in 0..4 {
            found.add(Code::DoubtfulEnum, &crate::pointer::Pointer::root().join(index), "A slip.", "Mend it.");
            found.add(Code::NoEffect, &crate::pointer::Pointer::root().join(index), "Idle.", "Delete it.");
        }
        let mut all = found.clone();
        shorten(None, &mut all);
        shorten(Some(2), &mut found);
        let of = |findings: &Findings, code| findings.iter().filter(|finding| finding.code == code).count();
        assert_eq!((of(&all, Code::DoubtfulEnum), of(&all, Code::NoEffect)), (4, 4));
        assert_eq!((of(&found, Code::DoubtfulEnum), of(&found, Code::NoEffect)), (2, 4));
        let last =
            found.iter().filter(|finding| finding.code == Code::DoubtfulEnum).last().map(|last| last.message.clone());
        assert_eq!(last.as_deref(), Some("A slip. There are 2 more of this kind; `--all` tells them."));
    }
}
