//! Prints the result of a comparison as text.

use std::fmt::Write;

use crate::diff::change::{Change, Direction, Effect};
use crate::diff::report::summary::{Report, description};
use crate::text::printable::printable;

/// Returns the report as text: a few lines for each change, a line for each gap in the comparison, and the numbers of changes.
/// Returns an empty string if nothing changed and the comparison is complete.
pub fn text(report: &Report<'_>) -> String {
    if report.is_empty() {
        return String::new();
    }
    let locations = report.locations();
    let mut text = String::new();
    // Writing to a string does not fail.
    for change in report.changes {
        _ = writeln!(text, "{}[{}]: {}", effect(change), change.rule, printable(&description(change)));
        for (side, location) in [("old", locations.older(change)), ("new", locations.newer(change))] {
            _ = location.map(|location| writeln!(text, "  {side}: {location}"));
        }
        _ = writeln!(text, "  why: {}\n", change.reason);
    }
    for line in report.omission_lines() {
        _ = writeln!(text, "{}", printable(&line));
    }
    _ = writeln!(text, "{}", report.summary());
    text
}

fn effect(change: &Change) -> String {
    match change.effect {
        Effect::Wire { impact, direction: Direction::Neither } => impact.to_string(),
        Effect::Wire { impact, direction } => format!("{impact} {direction}"),
        Effect::Crate(bump) => format!("crate {}", bump.word()),
    }
}
