//! A change between two documents, and its effect on callers.

use std::fmt;

use crate::surface::{Place, VersionBump};

/// The effect of a change on existing callers of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impact {
    /// Existing callers are not affected.
    Safe,
    /// Existing callers may fail. Whether they fail depends on facts that the document does not state.
    Dangerous,
    /// Existing callers fail.
    Breaking,
}

impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safe => "safe",
            Self::Dangerous => "dangerous",
            Self::Breaking => "breaking",
        })
    }
}

/// The messages that a change affects: requests or responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The messages that callers send.
    Request,
    /// The messages that callers receive.
    Response,
    /// The change affects the operation as a whole.
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

/// The effect of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The change is on the wire. It affects existing callers, regardless of how their code was built.
    Wire {
        /// The effect on existing callers.
        impact: Impact,
        /// The messages that the change affects.
        direction: Direction,
    },
    /// The change is in the generated crate. It affects code that uses the crate, and requires this version bump.
    Crate(VersionBump),
}

/// One change between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the rule for the change, in kebab case.
    pub rule: String,
    /// The effect of the change.
    pub effect: Effect,
    /// The part of the API that changed, with the operations that use it.
    pub subject: String,
    /// A description of the change.
    pub message: String,
    /// The reason for the effect of the change.
    pub reason: &'static str,
    /// The place in the older document; `None` if the subject is new.
    pub old: Option<Place>,
    /// The place in the newer document; `None` if the subject was removed.
    pub new: Option<Place>,
}

impl Change {
    /// Returns the effect on existing callers; `None` if the change is not on the wire.
    pub fn impact(&self) -> Option<Impact> {
        match self.effect {
            Effect::Wire { impact, .. } => Some(impact),
            Effect::Crate(_) => None,
        }
    }

    /// Returns the version bump that the change requires; `None` if the change is not in the crate.
    pub fn version_bump(&self) -> Option<VersionBump> {
        match self.effect {
            Effect::Wire { .. } => None,
            Effect::Crate(bump) => Some(bump),
        }
    }
}

/// Returns the version bump of the crate that all changes together require; `None` if there is no change.
///
/// A breaking change on the wire alone requires a minor bump. It needs no major bump, because existing code still compiles. A patch
/// is not enough, because the newer crate rejects requests that the older crate sent.
pub fn required_bump(changes: &[Change]) -> Option<VersionBump> {
    let required = |change: &Change| match change.impact() {
        Some(Impact::Breaking) => VersionBump::Minor,
        _ => change.version_bump().unwrap_or(VersionBump::Patch),
    };
    changes.iter().map(required).max()
}
