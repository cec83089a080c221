//! Changes for machines.

use serde_json::{Value, json};

use super::{Spot, Spots, Texts, counts, word};
use crate::diff::{Change, Verdict, version};

/// One object: what all changes ask of the version, how many there are of each sort, and the changes.
pub fn json(changes: &[Change], old: &Texts, new: &Texts) -> String {
    let spots = Spots::of(changes, old, new);
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
    let said = json!({"version": version(changes).map(word), "counts": counts, "changes": changes_said});
    format!("{said}\n")
}
