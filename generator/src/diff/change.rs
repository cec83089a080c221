//! A change between two documents, and its effect on callers.

use std::fmt;

use crate::surface::{Place, VersionBump};

/// The effect of a change on existing callers of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impact {
    /// Existing callers are not affected.
    Safe,
    /// Existing callers may fail. The two documents do not say enough to decide whether callers fail.
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

/// The direction of the messages that a change affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The messages that callers send.
    Request,
    /// The messages that callers receive.
    Response,
    /// Neither direction: the change affects the operation or the document as a whole.
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
    /// The change affects requests or responses. It therefore affects all callers of the API, even callers that do not use the
    /// generated crate.
    Wire {
        /// The effect on existing callers.
        impact: Impact,
        /// Whether the change affects requests, responses, or the operation or document as a whole.
        direction: Direction,
    },
    /// The change is in the Rust API of the generated crate, and requires this version bump of the crate.
    Crate(VersionBump),
}

/// One change between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the rule that reports the change, in kebab case, such as `server-added`.
    pub rule: String,
    /// The effect of the change on existing callers or on the generated crate.
    pub effect: Effect,
    /// The operation, component or value that changed, such as `GET /pets, body`. A component is followed by the operations that
    /// use the component, as in `` `Pet.name` in requests of POST /pets ``.
    pub subject: String,
    /// A description of the change, such as `the parameter became required`.
    pub message: String,
    /// The reason why the change has this effect.
    pub reason: &'static str,
    /// The file and JSON Pointer of the changed element in the older document; `None` if the element was added.
    pub old: Option<Place>,
    /// The file and JSON Pointer of the changed element in the newer document; `None` if the element was removed.
    pub new: Option<Place>,
}

impl Change {
    /// Returns the effect on existing callers; `None` for a change in the generated crate.
    pub fn impact(&self) -> Option<Impact> {
        match self.effect {
            Effect::Wire { impact, .. } => Some(impact),
            Effect::Crate(_) => None,
        }
    }

    /// Returns the version bump of the crate that the change requires; `None` for a change on the wire.
    pub fn version_bump(&self) -> Option<VersionBump> {
        match self.effect {
            Effect::Wire { .. } => None,
            Effect::Crate(bump) => Some(bump),
        }
    }
}

/// Returns the largest version bump of the crate that any of `changes` requires; `None` if there are no changes.
///
/// A breaking change on the wire requires a minor bump. A major bump is not necessary, because existing code still compiles. A
/// patch bump is not enough, because the newer crate may reject requests that the older crate sent.
pub fn required_bump(changes: &[Change]) -> Option<VersionBump> {
    let required = |change: &Change| match change.impact() {
        Some(Impact::Breaking) => VersionBump::Minor,
        _ => change.version_bump().unwrap_or(VersionBump::Patch),
    };
    changes.iter().map(required).max()
}
