//! The result of a comparison, and the sentences that the text, Markdown and JSON formats share.

use crate::diff::change::{Change, Impact, required_bump};
use crate::diff::omissions::{Omissions, UncomparedOperation};
use crate::diff::report::location::{Locations, SourceTexts};
use crate::surface::VersionBump;

/// The result of a comparison of two documents, with the source texts that are needed to print locations.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The changes on the wire and in the crate.
    pub changes: &'a [Change],
    /// The gaps in the comparison: operations that were not compared, and errors that `--skip-unsupported` turned into warnings.
    pub omissions: &'a Omissions,
    /// The source texts of the older document.
    pub old: &'a SourceTexts,
    /// The source texts of the newer document.
    pub new: &'a SourceTexts,
}

impl<'a> Report<'a> {
    /// Returns whether the report has no changes, and the comparison is complete.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.omissions.is_empty()
    }

    pub(super) fn locations(&self) -> Locations<'a> {
        Locations::new(self.changes, self.old, self.new)
    }

    /// Returns a line for each operation that was not compared, and a line for each document with errors that
    /// `--skip-unsupported` turned into warnings.
    pub(super) fn omission_lines(&self) -> Vec<String> {
        let operations = self.omissions.operations.iter().map(operation_line);
        let sides = [(self.old, &self.omissions.old), (self.new, &self.omissions.new)];
        let skipped = sides.into_iter().filter(|(_, counts)| !counts.is_empty()).map(|(texts, counts)| {
            let total: usize = counts.values().sum();
            let counts: Vec<String> =
                counts.iter().map(|(code, count)| format!("{count} {} {}", code.number(), code.id())).collect();
            let errors = if total == 1 { "error" } else { "errors" };
            format!("skipped or repaired in {}: {total} {errors} ({})", texts.name, counts.join(", "))
        });
        operations.chain(skipped).collect()
    }

    /// Returns the last line of the report, such as `wire: 1 breaking, 2 safe; crate: 1 major; required version bump of the crate: major`.
    pub(super) fn summary(&self) -> String {
        let counts = counts(self.changes);
        let text = |counts: &[(usize, &str)]| {
            let nonzero = counts.iter().filter(|(count, _)| *count > 0);
            let nonzero: Vec<String> = nonzero.map(|(count, word)| format!("{count} {word}")).collect();
            if nonzero.is_empty() { "no change".to_owned() } else { nonzero.join(", ") }
        };
        let (on_wire, in_crate) = counts.split_at(3);
        let bump = required_bump(self.changes).map_or("none", VersionBump::word);
        let uncompared = match self.omissions.operations.len() {
            0 => String::new(),
            1 => "; 1 operation not compared".to_owned(),
            several => format!("; {several} operations not compared"),
        };
        format!(
            "wire: {}; crate: {}; required version bump of the crate: {bump}{uncompared}",
            text(on_wire),
            text(in_crate)
        )
    }
}

/// Returns a line such as `not compared: GET /pets: skipped in the newer document (CP0402)`.
fn operation_line(UncomparedOperation { operation, old, new, is_on_wire, .. }: &UncomparedOperation) -> String {
    let sides = [(old, "older"), (new, "newer")];
    let sides = sides.into_iter().filter_map(|(codes, side)| Some((codes.as_ref()?, side)));
    let sides = sides.map(|(codes, side)| {
        let codes: Vec<&str> = codes.iter().map(|code| code.number()).collect();
        let codes = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
        format!("skipped in the {side} document{codes}")
    });
    let start = if *is_on_wire { "not compared in the crate" } else { "not compared" };
    format!("{start}: {operation}: {}", sides.collect::<Vec<_>>().join(", "))
}

/// Returns six numbers of changes, each with its label: `breaking`, `dangerous` and `safe` on the wire; `major`, `minor` and
/// `patch` in the crate.
pub(super) fn counts(changes: &[Change]) -> Vec<(usize, &'static str)> {
    let on_wire = |impact| changes.iter().filter(|change| change.impact() == Some(impact)).count();
    let in_crate = |bump| changes.iter().filter(|change| change.version_bump() == Some(bump)).count();
    vec![
        (on_wire(Impact::Breaking), "breaking"),
        (on_wire(Impact::Dangerous), "dangerous"),
        (on_wire(Impact::Safe), "safe"),
        (in_crate(VersionBump::Major), "major"),
        (in_crate(VersionBump::Minor), "minor"),
        (in_crate(VersionBump::Patch), "patch"),
    ]
}

/// Returns `subject: message` for a change, or the message alone if the message contains the subject.
pub(super) fn description(change: &Change) -> String {
    match change.message.contains(&change.subject) {
        true => change.message.clone(),
        false => format!("{}: {}", change.subject, change.message),
    }
}
