//! Changes for a pull request.

use std::fmt::Write;

use crate::diff::report;
use crate::diff::report::{Report, Spot, Spots, word};
use crate::diff::{Change, Direction, Level, Verdict};
use crate::surface::Level as CrateLevel;

/// A verdict, a table of what callers have to look at, the rest folded away, and what was not compared. Where there is none of
/// either it says so: a comment without words would look like a fault.
pub fn markdown(report: &Report<'_>) -> String {
    if report.is_empty() {
        return "No changes.\n".to_owned();
    }
    let (changes, spots) = (report.changes, Spots::of(report));
    let (wire, of_crate): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.level().is_some());
    let (safe, weighty): (Vec<&Change>, Vec<&Change>) =
        wire.into_iter().partition(|change| change.level() == Some(Level::Safe));
    let (major, other): (Vec<&Change>, Vec<&Change>) =
        of_crate.into_iter().partition(|change| change.crate_level() == Some(CrateLevel::Major));
    let mut said = format!("**{}**\n", report.verdict());
    for (title, changes) in [("Wire", weighty), ("Crate", major)] {
        if !changes.is_empty() {
            // Writing to a string does not fail.
            _ = write!(said, "\n### {title}\n\n{}", table(&changes, &spots));
        }
    }
    for (title, changes) in [("safe on the wire", safe), ("minor and patch in the crate", other)] {
        if !changes.is_empty() {
            let count = changes.len();
            let table = table(&changes, &spots);
            _ = write!(said, "\n<details><summary>{count} {title}</summary>\n\n{table}\n</details>\n");
        }
    }
    let omissions: Vec<String> = report.omissions().iter().map(|line| format!("- {}\n", cell(line))).collect();
    if !omissions.is_empty() {
        _ = write!(said, "\n### Not compared\n\n{}", omissions.concat());
    }
    said
}

fn table(changes: &[&Change], spots: &Spots) -> String {
    let mut rows = "| | Change | Why | Old | New |\n|---|---|---|---|---|\n".to_owned();
    for change in changes {
        let weight = match change.verdict {
            Verdict::Wire { level, direction: Direction::Neither } => level.to_string(),
            Verdict::Wire { level, direction } => format!("{level}, {direction}"),
            Verdict::Crate(level) => word(level).to_owned(),
        };
        let place = |spot: Option<Spot>| spot.map(|spot| format!("`{spot}`")).unwrap_or_default();
        let said = cell(&report::said(change));
        let (old, new) = (cell(&place(spots.in_old(change))), cell(&place(spots.in_new(change))));
        let (rule, why) = (&change.rule, cell(change.reason));
        // Writing to a string does not fail.
        _ = writeln!(rows, "| {weight} | {said} (`{rule}`) | {why} | {old} | {new} |");
    }
    rows
}

/// A text that stays in its cell: outside code, what looks like HTML is shown as it is.
fn cell(text: &str) -> String {
    let pieces = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let shown = pieces.split('`').enumerate().map(|(index, piece)| match index % 2 {
        0 => piece.replace('<', "&lt;"),
        _ => piece.to_owned(),
    });
    shown.collect::<Vec<_>>().join("`")
}
