//! Two documents, and what the difference means: on the wire for whoever calls the API, and in the crate for whoever compiles
//! against it.
//!
//! The wire is compared on resolved documents, so that order, comments, prose, and whether a piece stands in place or behind
//! a reference make no difference. A component speaks once for each direction, however often it is used.

mod operation;
mod report;
mod rules;
mod schema;
mod skipped;
mod walk;

use std::cmp::Reverse;
use std::fmt;

pub use crate::diff::report::{json, markdown, text};
pub use report::Report;
pub use report::Texts;
pub use rules::{Rule, all as rules};
pub(crate) use skipped::LeftOut;
pub use skipped::NotCompared;
pub use skipped::Omissions;
pub(crate) use skipped::not_compared;

use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::surface::{Difference, Level as CrateLevel, Place};
pub use operation::Lifecycles;
pub use operation::lifecycles;

/// How much a change weighs for callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Callers go on as they are.
    Safe,
    /// Callers may fail; it depends on what the document does not say.
    Dangerous,
    /// Callers fail.
    Breaking,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safe => "safe",
            Self::Dangerous => "dangerous",
            Self::Breaking => "breaking",
        })
    }
}

/// Whose messages a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// What callers send.
    Request,
    /// What callers receive.
    Response,
    /// The call as a whole.
    Neither,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Neither => "none",
        })
    }
}

/// What a change means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// On the wire.
    Wire {
        /// How much it weighs.
        level: Level,
        /// Whose messages it is about.
        direction: Direction,
    },
    /// In the generated crate: what it asks of the version.
    Crate(CrateLevel),
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its rule, in kebab case.
    pub rule: String,
    /// What it means.
    pub verdict: Verdict,
    /// What changed, and who uses it.
    pub subject: String,
    /// What is different.
    pub message: String,
    /// Why it means that, and for whom.
    pub reason: &'static str,
    /// The place in the older document.
    pub old: Option<Place>,
    /// The place in the newer document.
    pub new: Option<Place>,
}

impl Change {
    /// How much it weighs on the wire.
    pub fn level(&self) -> Option<Level> {
        match self.verdict {
            Verdict::Wire { level, .. } => Some(level),
            Verdict::Crate(_) => None,
        }
    }

    /// What it asks of the version of the crate.
    pub fn crate_level(&self) -> Option<CrateLevel> {
        match self.verdict {
            Verdict::Wire { .. } => None,
            Verdict::Crate(level) => Some(level),
        }
    }
}

/// One of the two documents.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What it says.
    pub document: &'a Document,
    /// What it promises of its operations.
    pub lifecycles: &'a Lifecycles,
}

/// What is different on the wire: what weighs most comes first, requests before responses, in the order of the documents.
pub fn wire(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut walk = walk::Walk::new(old, new);
    operation::compare(&mut walk);
    walk.run();
    let mut changes = walk.into_changes();
    changes.sort_by_key(|change| match change.verdict {
        Verdict::Wire { level, direction } => (Reverse(Some(level)), Some(direction)),
        Verdict::Crate(_) => (Reverse(None), None),
    });
    changes
}

/// What is different in the crate, the worst first. Where code compiles as before and only what it sends or receives differs,
/// the wire says it already, but for a member or a variant that has another name there.
pub fn in_crate(differences: Vec<Difference>) -> Vec<Change> {
    let differences = differences
        .into_iter()
        .filter(|difference| difference.level > CrateLevel::Patch || difference.rule == "wire-name-changed");
    let mut changes: Vec<Change> = differences.map(crate_change).collect();
    changes.sort_by_key(|change| Reverse(change.crate_level()));
    changes
}

fn crate_change(difference: Difference) -> Change {
    Change {
        rule: difference.rule.to_owned(),
        verdict: Verdict::Crate(difference.level),
        subject: format!("`{}`", difference.path),
        message: difference.message,
        reason: difference.reason,
        old: difference.old,
        new: difference.new,
    }
}

/// What all changes together ask of the version of the crate; `None` where there are none. Code compiles after a change on the wire,
/// but where that is breaking, calls are refused that were sent before.
pub fn version(changes: &[Change]) -> Option<CrateLevel> {
    let asked = |change: &Change| match change.level() {
        Some(Level::Breaking) => CrateLevel::Minor,
        _ => change.crate_level().unwrap_or(CrateLevel::Patch),
    };
    changes.iter().map(asked).max()
}

/// Gives every place the file in which it was written; `origin` knows of pieces that come from others.
pub fn place<'c>(
    places: impl Iterator<Item = &'c mut Place>,
    file: &str,
    origin: impl Fn(&Pointer) -> Option<(String, Pointer)>,
) {
    for place in places {
        let (file, pointer) = origin(&place.pointer).unwrap_or_else(|| (file.to_owned(), place.pointer.clone()));
        *place = Place { file, pointer };
    }
}
