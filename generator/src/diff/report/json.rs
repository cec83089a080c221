//! Changes for machines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::diff::report::{Report, Spot, Spots, counts, word};
use crate::diff::{Omissions, Verdict, version};
use crate::finding::Code;

/// One object: what all changes ask of the version, how many there are of each sort, and the changes.
pub fn json(report: &Report<'_>) -> String {
    let (changes, spots) = (report.changes, Spots::of(report));
    let place = |spot: Option<Spot>, pointer: Option<&str>| {
        spot.map(
            |Spot { file, line, column }| json!({"file": file, "pointer": pointer, "line": line, "column": column}),
        )
    };
    let changes_said = changes.iter().map(|change| {
        let pointer = |place: &Option<crate::surface::Place>| place.as_ref().map(|place| place.pointer.to_string());
        let (level, direction) = match change.verdict {
            Verdict::Wire { level, direction } => (level.to_string(), Some(direction.to_string())),
            Verdict::Crate(level) => (word(level).to_owned(), None),
        };
        json!({
            "rule": change.rule,
            "axis": if direction.is_some() { "wire" } else { "crate" },
            "level": level,
            "direction": direction,
            "subject": change.subject,
            "message": change.message,
            "reason": change.reason,
            "old": place(spots.in_old(change), pointer(&change.old).as_deref()),
            "new": place(spots.in_new(change), pointer(&change.new).as_deref()),
        })
    });
    let changes_said: Vec<Value> = changes_said.collect();
    let counts: serde_json::Map<String, Value> =
        counts(changes).into_iter().map(|(count, word)| (word.to_owned(), count.into())).collect();
    let mut said = json!({"version": version(changes).map(word), "counts": counts, "changes": changes_said});
    if let Some(said) = said.as_object_mut().filter(|_| !report.omissions.is_empty()) {
        said.extend(omissions(report.omissions));
    }
    format!("{said}\n")
}

fn omissions(Omissions { operations, old, new }: &Omissions) -> [(String, Value); 2] {
    let codes = |codes: &Option<BTreeSet<Code>>| {
        codes.as_ref().map(|codes| codes.iter().map(|code| code.number()).collect::<Vec<_>>())
    };
    let operations = operations.iter().map(|not_compared| {
        json!({
            "operation": not_compared.operation,
            "axes": if not_compared.is_on_wire { vec!["crate"] } else { vec!["wire", "crate"] },
            "old": codes(&not_compared.old),
            "new": codes(&not_compared.new),
        })
    });
    let counts = |counts: &BTreeMap<Code, usize>| -> Value {
        counts.iter().map(|(code, count)| (code.number().to_owned(), Value::from(*count))).collect()
    };
    [
        ("not_compared".to_owned(), operations.collect()),
        ("passed_over".to_owned(), json!({"old": counts(old), "new": counts(new)})),
    ]
}
