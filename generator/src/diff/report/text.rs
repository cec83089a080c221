//! Changes for people.

use std::fmt::Write;

use crate::diff::report;
use crate::diff::report::{Report, Spots, word};
use crate::diff::{Change, Direction, Verdict};

/// All changes, a few lines each, what was not compared, and a line that counts them; nothing where there is none of either.
pub fn text(report: &Report<'_>) -> String {
    if report.is_empty() {
        return String::new();
    }
    let spots = Spots::of(report);
    let mut said = String::new();
    for change in report.changes {
        // Writing to a string does not fail.
        _ = writeln!(said, "{}[{}]: {}", weight(change), change.rule, report::said(change));
        for (word, spot) in [("old", spots.in_old(change)), ("new", spots.in_new(change))] {
            _ = spot.map(|spot| writeln!(said, "  {word}: {spot}"));
        }
        _ = writeln!(said, "  why: {}\n", change.reason);
    }
    for line in report.omissions() {
        _ = writeln!(said, "{line}");
    }
    _ = writeln!(said, "{}", report.verdict());
    said
}

fn weight(change: &Change) -> String {
    match change.verdict {
        Verdict::Wire { level, direction: Direction::Neither } => level.to_string(),
        Verdict::Wire { level, direction } => format!("{level} {direction}"),
        Verdict::Crate(level) => format!("crate {}", word(level)),
    }
}
