//! Compares two documents. Each change affects either callers of the API (on the wire), or code that uses the generated crate.
//!
//! Changes on the wire are found by comparing the resolved documents. Comments, descriptions and the order of members are
//! ignored. An inline schema equals a `$ref` to a component with the same content. A changed component is reported at most once
//! for requests and once for responses, regardless of the number of its uses.

mod change;
mod compared_document;
mod compared_value;
mod frame;
mod lifecycle;
mod omissions;
mod operation;
mod report;
mod rules;
mod schema;
mod scheme_names;
mod skip_cause;
mod skipped;
mod users;
mod walk;

use std::cmp::Reverse;

pub use crate::diff::report::{json, markdown, text};
pub use change::{Change, Direction, Effect, Impact, required_bump};
pub use compared_document::ComparedDocument;
pub use lifecycle::{Lifecycles, lifecycles};
pub(crate) use omissions::uncompared_operations;
pub use omissions::{Omissions, UncomparedOperation};
pub use report::{Report, SourceTexts};
pub use rules::{Rule, all as rules};
pub(crate) use skipped::Skipped;

use crate::pointer::Pointer;
use crate::surface::{Difference, Place, VersionBump};

/// Returns the changes on the wire. Breaking changes come first, then dangerous and safe changes. Among changes of the same
/// impact, those of requests come first. Changes with the same impact and direction stay in document order.
pub fn wire_changes(old: ComparedDocument<'_>, new: ComparedDocument<'_>) -> Vec<Change> {
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

/// Returns the changes in the Rust API of the generated crate. Major changes come first.
///
/// Differences that require only a patch bump are omitted, because [`wire_changes`] reports them as changes on the wire. The
/// exception is `wire-name-changed`, which is kept because only this change names the Rust field or variant.
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

/// Replaces each of `places`: a place in the resolved document becomes the place in the source file.
///
/// If an element comes from an external reference, `origin` returns the referenced file and the JSON Pointer in that file.
/// Otherwise, `origin` returns `None`. In this case, the JSON Pointer does not change, and the file becomes `file`.
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
