//! Two documents, and what the difference means.

/// The command: files, git, exit codes, what it prints.
mod command;
/// Documents against themselves, and against copies that say the same.
mod copies;
/// Names of the crate that mean something else, and what bears which name on the wire.
mod names;
/// What is not compared because the user goes on without it.
mod omissions;
/// That a change is told once, and where it is.
mod once;
/// Pairs about operations, parameters, messages and security.
mod pairs;
/// Documents against copies in any order that means the same.
mod permutations;
/// Pairs about schemas that are used more than once.
mod sharing;
/// Pairs about values, wherever they are.
mod values;

use std::collections::BTreeSet;

use copperplate::diff::{Change, Verdict, rules};
use copperplate::load::no_files;
use copperplate::{Input, Options, Pipeline};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

fn options() -> Options {
    Options { at_root: true, features: true, ..Options::default() }
}

/// The changes between two documents without errors.
fn changes(old: &str, new: &str) -> Vec<Change> {
    let input =
        |file: &str, text: &str| Input { file: file.to_owned(), text: text.to_owned(), module: "api".to_owned() };
    let (old, new) = (input("old.yaml", old), input("new.yaml", new));
    let compared = Pipeline::new(&options()).diff((&old, &no_files), (&new, &no_files));
    compared.changes.unwrap_or_else(|| panic!("{:#?}\n{:#?}\n{}\n{}", compared.old, compared.new, old.text, new.text))
}

/// The changes on the wire as `rule level direction`.
fn lines(changes: &[Change]) -> Vec<String> {
    let said = changes.iter().filter_map(|change| match change.verdict {
        Verdict::Wire { level, direction } => Some(format!("{} {level} {direction}", change.rule)),
        Verdict::Crate(_) => None,
    });
    said.collect()
}

#[test]
fn every_rule_has_a_pair() {
    let shown: BTreeSet<String> = values::shown().into_iter().chain(pairs::shown()).collect();
    let known: BTreeSet<String> =
        rules().map(|rule| format!("{} {} {}", rule.id, rule.level, rule.direction)).collect();
    let missing: Vec<&String> = known.difference(&shown).collect();
    assert!(missing.is_empty(), "rules without a pair: {missing:#?}");
    let unknown: Vec<&String> = shown.difference(&known).collect();
    assert!(unknown.is_empty(), "pairs without a rule: {unknown:#?}");
}

#[test]
fn every_rule_says_why() {
    for rule in rules() {
        assert!(rule.reason.len() > 20 && !rule.reason.ends_with('.'), "{}: {}", rule.id, rule.reason);
    }
    let ids: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules().count());
}
