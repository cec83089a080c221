//! Prints changes as JSON, for programs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::diff::change::{self, Effect, required_bump};
use crate::diff::omissions::{Omissions, UncomparedOperation};
use crate::diff::report::location::Location;
use crate::diff::report::summary::{Report, counts};
use crate::finding::Code;
use crate::surface::{Place, VersionBump};
use crate::text::printable::printable_json;

/// The object that is printed.
#[derive(Serialize)]
struct Document<'a> {
    /// The required version bump.
    version: Option<&'static str>,
    counts: serde_json::Map<String, Value>,
    changes: Vec<Change<'a>>,
    /// If the comparison is incomplete, what it omits.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    omitted: Option<Omitted<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    rule: &'a str,
    axis: &'static str,
    level: String,
    direction: Option<String>,
    subject: &'a str,
    message: &'a str,
    reason: &'static str,
    old: Option<Position>,
    new: Option<Position>,
}

/// The place of a change in one of the documents.
#[derive(Serialize)]
struct Position {
    file: String,
    pointer: Option<String>,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Omitted<'a> {
    not_compared: Vec<Operation<'a>>,
    skipped: Skipped,
}

/// An operation that is not compared, with the codes of the findings in both documents.
#[derive(Serialize)]
struct Operation<'a> {
    operation: &'a str,
    axes: &'static [&'static str],
    old: Option<Vec<&'static str>>,
    new: Option<Vec<&'static str>>,
}

/// The number of findings by code in both documents.
#[derive(Serialize)]
struct Skipped {
    old: BTreeMap<&'static str, usize>,
    new: BTreeMap<&'static str, usize>,
}

/// Returns a JSON object with the members `version` (the required version bump), `counts` and `changes`. If the comparison is
/// incomplete, the members `not_compared` and `skipped` are added.
pub fn json(report: &Report<'_>) -> String {
    let (changes, locations) = (report.changes, report.locations());
    let change = |change| Change::new(change, locations.older(change), locations.newer(change));
    let document = Document {
        version: required_bump(changes).map(VersionBump::word),
        counts: counts(changes).into_iter().map(|(count, word)| (word.to_owned(), count.into())).collect(),
        changes: changes.iter().map(change).collect(),
        omitted: (!report.omissions.is_empty()).then(|| Omitted::new(report.omissions)),
    };
    // The document has no map with keys that are not texts, so this cannot fail.
    let text = serde_json::to_string(&document).unwrap_or_default();
    format!("{}\n", printable_json(&text))
}

impl<'a> Change<'a> {
    fn new(change: &'a change::Change, old: Option<Location>, new: Option<Location>) -> Self {
        let (level, direction) = match change.effect {
            Effect::Wire { impact, direction } => (impact.to_string(), Some(direction.to_string())),
            Effect::Crate(bump) => (bump.word().to_owned(), None),
        };
        Self {
            rule: &change.rule,
            axis: if direction.is_some() { "wire" } else { "crate" },
            level,
            direction,
            subject: &change.subject,
            message: &change.message,
            reason: change.reason,
            old: Position::new(old, change.old.as_ref()),
            new: Position::new(new, change.new.as_ref()),
        }
    }
}

impl Position {
    fn new(location: Option<Location>, place: Option<&Place>) -> Option<Self> {
        let pointer = place.map(|place| place.pointer.to_string());
        location.map(|Location { file, line, column }| Self { file, pointer, line, column })
    }
}

impl<'a> Omitted<'a> {
    fn new(omissions: &'a Omissions) -> Self {
        let numbers =
            |counts: &BTreeMap<Code, usize>| counts.iter().map(|(code, count)| (code.number(), *count)).collect();
        Self {
            not_compared: omissions.operations.iter().map(Operation::new).collect(),
            skipped: Skipped { old: numbers(&omissions.old), new: numbers(&omissions.new) },
        }
    }
}

impl<'a> Operation<'a> {
    fn new(operation: &'a UncomparedOperation) -> Self {
        let numbers = |codes: &Option<BTreeSet<Code>>| {
            codes.as_ref().map(|codes| codes.iter().map(|code| code.number()).collect())
        };
        Self {
            operation: &operation.operation,
            axes: if operation.is_on_wire { &["crate"] } else { &["wire", "crate"] },
            old: numbers(&operation.old),
            new: numbers(&operation.new),
        }
    }
}
