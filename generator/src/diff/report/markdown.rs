//! Prints changes as Markdown, for a comment on a pull request.

use std::fmt::Write;

use crate::diff::change::{Change, Direction, Effect, Impact};
use crate::diff::report::location::{Location, Locations};
use crate::diff::report::summary::{Report, description};
use crate::surface::VersionBump;

/// Returns the report: a summary, tables of the changes that need attention, collapsed tables of the other changes, and the parts
/// that were not compared. If all of these are empty, the text is `No changes.`, because an empty comment would look like an
/// error.
pub fn markdown(report: &Report<'_>) -> String {
    if report.is_empty() {
        return "No changes.\n".to_owned();
    }
    let locations = report.locations();
    let (on_wire, in_crate): (Vec<&Change>, Vec<&Change>) =
        report.changes.iter().partition(|change| change.impact().is_some());
    let (safe, unsafe_changes): (Vec<&Change>, Vec<&Change>) =
        on_wire.into_iter().partition(|change| change.impact() == Some(Impact::Safe));
    let (major, other): (Vec<&Change>, Vec<&Change>) =
        in_crate.into_iter().partition(|change| change.version_bump() == Some(VersionBump::Major));
    let mut text = format!("**{}**\n", report.summary());
    // Writing to a string does not fail.
    for (title, changes) in [("Wire", unsafe_changes), ("Crate", major)] {
        if !changes.is_empty() {
            _ = write!(text, "\n### {title}\n\n{}", table(&changes, &locations));
        }
    }
    for (title, changes) in [("safe on the wire", safe), ("minor and patch in the crate", other)] {
        if !changes.is_empty() {
            let count = changes.len();
            let table = table(&changes, &locations);
            _ = write!(text, "\n<details><summary>{count} {title}</summary>\n\n{table}\n</details>\n");
        }
    }
    let omissions: Vec<String> = report.omission_lines().iter().map(|line| format!("- {}\n", cell(line))).collect();
    if !omissions.is_empty() {
        _ = write!(text, "\n### Not compared\n\n{}", omissions.concat());
    }
    text
}

fn table(changes: &[&Change], locations: &Locations<'_>) -> String {
    let mut rows = "| | Change | Why | Old | New |\n|---|---|---|---|---|\n".to_owned();
    for change in changes {
        let effect = match change.effect {
            Effect::Wire { impact, direction: Direction::Neither } => impact.to_string(),
            Effect::Wire { impact, direction } => format!("{impact}, {direction}"),
            Effect::Crate(bump) => bump.word().to_owned(),
        };
        let quoted =
            |location: Option<Location>| location.map(|location| cell(&format!("`{location}`"))).unwrap_or_default();
        let (old, new) = (quoted(locations.older(change)), quoted(locations.newer(change)));
        let (description, rule, reason) = (cell(&description(change)), &change.rule, cell(change.reason));
        // Writing to a string does not fail.
        _ = writeln!(rows, "| {effect} | {description} (`{rule}`) | {reason} | {old} | {new} |");
    }
    rows
}

/// Escapes a text for a table cell. HTML is escaped, except in code spans.
fn cell(text: &str) -> String {
    let pieces = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let escaped = pieces.split('`').enumerate().map(|(index, piece)| match index % 2 {
        0 => piece.replace('<', "&lt;"),
        _ => piece.to_owned(),
    });
    escaped.collect::<Vec<_>>().join("`")
}
