//! Compares two documents: the effect of each change on callers of the API (on the wire), and on code that uses the generated crate.
//!
//! The wire is compared on resolved documents. The order of members, comments, descriptions, and the choice between an inline schema
//! and a reference make no difference there. A component is reported once for each direction, however often it is used.

mod change;
mod lifecycle;
mod omissions;
mod operation;
mod report;
mod rules;
mod schema;
mod side;
mod site;
mod skipped;
mod walk;

use std::cmp::Reverse;

pub use crate::diff::report::{json, markdown, text};
pub use change::{Change, Direction, Effect, Impact, required_bump};
pub use lifecycle::{Lifecycles, lifecycles};
pub(crate) use omissions::uncompared_operations;
pub use omissions::{Omissions, UncomparedOperation};
pub use report::{Report, SourceTexts};
pub use rules::{Rule, all as rules};
pub use side::Side;
pub(crate) use skipped::Skipped;

use crate::pointer::Pointer;
use crate::surface::{Difference, Place, VersionBump};

/// The changes on the wire: breaking ones first, requests before responses, then in the order of the documents.
pub fn wire_changes(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut walk = walk::Walk::new(old, new);
    operation::compare(&mut walk);
    walk.compare_pending_components();
    let mut changes = walk.into_changes();
    changes.sort_by_key(|change| match change.effect {
        Effect::Wire { impact, direction } => (Reverse(Some(impact)), Some(direction)),
        Effect::Crate(_) => (Reverse(None), None),
    });
    changes
}

/// The changes in the crate: major ones first.
///
/// Patch differences are changes on the wire, which [`wire_changes`] reports. A changed wire name is reported here as well, because
/// the wire report does not name the field or variant that has it.
pub fn crate_changes(differences: Vec<Difference>) -> Vec<Change> {
    let differences = differences
        .into_iter()
        .filter(|difference| difference.bump > VersionBump::Patch || difference.rule == "wire-name-changed");
    let mut changes: Vec<Change> = differences.map(crate_change).collect();
    changes.sort_by_key(|change| Reverse(change.version_bump()));
    changes
}

fn crate_change(difference: Difference) -> Change {
    Change {
        rule: difference.rule.to_owned(),
        effect: Effect::Crate(difference.bump),
        subject: format!("`{}`", difference.path),
        message: difference.message,
        reason: difference.reason,
        old: difference.old,
        new: difference.new,
    }
}

/// Sets the file of every place. `origin` returns the file and the place in it for a part that was read from another file than `file`.
pub fn resolve_origins<'c>(
    places: impl Iterator<Item = &'c mut Place>,
    file: &str,
    origin: impl Fn(&Pointer) -> Option<(String, Pointer)>,
) {
    for place in places {
        let (file, pointer) = origin(&place.pointer).unwrap_or_else(|| (file.to_owned(), place.pointer.clone()));
        *place = Place { file, pointer };
    }
}
