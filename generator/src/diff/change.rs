//! A change between two documents, and its effect on callers.

use std::fmt;

use crate::surface::{Place, VersionBump};

/// The effect of a change on existing callers of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impact {
    /// Existing callers are not affected.
    Safe,
    /// Existing callers may fail. It depends on facts that the document does not state.
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

/// The messages that a change affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The messages that callers send.
    Request,
    /// The messages that callers receive.
    Response,
    /// The operation as a whole.
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
    /// A change on the wire affects callers, whatever their code was built with.
    Wire {
        /// The effect on existing callers.
        impact: Impact,
        /// The messages that it affects.
        direction: Direction,
    },
    /// A change in the crate affects code that uses the crate, and requires a version bump.
    Crate(VersionBump),
}

/// One change between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of its rule, in kebab case.
    pub rule: String,
    /// Its effect.
    pub effect: Effect,
    /// The part of the API that changed, and the operations that use it.
    pub subject: String,
    /// The difference.
    pub message: String,
    /// Why the change has this effect.
    pub reason: &'static str,
    /// The place in the older document; `None` if the subject is new.
    pub old: Option<Place>,
    /// The place in the newer document; `None` if the subject was removed.
    pub new: Option<Place>,
}

impl Change {
    /// The effect on existing callers, if the change is on the wire.
    pub fn impact(&self) -> Option<Impact> {
        match self.effect {
            Effect::Wire { impact, .. } => Some(impact),
            Effect::Crate(_) => None,
        }
    }

    /// The version bump that the change requires, if the change is in the crate.
    pub fn version_bump(&self) -> Option<VersionBump> {
        match self.effect {
            Effect::Wire { .. } => None,
            Effect::Crate(bump) => Some(bump),
        }
    }
}

/// The version bump that all changes together require of the crate; `None` if there is no change.
///
/// Code compiles after a change on the wire. A breaking one is minor all the same, because the newer crate rejects requests that the
/// older one sent.
pub fn required_bump(changes: &[Change]) -> Option<VersionBump> {
    let required = |change: &Change| match change.impact() {
        Some(Impact::Breaking) => VersionBump::Minor,
        _ => change.version_bump().unwrap_or(VersionBump::Patch),
    };
    changes.iter().map(required).max()
}
