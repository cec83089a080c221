//! Tests of `diff`, which reports the changes between two documents and the effects of these changes.

/// Tests of the `diff` command: files, git, exit codes and output.
mod command;
/// Tests that `diff` reports nothing for a document and itself, or for a document and an equivalent copy.
mod copies;
/// Tests of a document and its edition in another version of OpenAPI.
mod editions;
/// Tests of names: reused and renamed names in the crate, and changed wire names.
mod names;
/// Tests of operations that are not compared because they have errors.
mod omissions;
/// Tests that each change is reported once, with its location.
mod once;
/// Tests of changes to operations, parameters, bodies, responses and security.
mod pairs;
/// Tests that `diff` reports nothing for a document and an equivalent copy in a different order.
mod permutations;
/// Tests of changes to components that more than one operation uses.
mod sharing;
/// Tests of changes to schemas, for every OpenAPI construct that can contain a schema.
mod values;

use std::collections::BTreeSet;

use copperplate::diff::{Change, Effect, rules};
use copperplate::load::no_files;
use copperplate::{Input, Options, Pipeline};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

fn options() -> Options {
    Options { at_root: true, features: true, ..Options::default() }
}

/// Returns the changes between two documents. Panics if a document has errors.
pub(crate) fn changes(old: &str, new: &str) -> Vec<Change> {
    let input = |file: &str, text: &str| Input::new(file, text, "api");
    let (old, new) = (input("old.yaml", old), input("new.yaml", new));
    let compared = Pipeline::new(&options()).diff((&old, &no_files), (&new, &no_files));
    compared.changes.unwrap_or_else(|| panic!("{:#?}\n{:#?}\n{}\n{}", compared.old, compared.new, old.text, new.text))
}

/// Returns the changes on the wire, each as `rule impact direction`.
fn lines(changes: &[Change]) -> Vec<String> {
    let lines = changes.iter().filter_map(|change| match change.effect {
        Effect::Wire { impact, direction } => Some(format!("{} {impact} {direction}", change.rule)),
        Effect::Crate(_) => None,
    });
    lines.collect()
}

#[test]
fn every_rule_has_a_pair() {
    let tested: BTreeSet<String> = values::tested_rules().into_iter().chain(pairs::tested_rules()).collect();
    let known: BTreeSet<String> =
        rules().map(|rule| format!("{} {} {}", rule.id, rule.impact, rule.direction)).collect();
    let missing: Vec<&String> = known.difference(&tested).collect();
    assert!(missing.is_empty(), "rules without a pair: {missing:#?}");
    let unknown: Vec<&String> = tested.difference(&known).collect();
    assert!(unknown.is_empty(), "pairs without a rule: {unknown:#?}");
}

#[test]
fn every_rule_has_a_reason_and_an_id_of_its_own() {
    for rule in rules() {
        assert!(rule.reason.len() > 20 && !rule.reason.ends_with('.'), "{}: {}", rule.id, rule.reason);
    }
    let ids: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules().count());
}
