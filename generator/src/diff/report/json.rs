//! Prints changes as JSON, for programs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::diff::change::{Effect, required_bump};
use crate::diff::omissions::Omissions;
use crate::diff::report::location::Location;
use crate::diff::report::summary::{Report, counts};
use crate::finding::Code;
use crate::surface::{Place, VersionBump};
use crate::text::printable::printable_json;

/// Returns a JSON object with the members `version` (the required version bump), `counts` and `changes`. If the comparison is
/// incomplete, the members `not_compared` and `skipped` are added.
pub fn json(report: &Report<'_>) -> String {
    let (changes, locations) = (report.changes, report.locations());
    let change_objects = changes.iter().map(|change| {
        let (level, direction) = match change.effect {
            Effect::Wire { impact, direction } => (impact.to_string(), Some(direction.to_string())),
            Effect::Crate(bump) => (bump.word().to_owned(), None),
        };
        json!({
            "rule": change.rule,
            "axis": if direction.is_some() { "wire" } else { "crate" },
            "level": level,
            "direction": direction,
            "subject": change.subject,
            "message": change.message,
            "reason": change.reason,
            "old": location_object(locations.older(change), change.old.as_ref()),
            "new": location_object(locations.newer(change), change.new.as_ref()),
        })
    });
    let change_objects: Vec<Value> = change_objects.collect();
    let counts: serde_json::Map<String, Value> =
        counts(changes).into_iter().map(|(count, word)| (word.to_owned(), count.into())).collect();
    let bump = required_bump(changes).map(VersionBump::word);
    let mut object = json!({"version": bump, "counts": counts, "changes": change_objects});
    if let Some(members) = object.as_object_mut().filter(|_| !report.omissions.is_empty()) {
        members.extend(omission_members(report.omissions));
    }
    format!("{}\n", printable_json(&object.to_string()))
}

fn location_object(location: Option<Location>, place: Option<&Place>) -> Option<Value> {
    let pointer = place.map(|place| place.pointer.to_string());
    location.map(
        |Location { file, line, column }| json!({"file": file, "pointer": pointer, "line": line, "column": column}),
    )
}

fn omission_members(Omissions { operations, old, new }: &Omissions) -> [(String, Value); 2] {
    let codes = |codes: &Option<BTreeSet<Code>>| {
        codes.as_ref().map(|codes| codes.iter().map(|code| code.number()).collect::<Vec<_>>())
    };
    let operations = operations.iter().map(|operation| {
        json!({
            "operation": operation.operation,
            "axes": if operation.is_on_wire { vec!["crate"] } else { vec!["wire", "crate"] },
            "old": codes(&operation.old),
            "new": codes(&operation.new),
        })
    });
    let counts = |counts: &BTreeMap<Code, usize>| -> Value {
        counts.iter().map(|(code, count)| (code.number().to_owned(), Value::from(*count))).collect()
    };
    [
        ("not_compared".to_owned(), operations.collect()),
        ("skipped".to_owned(), json!({"old": counts(old), "new": counts(new)})),
    ]
}
