//! Prints changes as Markdown, for a comment on a pull request.

use std::fmt::Write;

use crate::diff::change::{Change, Direction, Effect, Impact};
use crate::diff::report::location::{Location, Locations};
use crate::diff::report::summary::{Report, description};
use crate::surface::VersionBump;
use crate::text::code_span::code_span;
use crate::text::inline::{inline_without_links, table_cell};
use crate::text::printable::printable;

/// Returns the report in Markdown. After a summary, tables show the breaking, dangerous and major changes. Collapsed tables show
/// the other changes. A list shows the gaps in the comparison, such as skipped operations.
///
/// If nothing is reported, returns `No changes.`, because an empty comment on a pull request would look like an error.
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
        let quoted = |location: Option<Location>| {
            location.map(|location| table_cell(&code_span(&location.to_string()))).unwrap_or_default()
        };
        let (old, new) = (quoted(locations.older(change)), quoted(locations.newer(change)));
        let (description, rule, reason) = (cell(&description(change)), &change.rule, cell(change.reason));
        // Writing to a string does not fail.
        _ = writeln!(rows, "| {effect} | {description} (`{rule}`) | {reason} | {old} | {new} |");
    }
    rows
}

/// Escapes a text for a cell of a Markdown table. Code spans are kept, and all other markup is escaped.
fn cell(text: &str) -> String {
    table_cell(&inline_without_links(&printable(text)))
}
